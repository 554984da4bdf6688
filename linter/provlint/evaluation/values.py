"""The values of mapping expressions.

Everything that flows is a text or a list of texts; inside an expression a value keeps its type.
A value is None (absent), `str`, `int` or `Decimal`, `bool`, `Date`, `Reference`, `Roles`, or a list
of them. An empty list is absent.
Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-parseexpression
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.dotnet.dates.moment import DateTime

DATE_FORMAT = "M/d/yyyy h:mm:ss tt"
"""How dates print.
https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#cdate"""

Value = Any
"""See the list at the top; the closures of an expression hand values on unchecked."""

Kind = Literal["text", "number", "boolean", "date", "reference", "roles", "list", "null"]


class Date(NamedTuple):
    """A point in time.

    Attributes:
        moment: The time in UTC.
        doubt: The reading that the text form of this date rests on, or "".
    """

    moment: DateTime
    doubt: str = ""


class Reference(NamedTuple):
    """A reference to another object, by its distinguished name."""

    name: str


class Role(NamedTuple):
    """One application role of a user."""

    value: str
    primary: bool = False


class Roles(NamedTuple):
    """All roles of a user, and how a PATCH tells them: `add` keeps others, `replace` does not."""

    roles: tuple[Role, ...]
    patch: Literal["add", "replace"]


def kind_of(value: Value) -> Kind:
    """The type of a value, in words."""
    kind = _KINDS.get(type(value))
    return kind if kind is not None else "number"


_KINDS: dict[type, Kind] = {
    str: "text",
    int: "number",
    bool: "boolean",
    Date: "date",
    Reference: "reference",
    Roles: "roles",
    list: "list",
    type(None): "null",
}


def plain_text(value: Value) -> str:
    """The text of a single value as it flows.

    Lists are joined by a comma and a blank; this form is for people.
    """
    kind = type(value)
    if kind is str:
        return str(value)
    if value is None:
        return ""
    if kind is bool:
        return "True" if value else "False"
    if kind is int:
        return str(value)
    if kind is Date:
        from provlint.dotnet.dates import format as format_date

        return format_date(value.moment, DATE_FORMAT)
    if kind is Reference:
        return str(value.name)
    if kind is Roles:
        return ", ".join(role.value for role in value.roles)
    if kind is list:
        return ", ".join(plain_text(item) for item in value)
    from provlint.dotnet.numbers import format_decimal

    return format_decimal(value)


def received(value: object) -> Value:
    """An input value as expressions see it.

    Raises:
        TypeError: The value is of a type that no attribute has.
    """
    kind = type(value)
    if value is None or kind in (str, int, bool, Date, Reference):
        return value
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        items = [received(item) for item in value if item is not None]
        return items or None
    if isinstance(value, float):
        from decimal import Decimal

        return (
            int(value)
            if value.is_integer() and abs(value) < 1e15
            else _finite(Decimal(repr(value)))
        )
    if isinstance(value, str):
        return str(value)
    from decimal import Decimal

    if isinstance(value, Decimal):
        return _finite(value)
    raise TypeError(f"a value of type `{kind.__name__}`")


def _finite(number: Value) -> Value:
    if not number.is_finite():
        raise TypeError("a number that is not finite")
    return number
