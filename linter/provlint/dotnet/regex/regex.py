"""A compiled pattern: matching and replacing."""

from __future__ import annotations

from typing import NamedTuple

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
from provlint.dotnet.regex.tree import Pattern
from provlint.dotnet.regex.units import from_units, to_units

STEP_LIMIT = 1_000_000


class Span(NamedTuple):
    """A captured piece of a text: index and length in UTF-16 units, and its value."""

    index: int
    length: int
    value: str


class GroupMatch(NamedTuple):
    """What one group captured last, and all its captures in order."""

    index: int
    length: int
    value: str
    captures: tuple[Span, ...]


class Match(NamedTuple):
    """A match: place and length in UTF-16 units.

    `groups` has every group by name in .NET's order; a group that took no part is None.
    """

    index: int
    length: int
    value: str
    groups: dict[str, GroupMatch | None]


class Regex:
    """A pattern ready to run.

    A run that exceeds `step_limit` steps raises `RegexTimeout`: undecided, never guessed.
    """

    __slots__ = ("_program", "_replacements", "pattern", "step_limit")

    def __init__(self, pattern: Pattern, step_limit: int = STEP_LIMIT) -> None:
        self.pattern = pattern
        self.step_limit = step_limit
        self._program: Program = build(pattern)
        self._replacements: dict[str, Replacement] = {}

    @property
    def group_names(self) -> tuple[str, ...]:
        """The names of all groups in .NET's order; an unnamed group's name is its number."""
        return tuple(self.pattern.group_numbers)

    def is_match(self, text: str) -> bool:
        """Tell whether the pattern matches anywhere in a text (`Regex.IsMatch`).

        Raises:
            RegexTimeout: The step limit is reached.
        """
        return search(self._program, to_units(text), 0, 0, Budget(self.step_limit)) is not None

    def match(self, text: str) -> Match | None:
        """Return the first match with all captures, or None (`Regex.Match`).

        Raises:
            RegexTimeout: The step limit is reached.
        """
        units = to_units(text)
        found = search(self._program, units, 0, 0, Budget(self.step_limit))
        if found is None:
            return None
        groups = {
            name: _group(units, found[self._program.group_slots[number]])
            for name, number in self.pattern.group_numbers.items()
        }
        whole = groups["0"]
        assert whole is not None
        return Match(whole.index, whole.length, whole.value, groups)

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
        budget = Budget(self.step_limit)
        slots = self._program.group_slots
        pieces: list[str] = []
        copied = origin = 0
        while origin <= len(units):
            found = search(self._program, units, origin, copied, budget)
            if found is None:
                break
            whole = found[0]
            assert whole is not None
            start, end, _ = whole
            pieces.append(units[copied:start])
            spans = {number: _last(found[slot]) for number, slot in slots.items()}
            _expand(parsed, units, spans, pieces)
            copied = end
            # After an empty match the next search begins one unit further on.
            origin = end + 1 if start == end else end
        pieces.append(units[copied:])
        return from_units("".join(pieces))


def _last(captures: Captures) -> tuple[int, int] | None:
    return None if captures is None else (captures[0], captures[1])


def _expand(
    replacement: Replacement,
    units: str,
    spans: dict[int, tuple[int, int] | None],
    pieces: list[str],
) -> None:
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


def _group(units: str, captures: Captures) -> GroupMatch | None:
    spans: list[Span] = []
    while captures is not None:
        start, end, captures = captures
        spans.append(Span(start, end - start, from_units(units[start:end])))
    if not spans:
        return None
    last = spans[0]
    return GroupMatch(last.index, last.length, last.value, tuple(reversed(spans)))
