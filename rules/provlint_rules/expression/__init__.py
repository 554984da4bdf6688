"""Group 3: mapping expressions."""

from __future__ import annotations

from provlint_rules.expression import (
    arguments,
    conditions,
    constants,
    dates,
    names,
    replace,
    roles,
    syntax,
    unique_values,
    whole,
)

RULES = (
    *syntax.RULES,
    *names.RULES,
    *arguments.RULES,
    *constants.RULES,
    *replace.RULES,
    *unique_values.RULES,
    *roles.RULES,
    *conditions.RULES,
    *dates.RULES,
    *whole.RULES,
)
