"""How text looks on a terminal: width of characters, and control characters made harmless."""

from __future__ import annotations

from functools import cache

from provlint_grammar.named_tuple import NamedTuple

TAB = 4
"""Cells of a tab in an excerpt."""

_JOINER = "\u200d"
_EMOJI_SELECTOR = "\ufe0f"
_LEGITIMATE = frozenset({0x200C, 0x200D, 0x3000})
"""Invisible characters that words and emoji are written with: joiners and the wide space."""


class Cell(NamedTuple):
    """What is shown for one character of the source.

    Attributes:
        text: What is printed; several characters for a tab, none for a hidden one.
        width: Columns of the terminal that it takes.
    """

    text: str
    width: int


def harmless(text: str) -> str:
    """Return `text` on one line, without anything that a terminal would obey or hide.

    Control characters become their pictures (`␛` for escape), invisible and direction-changing
    ones, spaces that only look like one, and lone surrogates become `<U+202E>`.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) or character for character in text)


def cells(text: str, hidden: list[tuple[int, int]], mask: str) -> list[Cell]:
    """Return one cell per character of a line.

    Args:
        text: A line without its line break.
        hidden: Ranges shown as `mask` instead; in order, without overlaps.
        mask: What stands for a hidden range, all of it in the range's first cell.
    """
    if text.isascii() and text.isprintable():
        result = list(map(_single, text))
    else:
        result = _wide_cells(text)
    for start, end in hidden:
        if start < end:
            result[start:end] = [Cell(mask, len(mask)), *[Cell("", 0)] * (end - start - 1)]
    return result


@cache
def _single(character: str) -> Cell:
    return Cell(character, 1)


def _wide_cells(text: str) -> list[Cell]:
    from unicodedata import combining, east_asian_width

    result: list[Cell] = []
    base = -1
    joined = False
    flag = False
    for index, character in enumerate(text):
        shown = " " * TAB if character == "\t" else _shown(character)
        if character == _JOINER and base >= 0 and result[base].width == 2:
            joined = True
            result.append(Cell(character, 0))
        elif shown is not None:
            result.append(Cell(shown, len(shown)))
            base, flag = index, False
        elif character == _EMOJI_SELECTOR:
            if base >= 0 and len(result[base].text) == 1 and not result[base].text.isspace():
                result[base] = result[base]._replace(width=2)
                result.append(Cell(character, 0))
            else:
                result.append(Cell(f"<U+{ord(character):04X}>", 8))
        elif combining(character) or _adds_no_width(character):
            result.append(Cell(character, 0))
        elif (joined or flag) and _is_emoji_part(character):
            result.append(Cell(character, 0))
            joined = flag = False
        else:
            wide = east_asian_width(character) in "WF"
            flag = "\U0001f1e6" <= character <= "\U0001f1ff"
            result.append(Cell(character, 2) if wide or flag else _single(character))
            base, joined = index, False
    return result


def _adds_no_width(character: str) -> bool:
    from unicodedata import category

    return (
        category(character) in {"Mn", "Me"}
        or "\u1160" <= character <= "\u11ff"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def _is_emoji_part(character: str) -> bool:
    return character >= "\u2190"


def _shown(character: str) -> str | None:
    """What stands for a character that must not reach a terminal; None for all others."""
    point = ord(character)
    if point < 0x20:
        return chr(0x2400 + point)
    if point < 0x7F:
        return None
    if point == 0x7F:
        return "\u2421"
    if point < 0xA0 or 0xD800 <= point < 0xE000 or 0xE0000 <= point < 0xE0100:
        return f"<U+{point:04X}>"
    if point in _LEGITIMATE or character.isprintable():
        return None
    from unicodedata import category

    return f"<U+{point:04X}>" if category(character) in {"Cf", "Zl", "Zp", "Zs"} else None
