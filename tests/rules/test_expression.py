"""Rules on expressions, beyond what their pages show: every finding and what it underlines."""

import pytest

from provlint.lint import lint_expression

WORKDAY_TO_AD = {"source": "workday", "target": "active-directory"}
ALWAYS_TO_AD = {**WORKDAY_TO_AD, "flow_type": "Always"}
CLOUD_SYNC = {"source": "entra", "target": "active-directory"}
ENTRA_TO_SAAS = {"source": "entra", "target": "saas"}

# Expression, context, and each finding as rule, severity and underlined text.
NAMES_AND_DIALECTS = [
    ("ToLower([mail])", {}, []),
    ("tolower([mail])", {}, ["PL311 warning tolower"]),
    ("TOLOWER([mail])", {}, ["PL311 warning TOLOWER"]),
    ("ToLowr([mail])", {}, ["PL310 error ToLowr"]),
    ("Concat([a], [b])", {}, ["PL310 error Concat"]),
    ("Frobnicate([a])", {}, ["PL310 error Frobnicate"]),
    ('If([a] = "1", "x", "y")', {}, ["PL310 error If"]),
    ("And([a], [b])", {}, ["PL310 error And"]),
    ("Trim([mail])", {}, ["PL312 warning Trim"]),
    ("Trim([mail])", CLOUD_SYNC, []),
    ("LCase([mail])", {}, ["PL312 error LCase"]),
    ('Contains([proxyAddresses], "x")', {}, ["PL312 error Contains"]),
    ("DNComponent([dn], 1)", {}, ["PL312 warning DNComponent"]),
    ("DNComponent([dn], 1)", CLOUD_SYNC, []),
    ('Prepend("a", [b])', {}, ["PL312 warning Prepend"]),
    ("AssertiveAppRoleAssignmentsComplex([appRoleAssignments])", {}, []),
    ('Append(%DomainFQDN%, "x")', CLOUD_SYNC, []),
    ('ToLower([a], "en-US")', {}, []),
    ('ToLower([a], "sr-Latn-RS")', {}, []),
    ('ToLower([a], "")', {}, []),
    ('ToUpper([a], "english")', {}, ['PL318 warning "english"']),
    ('ToUpper([a], "de_DE")', {}, ['PL318 warning "de_DE"']),
    ('CDate("soon")', {}, ['PL319 warning "soon"']),
    ('Split([a], "")', {}, ['PL318 warning ""']),
    ('Word([a], 1, "")', {}, ['PL318 warning ""']),
    ('CDate("")', {}, ['PL319 warning ""']),
    ("RandomString(8, -1, 0, 0, 0)", {}, ["PL321 error -1"]),
    ('Append([a], "x" "y")', {}, ['PL303 error "y"']),
    (
        'IIF([a] = "1", "IgnoreAttributeFlow", [b])',
        {},
        ['PL345 warning "IgnoreAttributeFlow"'],
    ),
    (
        'Replace([a], "x", , , , [b], )',
        {},
        ['PL322 error Replace([a], "x", , , , [b], )'],
    ),
    (
        'Replace([a], "x", , , "y", , "z")',
        {},
        ['PL322 warning Replace([a], "x", , , "y", , "z")'],
    ),
    (
        'Replace([a], , "(?<g>x)", "g", "y", [b], )',
        {},
        ['PL322 warning Replace([a], , "(?<g>x)", "g", "y", [b], )'],
    ),
    ('Append(%DomainFQDN%, "x")', WORKDAY_TO_AD, ["PL313 warning %DomainFQDN%"]),
    ('String.Join("", [a], [b])', {}, ["PL310 error String.Join"]),
]
NUMBERS_AND_PLACES_OF_ARGUMENTS = [
    ('FormatDateTime([d], , "yyyy-MM-dd", "dd.MM.yyyy")', {}, []),
    (
        'FormatDateTime([d], "yyyy-MM-dd", "dd.MM.yyyy")',
        {},
        ['PL315 error FormatDateTime([d], "yyyy-MM-dd", "dd.MM.yyyy")'],
    ),
    ('FormatDateTime([d], "yyyy-MM-dd", "dd.MM.yyyy")', CLOUD_SYNC, []),
    ('FormatDateTime([d], "yyyy-mm-dd", "dd.MM.yyyy")', CLOUD_SYNC, ["PL336 warning mm"]),
    ('FormatDateTime([d], "dd.MM.yyyy")', {}, ['PL314 error FormatDateTime([d], "dd.MM.yyyy")']),
    ('Switch([a], , "1", "x")', {}, []),
    ('Switch([a], "1", "x")', {}, ['PL315 error Switch([a], "1", "x")']),
    ('Switch([a], "x", "1")', {}, ['PL315 error Switch([a], "x", "1")']),
    ('Switch([a], "1", "x", "2", "y", "z")', {}, []),
    ('Switch([a], , "1", "x", "2")', {}, ['PL315 error Switch([a], , "1", "x", "2")']),
    (
        'Switch([a], "y", "1", "x", )',
        {},
        ['PL314 error Switch([a], "y", "1", "x", )', "PL316 warning , )"],
    ),
    ("ToLower([a], )", {}, []),
    ("ToLower([a], , )", {}, ["PL317 warning , "]),
    ("Append(Guid( , ), [a])", {}, ["PL317 warning  , "]),
    ("ToLower()", {}, ["PL314 error ToLower()"]),
    ("ToLower( )", {}, ["PL314 error ToLower( )"]),
    ("Now()", {}, []),
    ("Now( )", {}, []),
    ("Now([a])", {}, ["PL314 error Now([a])"]),
    ("Guid()", {}, []),
    ("Mid([a], 1)", {}, ["PL314 error Mid([a], 1)"]),
    ('Mid([a], "1", "2")', {}, []),
    ('Instr([a], ",", , )', CLOUD_SYNC, ["PL311 warning Instr"]),
    ('InStr([a], ",", , )', {}, []),
    ('Join("-", [a])', {}, []),
    ('Join("-", [a], , [b])', {}, ["PL316 warning , ,"]),
    ("Join([a], )", {}, ["PL316 error , )"]),
    ('Replace([a], "x", , , "y", , )', {}, []),
    ('Replace([a], "x", , , "y")', {}, []),
    ('Replace([a], "x", "y")', {}, ['PL315 error "y"']),
    ('Replace([a], "x", , "y", , , )', {}, ['PL315 error "y"']),
    ('Replace([a], , "x", "y", , , )', {}, ['PL315 error "y"']),
    ('Replace([a], , "(?<g>x)", "g", , [b], )', {}, []),
    ('Replace([a], , "x", , , , )', {}, ['PL322 error Replace([a], , "x", , , , )']),
    ('Replace("%", "%", , , , , [a])', {}, []),
    ('Replace([a], "x", "y", , "z", , )', {}, ['PL322 warning "y"']),
    (
        'Replace([a], , "(?<g>x)", "g", , , )',
        {},
        ['PL322 error Replace([a], , "(?<g>x)", "g", , , )'],
    ),
    ("Replace([a], , , , , , )", {}, ["PL322 error Replace([a], , , , , , )"]),
    ('IIF([a] = "1", "x")', {}, ['PL314 error IIF([a] = "1", "x")']),
    ('IIF([a] = "1", , "x")', {}, ["PL316 warning , ,"]),
    ('IIF([a] = "1", "x", )', CLOUD_SYNC, []),
    ("SelectUniqueValue([a])", WORKDAY_TO_AD, ["PL314 error SelectUniqueValue([a])"]),
    ("RandomString(8, 2, 2, 2, 2)", {}, []),
    ("RandomString(6, 2, 2, 2, 2)", {}, ["PL321 error 6"]),
    ("RandomString(300, 2, 2, 2, 2)", {}, ["PL321 error 300"]),
    ("RandomString(8, 2, 2)", {}, ["PL314 error RandomString(8, 2, 2)"]),
]
CONSTANTS = [
    ('DateAdd("d", 1, Now())', {}, []),
    ('DateAdd("D", 1, Now())', {}, ['PL318 warning "D"']),
    ('DateAdd("q", 1, Now())', {}, ['PL318 error "q"']),
    ("DateAdd([unit], 1, Now())", {}, []),
    ('DateDiff("day", Now(), CDate([d]))', {}, ['PL318 error "day"']),
    ('FormatDateTime([d], "AssumeUniversal", "yyyy", "yyyy")', {}, []),
    ('FormatDateTime([d], "AssumeUniversal, AdjustToUniversal", "yyyy", "yyyy")', {}, []),
    ('FormatDateTime([d], AssumeUniversal, "yyyy", "yyyy")', {}, ["PL305 error AssumeUniversal"]),
    ('FormatDateTime([d], "16", "yyyy", "yyyy")', {}, []),
    (
        'FormatDateTime([d], "assumeuniversal", "yyyy", "yyyy")',
        {},
        ['PL318 warning "assumeuniversal"'],
    ),
    ('InStr([a], "x", 1, vbTextCompare)', {}, []),
    ('InStr([a], "x", 1, vbtextcompare)', {}, ["PL305 warning vbtextcompare"]),
    ('InStr([a], "x", 1, "vbTextCompare")', {}, ['PL318 warning "vbTextCompare"']),
    ('InStr([a], "x", 1, "vbtextcompare")', {}, ['PL318 warning "vbtextcompare"']),
    ('InStr([a], "x", 1, "text")', {}, ['PL318 error "text"']),
    ('Left([a], "3")', {}, []),
    ('Left([a], "three")', {}, ['PL319 error "three"']),
    ("Left([a], 2.5)", {}, ["PL319 warning 2.5"]),
    ("Left([a], Now())", {}, ["PL319 warning Now()"]),
    ("Left([a], [n])", {}, []),
    ('Left([a], InStr([a], "@"))', {}, []),
    ("BitAnd([x], &H2)", {}, []),
    ('BitAnd([x], "two")', {}, ['PL319 warning "two"']),
    ("Item([a], 0)", {}, ["PL321 warning 0"]),
    ('Item(Split([a], ","), 1)', {}, []),
    ('Item(Split("a,b", ","), 2)', {}, []),
    ('Item(Split("a,b", ","), 3)', {}, ["PL321 error 3"]),
    ('Item(Split("a,,b", ","), "3")', {}, []),
    ('Item(Split("a/b", ","), 2)', {}, ["PL321 error 2"]),
    ('Item(Split(Switch([a], "x,y", "k", "x,y,z"), ","), 3)', {}, ["PL321 warning 3"]),
    ('Item(Split(Switch([a], "x,y", "k", "x,y,z"), ","), 4)', {}, ["PL321 error 4"]),
    ('Item(Split(Switch([a], [b], "k", "x,y,z"), ","), 4)', {}, []),
    ('Item(Split("a,b", [c]), 3)', {}, []),
    ('Word("Ada Berg", 2, " ")', {}, []),
    ('Word("Ada  Berg", 3, " ")', {}, ["PL321 warning 3"]),
    ('Word(Switch([a], "x", "k", "x y"), 2, " ")', {}, []),
    ("Mid([a], 0, 3)", {}, ["PL321 warning 0"]),
    ("Mid([a], -1, 3)", {}, ["PL321 warning -1"]),
    ("Mid([a], 1, 0)", {}, ["PL321 warning 0"]),
    ('Word([a], 0, " ")', {}, ["PL321 warning 0"]),
]
REPLACE_AND_ITS_PATTERNS = [
    ('Replace([a], , "[()\\\\s-]+", , "", , )', {}, []),
    ('Replace([a], , "(", , "", , )', {}, ["PL323 error ("]),
    ('Replace([a], , "(?P<x>a)", , "", , )', {}, ["PL323 error P"]),
    ('Replace([a], , "a(?<x>b", , "", , )', {}, ["PL323 error b"]),
    ('Replace([a], , "(?<x>b)", , "${x}", , )', {}, []),
    ('Replace([a], , "(?<x>b)", , "${y}", , )', {}, ['PL324 warning "${y}"']),
    ('Replace([a], , "(b)", , "$1", , )', {}, []),
    ('Replace([a], , "(b)", , "$2", , )', {}, ['PL324 warning "$2"']),
    ('Replace([a], , "b", , "$$2", , )', {}, []),
    ('Replace([a], , [pattern], , "$2", , )', {}, []),
    ('Replace([a], "x", , , "y", , "vbTextCompare")', {}, ['PL322 error "vbTextCompare"']),
    ('Replace([a], "x", , , "y", , vbTextCompare)', {}, ["PL322 error vbTextCompare"]),
    ('Replace([a], "x", "y", 1, "vbBinaryCompare")', {}, ['PL322 error "vbBinaryCompare"']),
    ('Replace([a], , "\\d", , "", , )', {}, ["PL307 warning \\d"]),
]
UNIQUE_VALUES = [
    ("SelectUniqueValue([a], [b])", WORKDAY_TO_AD, []),
    (
        "SelectUniqueValue([a], [b])",
        {"source": "api-driven", "target": "ad", "flow_type": "ObjectAddOnly"},
        [],
    ),
    ("SelectUniqueValue([a], [b])", ALWAYS_TO_AD, ["PL326 error SelectUniqueValue"]),
    ("SelectUniqueValue([a], [b])", ENTRA_TO_SAAS, ["PL326 error SelectUniqueValue"]),
    (
        "SelectUniqueValue([a], [b])",
        {"source": "workday", "target": "entra"},
        ["PL326 error SelectUniqueValue"],
    ),
    ("SelectUniqueValue([a], [b])", {}, []),
    ("Left(SelectUniqueValue([a], [b]), 5)", WORKDAY_TO_AD, ["PL325 error SelectUniqueValue"]),
    (
        "SelectUniqueValue([a], [b])",
        {"source": "workday", "target": "active-directory", "matching_priority": 1},
        ["PL326 error SelectUniqueValue", "PL203 error SelectUniqueValue([a], [b])"],
    ),
]
CONDITIONS_AND_TABLES = [
    ('IIF(IsPresent([a]), [a], "x")', WORKDAY_TO_AD, ["PL330 warning IsPresent([a])"]),
    ('IIF(IsPresent([a]), [a], "x")', ENTRA_TO_SAAS, []),
    ('IIF(IsPresent([a]), [a], "x")', CLOUD_SYNC, []),
    ('IIF([a] = "", "x", [a])', WORKDAY_TO_AD, ['PL330 warning [a] = ""']),
    ('IIF("" = [a], "x", [a])', WORKDAY_TO_AD, ['PL330 warning "" = [a]']),
    ('IIF([a] = "1", "x", "y")', WORKDAY_TO_AD, []),
    (
        'IIF(IsNullOrEmpty([a]), "x", [a])',
        {"source": "successfactors"},
        ["PL330 warning IsNullOrEmpty([a])"],
    ),
    ('IIF([a] = [a], "x", "y")', {}, ["PL331 warning [a] = [a]"]),
    ('IIF([a] = [b], "x", "y")', {}, []),
    ('IIF("1" = "2", "x", "y")', {}, ['PL331 warning "1" = "2"']),
    ('IIF("True", "x", "y")', {}, ['PL331 warning "True"']),
    ('IIF([a] = "1", "x", "x")', {}, ['PL331 warning "x"']),
    ('IIF([a] = "1", ToLower([b]), ToLower( [b] ))', {}, ["PL331 warning ToLower( [b] )"]),
    ('IIF([a] = "1", IgnoreAttributeFlow, [b])', WORKDAY_TO_AD, ["PL365 note IgnoreAttributeFlow"]),
    ('Switch([a], , "1", "x", "1", "y")', {}, ['PL332 error "1"']),
    ('Switch([a], , "NO", "x", "no", "y")', {}, []),
    ('Switch([a], , [b], "x", [b], "y")', {}, []),
    ('Switch([a], , 1, "x", "1", "y")', {}, ['PL332 error "1"']),
    ('Switch(ToLower([a]), , "no", "x")', {}, []),
    ('Switch(ToUpper([a]), , "no", "x")', {}, ['PL333 warning "no"']),
    (
        'Switch(ToLower([a]), , "No", "x", "NO", "y")',
        {},
        ['PL333 warning "No"', 'PL333 warning "NO"'],
    ),
    ('Switch(StripSpaces([a]), , "a b", "x")', {}, ['PL333 warning "a b"']),
    ('Switch(Not([a]), , "true", "x")', {}, ['PL333 warning "true"']),
    ('Switch(Not([a]), , "True", "x")', {}, []),
    ('Switch(IsPresent([a]), , "True", "x")', {}, ["PL334 note IsPresent([a])"]),
    (
        'Switch(IsPresent([a]), "x", "True")',
        {},
        ['PL315 error Switch(IsPresent([a]), "x", "True")', "PL334 warning IsPresent([a])"],
    ),
    ('Switch(Not([a]), , "True", "x", "False", "y")', {}, []),
]
DATES = [
    ('DateAdd("d", 1, CDate([d]))', {}, []),
    ('DateAdd("d", 1, [d])', {}, ["PL320 warning [d]"]),
    ('DateAdd("d", 1, "2026-01-01")', {}, ['PL320 warning "2026-01-01"']),
    ('DateAdd("d", 1, Now())', {}, []),
    ('DateDiff("d", [a], [b])', {}, ["PL320 warning [a]", "PL320 warning [b]"]),
    ('DateDiff("d", Now(), DateAdd("d", 1, CDate([b])))', {}, []),
    (
        'DateDiff("d", Now(), FormatDateTime([b], , "yyyy-MM-dd", "yyyy-MM-dd"))',
        {},
        ['PL320 warning FormatDateTime([b], , "yyyy-MM-dd", "yyyy-MM-dd")'],
    ),
    ('DateDiff("d", Now(), DateFromNum([x]))', {}, []),
    ('FormatDateTime([d], , "yyyy-MM-ddTHH:mm:ss", "dd/MM/yyyy")', {}, []),
    ('FormatDateTime([d], , "YYYY-MM-DD", "yyyy")', {}, ["PL336 warning YYYY", "PL336 warning DD"]),
    ('FormatDateTime([d], , "M/d/yyyy hh:mm:ss tt", "yyyy-MM-dd HH:mm")', {}, []),
    ('FormatDateTime([d], , "yyyy-MM-dd hh:mm", "yyyyMMdd")', {}, ["PL336 warning hh"]),
    ('FormatDateTime([d], , "yyyy-MM-dd HH:mm tt", "yyyyMMdd")', {}, ["PL336 warning HH"]),
    ('FormatDateTime([d], , "yyyy-MM-dd", " yyyyMMdd")', {}, ['PL336 warning " yyyyMMdd"']),
    ('FormatDateTime([d], , "dd.mm.yyyy", "yyyyMMdd")', {}, ["PL336 warning mm"]),
    ('FormatDateTime([d], , "yyyyMMddHHmmss.fZ", "HH:mm")', {}, []),
    ("FormatDateTime([d], , \"yyyy-MM-dd'T'HH:mm:ss\", \"'Day' dd\")", {}, []),
    ('FormatDateTime([d], , "mm:ss", "mm")', {}, []),
]
WHOLE_EXPRESSIONS = [
    ("[mail]", {}, ["PL339 warning [mail]"]),
    ('"x"', {}, ['PL339 warning "x"']),
    ('"x" "y"', {}, ['PL301 error "y"']),
    ('Append([a], "@x")', {}, []),
    ("IgnoreFlowIfNullOrEmpty([a])", WORKDAY_TO_AD, []),
    ("Trim(IgnoreFlowIfNullOrEmpty([a]))", CLOUD_SYNC, ["PL340 warning IgnoreFlowIfNullOrEmpty"]),
    (
        'IIF([a] = "1", IgnoreFlowIfNullOrEmpty([b]), "x")',
        WORKDAY_TO_AD,
        ["PL340 warning IgnoreFlowIfNullOrEmpty"],
    ),
    ("RandomString(16, 2, 2, 2, 2)", {"flow_type": "Always"}, ["PL341 warning RandomString"]),
    ("Guid()", {"flow_type": "Always"}, ["PL341 warning Guid"]),
    ("Guid()", {"flow_type": "ObjectAddOnly"}, []),
    ("Guid()", {}, []),
    ('Join([a], "b", "c")', {}, ["PL342 warning [a]"]),
    ('Join("Team: ", [a], [b])', {}, ['PL342 warning "Team: "']),
    ('Join(" and ", [a], [b], [c])', {}, []),
    ('Join(" - department of ", [a], [b])', {}, []),
    ('Join(" - department of ", [a], [b], [c])', {}, ['PL342 warning " - department of "']),
    ('Join(ToLower([a]), "b", "c")', {}, ["PL342 warning ToLower([a])"]),
    ('Join([a], "b")', {}, []),
    ('Join("", "b", "c")', {}, []),
    ('InStr([userPrincipalName], "#EXT#")', ENTRA_TO_SAAS, ['PL343 warning "#EXT#"']),
    ('InStr([userPrincipalName], "#ext#")', ENTRA_TO_SAAS, ['PL343 warning "#ext#"']),
    ('InStr([userPrincipalName], "@")', ENTRA_TO_SAAS, []),
    ('InStr([originalUserPrincipalName], "#EXT#")', ENTRA_TO_SAAS, []),
    ('InStr([userPrincipalName], "#EXT#")', {"source": "ad"}, []),
    ('Replace([userPrincipalName], "#EXT#", , , "", , )', ENTRA_TO_SAAS, ['PL343 warning "#EXT#"']),
    (
        "RandomString(16, 2, 2, 2, 2)",
        {"target_attribute": "initialPassword"},
        ["PL344 note RandomString"],
    ),
    ("Redact(RandomString(16, 2, 2, 2, 2))", {"target_attribute": "initialPassword"}, []),
    ("RandomString(16, 2, 2, 2, 2)", {"target_attribute": "employeeNumber"}, []),
    ('Redact(Append("x", RandomString(16, 2, 2, 2, 2)))', {"target_attribute": "password"}, []),
    ("SingleAppRoleAssignment([appRoleAssignments])", {}, []),
    ("SingleAppRoleAssignment([AppRoleAssignments])", {}, ["PL328 error [AppRoleAssignments]"]),
    ("SingleAppRoleAssignment()", {}, ["PL314 error SingleAppRoleAssignment()"]),
    ("ToLower([manager])", {}, ["PL329 warning [manager]"]),
    ('Switch([manager], , "a", "b")', {}, ["PL329 error [manager]"]),
    ("IsPresent([manager])", {}, []),
    ('IIF(IsPresent([manager]), [manager], "")', ENTRA_TO_SAAS, []),
    ("ToLower([manager])", {"attributes": {"manager": "String"}}, []),
    ("ToLower([boss])", {"attributes": {"boss": "Reference"}}, ["PL329 warning [boss]"]),
    ('Append("[mailNickname]", "@x")', {}, ['PL345 warning "[mailNickname]"']),
]


def check(expression, context, expected):
    found = [
        f"{each.rule} {each.severity} {underlined(expression, each)}"
        for each in lint_expression(expression, **context)
    ]
    assert found == expected


def underlined(expression, diagnostic):
    start, end = diagnostic.range
    return expression[start.column - 1 : end.column - 1]


@pytest.mark.parametrize(("expression", "context", "expected"), NAMES_AND_DIALECTS)
def test_names_and_dialects(expression, context, expected):
    check(expression, context, expected)


@pytest.mark.parametrize(("expression", "context", "expected"), NUMBERS_AND_PLACES_OF_ARGUMENTS)
def test_numbers_and_places_of_arguments(expression, context, expected):
    check(expression, context, expected)


@pytest.mark.parametrize(("expression", "context", "expected"), CONSTANTS)
def test_constants(expression, context, expected):
    check(expression, context, expected)


@pytest.mark.parametrize(("expression", "context", "expected"), REPLACE_AND_ITS_PATTERNS)
def test_replace_and_its_patterns(expression, context, expected):
    check(expression, context, expected)


@pytest.mark.parametrize(("expression", "context", "expected"), UNIQUE_VALUES)
def test_unique_values(expression, context, expected):
    check(expression, context, expected)


@pytest.mark.parametrize(("expression", "context", "expected"), CONDITIONS_AND_TABLES)
def test_conditions_and_tables(expression, context, expected):
    check(expression, context, expected)


@pytest.mark.parametrize(("expression", "context", "expected"), DATES)
def test_dates(expression, context, expected):
    check(expression, context, expected)


@pytest.mark.parametrize(("expression", "context", "expected"), WHOLE_EXPRESSIONS)
def test_whole_expressions(expression, context, expected):
    check(expression, context, expected)
