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
    NUMBER,
    UPPER,
    Inferred,
    as_text,
    from_values,
    union,
)
from provlint.semantics.inference.texts import (
    append,
    diacritics,
    join,
    left,
    lower,
    middle,
    proper,
    replace,
    trim,
    upper,
    whole,
    without_blanks,
    word,
)
from provlint_grammar.printer import equal

if TYPE_CHECKING:
    from collections.abc import Callable

    from provlint_grammar.syntax import Expression

    Given = list[Inferred]
    Nodes = tuple[Expression, ...]
    Transfer = Callable[[Given, Nodes], Inferred]


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
    both = [whole(found) for found in given[:2]]
    if len(both) == 2 and both[0] is not None and both[1] is not None:
        # Text, as Microsoft's own mapping of `userAccountControl` compares it with `"0"`.
        return from_values((str(both[0] & both[1]),))
    for found in given[:2]:
        mask = whole(found)
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
    count = whole(given[0]) if given else None
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
        # A list of one empty text is a candidate, and an empty one at that.
        several = found.type in ("any", "list")
        result = union(result, as_text(found) if several else has_value(as_text(found)))
    return result


def roles(_given: Given, _nodes: Nodes) -> Inferred:
    """AppRoleAssignmentsComplex, AssertiveAppRoleAssignmentsComplex."""
    return Inferred("roles")


def reference(_given: Given, _nodes: Nodes) -> Inferred:
    """CRef(string)."""
    return Inferred("reference")


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
