"""The lattice: what is known of a result, and how two possible results are joined.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Type = Literal["any", "boolean", "date", "list", "null", "number", "reference", "roles", "text"]
"""`date` is a point in time that flows as the text `M/d/yyyy h:mm:ss tt`; `list` is a list of
texts; `null` is a result that never has a value; `any` is unknown."""

LOWER = 1
"""No capital letter."""
UPPER = 2
"""No small letter."""
NO_BLANKS = 4
"""No blank (U+0020)."""
DIGITS = 8
"""Nothing but the digits 0 to 9."""
EVERY_CHARACTER_FACT = LOWER | UPPER | NO_BLANKS | DIGITS

SET_LIMIT = 64
"""A closed set of values with more members is given up."""


class Inferred(NamedTuple):
    """What is known of a result.

    Attributes:
        type: See `Type`.
        may_be_null: Whether the result can be absent.
        may_be_empty: Whether the result can be the empty text.
        minimum_length: UTF-16 units that a result which is not null has at least; of a list,
            each of its values.
        maximum_length: The same at most; None for no bound.
        characters: `LOWER`, `UPPER`, `NO_BLANKS` and `DIGITS`, added up.
        values: The texts that a result which is not null can be; None where that is no closed
            set.
        least: The least number that a result of type `number` can be, where there is one.
        greatest: The greatest.
    """

    type: Type
    may_be_null: bool = True
    may_be_empty: bool = True
    minimum_length: int = 0
    maximum_length: int | None = None
    characters: int = 0
    values: tuple[str, ...] | None = None
    least: int | None = None
    greatest: int | None = None

    @property
    def constant(self) -> str | None:
        """The text that the result is for everybody; None when there is no such text."""
        if self.may_be_null or self.values is None or len(self.values) != 1:
            return None
        return self.values[0]

    @property
    def never_has_value(self) -> bool:
        """Whether the result is null or empty for everybody."""
        return self.values is not None and self.values in ((), ("",))


ANY = Inferred("any")
NULL = Inferred("null", True, False, 0, 0, EVERY_CHARACTER_FACT, ())
NOTHING = Inferred("null", False, False, 0, 0, EVERY_CHARACTER_FACT, ())
"""An expression without result: it fails, or drops the attribute."""
ANY_TEXT = Inferred("text", may_be_null=False)
BOOLEAN = Inferred("boolean", False, False, 4, 5, NO_BLANKS, ("False", "True"))
DATE = Inferred("date", False, False, 19, 22, UPPER)
"""`1/1/2000 1:00:00 AM` has 19 characters, `12/31/2000 12:00:00 PM` 22."""
NUMBER = Inferred("number", False, False, 1, 20, LOWER | UPPER | NO_BLANKS)
"""A 64-bit number; the sign is counted."""


def article(type_: str) -> str:
    """A type with its article, for messages."""
    return {"any": "a value", "list": "a list", "roles": "a list of roles", "null": "null"}.get(
        type_, f"a {type_}"
    )


def length(text: str) -> int:
    """The length of a text in UTF-16 units, as .NET and Active Directory count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters_of(text: str) -> int:
    """The facts about characters that hold for a text."""
    facts = 0
    if text == text.lower():
        facts |= LOWER
    if text == text.upper():
        facts |= UPPER
    if " " not in text:
        facts |= NO_BLANKS
    if all(character in "0123456789" for character in text):
        facts |= DIGITS
    return facts


def from_values(texts: Iterable[str], *, null: bool = False, type_: Type = "text") -> Inferred:
    """A result that is one of these texts."""
    values = tuple(sorted(set(texts)))
    if not values:
        return NULL if null else NOTHING
    lengths = [length(text) for text in values]
    characters = EVERY_CHARACTER_FACT
    for text in values:
        characters &= characters_of(text)
    closed = values if len(values) <= SET_LIMIT else None
    return Inferred(type_, null, "" in values, min(lengths), max(lengths), characters, closed)


def number(value: int) -> Inferred:
    """A whole number that is known."""
    text = str(value)
    return from_values((text,), type_="number")._replace(least=value, greatest=value)


def union(one: Inferred, other: Inferred) -> Inferred:
    """What is known of a result that is one or the other."""
    if one.values == () and one.type == "null":
        return other._replace(may_be_null=one.may_be_null or other.may_be_null)
    if other.values == () and other.type == "null":
        return one._replace(may_be_null=one.may_be_null or other.may_be_null)
    values = None
    if one.values is not None and other.values is not None:
        values = tuple(sorted({*one.values, *other.values}))
        if len(values) > SET_LIMIT:
            values = None
    longest = None
    if one.maximum_length is not None and other.maximum_length is not None:
        longest = max(one.maximum_length, other.maximum_length)
    numbers = one.type == other.type == "number"
    return Inferred(
        one.type if one.type == other.type else "any",
        one.may_be_null or other.may_be_null,
        one.may_be_empty or other.may_be_empty,
        min(one.minimum_length, other.minimum_length),
        longest,
        one.characters & other.characters,
        values,
        min(one.least, other.least)
        if numbers and one.least is not None and other.least is not None
        else None,
        max(one.greatest, other.greatest)
        if numbers and one.greatest is not None and other.greatest is not None
        else None,
    )


def as_text(found: Inferred) -> Inferred:
    """The result where a text is needed: null counts as the empty text."""
    if found.values is not None:
        texts = (*found.values, "") if found.may_be_null else found.values
        if not texts:
            return found
        return from_values(texts)
    if found.type == "list":
        return ANY_TEXT
    return found._replace(
        type="text",
        may_be_null=False,
        may_be_empty=found.may_be_empty or found.may_be_null,
        minimum_length=0 if found.may_be_null else found.minimum_length,
        least=None,
        greatest=None,
    )


def mapped(found: Inferred, change: Callable[[str], str]) -> Inferred | None:
    """The result of a change of known ASCII texts; None when they are not known."""
    if not found.values or not all(text.isascii() for text in found.values):
        return None
    return from_values(change(text) for text in found.values)


def combined(parts: list[Inferred], join: Callable[[tuple[str, ...]], str]) -> Inferred | None:
    """The result of putting known texts together; None when one is not known."""
    count = 1
    for part in parts:
        if not part.values:
            return None
        count *= len(part.values)
        if count > SET_LIMIT:
            return None
    return from_values(join(texts) for texts in product(*(part.values or () for part in parts)))
