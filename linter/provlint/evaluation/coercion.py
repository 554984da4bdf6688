"""Values of one type where another is needed.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-attributemappingsource
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.evaluation.readings import (
    BOOLEAN_TEXT,
    DATE_TEXT,
    LIST_AS_TEXT,
    NOT_A_DATE,
    NULL_AS_TEXT,
    NULL_NUMBER,
    SINGLE_VALUE,
)
from provlint.evaluation.state import TEXT_LIMIT, Failure
from provlint.evaluation.values import Date, Roles, plain_text

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value

SHOWN = 40
"""Characters of a value that a message quotes at most."""


def shown(value: Value) -> str:
    """A value in a message."""
    text = " ".join(plain_text(value).split())
    return f'"{text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"}"'


def as_text(state: State, value: Value, argument: int | None = None) -> str:
    """The text of a value; absent is the empty text.

    Raises:
        Failure: The value is a list of several.
    """
    kind = type(value)
    if kind is str:
        text: str = value
        return text
    if value is None:
        state.note(NULL_AS_TEXT)
        return ""
    if kind is bool:
        state.note(BOOLEAN_TEXT)
    elif kind is list or kind is Roles:
        return as_text(state, only_value(state, value, argument), argument)
    elif kind is Date and value.doubt:
        state.note(value.doubt)
    return plain_text(value)


def only_value(state: State, value: Value, argument: int | None = None) -> Value:
    """The value of a list of one.

    Raises:
        Failure: There are several.
    """
    state.note(LIST_AS_TEXT)
    items = list(value.roles) if type(value) is Roles else value
    if len(items) != 1:
        raise Failure(
            f"found a list of {len(items)} values; expected a single one",
            "take one by `Item`, or put them together by `Join`",
            argument=argument,
        )
    return items[0].value if type(value) is Roles else items[0]


def as_list(state: State, value: Value) -> list[Value]:
    """The values of a list; a single value counts as a list of one, absent as an empty one."""
    if type(value) is list:
        return value
    if value is None:
        return []
    if type(value) is Roles:
        return [role.value for role in value.roles]
    state.note(SINGLE_VALUE)
    return [value]


def numeric(value: Value) -> Any:
    """The number that a value is or spells, an `int` or a `Decimal`; None for others."""
    kind = type(value)
    if kind is int:
        return value
    if kind is str:
        return _spelled(value)
    if value is None or kind in (bool, Date, list, Roles) or isinstance(value, tuple):
        return None
    return value


def _spelled(text: str) -> Any:
    """The number that a text spells for .NET: white space around, a sign, digits, a point."""
    if not 0 < len(text) <= 40 or not text.isascii():
        return None
    digits = text[1:] if text[0] in "+-" else text
    if digits.isdigit():
        return int(text) if len(digits) <= 28 else None
    if text.isalpha():
        return None
    from provlint.dotnet import numbers
    from provlint.dotnet.failure import DotNetError

    try:
        number = numbers.parse_decimal(text, numbers.INTEGER | numbers.ALLOW_DECIMAL_POINT)
    except DotNetError:
        return None
    return int(number) if "." not in text else number


def as_integer(state: State, value: Value, argument: int, bits: int = 32) -> int:
    """A whole number; a text of digits counts as one.

    Raises:
        Failure: The value is absent, no number, has a fraction, or does not fit.
    """
    kind = type(value)
    if kind is not int:
        if kind is list:
            return as_integer(state, only_value(state, value, argument), argument, bits)
        if value is None:
            state.note(NULL_NUMBER)
        number = numeric(value)
        if type(number) is not int:
            raise Failure(
                "found no value; expected a whole number"
                if value is None
                else f"found {shown(value)}; expected a whole number",
                "give a number, or a text of digits",
                argument=argument,
            )
        value = number
    if not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
        raise Failure(
            f"the number {value} does not fit in {bits} bits",
            "give a smaller number",
            argument=argument,
        )
    whole: int = value
    return whole


def as_date(state: State, value: Value, argument: int) -> Date:
    """A date; a text is read as CDate reads it.

    Raises:
        Failure: The value is absent or no date.
    """
    if type(value) is Date:
        return value
    from provlint.evaluation.functions.dates import read_date

    if value is not None:
        state.note(DATE_TEXT)
    else:
        state.note(NOT_A_DATE)
    return read_date(state, value, argument)


def check_length(length: int) -> None:
    """Refuse a text that would be too long.

    Raises:
        Failure: It is longer than `TEXT_LIMIT`.
    """
    if length > TEXT_LIMIT:
        raise Failure(
            f"the text would be longer than {TEXT_LIMIT:,} characters, the limit of provlint",
            "evaluate with shorter values",
        )
