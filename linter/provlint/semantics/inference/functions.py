"""What each function makes of what is known of its arguments.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.inference.facts import (
    ANY,
    ANY_TEXT,
    BOOLEAN,
    DATE,
    DIGITS,
    LOWER,
    NO_BLANKS,
    NOTHING,
    NULL,
    NUMBER,
    UPPER,
    Inferred,
    as_text,
    combined,
    from_values,
    length,
    mapped,
    union,
)
from provlint_grammar.printer import equal
from provlint_grammar.syntax import Omitted, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from provlint_grammar.syntax import Expression

    Given = list[Inferred]
    Nodes = tuple[Expression, ...]
    Transfer = Callable[[Given, Nodes], Inferred]


def _whole(found: Inferred) -> int | None:
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
    source, count = as_text(given[0]), _whole(given[1])
    if count is None:
        return _part(source, 0, source.maximum_length, True)
    if count < 0:
        return source
    return mapped(source, lambda text: text[:count]) or _part(
        source, min(source.minimum_length, count), count, source.may_be_empty or count == 0
    )


def middle(given: Given, _nodes: Nodes) -> Inferred:
    """Mid(source, start, length): a start beyond the end gives the whole text."""
    source, start, count = as_text(given[0]), _whole(given[1]), _whole(given[2])
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


def split(given: Given, _nodes: Nodes) -> Inferred:
    """Split(source, delimiter): a list of parts."""
    source = as_text(given[0])
    return Inferred("list", given[0].may_be_null, True, 0, source.maximum_length, source.characters)


def distinct(given: Given, _nodes: Nodes) -> Inferred:
    """RemoveDuplicates(attribute)."""
    return given[0]._replace(type="list", values=None)


def item(given: Given, _nodes: Nodes) -> Inferred:
    """Item(attribute, index): fails where there is no such value."""
    if given[0].type != "list":
        return ANY
    return given[0]._replace(type="text", may_be_null=False, minimum_length=0, may_be_empty=True)


def counted(_given: Given, _nodes: Nodes) -> Inferred:
    """Count and InStr: 0 or more."""
    return NUMBER._replace(least=0, characters=NUMBER.characters | DIGITS, maximum_length=10)


def number(_given: Given, _nodes: Nodes) -> Inferred:
    """DateDiff, NumFromDate."""
    return NUMBER


def bits(given: Given, nodes: Nodes) -> Inferred:
    """BitAnd(value1, value2): with a known mask, a subset of its bits."""
    for found in given[:2]:
        mask = _whole(found)
        if mask is None or mask < 0:
            continue
        if mask.bit_count() > 6:
            return NUMBER._replace(least=0, greatest=mask)
        subsets, current = [0], mask
        while current:
            subsets.append(current)
            current = (current - 1) & mask
        known = from_values((str(value) for value in subsets), type_="number")
        return known._replace(least=0, greatest=mask)
    return NUMBER


def date(_given: Given, _nodes: Nodes) -> Inferred:
    """CDate, DateAdd, DateFromNum, Now."""
    return DATE


def text(_given: Given, _nodes: Nodes) -> Inferred:
    """A function that gives some text."""
    return ANY_TEXT


def maybe_text(_given: Given, _nodes: Nodes) -> Inferred:
    """A function that gives some text, or nothing."""
    return Inferred("text")


def printed(given: Given, _nodes: Nodes) -> Inferred:
    """CStr(value)."""
    return as_text(given[0])


def hexadecimal(given: Given, _nodes: Nodes) -> Inferred:
    """ConvertToUTF8Hex(source)."""
    source = as_text(given[0])
    shortest = source.minimum_length * 2
    return Inferred("text", False, source.may_be_empty, shortest, None, UPPER | NO_BLANKS)


def encoded(given: Given, _nodes: Nodes) -> Inferred:
    """ConvertToBase64(source)."""
    source = as_text(given[0])
    return Inferred("text", False, source.may_be_empty, source.minimum_length, None, NO_BLANKS)


def guid(_given: Given, _nodes: Nodes) -> Inferred:
    """Guid()."""
    return Inferred("text", False, False, 36, 36, LOWER | NO_BLANKS)


def random(given: Given, _nodes: Nodes) -> Inferred:
    """RandomString(length, ...)."""
    count = _whole(given[0]) if given else None
    if count is None or count < 1:
        return ANY_TEXT
    return Inferred("text", False, False, count, count)


_ANSWERS = {True: from_values(("True",), type_="boolean"),
            False: from_values(("False",), type_="boolean")}  # fmt: skip


def answer(known: bool | None) -> Inferred:
    """A truth value; None when it differs between users."""
    return BOOLEAN if known is None else _ANSWERS[known]


def is_null(given: Given, _nodes: Nodes) -> Inferred:
    """IsNull(expression)."""
    if not given[0].may_be_null:
        return answer(False)
    return answer(True if given[0].values == () else None)


def is_absent(given: Given, _nodes: Nodes) -> Inferred:
    """IsNullOrEmpty(expression)."""
    found = given[0]
    if found.never_has_value:
        return answer(True)
    return answer(None if found.may_be_null or found.may_be_empty else False)


def is_present(given: Given, nodes: Nodes) -> Inferred:
    """IsPresent(expression)."""
    return negated([is_absent(given, nodes)], nodes)


def negated(given: Given, _nodes: Nodes) -> Inferred:
    """Not(source): what is not True is."""
    found = given[0]
    if not found.values:
        return BOOLEAN
    outcomes = {text.strip().lower() != "true" for text in found.values}
    if found.may_be_null:
        outcomes.add(True)
    return answer(outcomes.pop() if len(outcomes) == 1 else None)


def truth(given: Given, _nodes: Nodes) -> Inferred:
    """CBool(expression)."""
    return given[0] if given[0].type == "boolean" and not given[0].may_be_null else BOOLEAN


def coalesce(given: Given, _nodes: Nodes) -> Inferred:
    """Coalesce(source, ...): only null is passed over."""
    result = NOTHING
    for found in given:
        result = union(result, found._replace(may_be_null=False))
        if not found.may_be_null:
            return result
    return result._replace(may_be_null=True)


def choose(given: Given, _nodes: Nodes) -> Inferred:
    """IIF(condition, valueIfTrue, valueIfFalse)."""
    if len(given) != 3:
        return ANY
    condition = given[0]
    if condition.type == "boolean" and condition.constant is not None:
        return given[1] if condition.constant == "True" else given[2]
    return union(given[1], given[2])


def switch(given: Given, nodes: Nodes) -> Inferred:
    """Switch(source, default, key, value, ...): the keys that the source can be."""
    if len(given) < 4 or len(given) % 2:
        return ANY
    source = as_text(given[0])
    keys = [key.constant for key in given[2::2]]
    taken = list(range(len(keys)))
    missed = True
    if source.values and source.type != "list" and None not in keys:
        taken = [index for index in taken if keys[index] in source.values]
        missed = not set(source.values) <= set(keys)
    result = NOTHING
    for index in taken:
        result = union(result, given[2 * index + 3])
    if missed:
        default = given[1]
        if "" in keys and equal(nodes[0], nodes[1]):
            default = has_value(default)
        result = union(result, default)
    return result


def has_value(found: Inferred) -> Inferred:
    """The result where it is known to be neither null nor empty."""
    values = found.values
    return found._replace(
        may_be_null=False,
        may_be_empty=False,
        minimum_length=max(found.minimum_length, 1),
        values=None if values is None else tuple(text for text in values if text),
    )


def guarded(given: Given, _nodes: Nodes) -> Inferred:
    """IgnoreFlowIfNullOrEmpty(expression)."""
    return has_value(given[0])


def same(given: Given, _nodes: Nodes) -> Inferred:
    """Redact(value)."""
    return given[0]


def unique(given: Given, _nodes: Nodes) -> Inferred:
    """SelectUniqueValue(rule, ...): null and empty candidates are passed over."""
    result = NOTHING
    for found in given:
        result = union(result, has_value(as_text(found)))
    return result


def roles(_given: Given, _nodes: Nodes) -> Inferred:
    """AppRoleAssignmentsComplex, AssertiveAppRoleAssignmentsComplex."""
    return Inferred("roles", may_be_empty=False)


def reference(_given: Given, _nodes: Nodes) -> Inferred:
    """CRef(string)."""
    return Inferred("reference", may_be_empty=False)


def failure(_given: Given, _nodes: Nodes) -> Inferred:
    """Error(message)."""
    return NOTHING


TRANSFERS: dict[str, tuple[Transfer, int]] = {
    "append": (append, 2),
    "approleassignmentscomplex": (roles, 0),
    "assertiveapproleassignmentscomplex": (roles, 0),
    "bitand": (bits, 2),
    "cbool": (truth, 1),
    "cdate": (date, 0),
    "coalesce": (coalesce, 1),
    "converttobase64": (encoded, 1),
    "converttoutf8hex": (hexadecimal, 1),
    "count": (counted, 0),
    "cref": (reference, 0),
    "cstr": (printed, 1),
    "dateadd": (date, 0),
    "datediff": (number, 0),
    "datefromnum": (date, 0),
    "error": (failure, 0),
    "formatdatetime": (text, 0),
    "guid": (guid, 0),
    "ignoreflowifnullorempty": (guarded, 1),
    "iif": (choose, 0),
    "instr": (counted, 0),
    "isnull": (is_null, 1),
    "isnullorempty": (is_absent, 1),
    "ispresent": (is_present, 1),
    "isstring": (lambda _given, _nodes: BOOLEAN, 0),
    "item": (item, 1),
    "join": (join, 1),
    "left": (left, 2),
    "mid": (middle, 3),
    "normalizediacritics": (diacritics, 1),
    "not": (negated, 1),
    "now": (date, 0),
    "numfromdate": (number, 0),
    "pcase": (proper, 1),
    "prepend": (append, 2),
    "randomstring": (random, 0),
    "redact": (same, 1),
    "removeduplicates": (distinct, 1),
    "replace": (replace, 1),
    "selectuniquevalue": (unique, 1),
    "singleapproleassignment": (maybe_text, 0),
    "split": (split, 1),
    "stripspaces": (without_blanks, 1),
    "switch": (switch, 0),
    "tolower": (lower, 1),
    "toupper": (upper, 1),
    "trim": (trim, 1),
    "word": (word, 1),
}
"""Function name in lower case to its transfer and the least number of arguments it looks at."""


def transfer(name: str, given: Given, nodes: Nodes) -> Inferred:
    """What is known of the result of a call; `any` for functions that are not in the table."""
    known = TRANSFERS.get(name.lower())
    if known is None or len(given) < known[1]:
        return ANY
    return known[0](given, nodes)


__all__ = ["NULL", "TRANSFERS", "Text", "has_value", "transfer"]
