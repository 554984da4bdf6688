"""Which rules of `SelectUniqueValue` give one value: found out with people who are made up.

Imported by the rules on `SelectUniqueValue` when they meet one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.diagnostic import NOTE, Related
from provlint.rule import Finding
from provlint.wording import counted, quote
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.syntax import Number, Text, attributes, calls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from provlint.semantics.configuration import CallUnit
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
        from provlint.evaluation import compile_expression

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


def coinciding(unit: CallUnit, rules: list[Expression]) -> Iterator[Finding]:
    """Rules that are written differently; people are made up only where they may tell more."""
    read = [frozenset(node.name for node in attributes(rule)) for rule in rules]
    some = frozenset().union(*read) - read[0].intersection(*read)
    lacking = [name for name in sorted(some) if not _always_given(unit, name)]
    same = any(names and names in read[:index] for index, names in enumerate(read))
    if not lacking and not same:
        return
    people = People(rules)
    for each in people.usually():
        if not any(_chooses(rules[index], "") for index in each.rules):
            yield _coincide(unit, rules, each, "")
    for name in lacking:
        for each in people.without(name):
            # Where a later rule gives another value, the user is not held.
            if each.rules[-1] == len(rules) - 1 and not any(
                _chooses(rules[index], name) for index in each.rules
            ):
                middle = re.search("(?i)middle|second|initial|additional", name)
                severity = None if middle else NOTE
                where = f" where {quote(f'[{name}]')} is empty"
                yield _coincide(unit, rules, each, where)._replace(severity=severity)


def _coincide(unit: CallUnit, rules: list[Expression], found: Coincidence, where: str) -> Finding:
    *earlier, last = found.rules
    numbers = ", ".join(str(index + 1) for index in earlier)
    advice = f"add a last rule with `[{identifier(unit)}]`, or with a number at its end"
    return Finding(
        f"rules {numbers} and {last + 1} of `SelectUniqueValue` give the same value{where}, such as"
        f" {quote(found.value)}",
        advice if where else "make a different value in each rule, or leave one of them out",
        unit.place(rules[last]),
        related=tuple(Related(f"rule {at + 1}", unit.place(rules[at])) for at in earlier),
    )


def exhausted(unit: CallUnit, rules: list[Expression]) -> Iterator[Finding]:
    """Rules without a number or an id, and those that coincide where a name is one letter."""
    if any(_tells_apart(unit, rule, rules[0]) for rule in rules):
        return
    yield Finding(
        f"no rule of `SelectUniqueValue` holds a number or an id, so the user"
        f" after {counted(len(rules), 'namesake')} is held in escrow",
        f"add a last rule with `[{identifier(unit)}]`, or with a number at its end",
        unit.place(rules[-1]),
    )
    cut = {
        node.name
        for rule in rules
        for call in calls(rule)
        if call.name.lower() in ("left", "mid")
        for node in attributes(call)
    }
    if not cut:
        return
    people = People(rules)
    for name in sorted(cut.intersection(people.names)):
        for each in people.with_one_letter(name):
            if not any(_chooses(rules[index], name) for index in each.rules):
                where = f" where {quote(f'[{name}]')} is one letter"
                yield _coincide(unit, rules, each, where)


def _chooses(rule: Expression, name: str) -> bool:
    """Whether a rule gives this or that by another attribute, so that one person tells little."""
    conditions = (
        call.arguments[0]
        for call in calls(rule)
        if call.name.lower() in ("iif", "switch") and call.arguments
    )
    return any(node.name != name for each in conditions for node in attributes(each))


_IDENTIFIES = r"(?:I[dD]|GUID|Guid|Number)(?![a-z])|(?i:id|number|username)$"
_EVERYBODY_HAS = "(?i)first|last|given|sur|family|^sn$|display|legal|preferred|full"
"""Names of attributes that nobody lacks: people have a first and a last name."""


def _always_given(unit: CallUnit, name: str) -> bool:
    parent = unit.expression.attribute_mapping.parent
    known = (parent.source_attributes or {}).get(name)
    if known is not None and (known.required or known.anchor):
        return True
    matching = {each for mapping in parent.matching for each in mapping.source_attributes}
    if name in matching:
        return True
    return bool(re.search(_IDENTIFIES, name) or re.search(_EVERYBODY_HAS, name))


def identifier(unit: CallUnit) -> str:
    """The attribute of the source that nobody shares, as far as it is known."""
    for mapping in unit.expression.attribute_mapping.parent.matching:
        if mapping.source_attributes:
            return mapping.source_attributes[0]
    system = unit.expression.rule.source_system
    return {"workday": "WorkerID", "successfactors": "personIdExternal"}.get(system, "employeeId")


_JOINING = frozenset({"append", "join", "prepend"})
_RANDOM = frozenset({"guid", "randomstring"})


def _tells_apart(unit: CallUnit, rule: Expression, first: Expression) -> bool:
    """Whether a rule has what namesakes do not share: an id, a number of its own, or chance."""
    if any(_identifies(unit, node.name) for node in attributes(rule)):
        return True
    if any(call.name.lower() in _RANDOM for call in calls(rule)):
        return True
    return bool(_numbers(rule) - _numbers(first))


def _identifies(unit: CallUnit, name: str) -> bool:
    parent = unit.expression.attribute_mapping.parent
    matching = {each for mapping in parent.matching for each in mapping.source_attributes}
    return name in matching or re.search(_IDENTIFIES, name) is not None


def _numbers(rule: Expression) -> set[str]:
    """The constants with a digit that become part of the value."""
    found = set()
    for call in calls(rule):
        for node in call.arguments if call.name.lower() in _JOINING else ():
            text = node.value if isinstance(node, Text) else ""
            text = node.text if isinstance(node, Number) else text
            if any(letter.isdecimal() for letter in text):
                found.add(text)
    return found
