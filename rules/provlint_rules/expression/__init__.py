"""Group 3: mapping expressions."""

from __future__ import annotations

from provlint_rules.expression import (
    advice,
    arguments,
    conditions,
    constants,
    dates,
    lengths,
    logic,
    names,
    nullness,
    replace,
    roles,
    surprises,
    syntax,
    types,
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
    *logic.RULES,
    *types.RULES,
    *lengths.RULES,
    *nullness.RULES,
    *advice.RULES,
    *surprises.RULES,
)
