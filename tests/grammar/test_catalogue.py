from __future__ import annotations

import datetime
import re
from itertools import pairwise

import pytest

from provlint_grammar import functions_data
from provlint_grammar.catalogue import (
    APP_PROVISIONING,
    CLOUD_SYNC,
    CONNECT,
    DIALECTS,
    ENUMERATIONS,
    FUNCTIONS,
    KEYWORDS,
    MACROS,
    find_function,
    habit_hint,
    nearest,
    suggest,
)
from provlint_grammar.expression import parse_expression
from provlint_grammar.syntax import LENIENT_CODES, Call, Enumeration, Keyword, Macro

PAGE = re.findall(
    r"\w+",
    """
    Append AppRoleAssignmentsComplex BitAnd CBool CDate Coalesce ConvertToBase64 ConvertToUTF8Hex
    Count CStr DateAdd DateDiff DateFromNum FormatDateTime Guid IgnoreFlowIfNullOrEmpty IIF InStr
    IsNull IsNullOrEmpty IsPresent IsString Item Join Left Mid NormalizeDiacritics Not Now
    NumFromDate PCase RandomString Redact RemoveDuplicates Replace SelectUniqueValue
    SingleAppRoleAssignment Split StripSpaces Switch ToLower ToUpper Word
    """,
)
TYPES = set(
    re.findall(r"\w+", "any boolean condition constant date list number reference roles text")
)


def test_the_page_of_application_provisioning_is_complete() -> None:
    documented = [
        name for name, f in FUNCTIONS.items() if f.dialects.get(APP_PROVISIONING) == "documented"
    ]
    assert len(PAGE) == 43
    assert sorted(documented) == sorted([*PAGE, "AssertiveAppRoleAssignmentsComplex"])


@pytest.mark.parametrize(
    ("dialect", "names"),
    [
        (APP_PROVISIONING, "Trim DefaultDomain Prepend IsNothing AppRoleAssignments"),
        (CLOUD_SYNC, "Trim ConvertFromBase64 DNComponent CRef Error StringFromSid"),
        (CONNECT, "Contains Right Len LCase PadLeft ItemOrNull Where With CertSubject Switch"),
    ],
)
def test_names_of_each_dialect(dialect: str, names: str) -> None:
    assert [name for name in names.split() if dialect not in FUNCTIONS[name].dialects] == []


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_every_entry_is_whole(function: object) -> None:
    assert isinstance(function, type(FUNCTIONS["Join"]))
    assert set(function.dialects) <= set(DIALECTS)
    assert set(function.dialects.values()) <= {"documented", "undocumented", "different"}
    assert function.source.startswith("https://learn.microsoft.com/")
    assert datetime.date.fromisoformat(function.date) <= datetime.date(2026, 11, 22)
    assert function.returns in TYPES
    assert function.volatile in ("", "random", "time")
    assert function.step >= 1
    assert {parameter.type for parameter in function.parameters} <= TYPES
    assert function.accepts(function.minimum)
    assert not function.accepts(function.minimum - 1)
    if function.maximum is None:
        assert function.accepts(function.minimum + 10 * function.step)
        assert function.parameter(99) is not None
    else:
        assert function.maximum == len(function.parameters)
        assert not function.accepts(function.maximum + 1)
        assert function.parameter(function.maximum) is None
    if function.example:
        parsed = parse_expression(function.example)
        assert parsed.problems == ()
        assert isinstance(parsed.tree, Call)
        assert parsed.tree.name == function.name
        assert function.accepts(len(parsed.tree.arguments))
    if set(function.dialects) == {CONNECT} and re.match(r"\w+\(.*\)$", function.replacement):
        parsed = parse_expression(function.replacement)
        assert {p.code for p in parsed.problems} - LENIENT_CODES <= {"bare-identifier"}


@pytest.mark.parametrize(
    ("name", "accepted", "refused"),
    [
        ("Switch", (4, 6, 8, 20), (0, 2, 3, 5, 7)),
        ("Join", (2, 3, 30), (0, 1)),
        ("SelectUniqueValue", (2, 9), (0, 1)),
        ("Coalesce", (1, 9), (0,)),
        ("FormatDateTime", (4,), (2, 3, 5)),
        ("Replace", (1, 5, 7), (0, 8)),
        ("ToLower", (1, 2), (0, 3)),
        ("InStr", (2, 3, 4), (1, 5)),
        ("RandomString", (5, 6), (4, 7)),
        ("Now", (0,), (1,)),
    ],
)
def test_numbers_of_arguments(
    name: str, accepted: tuple[int, ...], refused: tuple[int, ...]
) -> None:
    function = FUNCTIONS[name]
    assert [count for count in accepted if not function.accepts(count)] == []
    assert [count for count in refused if function.accepts(count)] == []


def test_the_places_of_switch_take_turns() -> None:
    switch = FUNCTIONS["Switch"]
    found = [switch.parameter(index) for index in range(7)]
    assert [parameter and parameter.name for parameter in found] == [
        "source", "defaultValue", "key", "value", "key", "value", "key"
    ]  # fmt: skip


def test_closed_lists_of_values() -> None:
    interval = FUNCTIONS["DateAdd"].parameters[0]
    assert interval.values == ("yyyy", "m", "d", "ww", "h", "n", "s")
    assert "RoundtripKind" in FUNCTIONS["FormatDateTime"].parameters[1].values
    assert set(FUNCTIONS["InStr"].parameters[3].values) == set(ENUMERATIONS)


def test_find_function_in_any_case() -> None:
    assert find_function("IsNullorEmpty") is FUNCTIONS["IsNullOrEmpty"]
    assert find_function("toLOWER") is FUNCTIONS["ToLower"]
    assert find_function("Lower") is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Concat", "Join"),
        ("CONCATENATE", "Join"),
        ("If", "IIF"),
        ("Substring", "Mid"),
        ("SubString", "Mid"),
        ("Lower", "ToLower"),
        ("IfError", "Coalesce"),
        ("Proper", "PCase"),
        ("Today", "Now"),
        ("Text", "FormatDateTime"),
        ("VLookup", "Switch"),
        ("String.Join", "Join"),
        ("Swich", "Switch"),
        ("Siwtch", "Switch"),
        ("Apend", "Append"),
        ("IsNulOrEmty", "IsNullOrEmpty"),
        ("NormaliseDiacritics", "NormalizeDiacritics"),
        ("SingleAppRoleAssignments", "SingleAppRoleAssignment"),
    ],
)
def test_suggestions(name: str, meant: str) -> None:
    found = suggest(name)
    assert found is not None
    assert found.name == meant


@pytest.mark.parametrize("name", ["Xyz", "Frobnicate", "A", "", "Or", "Len"])
def test_no_absurd_suggestion(name: str) -> None:
    assert suggest(name) is None


def test_a_suggestion_belongs_to_the_dialect() -> None:
    found = suggest("Length", CONNECT)
    assert found is not None
    assert found.name == "Len"
    assert suggest("Length") is None


def test_habits_name_functions_and_are_none() -> None:
    for habit, meant in functions_data.HABITS.items():
        assert meant in FUNCTIONS
        function = find_function(habit)
        assert function is None or APP_PROVISIONING not in function.dialects


def test_hints_for_operators_written_as_functions() -> None:
    assert "nest" in (habit_hint("AND") or "")
    assert habit_hint("Join") is None


def test_nearest_counts_a_swap_once_and_stops_at_two() -> None:
    assert nearest("abcdef", ["abdcef"]) == "abdcef"
    assert nearest("abcdef", ["abcdxyz"]) is None
    assert nearest("ab", ["ac"]) is None


@pytest.mark.parametrize(
    ("words", "kind"), [(ENUMERATIONS, Enumeration), (KEYWORDS, Keyword), (MACROS, Macro)]
)
def test_words_parse_as_what_they_are(words: tuple[str, ...], kind: type) -> None:
    for word in words:
        text = f"%{word}%" if kind is Macro else word
        assert type(parse_expression(text).tree) is kind


def test_names_are_in_order_of_group_without_duplicates() -> None:
    names = list(FUNCTIONS)
    assert len({name.lower() for name in names}) == len(names)
    page = [name for name in names if name in PAGE]
    assert all(a.lower() < b.lower() for a, b in pairwise(page))
