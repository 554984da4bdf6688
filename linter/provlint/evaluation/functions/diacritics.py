"""Letters without their marks.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#normalizediacritics
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint.evaluation.coercion import as_text, check_length
from provlint.evaluation.readings import DIACRITICS_OUTSIDE_TABLE

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value

_WHOLE: Final = {
    "æ": "ae", "Æ": "AE", "ø": "oe", "Ø": "OE", "ß": "ss", "ł": "l", "Ł": "L",
    "\u0131": "i",
}  # fmt: skip
"""Letters that do not decompose."""

_MARKED: Final = {"œ\u0304": "oe", "Œ\u0304": "OE"}
"""Letters that the table has with a mark only; without it they stay."""

# The marks that stand on a base letter in the page's table, each sequence as Unicode decomposes it.
_MARKS: Final = {
    "a": "\u0308 \u0300 \u0302 \u0303 \u030a \u0301 \u0328 \u0306 \u0304 \u0304\u0301 \u0304\u0300"
    " \u0304\u0302 \u0304\u0303 \u0308\u0304 \u0304\u0308 \u0307\u0304 \u0331 \u030a\u0304",
    "c": "\u0327 \u030c \u0301 \u0304 \u0331",
    "d": "\u030c \u0304 \u0331",
    "e": "\u0308 \u0300 \u0301 \u0302 \u0328 \u030c \u0307 \u0304 \u0304\u0301"
    " \u0304\u0300 \u0304\u0302 \u0304\u0303 \u0302\u0304 \u0331 \u0308\u0304 \u030a\u0304",
    "g": "\u0306 \u0304 \u0331",
    "i": "\u0308 \u0302 \u0300 \u0301 \u0304 \u0304\u0301"
    " \u0304\u0300 \u0304\u0302 \u0304\u0303 \u0331",
    "l": "\u030c \u0304 \u0323\u0304 \u0331",
    "n": "\u0303 \u0301 \u030c \u0304 \u0331",
    "o": "\u0308 \u0300 \u030b \u0303 \u0302 \u0301 \u0304 \u0304\u0301 \u0304\u0300 \u0304\u0302"
    " \u0304\u0303 \u0308\u0304 \u0304\u0308 \u0328\u0304 \u0303\u0304 \u0307\u0304 \u0331",
    "r": "\u030c \u0304 \u0331 \u0323\u0304",
    "s": "\u030c \u0301 \u0326 \u0327 \u0304 \u0331",
    "t": "\u030c \u0326 \u0304 \u0331",
    "u": "\u0308 \u0300 \u0302 \u0301 \u030a \u030b \u0304 \u0304\u0301 \u0304\u0300 \u0304\u0302"
    " \u0304\u0303 \u0307\u0304 \u0308\u0304 \u0304\u0308 \u0324\u0304 \u0331",
    "y": "\u0308 \u0301 \u0304 \u0304\u0301 \u0304\u0300 \u0304\u0303 \u0331",
    "z": "\u0301 \u030c \u0307 \u0304 \u0331",
    "æ": "\u0304",
    "ø": "\u0304",
}


def plain_letters(state: State, source: Value) -> Value:
    """NormalizeDiacritics(source): letters with marks become plain ones."""
    text = as_text(state, source, 0)
    if text.isascii():
        return text
    from unicodedata import category, normalize

    from provlint.dotnet.strings import normalize as dotnet_normalize
    from provlint.dotnet.strings import strip_diacritics

    decomposed = dotnet_normalize(text, "D")
    for marked, plain in _MARKED.items():
        decomposed = decomposed.replace(marked, plain)
    if not _in_table(decomposed, category):
        state.note(DIACRITICS_OUTSIDE_TABLE)
    bare = strip_diacritics(decomposed)
    check_length(2 * len(bare))
    return normalize("NFC", "".join(_WHOLE.get(letter, letter) for letter in bare))


def _in_table(decomposed: str, category: Category) -> bool:
    start = 0
    while start < len(decomposed):
        end = start + 1
        while end < len(decomposed) and category(decomposed[end]) == "Mn":
            end += 1
        base, marks = decomposed[start], decomposed[start + 1 : end]
        # Only letters have diacritics: punctuation of any script stays, as on the page.
        if not base.isascii() and base not in _WHOLE and category(base)[0] == "L":
            return False
        known = _MARKS.get(base.lower(), "").split(" ")
        # The table has the dot of the capital only.
        if marks and marks not in known and (base, marks) != ("I", "\u0307"):
            return False
        start = end
    return True


if TYPE_CHECKING:
    from collections.abc import Callable

    Category = Callable[[str], str]
