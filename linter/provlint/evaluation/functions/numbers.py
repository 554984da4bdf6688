"""Numbers.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#bitand
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.evaluation.coercion import as_integer
from provlint.evaluation.readings import NUMBER_TEXT

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value


def bit_and(state: State, first: Value, second: Value) -> Value:
    """BitAnd(value1, value2): the bits that are set in both numbers."""
    if type(first) is str or type(second) is str:
        state.note(NUMBER_TEXT)
    return as_integer(state, first, 0, 64) & as_integer(state, second, 1, 64)
