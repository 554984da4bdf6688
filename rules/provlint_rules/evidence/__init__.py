"""Group 7: what users, targets, assignments and groups show of a configuration."""

from __future__ import annotations

from provlint_rules.evidence import assignments, filters, groups, matching, payloads, values

RULES = (
    *filters.RULES,
    *matching.RULES,
    *values.RULES,
    *payloads.RULES,
    *assignments.RULES,
    *groups.RULES,
)
