"""What the functions on text make of what is known of their arguments.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.inference.facts import (
    ANY,
    ANY_TEXT,
    DIGITS,
    LOWER,
    NO_BLANKS,
    UPPER,
    Inferred,
    as_text,
    combined,
    from_values,
    length,
    mapped,
)
from provlint_grammar.syntax import Omitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from provlint_grammar.syntax import Expression

    Given = list[Inferred]
    Nodes = tuple[Expression, ...]


def whole(found: Inferred) -> int | None:
    """The number that an argument is for everybody, quoted or not."""
    text = found.constant
    if text is None:
        return None
    digits = text.strip().removeprefix("-").removeprefix("+")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _part(source: Inferred, shortest: int, longest: int | None, empty: bool) -> Inferred:
    """A part of a text: its characters are those of the whole."""
    bounds = [bound for bound in (source.maximum_length, longest) if bound is not None]
    return Inferred(
        "text", False, empty, shortest, min(bounds) if bounds else None, source.characters
    )


def append(given: Given, _nodes: Nodes) -> Inferred:
    """Append(source, suffix), Prepend(prefix, source)."""
    one, other = as_text(given[0]), as_text(given[1])
    return combined([one, other], "".join) or Inferred(
        "text",
        False,
        one.may_be_empty and other.may_be_empty,
        one.minimum_length + other.minimum_length,
        _sum(one.maximum_length, other.maximum_length),
        one.characters & other.characters,
    )


def join(given: Given, _nodes: Nodes) -> Inferred:
    """Join(separator, source, ...): empty and absent sources are passed over."""
    separator, *sources = [as_text(found) for found in given]
    if any(found.type in ("list", "any", "roles") for found in given[1:]):
        # A list contributes each of its values, so the number of parts is unknown.
        surely = [part for part in sources if not part.may_be_empty]
        shortest = sum(part.minimum_length for part in surely)
        return Inferred("text", False, not surely, shortest)
    if not sources:
        return from_values(("",))
    known = combined([separator, *sources], lambda texts: texts[0].join(filter(None, texts[1:])))
    if known is not None:
        return known
    surely = [part for part in sources if not part.may_be_empty]
    shortest = sum(part.minimum_length for part in sources)
    shortest += separator.minimum_length * max(len(surely) - 1, 0)
    longest: int | None = 0
    for part in sources:
        longest = _sum(longest, part.maximum_length)
    if len(sources) > 1 and longest is not None:
        gaps = len(sources) - 1
        longest = _sum(
            longest,
            None if separator.maximum_length is None else separator.maximum_length * gaps,
        )
    characters = separator.characters if len(sources) > 1 else -1
    for part in sources:
        characters &= part.characters
    return Inferred("text", False, not surely, shortest, longest, characters)


def left(given: Given, _nodes: Nodes) -> Inferred:
    """Left(string, numChars): a negative number gives all of the text."""
    source, count = as_text(given[0]), whole(given[1])
    if count is None:
        return _part(source, 0, source.maximum_length, True)
    if count < 0:
        return source
    return mapped(source, lambda text: text[:count]) or _part(
        source, min(source.minimum_length, count), count, source.may_be_empty or count == 0
    )


def middle(given: Given, _nodes: Nodes) -> Inferred:
    """Mid(source, start, length): a start beyond the end gives the whole text."""
    source, start, count = as_text(given[0]), whole(given[1]), whole(given[2])
    if start is None or count is None or start < 1 or count < 0:
        return _part(source, 0, source.maximum_length, True)
    reaches = source.minimum_length >= start
    longest = count if reaches or start == 1 else max(count, start - 1)
    shortest = min(count, max(source.minimum_length - start + 1, 0))
    return _part(source, shortest, longest, source.may_be_empty or count == 0 or not reaches)


def word(given: Given, _nodes: Nodes) -> Inferred:
    """Word(string, wordNumber, delimiters): too few words give the empty text."""
    return _part(as_text(given[0]), 0, None, True)


def lower(given: Given, nodes: Nodes) -> Inferred:
    """ToLower(source, culture)."""
    return _cased(given, nodes, str.lower, LOWER, UPPER)


def upper(given: Given, nodes: Nodes) -> Inferred:
    """ToUpper(source, culture)."""
    return _cased(given, nodes, str.upper, UPPER, LOWER)


def _cased(
    given: Given, nodes: Nodes, change: Callable[[str], str], sets: int, clears: int
) -> Inferred:
    source = as_text(given[0])
    plain = len(nodes) < 2 or isinstance(nodes[1], Omitted)
    known = mapped(source, change) if plain else None
    if known is not None:
        return known
    keeps = source.characters if source.characters & DIGITS else source.characters & ~clears
    return source._replace(characters=keeps | sets, values=None)


def proper(given: Given, _nodes: Nodes) -> Inferred:
    """PCase(source, wordSeparators)."""
    source = as_text(given[0])
    return source._replace(characters=source.characters & (NO_BLANKS | DIGITS), values=None)


def without_blanks(given: Given, _nodes: Nodes) -> Inferred:
    """StripSpaces(source)."""
    source = as_text(given[0])
    if source.characters & NO_BLANKS:
        return source
    return mapped(source, lambda text: text.replace(" ", "")) or _part(
        source, 0, None, True
    )._replace(characters=source.characters | NO_BLANKS)


def trim(given: Given, _nodes: Nodes) -> Inferred:
    """Trim(value): of a list, each of its values."""
    if given[0].type in ("list", "any"):
        return given[0]._replace(minimum_length=0, may_be_null=False, values=None)
    source = as_text(given[0])
    return mapped(source, lambda text: text.strip(" ")) or _part(source, 0, None, True)


def diacritics(given: Given, _nodes: Nodes) -> Inferred:
    """NormalizeDiacritics(source): a letter becomes at most two."""
    source = as_text(given[0])
    known = mapped(source, str)
    if known is not None:
        return known
    longest = None if source.maximum_length is None else source.maximum_length * 2
    return Inferred("text", False, source.may_be_empty, 0, longest, source.characters & ~DIGITS)


def replace(given: Given, nodes: Nodes) -> Inferred:
    """Replace: bounded where plain text is replaced, or where what is found is deleted."""
    filled = tuple(
        index for index, node in enumerate(nodes) if index and not isinstance(node, Omitted)
    )
    source = as_text(given[0])
    value = as_text(given[4]) if len(given) > 4 else ANY
    if filled == (1, 4):
        old = given[1].constant
        known = combined([source, as_text(given[1]), value], _replaced)
        if known is not None:
            return known
        if old:
            return _replaced_plain(source, length(old), value)
    if filled == (2, 4) and value.constant == "":
        return _part(source, 0, None, True)
    # The place for another attribute may have nothing to give.
    return ANY_TEXT._replace(may_be_null=5 in filled)


def _replaced(texts: tuple[str, ...]) -> str:
    source, old, new = texts
    return source.replace(old, new) if old else source


def _replaced_plain(source: Inferred, old: int, value: Inferred) -> Inferred:
    new, longest = value.maximum_length, source.maximum_length
    if new is None or longest is None:
        bound = longest if new is not None and new <= old else None
    else:
        bound = max(longest, longest // old * new + longest % old)
    # A deletion may join what makes the rest empty; what is put in has its own characters.
    return Inferred("text", False, True, 0, bound, source.characters & value.characters)
