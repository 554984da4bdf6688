"""Which rules of `SelectUniqueValue` give one value: found out with people who are made up.

Imported by the rules that ask, when the texts alone do not tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.evaluation import compile_expression
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.syntax import attributes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provlint_grammar.syntax import Expression

SAMPLES = (
    "Katharina", "Montgomery", "Elisabeth", "Rosenqvist", "Valentina", "Desmoulins", "Ingeborg",
    "Fitzgerald", "Wilhelmina", "Aurelius", "Benjamin", "Humphrey",
)  # fmt: skip
"""Values of different beginnings, for as many attributes."""


class Coincidence(NamedTuple):
    """Rules that give one value.

    Attributes:
        rules: Their indexes, in order.
        value: The value, for a person who is made up.
    """

    rules: tuple[int, ...]
    value: str


class People:
    """A person with all attributes that some rules read, and those who lack some.

    Attributes:
        names: The attributes.
    """

    def __init__(self, rules: Sequence[Expression]) -> None:
        names = dict.fromkeys(node.name for rule in rules for node in attributes(rule))
        self.names = tuple(names) if len(names) <= len(SAMPLES) else ()
        self._programs = [compile_expression(rule) for rule in rules] if self.names else []
        self._usual = dict(zip(self.names, SAMPLES, strict=False))
        self._before = self._equal(self._usual)

    def usually(self) -> list[Coincidence]:
        """Rules that give one value for a person with all attributes."""
        return self._before

    def without(self, name: str) -> list[Coincidence]:
        """Rules that give one value only for a person who lacks an attribute."""
        return self._only_in({**self._usual, name: None})

    def with_one_letter(self, name: str) -> list[Coincidence]:
        """Rules that give one value only for a person of whom an attribute is one letter."""
        return self._only_in({**self._usual, name: self._usual[name][:1]})

    def _only_in(self, person: Mapping[str, str | None]) -> list[Coincidence]:
        usual = [set(each.rules) for each in self._before]
        found = self._equal(person)
        return [each for each in found if not any(set(each.rules) <= rules for rules in usual)]

    def _equal(self, person: Mapping[str, str | None]) -> list[Coincidence]:
        """Rules with one value; Active Directory does not mind its capitals."""
        seen: dict[str, list[int]] = {}
        shown: dict[str, str] = {}
        for index, program in enumerate(self._programs):
            result = program.run(person)
            if result.outcome == "value" and not result.nondeterministic and result.texts[0]:
                seen.setdefault(result.texts[0].lower(), []).append(index)
                shown.setdefault(result.texts[0].lower(), result.texts[0])
        return [
            Coincidence(tuple(rules), shown[value])
            for value, rules in seen.items()
            if len(rules) > 1
        ]
