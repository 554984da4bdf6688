"""The rules of provlint, one folder per group.

`RULES`, every rule that ships with provlint, is what the entry point `core` of the group
`provlint.rules` names. It is made when it is asked for: the catalogue of applications in this
package is of use without any rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provlint.rule import Rule

    RULES: tuple[Rule, ...]


def __getattr__(name: str) -> tuple[Rule, ...]:
    if name != "RULES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from provlint_rules import application, expression, file, mapping, matching, scope

    found = (
        *file.RULES,
        *scope.RULES,
        *matching.RULES,
        *expression.RULES,
        *mapping.RULES,
        *application.RULES,
    )
    globals()[name] = found
    return found
