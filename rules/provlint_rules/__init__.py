"""The rules of provlint, one folder per group.

`RULES` is what the entry point `core` of the group `provlint.rules` names.
"""

from __future__ import annotations

from provlint_rules import application, expression, file, mapping, matching, scope

RULES = (
    *file.RULES,
    *scope.RULES,
    *matching.RULES,
    *expression.RULES,
    *mapping.RULES,
    *application.RULES,
)
"""Every rule that ships with provlint."""
