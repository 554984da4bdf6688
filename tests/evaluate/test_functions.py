"""Each function beyond the conformance cases: what the pages state, and the edges."""

import pytest

from provlint.evaluation import evaluate

NOW = "2026-11-22T00:00:00"

VALUES = [
    # Text
    ('Append([a], "x")', {"a": 7}, "7x", ()),
    ('Append([a], "x")', {"a": ""}, "x", ()),
    ('Append([a], "x")', {"a": ["1"]}, "1x", ("list-as-text",)),
    ('Join(", ", "", [b], [a])', {"a": "John", "b": "Doe"}, "Doe, John", ()),
    ('Join("-", [a], [b])', {"a": True, "b": 7}, "True-7", ("boolean-text",)),
    ('Join("", 007, [a])', {"a": "x"}, "007x", ()),
    ("Left([a], 2)", {"a": "😀a"}, "😀", ()),
    ("Left([a], [n])", {"a": "abc", "n": " 2 "}, "ab", ()),
    ("Mid([a], 1, 0)", {"a": "abc"}, "", ("mid-out-of-range",)),
    ("Mid([a], 2, -1)", {"a": "abc"}, "abc", ("mid-out-of-range",)),
    ("Mid([a], 1, 3)", {"a": ""}, "", ()),
    ("Mid([a], 3, 1)", {"a": "😀b"}, "b", ()),
    ('InStr("repEated", "e", 3, vbBinaryCompare)', {}, 7, ()),
    ('InStr("repEated", "E", 1, vbTextCompare)', {}, 2, ()),
    ('Instr([a], ",", , )', {"a": "x,y"}, 2, ()),
    ('InStr([a], "x")', {"a": None}, 0, ("null-as-text",)),
    ('Word("This,string!has&many separators", 3, ",!&#")', {}, "has", ()),
    ('Word("abc", 1, " ")', {}, "abc", ("word-delimiters",)),
    ('Word([a], 2, [b])', {"a": "x y", "b": " "}, "y", ()),
    ("StripSpaces([a])", {"a": " a\u00a0b "}, "a\u00a0b", ("strip-spaces",)),
    ("Trim([a])", {"a": "\t x \u00a0"}, "x", ()),
    ('Prepend("x", [a])', {"a": "y"}, "xy", ("dialect",)),
    ("CStr(1.50)", {}, "1.50", ()),
    # Letters
    ("PCase([a])", {"a": "PABLO GONSALVES (SECOND)"}, "Pablo Gonsalves (Second)", ()),
    ('PCase([a], " \'-")', {"a": "PINTO-DE'SILVA"}, "Pinto-De'Silva", ()),
    ('PCase([a], " ")', {"a": "(abc) 1st"}, "(abc) 1st", ("pcase-first",)),
    ("ToLower([a])", {"a": "\u03a3x\u03a3"}, "\u03c3x\u03c3", ("letter-case",)),
    ("ToLower([a])", {"a": "ÉÄ"}, "éä", ()),
    ('ToUpper("i", "az")', {}, "İ", ()),
    ("NormalizeDiacritics([a])", {"a": "Łukasz Ångström Straße ǣ œ\u0304"},
     "Lukasz Angstrom Strasse ae oe", ()),
    ("NormalizeDiacritics([a])", {"a": "Hồ"}, "Ho", ("diacritics-outside-table",)),
    ("NormalizeDiacritics([a])", {"a": "Ḗ ǭ ṳ\u0304 İ"}, "E o u I", ()),
    ("NormalizeDiacritics([a])", {"a": "œuvre"}, "œuvre", ("diacritics-outside-table",)),
    ("NormalizeDiacritics([a])", {"a": "D\u2019Ânge \u2013 5€"}, "D\u2019Ange \u2013 5€", ()),
    ("NormalizeDiacritics([a])", {"a": "İpek Đ"}, "Ipek Đ", ("diacritics-outside-table",)),
    ('ConvertToBase64("Hello world!")', {}, "SABlAGwAbABvACAAdwBvAHIAbABkACEA", ()),
    ('ConvertToUTF8Hex("Hello world!")', {}, "48656C6C6F20776F726C6421", ()),
    ('ConvertFromBase64("SABpAA==")', {}, "Hi", ("dialect",)),
    ('ConvertFromBase64("SGk=", "UTF8")', {}, "Hi", ("dialect",)),
    ('ConvertFromBase64("SABlAGwAbABvACAAdwBvAHIAbABkACEA")', {}, "Hello world!", ("dialect",)),
    ('ConvertFromBase64("SGk=", "ASCII")', {}, "Hi", ("dialect",)),
    # Conditions
    ("CBool(-1)", {}, True, ()),
    ('CBool("2")', {}, True, ("cbool-text",)),
    ("CBool([a])", {"a": None}, False, ("cbool-text",)),
    ("CBool([a] = [b])", {"a": "x", "b": "X"}, False, ("equality-case",)),
    ("Not([a])", {"a": "true"}, False, ("not-text",)),
    ("Not(1)", {}, True, ()),
    ("IsNull([a])", {"a": []}, True, ()),
    ("IsPresent([a])", {"a": ["x"]}, True, ()),
    ("IsNullOrEmpty([a])", {"a": " "}, False, ("blank-is-value",)),
    ("IsNull([a])", {"a": " "}, False, ()),
    ("IsString([a])", {"a": 3}, True, ("is-string",)),
    ('IIF([a] <> "NO", "x", "y")', {"a": "SE"}, "x", ()),
    ('IIF([a] <> "NO", "x", "y")', {"a": None}, "y", ("iif-null",)),
    ('IIF([a] = "NO", "x", "y")', {"a": ""}, "y", ("iif-null",)),
    ('IIF([a] = "", "x", "y")', {"a": ""}, "y", ("iif-null",)),
    ('IIF([a] = [b], "x", "y")', {"a": 1, "b": "1"}, "x", ()),
    ('IIF([a] = 1, "x", "y")', {"a": "01"}, "y", ("number-text",)),
    ('IIF([a] > 1, "x", "y")', {"a": 2}, "x", ()),
    ('IIF([a] > "b", "x", "y")', {"a": "c"}, "x", ("ordering",)),
    ('IIF([a], "x", "y")', {"a": "True"}, "x", ()),
    ('IIF([a], "x", "y")', {"a": False}, "y", ()),
    ('IIF([a], "x", "y")', {"a": "0"}, "y", ("iif-condition",)),
    ('IIF(CDate("2025-01-02Z") > CDate("2025-01-01Z"), "x", "y")', {}, "x", ("date-comparison",)),
    ('Append([a] = "x", "!")', {"a": "x"}, "True!", ("comparison-outside", "boolean-text")),
    ('Join("@", [a], )', {"a": "amy"}, "amy", ("empty-place", "join-null")),
    # Choices
    ('Switch([a], "d", "", "none")', {"a": None}, "none", ()),
    ('Switch([a], "d", "k", "1", "k", "2")', {"a": "k"}, "1", ("switch-duplicate-key",)),
    ('Switch([a], "d", [k], "1", "x", "2")', {"a": "x", "k": "y"}, "2", ()),
    ('Switch(ToLower([a]), "d", "", "none")', {"a": None}, "none", ()),
    ('Switch([a], CDate([b]), "x", "1")', {"a": "x", "b": ""}, "1", ("lazy-branches",)),
    ('Coalesce([a], CDate([b]))', {"a": "x", "b": None}, "x", ("lazy-branches",)),
    ("Coalesce([a])", {"a": ""}, "", ()),
    ('SelectUniqueValue([a], "b")', {"a": None}, "b", ("unique-null",)),
    ('Append(SelectUniqueValue("a", "b"), "c")', {}, "ac", ("unique-nested",)),
    ('IgnoreFlowIfNullOrEmpty(Left(Trim([a]), 5))', {"a": " abcdefg "}, "abcde", ()),
    # Lists
    ("Count([a])", {"a": "x"}, 1, ("single-value",)),
    ("Item([a], 1)", {"a": "x"}, "x", ("single-value",)),
    ('Item(Split([a], ";"), 2)', {"a": "x;y"}, "y", ()),
    ("BitAnd(&HF, &HF7)", {}, 7, ()),
    # Dates
    ('CDate("2021-06-30+08:00")', {}, "6/29/2021 4:00:00 PM", ()),
    ('CDate("04/05/2025")', {}, "4/5/2025 12:00:00 AM", ("date-order", "date-without-offset")),
    ('CDate(CDate("2021-06-30Z"))', {}, "6/30/2021 12:00:00 AM", ()),
    ('DateAdd("ww", 2, CDate("2012-03-16-07:00"))', {}, "3/30/2012 7:00:00 AM", ()),
    ('DateAdd("yyyy", 2, CDate("2012-03-16-07:00"))', {}, "3/16/2014 7:00:00 AM", ()),
    ('DateAdd("yyyy", 1, CDate("2024-02-29Z"))', {}, "2/28/2025 12:00:00 AM",
     ("dateadd-month-end",)),
    ('DateAdd("d", 1, "2024-01-01")', {}, "1/2/2024 12:00:00 AM", ("date-text",)),
    ('DateDiff("yyyy", CDate("8/25/2021 5:41:18 PM"), CDate("2012-03-16-07:00"))', {}, -9, ()),
    ('DateDiff("s", CDate("2021-08-24"), CDate("2021-08-25"))', {}, 86400, ()),
    ('DateDiff("d", Now(), DateFromNum([a]))', {"a": "133485408000000000"}, -1056, ()),
    ('IIF(DateDiff("d", Now(), CDate([a])) > 5, "a", "b")', {"a": "2027-02-01T13:00Z"}, "a", ()),
    ('NumFromDate(Join("", FormatDateTime([a], , "M/d/yyyy hh:mm:ss tt", "yyyy-MM-dd"),'
     ' " 23:59:59-08:00"))', {"a": "12/31/2020 12:00:00 AM"}, 132539615990000000, ()),
    ('NumFromDate(CDate("2024-01-01Z"))', {}, 133485408000000000, ("date-text",)),
    ('FormatDateTime([a], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")', {"a": "20150123105347.1Z"},
     "2015-01-23", ()),
    ('FormatDateTime([a], "AssumeUniversal", "yyyy-MM-dd", "yyyy")', {"a": "2025-01-01"}, "2025",
     ()),
    # Replace
    ('Replace([a], , "(?<n>^\\\\d*)", "n", "888", , )', {"a": "545 Tremont"}, "888 Tremont", ()),
    ('Replace([a], , "(?<n>@(.)*)", "n", "", , )', {"a": "j@x.example"}, "j", ()),
    ('Replace([a], , "(?<n>b)c", "n", "-", , )', {"a": "bc b"}, "-c b", ("replace-group",)),
    ('Replace([a], , "(?<n>(?<=a)b)", "n", "-", , )', {"a": "abab"}, "a-a-", ()),
    ('Replace([a], "x", , , "y")', {"a": "xx"}, "yy", ("replace-short",)),
    ('Replace([a], "", "\\\\d", "", "#", "", "")', {"a": "12"}, "##", ("replace-places",)),
    ('Replace([a], "<u>", , , , , "<u>@x")', {"a": "j"}, "j@x", ()),
    ('Replace([a], , "(?<n>\\\\d+)", "n", , [b], )', {"a": "", "b": "x 12"}, "12", ()),
    ('Replace([a], , "\\d", , "#", , )', {"a": "1"}, "#", ("unknown-backslash",)),
    ('Replace([a], , "😀", , "x", , )', {"a": "a😀"}, "ax", ()),
    # Others
    ("SingleAppRoleAssignment([a])", {"a": "Auditor"}, "Auditor", ()),
    ('DNComponent(CRef([a]), 1)', {"a": "CN=Lee\\, Ann,OU=x"}, "Lee, Ann", ("dialect",)),
    ("%DomainFQDN%", {}, "corp.example", ("lone-operand",)),
    ("DefaultDomain()", {}, "fjord.example", ("dialect",)),
    ("tolower([a])", {"a": "A"}, "a", ("function-name-case",)),
    ("ToLower([a], , )", {"a": "A"}, "a", ("extra-places",)),
    ("Append([a], True)", {"a": "A"}, "ATrue", ("bare-literal",)),
    ('Append("a\nb", "c")', {}, "a\nbc", ("tolerated-text",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "inputs", "value", "contested"), VALUES, ids=[case[0] for case in VALUES]
)
def test_value(expression, inputs, value, contested):
    macros = {"%DomainFQDN%": "corp.example", "DefaultDomain": "fjord.example"}
    found = evaluate(expression, inputs, now=NOW, macros=macros)
    assert found.problem is None
    assert (found.outcome, found.value) == ("value", value)
    assert type(found.value) is type(value)
    assert found.contested == contested


LISTS = [
    ('Split([a], ",")', {"a": "x,,y"}, ("x", "", "y"), ()),
    ('Split([a], "")', {"a": "xyz"}, ("xyz",), ("split-delimiter",)),
    ('Split([a], "::")', {"a": "x::y"}, ("x", "y"), ("split-delimiter",)),
    ("RemoveDuplicates([a])", {"a": [1, "1", 2]}, (1, 2), ()),
    ("Trim([a])", {"a": [" x", "y "]}, ("x", "y"), ("list-as-text",)),
    ("AppRoleAssignments([a])", {"a": ["r", "s"]}, ("r", "s"), ("dialect",)),
    ("AppRoleAssignmentsComplex([a])", {"a": None}, (), ()),
    ("[a]", {"a": ["x", None, True]}, ("x", True), ("lone-operand",)),
]


@pytest.mark.parametrize(
    ("expression", "inputs", "value", "contested"), LISTS, ids=[case[0] for case in LISTS]
)
def test_list(expression, inputs, value, contested):
    found = evaluate(expression, inputs)
    assert (found.outcome, found.value, found.contested) == ("list", value, contested)


ENDINGS = [
    ('Split([a], ",")', {}, "null", ("null-as-text",)),
    ("RemoveDuplicates([a])", {}, "null", ("null-as-text",)),
    ("SingleAppRoleAssignment([a])", {}, "null", ("null-as-text",)),
    ("Redact([a])", {}, "null", ()),
    ('Replace([a], , "(?<n>x)", "n", , [b], )', {"b": "y"}, "null", ("replace-no-match",)),
    ('Replace([a], , "(?<n>x)", "n", , [b], )', {}, "null", ("replace-no-match",)),
    ('IIF([a] = "x", "y", )', {"a": "z"}, "null", ("empty-place",)),
    ("IgnoreFlowIfNullOrEmpty(Trim([a]))", {}, "dropped", ()),
    ('IgnoreFlowIfNullOrEmpty(Switch([a], , "x", "y"))', {"a": "z"}, "dropped", ()),
    ('Append("x", IgnoreFlowIfNullOrEmpty([a]))', {}, "dropped", ("ignore-flow-nested",)),
    ('SelectUniqueValue("a", "b")', {}, "escrow", ()),
    ('SelectUniqueValue("A", "b")', {}, "escrow", ("unique-case",)),
]


@pytest.mark.parametrize(
    ("expression", "inputs", "outcome", "contested"),
    ENDINGS,
    ids=[case[0] for case in ENDINGS],
)
def test_no_value(expression, inputs, outcome, contested):
    found = evaluate(expression, inputs, taken=["a", "b"])
    assert (found.outcome, found.value, found.contested) == (outcome, None, contested)


@pytest.mark.parametrize(
    ("source", "dialect", "contested"),
    [
        (None, "app-provisioning", ("iif-null",)),
        ("workday", "app-provisioning", ("iif-null",)),
        ("entra", "app-provisioning", ()),
        ("ad", "app-provisioning", ()),
        (None, "cloud-sync", ()),
    ],
)
@pytest.mark.parametrize("condition", ["IsNullOrEmpty([a])", "Not(IsPresent([a]))", "IsNull([a])"])
def test_presence_as_a_condition_is_open_unless_a_directory_is_the_source(
    condition, source, dialect, contested
):
    found = evaluate(f'IIF({condition}, "x", "y")', {}, source=source, dialect=dialect)
    assert found.value == "x"
    assert found.contested == contested


def test_three_places_of_formatdatetime_belong_to_cloud_sync():
    text = 'FormatDateTime([a], "M/d/yyyy", "yyyy")'
    assert evaluate(text, {"a": "1/2/2015"}, dialect="cloud-sync").value == "2015"
    assert evaluate(text, {"a": "1/2/2015"}).outcome == "error"


@pytest.mark.parametrize(
    ("file_time", "ending"), [("133485624000000000", ("value", "20240101060000.0Z")),
                              (None, ("null", None))]
)  # fmt: skip
def test_the_default_of_cloud_sync_for_the_last_change_of_a_password(file_time, ending):
    text = (
        "IIF(IsPresent([pwdLastSet]),"
        ' FormatDateTime(DateFromNum([pwdLastSet]), , "yyyyMMddHHmmss.0Z"), )'
    )
    found = evaluate(text, {"pwdLastSet": file_time}, dialect="cloud-sync")
    assert (found.outcome, found.value) == ending


def test_an_empty_place_stays_required_where_no_default_leaves_it_empty():
    text = 'FormatDateTime([a], "M/d/yyyy", , "yyyy")'
    for dialect in ("cloud-sync", "app-provisioning"):
        assert evaluate(text, {"a": "1/2/2015"}, dialect=dialect).outcome == "error"
    assert evaluate('Join(",", , [a])', {"a": "x"}).outcome == "error"


@pytest.mark.parametrize(
    ("arguments", "digits", "special", "capitals", "small"),
    [("10,2,2,2,1", 2, 2, 2, 1), ("6,3,0,0,3", 3, 0, 0, 3), ("256,0,0,0,0", 0, 0, 0, 0)],
)
def test_random_texts_have_what_is_asked_for(arguments, digits, special, capitals, small):
    for seed in range(40):
        text = evaluate(f'RandomString({arguments}, "?,")', {}, seed=seed).value
        assert len(text) == int(arguments.split(",")[0])
        assert sum(letter.isdigit() for letter in text) >= digits
        assert sum(not letter.isalnum() for letter in text) >= special
        assert sum(letter.isupper() for letter in text) >= capitals
        assert sum(letter.islower() for letter in text) >= small
        assert not set(text) & set("?,")


def test_kinds_that_are_not_asked_for_stay_out_of_random_texts():
    text = evaluate("RandomString(200, 3, 0, 0, 3)", {}, seed=1).value
    assert text.isalnum()
    assert text == text.lower()
