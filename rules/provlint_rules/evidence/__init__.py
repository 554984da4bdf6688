"""Group 7: what users, targets, assignments and groups show of a configuration."""

from __future__ import annotations

from provlint_rules.evidence import filters, matching

RULES = (*filters.RULES, *matching.RULES)
