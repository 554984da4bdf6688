"""Group 4: object mappings and attribute mappings."""

from __future__ import annotations

from provlint_rules.mapping import attributes, deprovisioning, object_mappings, stored_form, targets

RULES = (
    *attributes.RULES,
    *targets.RULES,
    *deprovisioning.RULES,
    *object_mappings.RULES,
    *stored_form.RULES,
)
