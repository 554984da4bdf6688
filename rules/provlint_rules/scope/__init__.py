"""Group 1: scoping filters."""

from __future__ import annotations

from provlint_rules.scope import clauses, groups, operands, people, regexes

RULES = (*clauses.RULES, *people.RULES, *operands.RULES, *regexes.RULES, *groups.RULES)
