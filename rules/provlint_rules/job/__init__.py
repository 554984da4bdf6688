"""Group 6: the job and its secrets."""

from __future__ import annotations

from provlint_rules.job import connection, scope

RULES = (*scope.RULES, *connection.RULES)
