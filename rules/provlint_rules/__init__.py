"""The rules of provlint, one folder per group.

`RULES`, every rule that needs nothing but a configuration, is what the entry point `core` of the
group `provlint.rules` names. `INPUT_RULES` are those that need users, targets, assignments, groups
or secrets; a lint without such inputs does not import them. Both are made when they are asked for:
the catalogue of applications in this package is of use without any rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

API_VERSION = 1
"""The version of `provlint.rule` that these rules are written for."""

if TYPE_CHECKING:
    from provlint.rule import Rule

    RULES: tuple[Rule, ...]
    INPUT_RULES: tuple[Rule, ...]


def __getattr__(name: str) -> tuple[Rule, ...]:
    if name not in ("RULES", "INPUT_RULES"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = _rules() if name == "RULES" else _input_rules()
    globals()[name] = found
    return found


def _rules() -> tuple[Rule, ...]:
    from provlint_rules import application, expression, file, mapping, matching, scope

    return (
        *file.RULES,
        *scope.RULES,
        *matching.RULES,
        *expression.RULES,
        *mapping.RULES,
        *application.RULES,
    )


def _input_rules() -> tuple[Rule, ...]:
    from provlint_rules import evidence, job

    return (*job.RULES, *evidence.RULES)
