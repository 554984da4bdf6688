"""The values that one attribute may have, and which of them pass some clauses and fail others.

A value is null, a text, an integer or a Boolean: filters are not for attributes of several values.
An attribute that the schema declares as Integer or Boolean holds nothing else. One that is not
declared holds texts; integers too where an integer operator asks for them; Booleans alone where
nothing but Boolean operators ask for it. An attribute whose bits are compared holds integers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.analysis.bits import Bits, integers_with
from provlint.analysis.candidates import candidates
from provlint.analysis.languages.numbers import GREATEST, LEAST, Integers, written_number
from provlint.analysis.languages.patterns.formulas import TooDeep
from provlint.analysis.languages.plain import CONTROLS, Texts, including
from provlint.analysis.languages.search import accepts, texts_in
from provlint.analysis.predicates import (
    BOOLEAN_TESTS,
    INTEGER_TESTS,
    Predicate,
    beyond,
    language_of,
    names_controls,
)
from provlint.analysis.witness import Value
from provlint.semantics.attribute_values import GUEST_MARK, whole_number
from provlint.wording import quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from provlint.analysis.budget import Budget
    from provlint.analysis.languages.language import Automaton, Language
    from provlint.analysis.predicates import Test

Member = tuple["Language", bool]
"""A set of texts, and whether the value shall be in it."""
Wanted = frozenset[tuple[Predicate, bool]]
"""Predicates, and whether the value shall pass each."""

_OF_NUMBERS = frozenset({"EQUALS", "IS NULL", *INTEGER_TESTS})
"""Tests that need no look at the digits of an integer."""

UNDECIDED = 20_000
"""Steps that stand for a search by .NET's rules that came to no end."""

MOST_TRIED = 200
"""Texts that are tried on a pattern beyond what automata carry."""


class Found(NamedTuple):
    """Whether there is a value.

    Attributes:
        verdict: Whether; None where it is not known.
        value: One, where there is.
        beyond: Why it is not known.
    """

    verdict: bool | None
    value: Value = None
    beyond: tuple[str, ...] = ()


NONE = Found(False)
_IS_NULL = Predicate("IS NULL", (), False, None)


class AttributeValues:
    """What is known of one attribute, and the questions about it that are answered.

    Attributes:
        name: The source attribute.
        type_name: Its declared type, or None.
    """

    def __init__(
        self,
        name: str,
        type_name: str | None,
        predicates: Sequence[Predicate],
        budget: Budget,
        *,
        present: bool = False,
        guest_marks: bool = False,
    ) -> None:
        self.name = name
        self.type_name = type_name
        self._budget = budget
        self._known: dict[tuple[Wanted, bool], Found] = {}
        self._present = present
        self._stripped = name == "userPrincipalName" and not guest_marks
        self._predicates = predicates
        self._candidates: tuple[str, ...] | None = None
        self._automata: dict[Language, Automaton] = {}
        self._odd = any(map(names_controls, predicates))
        tests = {each.test for each in predicates} - {"IS NULL", "undocumented"}
        self.booleans = type_name == "Boolean" or (
            type_name is None and bool(tests) and tests <= BOOLEAN_TESTS
        )
        self.numbers = type_name == "Integer" or (
            type_name not in ("String", "Boolean") and bool(tests & INTEGER_TESTS)
        )
        self.texts = not self.booleans and type_name != "Integer" and "&" not in tests
        self._bits_of_text = "&" in tests and not self.numbers

    def find(self, wanted: Wanted, *, ordinary: bool = False) -> Found:
        """A value that passes and fails the predicates as wanted.

        Args:
            wanted: Predicates and results.
            ordinary: Whether to leave out texts with control characters, such as line breaks.

        Raises:
            OutOfSteps: The budget is used up.
        """
        self._budget.spend()
        key = (wanted, ordinary)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(wanted, ordinary)
        return found

    def result(self, predicate: Predicate, value: Value) -> bool | None:
        """Whether a value passes a predicate; None where that is not known."""
        if value is None:
            return predicate.on_null
        numbers = isinstance(value, int) and not isinstance(value, bool)
        passed = self._passes(predicate, str(value), numbers)
        return None if passed is None else passed is not predicate.negated

    def _find(self, wanted: Wanted, ordinary: bool) -> Found:
        unknown: list[str] = []
        sides = _sides(wanted)
        if sides is not None and not sides.get(_IS_NULL):
            for part in self._parts(sides, ordinary):
                if part.verdict:
                    return part
                unknown += part.beyond
        if self._present:
            return Found(None, None, tuple(dict.fromkeys(unknown))) if unknown else NONE
        opaque = sorted(each for each, _ in wanted if each.on_null is None)
        if all(each.on_null is result for each, result in wanted if each.on_null is not None):
            if not opaque:
                return Found(True, None)
            if sides is not None:
                unknown += map(beyond, opaque)
        return Found(None, None, tuple(dict.fromkeys(unknown))) if unknown else NONE

    def _parts(self, sides: dict[Predicate, bool], ordinary: bool) -> Iterator[Found]:
        """The answers for Booleans, for integers and for texts."""
        if self._bits_of_text and any(each.test == "&" for each in sides):
            yield Found(None, None, (f"the bits of `{self.name}`, which is no integer",))
            return
        if self.booleans:
            yield self._among(("True", "False"), sides, {"True": True, "False": False}, False)
        if self.numbers:
            yield self._number(sides)
        if self.texts:
            yield self._text(sides, ordinary)

    def _among(
        self,
        candidates: Iterable[str],
        sides: dict[Predicate, bool],
        meaning: dict[str, Value] | None,
        numbers: bool,
    ) -> Found:
        """The answer where these texts are all that can be."""
        unknown: list[str] = []
        for text in candidates:
            results = {each: self._passes(each, text, numbers) for each in sides}
            if all(results[each] is side for each, side in sides.items()):
                return Found(True, meaning[text] if meaning is not None else text)
            if all(results[each] in (None, side) for each, side in sides.items()):
                unknown += (beyond(each) for each, result in results.items() if result is None)
        return Found(None, None, tuple(unknown)) if unknown else NONE

    def _number(self, sides: dict[Predicate, bool]) -> Found:
        finite = _finite(sides)
        if finite is not None:
            kept = [text for text in finite if written_number(text) is not None]
            return self._among(kept, sides, {text: int(text) for text in kept}, True)
        plain = {each: side for each, side in sides.items() if each.test != "&"}
        masks = {each: side for each, side in sides.items() if each.test == "&"}
        of_text = any(each.test not in _OF_NUMBERS for each in plain)
        if of_text and not masks:
            sought = self._search(plain, [(Integers(), True)], True)
            return sought._replace(value=int(str(sought.value))) if sought.verdict else sought
        asked = _asked(plain, masks)
        for tried, number in enumerate(integers_with(asked, self._budget)):
            if all(self._passes(each, str(number), True) is side for each, side in plain.items()):
                return Found(True, number)
            if of_text and tried >= MOST_TRIED:
                return Found(None, None, (f"bits and texts of `{self.name}` together",))
        return NONE

    def _text(self, sides: dict[Predicate, bool], ordinary: bool) -> Found:
        universe: list[Member] = [(Texts(), True)]
        if ordinary and not self._odd:
            universe.append((CONTROLS, False))
        if self._stripped:
            # A guest's name arrives without the mark.
            universe.append((including((GUEST_MARK,)), False))
        finite = _finite(sides)
        if finite is not None:
            kept = [
                text
                for text in finite
                if all(language.contains(text) is side for language, side in universe)
            ]
            return self._among(kept, sides, None, False)
        return self._search(sides, universe, False)

    def _search(self, sides: dict[Predicate, bool], universe: list[Member], numbers: bool) -> Found:
        sides = _merged(sides)
        languages = list(universe)
        checked: dict[Predicate, bool] = {}
        if not numbers:
            for text in self._readable():
                if all(language.contains(text) is side for language, side in universe) and all(
                    self._passes(each, text, False) is side for each, side in sides.items()
                ):
                    return Found(True, text)
        for each, side in sides.items():
            language = language_of(each.test, each.values, numbers)
            if language is None or not language.exact:
                checked[each] = side
            if language is not None and (side or language.exact):
                languages.append((language, side))
        tried = False
        sought = [(self._automaton(language), side) for language, side in languages]
        try:
            for number, text in enumerate(texts_in(sought, self._budget)):
                if all(self._passes(each, text, numbers) is side for each, side in checked.items()):
                    return Found(True, text)
                tried = True
                if number >= MOST_TRIED:
                    break
        except TooDeep:
            names = [each.values[0] for each in sides if each.test == "REGEX MATCH"]
            return Found(None, None, tuple(f"{quote(name)} is too intricate" for name in names))
        return Found(None, None, tuple(map(beyond, checked))) if tried else NONE

    def _passes(self, predicate: Predicate, text: str, numbers: bool) -> bool | None:
        """Whether a value passes the test of a predicate, its negation left aside."""
        if predicate.test == "&":
            number = whole_number(text) if numbers else None
            if number is None:
                return None
            return any(number & (whole_number(value) or 0) for value in predicate.values)
        language = language_of(predicate.test, predicate.values, numbers)
        if language is None:
            return None
        if predicate.test == "REGEX MATCH" and language.exact:
            # .NET may take very long where an automaton does not.
            try:
                return accepts(self._automaton(language), text)
            except TooDeep:
                pass
        found = language.contains(text)
        if found is None:
            self._budget.spend(UNDECIDED)
        return found

    def _automaton(self, language: Language) -> Automaton:
        found = self._automata.get(language)
        if found is None:
            found = self._automata[language] = language.automaton(self._budget)
        return found

    def _readable(self) -> tuple[str, ...]:
        if self._candidates is None:
            self._candidates = candidates(self._predicates)
        return self._candidates


def _merged(sides: dict[Predicate, bool]) -> dict[Predicate, bool]:
    """The same with one predicate for all texts that a value must not be, include or end with."""
    found: dict[Predicate, bool] = {}
    refused: dict[Test, list[str]] = {}
    for each, side in sides.items():
        if not side and each.test in ("EQUALS", "Includes", "ENDS_WITH"):
            refused.setdefault(each.test, []).extend(each.values)
        else:
            found[each] = side
    for test, values in refused.items():
        found[Predicate(test, tuple(values), False, None)] = False
    return found


def _asked(plain: dict[Predicate, bool], masks: dict[Predicate, bool]) -> Bits:
    """The bounds and the bits that are asked of an integer."""
    low, high = LEAST, GREATEST
    for each, side in plain.items():
        language = language_of(each.test, each.values, True)
        if isinstance(language, Integers) and side:
            low = max(low, language.low)
        elif isinstance(language, Integers):
            high = min(high, language.low - 1)
    clear, shared = 0, []
    for each, side in masks.items():
        mask = 0
        for value in each.values:
            mask |= whole_number(value) or 0
        if side:
            shared.append(mask)
        else:
            clear |= mask
    return Bits(low, high, clear, tuple(shared))


def _sides(wanted: Wanted) -> dict[Predicate, bool] | None:
    """The tests that a value must pass and fail; None where it would have to do both with one."""
    found: dict[Predicate, bool] = {}
    for each, result in wanted:
        bare = Predicate(each.test, each.values, False, None)
        side = result is not each.negated
        if found.setdefault(bare, side) is not side:
            return None
    return dict(sorted(found.items(), key=lambda item: item[0][:2]))


def _finite(sides: dict[Predicate, bool]) -> tuple[str, ...] | None:
    """The only values that can be, where a clause names them."""
    named = [each.values for each, side in sides.items() if side and each.test == "EQUALS"]
    return min(named, key=len) if named else None
