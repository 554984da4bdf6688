"""Comparison by the invariant culture, for texts in Latin and Greek letters.

The order is that of the ICU root collation: first letters, then marks, then case. Modelled are
ASCII, Greek, letters that decompose into one of these and common marks, and characters that count
for nothing. Everything else is refused.

Source: https://learn.microsoft.com/dotnet/standard/base-types/comparing
"""

from __future__ import annotations

from functools import cache
from typing import Final
from unicodedata import combining, normalize

from provlint.dotnet.failure import UndecidedError
from provlint_grammar.named_tuple import NamedTuple

_ORDER: Final = (
    "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz"
    "\u03b1\u03b2\u03b3\u03b4\u03b5\u03b6\u03b7\u03b8\u03b9\u03ba\u03bb\u03bc\u03bd\u03be\u03bf\u03c0\u03c1\u03c3\u03c4\u03c5\u03c6\u03c7\u03c8\u03c9"
)
_SMALL, _SMALL_VARIANT, _CAPITAL, _CAPITAL_VARIANT, _FINAL = range(5)
_VARIANTS: Final = {
    "\u03d0": ("\u03b2", _SMALL_VARIANT),
    "\u03f5": ("\u03b5", _SMALL_VARIANT),
    "\u03d1": ("\u03b8", _SMALL_VARIANT),
    "\u03f4": ("\u03b8", _CAPITAL_VARIANT),
    "\u03f0": ("\u03ba", _SMALL_VARIANT),
    "\u00b5": ("\u03bc", _SMALL_VARIANT),
    "\u03d6": ("\u03c0", _SMALL_VARIANT),
    "\u03f1": ("\u03c1", _SMALL_VARIANT),
    "\u03f2": ("\u03c3", _SMALL_VARIANT),
    "\u03f9": ("\u03c3", _CAPITAL_VARIANT),
    "\u03c2": ("\u03c3", _FINAL),
    "\u03d5": ("\u03c6", _SMALL_VARIANT),
}
_MARKS: Final = (
    "\u0313\u0314\u0301\u0300\u0306\u0302\u030c\u030a\u0342\u0308\u030b\u0303\u0307\u0327\u0328\u0304\u0309\u030f"
    "\u0311\u031b\u0323\u0324\u0325\u0326\u032d\u032e\u0330\u0331\u0345"
)
_IGNORED_RANGES: Final = (
    (0x00, 0x08),
    (0x0E, 0x1F),
    (0x7F, 0x84),
    (0x86, 0x9F),
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0x2066, 0x206F),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
)


class _Element(NamedTuple):
    """A letter with its marks.

    Attributes:
        place: where it starts, in UTF-16 units.
        letter: its rank among letters and signs, -1 for marks that follow nothing.
        marks: the ranks of its marks.
        variant: small, capital or another form of the letter, in their order.
    """

    place: int
    letter: int
    marks: tuple[int, ...]
    variant: int


@cache
def _ranks() -> tuple[dict[str, int], dict[str, int]]:
    return (
        {character: rank for rank, character in enumerate(_ORDER)},
        {mark: rank for rank, mark in enumerate(_MARKS, start=1)},
    )


def _is_ignored(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _IGNORED_RANGES)


def _elements(text: str) -> list[_Element]:
    letters, marks = _ranks()
    elements: list[_Element] = []
    after_mark = after_ignored = False
    for place, character in enumerate(text):
        if _is_ignored(character):
            after_ignored = True
            continue
        decomposed = normalize("NFD", character)
        letter, own_marks = decomposed[0], decomposed[1:]
        if combining(letter):
            # Two separate marks may stand in an order that normalisation would change.
            if after_mark or after_ignored or own_marks:
                raise _refused(character)
            after_mark, letter, own_marks = True, "", letter
        else:
            after_mark = after_ignored = False
        letter, variant = _VARIANTS.get(letter) or (
            letter.lower(),
            _CAPITAL if letter.isupper() else _SMALL,
        )
        if any(mark not in marks for mark in own_marks) or (letter and letter not in letters):
            raise _refused(character)
        ranks = tuple(marks[mark] for mark in own_marks)
        if not letter and elements:
            elements[-1] = elements[-1]._replace(marks=elements[-1].marks + ranks)
            if len(elements[-1].marks) > len(ranks):
                raise _refused(character)
        else:
            rank = letters[letter] if letter else -1
            elements.append(_Element(place, rank, ranks, variant))
    return elements


def _refused(character: str) -> UndecidedError:
    return UndecidedError(
        f"culture-sensitive comparison of U+{ord(character):04X}: only ASCII and Greek, with common"
        " marks, are modelled"
    )


def compare_text(first: str, second: str, *, ignore_case: bool = False) -> int:
    """Return -1, 0 or 1 as the first text comes before, with or after the second.

    Raises:
        UndecidedError: a character is not modelled.
    """
    if first == second:
        return 0
    one, other = _key(first, ignore_case), _key(second, ignore_case)
    return (one > other) - (one < other)


def _key(text: str, ignore_case: bool) -> tuple[list[int], list[int], list[int]]:
    primary: list[int] = []
    secondary: list[int] = []
    tertiary: list[int] = []
    for element in _elements(text):
        if element.letter >= 0:
            primary.append(element.letter)
            secondary.append(0)
            tertiary.append(element.variant)
        secondary.extend(element.marks)
        tertiary.extend([0] * len(element.marks))
    return primary, secondary, [] if ignore_case else tertiary


def equals_text(first: str, second: str, *, ignore_case: bool = False) -> bool:
    """Tell whether two texts are the same by the invariant culture.

    Raises:
        UndecidedError: a character is not modelled.
    """
    return compare_text(first, second, ignore_case=ignore_case) == 0


def starts_with_text(text: str, start: str, *, ignore_case: bool = False) -> bool:
    """Tell whether a text begins with another by the invariant culture.

    Raises:
        UndecidedError: a character is not modelled.
    """
    sought = _comparable(start, ignore_case=ignore_case)
    found = _comparable(text, ignore_case=ignore_case)
    _require_first_letter(found)
    return found[: len(sought)] == sought


def index_of_text(text: str, sought: str, *, ignore_case: bool = False) -> int:
    """Return the 0-based place of a text in another in units, -1 when absent.

    Raises:
        UndecidedError: a character is not modelled.
    """
    wanted = _comparable(sought, ignore_case=ignore_case)
    elements = _elements(text)
    found = _comparable(text, ignore_case=ignore_case)
    _require_first_letter(found)
    if not wanted:
        return 0
    for start in range(len(found) - len(wanted) + 1):
        if found[start : start + len(wanted)] == wanted:
            return elements[start].place
    return -1


def _require_first_letter(found: list[tuple[int, tuple[int, ...], int]]) -> None:
    if found and found[0][0] < 0:
        raise UndecidedError("culture-sensitive search in a text that begins with a mark")


def _comparable(text: str, *, ignore_case: bool) -> list[tuple[int, tuple[int, ...], int]]:
    return [
        (element.letter, element.marks, 0 if ignore_case else element.variant)
        for element in _elements(text)
    ]
