"""A compiled pattern: matching and replacing.

Two engines give the same answers. Python's `re` runs the patterns that translate, on texts for
which its work is bounded; the exact matcher runs everything else, within a step limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.dotnet.regex.cost import Cost, cost_of
from provlint.dotnet.regex.emit import NEVER, Translation, translate
from provlint.dotnet.regex.exact import Budget, Captures, search
from provlint.dotnet.regex.program import Program, build
from provlint.dotnet.regex.replacement import (
    AFTER,
    BEFORE,
    LAST_GROUP,
    WHOLE_TEXT,
    Replacement,
    parse_replacement,
)
from provlint.dotnet.regex.support import check_supported
from provlint.dotnet.regex.units import from_units, to_units
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from provlint.dotnet.regex.tree import Pattern

STEP_LIMIT = 1_000_000
# Steps of `re` that a single search may need at worst: some tenths of a second.
FAST_LIMIT = 20_000_000


class Capture(NamedTuple):
    """A captured piece of a text.

    `start` and `end` are UTF-16 units, half-open; `value` is the text between them.
    """

    start: int
    end: int
    value: str


class Match(NamedTuple):
    """A match.

    `start` and `end` are UTF-16 units, half-open. `groups` has the captures of every group by
    name, in .NET's order of groups and in the order of time; a group that took no part has none.
    """

    start: int
    end: int
    value: str
    groups: dict[str, tuple[Capture, ...]]


# The span of each group by number; None for a group that took no part.
Spans = dict[int, "tuple[int, int] | None"]


class Regex:
    """A pattern ready to run.

    A run that exceeds `step_limit` steps raises `RegexTimeout`: undecided, never guessed.
    """

    __slots__ = (
        "_cost",
        "_program",
        "_replacements",
        "_translated",
        "_translation",
        "pattern",
        "step_limit",
    )

    def __init__(self, pattern: Pattern, step_limit: int = STEP_LIMIT) -> None:
        check_supported(pattern)
        self.pattern = pattern
        self.step_limit = step_limit
        self._program: Program | None = None
        self._replacements: dict[str, Replacement] = {}
        self._translated = False
        self._translation: Translation | None = None
        self._cost: Cost | None = None

    @property
    def group_names(self) -> tuple[str, ...]:
        """The names of all groups in .NET's order; an unnamed group's name is its number."""
        return tuple(self.pattern.group_numbers)

    def is_match(self, text: str) -> bool:
        """Tell whether the pattern matches anywhere in a text (`Regex.IsMatch`).

        Raises:
            RegexTimeout: The step limit is reached.
        """
        units = to_units(text)
        fast = self._fast(units, False)
        if fast is not None:
            return fast.search(units) is not None
        return search(self._exact(), units, 0, 0, Budget(self.step_limit)) is not None

    def match(self, text: str) -> Match | None:
        """Return the first match with all captures, or None (`Regex.Match`).

        Raises:
            RegexTimeout: The step limit is reached.
        """
        units = to_units(text)
        program = self._exact()
        found = search(program, units, 0, 0, Budget(self.step_limit))
        if found is None:
            return None
        groups = {
            name: _captures(units, found[program.group_slots[number]])
            for name, number in self.pattern.group_numbers.items()
        }
        whole = groups["0"][0]
        return Match(whole.start, whole.end, whole.value, groups)

    def replace(self, text: str, replacement: str) -> str:
        """Replace every match (`Regex.Replace`).

        Raises:
            RegexSyntaxError: The replacement holds a group number greater than 2147483647.
            RegexTimeout: The step limit is reached.
        """
        parsed = self._replacements.get(replacement)
        if parsed is None:
            parsed = parse_replacement(replacement, self.pattern.group_numbers)
            self._replacements[replacement] = parsed
        units = to_units(text)
        find = self._finder(units, any(isinstance(part, int) for part in parsed.parts))
        pieces: list[str] = []
        copied = position = 0
        while position <= len(units):
            spans = find(position, copied)
            if spans is None:
                break
            whole = spans[0]
            assert whole is not None
            start, end = whole
            pieces.append(units[copied:start])
            _expand(parsed, units, spans, pieces)
            copied = end
            # After an empty match the next search begins one unit further on.
            position = end + 1 if start == end else end
        if copied == 0 and not pieces:
            return text
        pieces.append(units[copied:])
        return from_units("".join(pieces))

    def _finder(self, units: str, groups: bool) -> Callable[[int, int], Spans | None]:
        """Return a function from the place to search from, and the end of the last match."""
        fast = self._fast(units, groups)
        if fast is not None:
            assert self._translation is not None
            indices = self._translation.indices

            def find(position: int, _: int) -> Spans | None:
                found = fast.search(units, position)
                if found is None:
                    return None
                return {
                    number: None if index == NEVER or found.start(index) < 0 else found.span(index)
                    for number, index in indices.items()
                }

            return find
        program = self._exact()
        budget = Budget(self.step_limit)

        def find_exactly(position: int, origin: int) -> Spans | None:
            found = search(program, units, position, origin, budget)
            if found is None:
                return None
            return {
                number: None if last is None else (last[0], last[1])
                for number, slot in program.group_slots.items()
                for last in (found[slot],)
            }

        return find_exactly

    def _fast(self, units: str, groups: bool) -> re.Pattern[str] | None:
        """Return the translation when it may run on this text."""
        if not self._translated:
            self._translated = True
            self._translation = translate(self.pattern)
            self._cost = None if self._translation is None else cost_of(self.pattern)
        if self._cost is None or self._translation is None:
            return None
        if groups and not self._translation.groups_agree:
            return None
        if self._cost.of(len(units)) > FAST_LIMIT:
            return None
        return self._translation.ascii if units.isascii() else self._translation.full

    def _exact(self) -> Program:
        if self._program is None:
            self._program = build(self.pattern)
        return self._program


def _expand(replacement: Replacement, units: str, spans: Spans, pieces: list[str]) -> None:
    start, end = spans[0] or (0, 0)
    for part in replacement.parts:
        if isinstance(part, str):
            pieces.append(part)
        elif part == BEFORE:
            pieces.append(units[:start])
        elif part == AFTER:
            pieces.append(units[end:])
        elif part == WHOLE_TEXT:
            pieces.append(units)
        else:
            span = spans[max(spans) if part == LAST_GROUP else part]
            if span is not None:
                pieces.append(units[span[0] : span[1]])


def _captures(units: str, captures: Captures) -> tuple[Capture, ...]:
    found: list[Capture] = []
    while captures is not None:
        start, end, captures = captures
        found.append(Capture(start, end, from_units(units[start:end])))
    return tuple(reversed(found))
