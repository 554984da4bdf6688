"""What a noun is: fields with values and places, things inside it, and where the engine has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from provlint.diagnostic import Place
from provlint.wording import did_you_mean

if TYPE_CHECKING:
    from provlint.rule import Unit

Value = str | int | float | bool | tuple[str, ...] | None
"""What a field holds; None where the file says nothing."""

Kind = Literal["text", "number", "true or false", "list"]

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Field:
    """Something that a rule may ask of a thing.

    Attributes:
        name: As rules write it: Microsoft's name, with dots on the way to what lies inside, or a
            convenience of ours. `NAME` at its end stands for any name.
        kind: What it holds.
        about: What it is, for the documentation.
        read: Its value.
        place: Where it stands; None for the thing itself.
        key: The way to it in JSON, where it is a member of Microsoft's object.
    """

    name: str
    kind: Kind
    about: str
    read: Callable[[Any], Value]
    place: Callable[[Any], Place] | None = None
    key: str = ""


@dataclass(frozen=True)
class Family:
    """Fields with a name or a number at their end, such as `metadata.Disposition`.

    Attributes:
        prefix: What they begin with, up to and with the dot.
        example: One of them.
        kind: What they hold.
        about: What they are.
        read: The value of one.
        place: Where it stands.
        numbered: Whether a number stands at the end.
    """

    prefix: str
    example: str
    kind: Kind
    about: str
    read: Callable[[Any, str], Value]
    place: Callable[[Any, str], Place] | None = None
    numbered: bool = False

    def has(self, name: str) -> bool:
        """Whether a field is one of these."""
        end = name.removeprefix(self.prefix)
        return end not in (name, "") and (not self.numbered or _is_number(end))

    def field(self, name: str) -> Field:
        """One of them."""
        end, place = name.removeprefix(self.prefix), self.place
        return Field(
            name,
            self.kind,
            self.about,
            lambda thing: self.read(thing, end),
            None if place is None else lambda thing: place(thing, end),
        )


Children = Callable[[Any], Iterator[Any]]


@dataclass(frozen=True)
class Noun:
    """A kind of thing.

    Attributes:
        name: The word after `for:`.
        about: What it is, for the documentation.
        unit: The unit of the engine that it is found in.
        things: The things in such a unit.
        pointer: Where a thing stands in the file.
        naming: The member that names it; a finding on the thing stands there.
        known_as: The field that lists name it by.
        fields: What may be asked of it.
        families: Fields with any name at their end.
        inside: Nouns of what it holds, by the key of a condition on them.
        sample: The document around a sample, from its members by Microsoft's names.
        keys: Members that a sample may have beside the fields: Microsoft's.
        written: Fields of ours that a sample may give, to where they stand in Microsoft's object.
        tree: The expression that is parsed, for nouns that have one.
        home: Where a finding on the thing stands; None for the member that names it.
    """

    name: str
    about: str
    unit: Unit
    things: Children
    pointer: Callable[[Any], str]
    naming: str
    known_as: str
    fields: Mapping[str, Field]
    sample: Callable[[Mapping[str, Any]], Any]
    keys: frozenset[str]
    families: tuple[Family, ...] = ()
    inside: Mapping[str, tuple[str, Children]] = field(default_factory=lambda: NOTHING)
    written: Mapping[str, Callable[[Any], Mapping[str, Any]]] = field(
        default_factory=lambda: NOTHING
    )
    tree: Callable[[Any], Any] | None = None
    home: Callable[[Any], Place] | None = None

    def field(self, name: str) -> Field | None:
        """The field of that name; None for an unknown one."""
        found = self.fields.get(name)
        if found is not None:
            return found
        if name in self.inside:
            return self._contents(name)
        family = next((each for each in self.families if each.has(name)), None)
        return None if family is None else family.field(name)

    def _contents(self, key: str) -> Field:
        """The names of what it holds, as a list."""

        def names(thing: Any) -> tuple[str, ...]:
            return tuple(
                str(each.value(each.noun.known_as)) for each in Thing(self, thing).inside(key)
            )

        return Field(key, "list", "names of what it holds", names)

    def names(self) -> list[str]:
        """The names of all fields, with an example of each family."""
        return [*self.fields, *self.inside, *(family.example for family in self.families)]

    def hint(self, name: str) -> str:
        """What to do about an unknown field."""
        return (
            did_you_mean(name, self.names())
            or f"list the fields with `provlint rules fields {self.name}`"
        )

    def home_of(self, thing: Any) -> Place:
        """Where a finding on the thing itself stands."""
        if self.home is not None:
            return self.home(thing)
        return Place(f"{self.pointer(thing)}/{self.naming}", "member")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and text[0] != "0" and len(text) < 4


@dataclass(frozen=True)
class Thing:
    """One thing under a rule.

    Attributes:
        noun: What it is.
        unit: The unit of `provlint.semantics`, or the tuple of `provlint.model`.
        given: Values that a sample gives for fields, in place of what the unit says.
    """

    noun: Noun
    unit: Any
    given: Mapping[str, Value] = field(default_factory=lambda: NOTHING)

    def value(self, name: str) -> Value:
        """The value of a field, which must be one of the noun's."""
        if name in self.given:
            return self.given[name]
        found = self.noun.field(name)
        assert found is not None, name
        value = found.read(self.unit)
        return None if value == () else value

    def place(self, name: str = "") -> Place:
        """Where a field stands, or the thing itself."""
        found = self.noun.field(name) if name else None
        if found is None or found.place is None:
            return self.noun.home_of(self.unit)
        return found.place(self.unit)

    def inside(self, key: str) -> Iterator[Thing]:
        """The things that it holds, by the key of a condition on them."""
        from provlint.declarative.nouns import NOUNS

        name, children = self.noun.inside[key]
        return (Thing(NOUNS[name], unit) for unit in children(self.unit))


def table(*fields: Field) -> Mapping[str, Field]:
    """Fields by their names."""
    return MappingProxyType({each.name: each for each in fields})


def member(
    name: str, kind: Kind, about: str, read: Callable[[Any], Value], pointer: Callable[[Any], str]
) -> Field:
    """A member of Microsoft's object: its place is its own, or the thing's where it is missing."""
    way = name.replace(".", "/")
    return Field(
        name, kind, about, read, lambda thing: Place(f"{pointer(thing)}/{way}", "member"), name
    )
