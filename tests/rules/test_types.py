"""Rules that rest on the inference: where they find something, what they say, where they do not."""

import json

import pytest

from provlint.diagnostic import NOTE
from provlint.lint import lint_expression, lint_text

TO_AD = {"source": "workday", "target": "active-directory"}
CONTAINER = {**TO_AD, "target_attribute": "parentDistinguishedName"}
TYPES = {"a": "String", "flag": "Boolean", "n": "Integer"}


def lint(text, **options):
    return lint_expression(text, profile="strict", **options)


def underlined(text, found):
    start, end = found.range
    lines = text.split("\n")
    assert start.line == end.line
    return lines[start.line - 1][start.column - 1 : end.column - 1]


def only(rule, text, **options):
    found = [each for each in lint(text, **options) if each.rule == rule]
    assert len(found) == 1, [each.message for each in found]
    return found[0]


CASES = [
    # Arguments
    ("PL319", 'Append(Split([a], ","), "x")', {}, 'Split([a], ",")',
     "`source` of `Append` is a text, and `Split([a], \",\")` gives a list"),
    ("PL319", "Left([a], Now())", {}, "Now()",
     "`numChars` of `Left` is a number, and `Now()` gives a date"),
    ("PL319", 'Not(DateDiff("d", Now(), CDate([a])))', {}, 'DateDiff("d", Now(), CDate([a]))',
     "gives a number"),
    ("PL319", 'DateDiff("d", Now(), NumFromDate([a]))', {}, "NumFromDate([a])",
     "`date2` of `DateDiff` is a date, and `NumFromDate([a])` gives a number"),
    ("PL319", "CDate(IsPresent([a]))", {}, "IsPresent([a])", "gives a boolean"),
    ("PL319", 'Left([a], IIF([a] = "x", Now(), CDate([a])))', {},
     'IIF([a] = "x", Now(), CDate([a]))', "gives a date"),
    ("PL319", 'Item(Join(",", [a], [b]), 2)', {}, 'Join(",", [a], [b])',
     "gives one text, and `Item` asks for value 2"),
    ("PL319", 'IIF(Split([a], ","), "x", "y")', {}, 'Split([a], ",")', "is a boolean"),
    ("PL320", 'DateDiff("d", Now(), IIF([a] = "x", "2026-01-01", "2027-01-01"))', {},
     'IIF([a] = "x", "2026-01-01", "2027-01-01")', "takes a date, and gets text"),
    # Conditions
    ("PL331", 'IIF(BitAnd([uac], 2) = "1", "x", "y")', {}, 'BitAnd([uac], 2) = "1"',
     "is always false: the result is `0` or `2`"),
    ("PL331", 'IIF(InStr([a], "x") >= 0, "x", "y")', {}, 'InStr([a], "x") >= 0',
     "is always true: the number is never less than 0"),
    ("PL331", 'IIF(IsPresent(Append([a], "x")), "x", "y")', {}, 'IsPresent(Append([a], "x"))',
     "is always true, because its value is never empty"),
    ("PL331", 'IIF(Not(IsNullOrEmpty(Guid())), "x", "y")', {}, "Not(IsNullOrEmpty(Guid()))",
     "is always true"),
    ("PL333", 'Switch(Left([a], 2), , "NOR", "x", "SE", "y")', {}, '"NOR"',
     "never met: the result has at most 2 characters"),
    ("PL333", 'Switch(BitAnd([uac], 2), "x", "0", "a", "1", "b")', {}, '"1"', "`0` or `2`"),
    ("PL333", 'Switch(Append([a], "x"), "d", "", "none", "bx", "b")', {}, '""',
     "never met: the result is never empty"),
    ("PL333", 'Switch([flag], , "true", "1", "False", "0")',
     {"source": "entra", "attributes": TYPES}, '"true"', "empty text, `False` or `True`"),
    # Branches
    ("PL346", 'IIF([a] = "x", "1", IIF([a] = "x", "2", "3"))', {}, '[a] = "x"', "always false"),
    ("PL346", 'IIF([a] = "x", IIF([a] = "y", "1", "2"), "3")', {}, '[a] = "y"', "always false"),
    ("PL346", 'IIF([a] = "x", IIF(IsPresent([a]), "1", "2"), "3")', {}, "IsPresent([a])",
     "always true"),
    ("PL346", 'IIF(IsPresent([a]), "1", IIF(IsNullOrEmpty([a]), "2", "3"))', {},
     "IsNullOrEmpty([a])", "always true"),
    ("PL346", 'IIF(InStr([a], "x") > 5, IIF(InStr([a], "x") > 3, "1", "2"), "3")', {},
     'InStr([a], "x") > 3', "always true"),
    ("PL346", 'IIF(InStr([a], "x") > 5, "1", IIF(InStr([a], "x") >= 7, "2", "3"))', {},
     'InStr([a], "x") >= 7', "always false"),
    ("PL346", 'Switch([a], "0", "x", IIF([a] = "x", "1", "2"), "y", "3")', {}, '[a] = "x"',
     "always true"),
    ("PL346", 'Switch([a], IIF([a] = "x", "1", "2"), "x", "4", "y", "3")', {}, '[a] = "x"',
     "always false"),
    ("PL347", 'Switch([a], "1", "x", "1")', {}, '"1"', "gives `\"1\"` whatever its source is"),
    ("PL348", 'Switch([a], "", "NO", "1", "no", "2")', {}, '"no"', "in its capitals only"),
    # Targets
    ("PL349", 'IIF([a] = "x", CDate([a]), "never")', {"target_attribute": "start"}, "CDate",
     "writes a date such as"),
    ("PL350", 'Switch([a], "Member", "C", "Contractor")',
     {"target": "entra", "target_attribute": "userType"}, '"Contractor"', "`Contractor`"),
    ("PL350", "Count([a])", {"target": "entra", "target_attribute": "userType"}, "Count([a])",
     "gives a number"),
    ("PL350", 'Switch([a], "TRUE", "1", "True")',
     {**TO_AD, "target_attribute": "msExchHideFromAddressLists"}, '"True"', "`TRUE` or `FALSE`"),
    ("PL350", 'Switch([a], "NO", "x", "Norway")', {**TO_AD, "target_attribute": "c"}, '"Norway"',
     "a code of two letters"),
    ("PL350", 'Switch([a], "578", "x", "NO")', {**TO_AD, "target_attribute": "countryCode"},
     '"NO"', "a number in digits"),
    ("PL350", 'Switch([a], "Staff/Oslo", "x", "OU=Oslo,DC=contoso,DC=com")', CONTAINER,
     '"Staff/Oslo"', "a distinguished name such as"),
    ("PL350", 'IIF([a] = "x", "", [a])', {**TO_AD, "target_attribute": "title"}, '""',
     "the empty text, which Active Directory refuses"),
    ("PL350", 'Join("+", [a], [b])', {**TO_AD, "target_attribute": "sAMAccountName"}, '"+"',
     "the result holds `+`"),
    ("PL350", 'Append(Left(Join(" ", [a], [b]), 20), "@contoso.com")',
     {"target": "entra", "target_attribute": "userPrincipalName"}, '" "', "holds a blank"),
    ("PL350", 'Append([a], "@contoso.com")',
     {"target": "entra", "target_attribute": "mailNickname"}, '"@contoso.com"', "holds `@`"),
    ("PL366", "Item([proxyAddresses], 1)", {"source": "entra"}, "1", "in no fixed order"),
    ("PL366", "Item(RemoveDuplicates([otherMails]), 2)", {"source": "entra"}, "2",
     "in no fixed order"),
    ("PL366", "Mid([a], 3, 2)", {}, "3", "begins at character 3, and a value of fewer characters"),
    ("PL368", 'Replace([a], , "@contoso.com$", , "", , )', {}, ".", "matches any character"),
    ("PL368", 'Replace([a], , "^(a+)+$", , "", , )', {}, "(a+)+", "repeats a repetition"),
    ("PL368", 'Replace([a], , "(?:[0-9]*)+x", , "", , )', {}, "(?:[0-9]*)+", "takes very long"),
    ("PL369", "AppRoleAssignmentsComplex([appRoleAssignments])", {}, "AppRoleAssignmentsComplex",
     "only adds roles"),
    # Lengths
    ("PL351", 'Append(Left([a], 20), "1")', {**TO_AD, "target_attribute": "sAMAccountName"},
     'Append(Left([a], 20), "1")', "has up to 21 characters"),
    ("PL351", "Guid()", {**TO_AD, "target_attribute": "sAMAccountName"}, "Guid()",
     "has 36 characters"),
    ("PL351", 'Switch([a], "Serv", "x", "much too long for the initials")',
     {**TO_AD, "target_attribute": "Initials"}, '"much too long for the initials"', "takes 6"),
    ("PL352", 'Join(" ", [a], [b])', {**TO_AD, "target_attribute": "cn"}, 'Join(" ", [a], [b])',
     "nothing limits the length"),
    # Missing values
    ("PL353", "CDate([a])", {}, "[a]", "`CDate` fails for users without `[a]`"),
    ("PL353", 'IIF(IsPresent([b]), CDate([a]), "")', {}, "[a]", "fails"),
    ("PL353", 'Switch([a], "none", "", CDate([a]))', {}, "[a]", "fails"),
    ("PL354", 'Append([a], "@contoso.com")', {}, "[a]", "`@contoso.com` alone flows"),
    ("PL354", 'Join("@", [a], Append([b], "x"))', {}, "[a]",
     "half a value flows"),
    ("PL355", 'Switch([a], , "x", "1")', TO_AD, "Switch", "gives nothing where `[a]` is empty"),
    ("PL356", 'Coalesce([a], "0")', TO_AD, "[a]", "passes over null only"),
    ("PL357", 'Switch([a], , "x", "OU=X")', CONTAINER,
     "Switch", "it has no default"),
    ("PL357", 'IIF([a] = "x", "OU=X", "")', CONTAINER,
     '""', "one of its results is empty"),
    # Advice
    ("PL358", "SelectUniqueValue([a], [b], [a])", TO_AD, "[a]", "equal to an earlier one"),
    ("PL359", 'NumFromDate("9999-12-31T00:00:00Z")', {}, '"9999-12-31T00:00:00Z"', "year 9999"),
    ("PL359", 'NumFromDate(Switch([a], [a], "", "2099-12-31"))', {}, '"2099-12-31"', "no offset"),
    ("PL360", 'Replace([a], , ".*", , "x", , )', {}, '".*"', "also finds the empty text"),
    ("PL361", 'Join("", [a])', {"attributes": TYPES}, "Join", "joins one value"),
    ("PL361", "Trim(Trim([a]))", {}, "Trim", "does again"),
    ("PL361", 'Redact("x")', {}, "Redact", "hides a constant"),
    ("PL361", 'Append(Append(Append([a], "x"), "y"), "z")', {}, "Append", "`Join` reads better"),
    ("PL361", 'IgnoreFlowIfNullOrEmpty(Append([a], "x"))', {}, "IgnoreFlowIfNullOrEmpty",
     "never drops anything"),
    ("PL361", 'Coalesce(ToLower([a]), "x")', {}, '"x"', "does not reach"),
    ("PL363", "PCase([a], )", {}, "PCase", "without separators"),
    ("PL372", 'FormatDateTime([d], , "yyyy-MM-ddzzz", "yyyy-MM-dd")', {}, '"yyyy-MM-ddzzz"',
     "the day is taken in UTC, so `2026-03-16+02:00` becomes 15 March"),
    ("PL372", 'FormatDateTime([d], , "yyyy-MM-ddTHH:mm:ssK", "d.M.yyyy")', {},
     '"yyyy-MM-ddTHH:mm:ssK"', "so `2026-03-16T00:30:00+02:00` becomes 15 March"),
    ("PL372", "FormatDateTime([d], , \"yyyy-MM-ddzzz\", \"yyyy-MM-dd'T00:00:00Z'\")", {},
     '"yyyy-MM-ddzzz"', "taken in UTC"),
    ("PL372", 'FormatDateTime("2026-03-01+10:00", , "yyyy-MM-ddzzz", "dd.MM.yyyy")', {},
     '"2026-03-01+10:00"', "so `2026-03-01+10:00` becomes `28.02.2026`"),
    ("PL364", 'IIF(DateDiff("d", Now(), CDate([HireDate])) > 5, "x", "y")', {},
     'DateDiff("d", Now(), CDate([HireDate])) > 5', "`true until 6 days before [HireDate]`"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "options", "part", "message"),
    CASES,
    ids=[f"{case[0]}-{index}" for index, case in enumerate(CASES)],
)
def test_found(rule, text, options, part, message):
    found = only(rule, text, **options)
    assert message in found.message
    assert underlined(text, found) == part
    assert found.help


QUIET = [
    ("PL319", 'Append([a], "x")', {}),
    ("PL319", 'Word([many], 1, " ")', {}),
    ("PL319", "Item([a], 2)", {}),
    ("PL319", 'Item(Join(",", [a]), 1)', {}),
    ("PL319", "BitAnd([uac], 2)", {}),
    ("PL319", 'IIF([flag], "x", "y")', {"attributes": TYPES}),
    ("PL319", "RemoveDuplicates(Trim([many]))", {}),
    ("PL319", "FormatDateTime(Now(), , \"M/d/yyyy h:mm:ss tt\", \"yyyy\")", {}),
    ("PL320", 'DateAdd("d", 1, DateFromNum([n]))', {}),
    ("PL331", 'IIF(BitAnd([uac], 2) = "0", "x", "y")', {}),
    ("PL331", 'IIF(IsPresent([a]), "x", "y")', {"attributes": TYPES}),
    ("PL331", 'IIF(InStr([a], "x") > 0, "x", "y")', {}),
    ("PL331", 'IIF([a] <> "", "x", "y")', {}),
    ("PL333", 'Switch(ToLower([a]), "d", "", "none", "no", "x")', {}),
    ("PL333", 'Switch(IIF([a] = "1", "x", [b]), "d", "y", "1")', {}),
    ("PL333", 'Switch([flag], , "True", "1", "", "0")',
     {"source": "entra", "attributes": TYPES}),
    ("PL333", 'Switch([flag], , "1", "x")', {"source": "workday", "attributes": TYPES}),
    ("PL346", 'IIF([a] = "x", "1", IIF([a] = "y", "2", "3"))', {}),
    ("PL346", 'IIF([a] = "x", IIF([b] = "x", "1", "2"), IIF([b] = "x", "3", "4"))', {}),
    ("PL346", 'IIF([a] <> "x", "1", IIF([a] = "x", "2", "3"))', {}),
    ("PL346", 'IIF([a] = "NO", IIF([a] = "no", "1", "2"), "3")', {}),
    ("PL346", 'IIF(Guid() = "x", "1", IIF(Guid() = "x", "2", "3"))', {}),
    ("PL346", 'Switch([a], IIF([a] = "z", "1", "2"), "x", "4", "y", "3")', {}),
    ("PL346", 'IIF([a] > 5, IIF([a] > 3, "1", "2"), "3")', {}),
    ("PL347", 'Switch([a], , "x", "1", "y", "1")', {}),
    ("PL348", 'Switch([a], "", "NO", "1", "no", "1")', {}),
    ("PL349", "CDate([a])", {}),
    ("PL349", 'FormatDateTime(Now(), , "M/d/yyyy h:mm:ss tt", "yyyy")', {"target_attribute": "x"}),
    ("PL350", 'Switch([a], "member", "C", "GUEST")',
     {"target": "entra", "target_attribute": "userType"}),
    ("PL350", 'Join("+", [a])', {**TO_AD, "target_attribute": "sAMAccountName"}),
    ("PL350", 'StripSpaces(Join(" ", [a], [b]))', {**TO_AD, "target_attribute": "sAMAccountName"}),
    ("PL350", 'Replace([a], " ", , , "", , )', {**TO_AD, "target_attribute": "sAMAccountName"}),
    ("PL350", 'Join("@", Join(".", [a], [b]), "contoso.com")',
     {"target": "entra", "target_attribute": "userPrincipalName"}),
    ("PL350", 'Join(" ", [a], [b])', {"target": "saas", "target_attribute": "userPrincipalName"}),
    ("PL366", "Item([proxyAddresses], 1)", {"source": "saas"}),
    ("PL366", 'Item(Split([proxyAddress], ";"), 1)', {"source": "entra"}),
    ("PL366", "Mid([a], 1, 2)", {}),
    ("PL366", "Mid([objectId], 25, 12)", {}),
    ("PL366", 'Mid("abc", 3, 2)', {}),
    ("PL366", 'Item(Split([a], ","), 1)', {}),
    ("PL368", 'Replace([a], , "@contoso\\\\.com$", , "", , )', {}),
    ("PL368", 'Replace([a], , "(ab+)+", , "", , )', {}),
    ("PL368", 'Replace([a], , "(a{2})+", , "", , )', {}),
    ("PL368", 'Replace([a], "@contoso.com", , , "", , )', {}),
    ("PL369", "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])", {}),
    ("PL350", "ToUpper([a])", {**TO_AD, "target_attribute": "msExchHideFromAddressLists"}),
    ("PL350", 'Join("", "OU=", [a], ",DC=contoso,DC=com")', CONTAINER),
    ("PL350", 'IgnoreFlowIfNullOrEmpty(IIF([a] = "x", "", [a]))',
     {**TO_AD, "target_attribute": "title"}),
    ("PL350", 'IIF([a] = "x", "", [a])', {"target": "saas", "target_attribute": "title"}),
    ("PL351", 'Append(Left([a], 19), "1")', {**TO_AD, "target_attribute": "sAMAccountName"}),
    ("PL351", "NormalizeDiacritics(Left([a], 20))",
     {**TO_AD, "target_attribute": "sAMAccountName"}),
    ("PL351", 'Append(Left([a], 20), "1")', {"target": "saas", "target_attribute": "cn"}),
    ("PL352", "Left([a], 64)", {**TO_AD, "target_attribute": "cn"}),
    # The default of group provisioning to Active Directory.
    ("PL351", 'Append(Append(Left(Trim([a]), 51), "_"), Mid([objectId], 25, 12))',
     {"source": "entra", "target": "active-directory", "target_attribute": "cn"}),
    ("PL352", 'Join(" ", [a], [b])', {**TO_AD, "target_attribute": "description"}),
    ("PL353", 'CDate(Switch([a], [a], "", "9999-12-31"))', {}),
    ("PL353", 'IIF(IsPresent([a]), CDate([a]), "")', {}),
    ("PL353", 'IIF(Not(IsPresent([a])), "", CDate([a]))', {}),
    ("PL353", 'Switch([a], CDate([a]), "", "none")', {}),
    ("PL353", 'Switch([a], , "2026-01-01", CDate([a]))', {}),
    ("PL354", 'Append([a], "-x")', {}),
    ("PL354", 'Join(" ", [a], [b])', {}),
    ("PL354", 'IIF(IsPresent([a]), Append([a], "@x"), "")', {}),
    ("PL355", 'Switch([a], , "x", "1")', {"source": "entra"}),
    ("PL355", 'Switch([a], , "x", "1", "", "2")', TO_AD),
    ("PL355", 'Switch(IsPresent([a]), , "True", "1", "False", "2")', TO_AD),
    ("PL356", 'Coalesce([a], "0")', {"source": "entra"}),
    ("PL357", 'Switch([a], "OU=Y", "x", "OU=X")',
     CONTAINER),
    ("PL358", 'SelectUniqueValue([a], Append([a], "1"))', TO_AD),
    ("PL359", 'NumFromDate("2099-12-31T00:00:00+00:00")', {}),
    ("PL359", "NumFromDate([a])", {}),
    ("PL360", 'Replace([a], , ".*", , "", , )', {}),
    ("PL360", 'Replace([a], , "(.*?)(?<id>.{0,6})$", , "${id}", , )', {}),
    ("PL360", 'Replace([a], , "(", , "x", , )', {}),
    ("PL361", 'Join("", [many])', {}),
    ("PL361", "IgnoreFlowIfNullOrEmpty(ToLower([a]))", {}),
    ("PL361", 'Coalesce([a], [b], "x")', {}),
    ("PL363", 'PCase([a], " -")', {}),
    # The moment stays right, or there is no offset, or no day.
    ("PL372", 'FormatDateTime([d], , "yyyy-MM-ddzzz", "yyyyMMddHHmmss.fZ")', {}),
    ("PL372", 'FormatDateTime([d], , "yyyy-MM-ddzzz", "yyyy-MM-ddK")', {}),
    ("PL372", 'FormatDateTime([d], , "yyyy-MM-dd", "yyyy-MM-dd")', {}),
    ("PL372", "FormatDateTime([d], , \"yyyy-MM-dd'K'\", \"yyyy-MM-dd\")", {}),
    ("PL372", 'FormatDateTime([d], , "yyyy-MM-ddzzz", "yyyy")', {}),
    ("PL372", 'FormatDateTime("2026-03-16-07:00", , "yyyy-MM-ddzzz", "yyyy-MM-dd")', {}),
    ("PL372", 'FormatDateTime([d], , [in], "yyyy-MM-dd")', {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "options"),
    QUIET,
    ids=[f"{case[0]}-{index}" for index, case in enumerate(QUIET)],
)
def test_quiet(rule, text, options):
    assert [each.message for each in lint(text, **options) if each.rule in (rule, "PL901")] == []


def test_nesting_is_counted():
    def nested(levels):
        return "".join(f'IIF([a] = "{n}", "x", ' for n in range(levels)) + '"z"' + ")" * levels

    found = only("PL362", nested(6))
    assert "6 levels" in found.message
    assert underlined(nested(6), found) == "IIF"
    assert [each for each in lint(nested(5)) if each.rule == "PL362"] == []


def test_related_places_show_what_settled_it():
    text = 'IIF([a] = "x", "1", IIF([a] = "x", "2", "3"))'
    found = only("PL346", text)
    assert found.range.start.column == 25
    assert found.related[0].range.start.column == 5


def test_what_rests_on_a_reading_says_so():
    text = 'IIF(ToLower([a]) = "NO", "x", "y")'
    assert only("PL331", text).contested == "equality-case"
    assert only("PL319", 'ToLower(Split([a], ","))').contested == "list-as-text"


def file_with(expression, target):
    return json.dumps(
        {
            "directories": [
                {
                    "name": "Workday",
                    "objects": [
                        {
                            "name": "User",
                            "attributes": [
                                {"name": "a", "type": "String"},
                                {"name": "many", "type": "String", "multivalued": True},
                            ],
                        }
                    ],
                },
                {"name": "Portal", "objects": [{"name": "User", "attributes": [target]}]},
            ],
            "synchronizationRules": [
                {
                    "sourceDirectoryName": "Workday",
                    "targetDirectoryName": "Portal",
                    "objectMappings": [
                        {
                            "sourceObjectName": "User",
                            "targetObjectName": "User",
                            "attributeMappings": [
                                {
                                    "targetAttributeName": target["name"],
                                    "source": {"type": "Function", "expression": expression},
                                }
                            ],
                        }
                    ],
                }
            ],
        }
    )


def in_file(rule, expression, **target):
    text = file_with(expression, {"name": "t", "type": "String", **target})
    return [each for each in lint_text(text, profile="strict") if each.rule == rule]


def test_maximum_length_of_the_schema_counts():
    metadata = [{"key": "MaximumLength", "value": "5"}]
    found = in_file("PL351", 'Append(Left([a], 5), "x")', metadata=metadata)
    assert [each.message for each in found] == [
        '`Append(Left([a], 5), "x")` has up to 6 characters, and target attribute `t` takes 5'
    ]
    assert "`MaximumLength` in the schema" in found[0].help
    assert in_file("PL351", "Left([a], 5)", metadata=metadata) == []


@pytest.mark.parametrize(
    ("type_", "expression", "severities"),
    [
        ("Boolean", 'Switch([a], "False", "1", "yes")', ["warning"]),
        ("Boolean", 'Switch([a], "0", "1", "1")', ["note", "note"]),
        ("Boolean", 'Switch([a], "false", "1", "True")', []),
        ("Boolean", "Not([a])", []),
        ("Boolean", "[a]", []),
        ("Boolean", 'DateDiff("d", Now(), CDate([a]))', ["warning"]),
        ("Integer", 'Switch([a], "1", "x", "one")', ["warning"]),
        ("Integer", "IsPresent([a])", ["warning"]),
        ("Integer", "Count([many])", []),
        ("String", 'Switch([a], "1", "x", "one")', []),
    ],
)
def test_types_of_targets(type_, expression, severities):
    found = in_file("PL350", expression, type=type_)
    assert [each.severity for each in found] == severities


@pytest.mark.parametrize(
    ("expression", "part"),
    [
        ('Split([a], ",")', "`Split` gives a list"),
        ("Trim([many])", "`Trim` gives a list"),
        ('IIF([a] = "x", [many], "y")', "`[many]` gives a list"),
        ('IgnoreFlowIfNullOrEmpty(Split([a], ","))', "`Split` gives a list"),
    ],
)
def test_lists_for_one_value(expression, part):
    (found,) = in_file("PL407", expression)
    assert part in found.message
    assert in_file("PL407", expression, multivalued=True) == []


def test_the_order_of_a_list():
    (found,) = in_file("PL366", "Item([many], 1)")
    assert "in no fixed order" in found.message


@pytest.mark.parametrize(
    ("expression", "changes", "number"),
    [
        ("ToLower([a])", {}, 1),
        ("ToLower([a])", {"caseExact": True}, 0),
        ('IIF([a] = "x", ToUpper([a]), "y")', {}, 1),
        ('Join("", ToLower([a]), "@contoso.com")', {}, 0),
    ],
)
def test_capitals_that_are_not_written(expression, changes, number):
    assert len(in_file("PL367", expression, **changes)) == number


@pytest.mark.parametrize("expression", ["Item([many], 1)", 'Join(",", [many])', "Trim([a])"])
def test_one_value_of_a_list(expression):
    assert in_file("PL407", expression) == []


def test_default_value_fills_the_container():
    text = file_with('Switch([a], , "x", "OU=X")', {"name": "parentDistinguishedName"})
    text = text.replace('"Portal"', '"Active Directory"')
    assert [each for each in lint_text(text) if each.rule == "PL357"]
    filled = text.replace('"targetAttributeName"', '"defaultValue": "OU=Y", "targetAttributeName"')
    assert [each for each in lint_text(filled) if each.rule == "PL357"] == []


def test_wide_and_deep_expressions_are_no_matter():
    pairs = ", ".join(f'"k{number}", "v{number}"' for number in range(300))
    wide = f'Switch([a], "z", {pairs})'
    deep = "IIF(IsPresent([a]), " * 90 + '"x"' + ', "y")' * 90
    for text in (wide, deep):
        assert [each for each in lint(text) if each.rule == "PL901"] == []
    assert len([each for each in lint(deep) if each.rule == "PL346"]) == 89
    assert [each for each in lint(wide) if each.severity > NOTE] == []
