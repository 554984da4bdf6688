"""Group 2: matching attributes."""

from __future__ import annotations

from provlint_rules.matching import attributes, mappings

RULES = (*mappings.RULES, *attributes.RULES)
