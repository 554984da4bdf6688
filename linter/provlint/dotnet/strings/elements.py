"""Text elements: what a reader takes for one character.

Modelled are letters with marks, line ends, Hangul syllables, flags and emoji, as far as the
answer does not depend on the Unicode version. Scripts with spacing marks are refused.

Source: https://learn.microsoft.com/dotnet/api/system.globalization.stringinfo
"""

from __future__ import annotations

from typing import Final
from unicodedata import category

from provlint.dotnet.failure import UndecidedError
from provlint.dotnet.strings.unicode_age import require_known_characters

_JOINER: Final = "\u200d"
_NON_JOINER: Final = "\u200c"
_PICTURES: Final = ((0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1FAFF))
_TONES: Final = (0x1F3FB, 0x1F3FF)


def count_elements(text: str) -> int:
    """Return the number of text elements.

    Raises:
        UndecidedError: the text holds a spacing mark, a prepended sign, or a joined sign that is
            no emoji.
    """
    if text.isascii():
        return len(text) - text.count("\r\n")
    require_known_characters(text, "text elements")
    kinds = [_kind(character) for character in text]
    count = 0
    flags = 0
    joined_picture = False
    for place, kind in enumerate(kinds):
        before = kinds[place - 1] if place else "control"
        if kind == "flag":
            flags += 1
        starts = not _continues(before, kind, flags, joined_picture)
        if kind != "flag":
            flags = 0
        if kind == "picture":
            joined_picture = True
        elif kind not in ("extend", "joiner"):
            joined_picture = False
        count += starts
    return count


def _continues(before: str, kind: str, flags: int, after_picture: bool) -> bool:
    if before == "return":
        return kind == "feed"
    if "control" in (before, kind) or before == "feed" or kind in ("return", "feed"):
        return False
    if kind in ("extend", "joiner"):
        return True
    if kind == "picture":
        return before == "joiner" and after_picture
    if before == "joiner" and after_picture and kind == "other":
        return False
    return (
        (before == "leading" and kind in ("leading", "vowel", "open", "closed"))
        or (before in ("open", "vowel") and kind in ("vowel", "trailing"))
        or (before in ("closed", "trailing") and kind == "trailing")
        or (before == kind == "flag" and flags % 2 == 0)
    )


def _kind(character: str) -> str:
    code_point = ord(character)
    if character == "\r":
        return "return"
    if character == "\n":
        return "feed"
    if character == _JOINER:
        return "joiner"
    if character == _NON_JOINER or _TONES[0] <= code_point <= _TONES[1]:
        return "extend"
    if any(first <= code_point <= last for first, last in _PICTURES):
        return "picture"
    if 0x1F1E6 <= code_point <= 0x1F1FF:
        return "flag"
    if 0xAC00 <= code_point <= 0xD7A3:
        return "open" if (code_point - 0xAC00) % 28 == 0 else "closed"
    for first, last, kind in (
        (0x1100, 0x115F, "leading"),
        (0x1160, 0x11A7, "vowel"),
        (0x11A8, 0x11FF, "trailing"),
    ):
        if first <= code_point <= last:
            return kind
    found = category(character)
    if found == "Mc" or (0x900 <= code_point <= 0x1CFF and found.startswith("M")):
        raise UndecidedError("text elements of scripts with spacing marks")
    if found in ("Mn", "Me"):
        return "extend"
    if found in ("Cc", "Zl", "Zp"):
        return "control"
    if found == "Cf" or 0x2190 <= code_point <= 0x2BFF or 0x1F000 <= code_point <= 0x1FAFF:
        raise UndecidedError("text elements of format signs and symbols")
    return "other"
