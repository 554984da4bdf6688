"""Comparisons that have one outcome for everybody.

Equality compares texts with regard to case, and a number with the text of a number.
Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#iif
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.inference.facts import DIGITS, LOWER, NO_BLANKS, UPPER, length
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.semantics.inference.facts import Inferred


class Verdict(NamedTuple):
    """The outcome of a comparison for everybody.

    Attributes:
        holds: True or False.
        why: The reason, to go after "because" or a colon.
        case: Whether the outcome rests on the reading that equality minds case.
    """

    holds: bool
    why: str
    case: bool = False


def _number(text: str) -> int | None:
    digits = text.strip().removeprefix("-").removeprefix("+")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def _bounds(found: Inferred) -> tuple[int | None, int | None]:
    if found.type == "number":
        return found.least, found.greatest
    value = None if found.constant is None else _number(found.constant)
    return value, value


def compared(operator: str, left: Inferred, right: Inferred) -> Verdict | None:
    """The outcome of a comparison for everybody; None where it differs or is not known.

    A side that may be null has no outcome for everybody, except that it is never equal.
    """
    if "list" in (left.type, right.type) or "roles" in (left.type, right.type):
        return None
    if operator in ("=", "<>"):
        alike = (left.type == "number") is (right.type == "number")
        if alike and left.constant is not None and left.constant == right.constant:
            return Verdict(operator == "=", "both sides are known")
        unequal = never_equal(left, right)
        if unequal is None:
            return None
        if operator == "=":
            return Verdict(False, *unequal)
        if left.may_be_null or right.may_be_null or left.type == "any" or right.type == "any":
            return None
        return Verdict(True, *unequal)
    if left.may_be_null or right.may_be_null:
        return None
    return _ordered(operator, left, right)


def _ordered(operator: str, left: Inferred, right: Inferred) -> Verdict | None:
    if left.type != "number" and right.type != "number":
        return None
    low, high = _bounds(left)
    least, greatest = _bounds(right)
    if operator in ("<", "<="):
        low, high, least, greatest = least, greatest, low, high
        operator = ">" if operator == "<" else ">="
    # Now it reads `low..high > least..greatest`, or with `>=`.
    slack = 0 if operator == ">" else 1
    if low is not None and greatest is not None and low + slack > greatest:
        return Verdict(True, _range(left, right))
    if high is not None and least is not None and high + slack <= least:
        return Verdict(False, _range(left, right))
    return None


def _range(left: Inferred, right: Inferred) -> str:
    for found in (left, right):
        if found.constant is None and found.least is not None:
            if found.greatest is None:
                return f"the number is never less than {found.least}"
            return f"the number is from {found.least} to {found.greatest}"
    return "both numbers are known"


def never_equal(left: Inferred, right: Inferred) -> tuple[str, bool] | None:
    """Why two results are never equal, and whether that rests on case; None if they may be."""
    if left.values is not None and right.values is not None:
        if not left.values or not right.values:
            return None
        texts, others = set(left.values), set(right.values)
        if texts & others or _numbers_meet(texts, others):
            return None
        case = bool({text.lower() for text in texts} & {text.lower() for text in others})
        return _listed(left if len(left.values) > 1 else right), case
    for found, other in ((left, right), (right, left)):
        text = other.constant
        if text is None or found.values is not None:
            continue
        why = _unlike(found, text)
        if why is not None:
            return why
    return None


def _numbers_meet(texts: set[str], others: set[str]) -> bool:
    numbers = {_number(text) for text in texts} & {_number(text) for text in others}
    return bool(numbers - {None})


def _listed(found: Inferred) -> str:
    values = found.values or ()
    if len(values) == 1:
        return "both sides are known"
    shown = [f"`{text}`" if text else "empty text" for text in values[:5]]
    if len(values) > 5:
        return f"the result is one of {', '.join(shown)} and {len(values) - 5} more"
    return f"the result is {', '.join(shown[:-1])} or {shown[-1]}"


def _unlike(found: Inferred, text: str) -> tuple[str, bool] | None:
    """Why a result of which little is known is never this text."""
    if found.type == "number":
        value = _number(text)
        if value is None:
            return None if _is_numeric(text) else ("the result is a number", False)
        if found.least is not None and value < found.least:
            return f"the number is never less than {found.least}", False
        if found.greatest is not None and value > found.greatest:
            return f"the number is never more than {found.greatest}", False
        return None
    if found.type == "date" and not any(character in "0123456789" for character in text):
        return "the result is a date", False
    if found.type != "text":
        return None
    size = length(text)
    if found.maximum_length is not None and size > found.maximum_length:
        return f"the result has at most {found.maximum_length} characters", False
    if size < found.minimum_length:
        return f"the result has at least {found.minimum_length} characters", False
    if found.characters & NO_BLANKS and " " in text:
        return "the result has no blank", False
    if found.characters & DIGITS and any(each not in "0123456789" for each in text):
        return "the result is made of digits", False
    if found.characters & LOWER and text != text.lower():
        return "the result has no capital letter", True
    if found.characters & UPPER and text != text.upper():
        return "the result has no small letter", True
    return None


def _is_numeric(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return text.strip() != text
    return True
