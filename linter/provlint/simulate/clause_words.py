"""Why a clause gave what it gave, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import is_empty, provisioned_text
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.simulate.clause import ClauseTest

_VERBS = {
    "EQUALS": ("equals", "differs from"),
    "REGEX MATCH": ("matches", "does not match"),
    "Includes": ("contains", "does not contain"),
    "ENDS_WITH": ("ends with", "does not end with"),
    "Greater_Than": ("is greater than", "is not greater than"),
    "Greater_Than_OR_EQUALS": ("is at least", "is less than"),
    "&": ("shares a bit with", "shares no bit with"),
}
"""How a value stands to the operand where the test holds and where it fails."""


def written(values: tuple[str, ...]) -> str:
    """The operand as the portal shows it."""
    return ", ".join(values)


def reason_of(test: ClauseTest, user: Mapping[str, object], is_missing: bool, result: str) -> str:
    """Why a clause gave `result` for a user."""
    if test.defect:
        return test.defect
    name = quote(test.attribute)
    if is_missing:
        return f"{name} is not in your export"
    operator = test.operator
    value = user.get(test.attribute)
    if operator is None or test.compare is None:
        return f"nothing says what {quote(test.spelling)} tests"
    if is_empty(value):
        return _on_empty(test, user, result)
    found = quote(provisioned_text(value))
    if operator.arity == "unary":
        return f"{name} is {found}"
    if result == "unknown":
        return f"how {quote(operator.name)} compares {found} is not known"
    verbs = _VERBS.get(operator.name)
    holds = result == "true"
    if verbs is None:
        verbs = _VERBS[operator.opposite]
        holds = not holds
    if operator.operand in ("integer", "mask") and isinstance(value, str) and result == "false":
        return f"{found} is a text, and {quote(operator.name)} compares integers"
    operand = quote(written(test.values))
    case = ""
    if not holds and provisioned_text(value).lower() == written(test.values).lower():
        case = "; only letter case differs"
    return f"{found} {verbs[0] if holds else verbs[1]} {operand}{case}"


def _on_empty(test: ClauseTest, user: Mapping[str, object], result: str) -> str:
    name = quote(test.attribute)
    operator = test.operator
    assert operator is not None
    if test.attribute not in user:
        near = next((key for key in user if key.lower() == test.attribute.lower()), None)
        if near is not None:
            return f"{name} is empty; the user has {quote(near)}, spelt otherwise"
    if operator.null_documented == operator.null_negatives_true:
        return f"{name} is empty"
    return f"{name} is empty, and {quote(operator.name)} is {result} on an empty attribute"
