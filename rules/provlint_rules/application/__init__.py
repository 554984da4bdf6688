"""Group 5: what the application or its connector does not do."""

from __future__ import annotations

from provlint_rules.application import abilities, attributes, names, on_demand

RULES = (*on_demand.RULES, *abilities.RULES, *attributes.RULES, *names.RULES)
