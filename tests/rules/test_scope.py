"""Rules on scoping filters, beyond what their pages show: findings and what they underline."""

import pytest

from provlint_grammar.scoping_filter.graph import to_graph
from provlint_grammar.scoping_filter.parser import parse_filter

AD_TO_ENTRA = {"source": "ad", "target": "entra"}
WORKDAY = {"source": "workday", "target": "ad"}
TEXT = {"type": "String"}


def clause(attribute, operator, values=None):
    operand = None if values is None else {"values": values}
    return {
        "sourceOperandName": attribute,
        "operatorName": operator,
        "targetOperand": operand,
    }


OPERATORS = [
    ("department", "EQUALS", ["Sales"], {}, []),
    ("department", "equals", ["Sales"], {}, ['PL103 warning "equals"']),
    (
        "department",
        "NOT_EQUALS",
        ["Sales"],
        {},
        ['PL103 warning "NOT_EQUALS"', 'PL122 note "NOT_EQUALS"'],
    ),
    ("department", "IS NOT NULL", None, {}, []),
    ("department", "IsNotNull", None, {}, ['PL103 warning "IsNotNull"']),
    ("department", "CONTAINS", ["Sales"], {}, ['PL101 error "CONTAINS"']),
    ("department", "LIKE", ["Sales"], {}, ['PL101 error "LIKE"']),
    ("department", "STARTSWITH", ["Sales"], {}, ['PL101 error "STARTSWITH"']),
    ("department", "EQALS", ["Sales"], {}, ['PL101 error "EQALS"']),
    ("department", "frobnicate", ["Sales"], {}, ['PL101 error "frobnicate"']),
    ("department", "", ["Sales"], {}, ['PL101 error ""']),
    ("department", "IsMemberOf", ["Sales"], {}, ['PL102 error "IsMemberOf"']),
    ("department", "IS_MEMBER_OF", ["Sales"], {}, ['PL102 error "IS_MEMBER_OF"']),
    ("department", "PRESENT", None, {}, ['PL102 warning "PRESENT"']),
    ("department", "Includes", ["Sales"], {}, []),
    ("department", "ENDS_WITH", ["Sales"], {}, []),
    ("department", "Ends With", ["Sales"], {}, []),
    ("jobLevel", "Greater_Than", ["3"], {}, []),
    ("jobLevel", "GREATER_THAN", ["3"], {}, ['PL103 warning "GREATER_THAN"']),
]

VALUES = [
    ("department", "EQUALS", None, {}, ["PL104 error null"]),
    ("department", "EQUALS", [], {}, ['PL104 error { "values": [] }']),
    ("department", "EQUALS", [""], {}, ['PL104 error ""']),
    ("department", "IS NULL", ["x"], {}, ['PL104 warning "x"']),
    ("department", "IS NULL", [], {}, []),
    ("department", "IS NULL", [""], {}, []),
    ("department", "EQUALS", ["A", "B"], {}, ['PL105 error "B"']),
    ("department", "EQUALS", ["Sales*"], {}, ['PL114 warning "Sales*"']),
    ("department", "EQUALS", ["R&D"], {}, []),
    ("department", "EQUALS", ["Why?"], {}, ['PL114 warning "Why?"']),
    ("department", "EQUALS", ["?"], {}, []),
    ("department", "EQUALS", ["A;B"], {}, ['PL114 warning "A;B"']),
    ("department", "EQUALS", ["A,B"], {}, ['PL114 warning "A,B"']),
    ("department", "EQUALS", ["Oslo, Norway"], {}, []),
    ("department", "EQUALS", ["Research and Development, Oslo"], {}, []),
    ("department", "REGEX MATCH", ["^Sales.*$"], {}, []),
    ("department", "EQUALS", ["^Sales$"], {}, ['PL115 warning "^Sales$"']),
    ("department", "EQUALS", ["Sales (EMEA)"], {}, []),
    ("department", "EQUALS", ["[Sales]"], {}, ['PL115 warning "[Sales]"']),
    ("department", "EQUALS", ["C$"], {}, ['PL115 warning "C$"']),
    ("department", "EQUALS", ["No. 1"], {}, []),
    (
        "department",
        "NOT EQUALS",
        ["(A|B)"],
        {},
        ['PL122 note "NOT EQUALS"', 'PL115 warning "(A|B)"'],
    ),
    ("userPrincipalName", "ENDS_WITH", ["@contoso.com"], {}, []),
    ("jobLevel", "Greater_Than", ["x"], {}, ['PL116 error "x"']),
    ("jobLevel", "Greater_Than", ["-1"], {}, ['PL116 error "-1"']),
    ("jobLevel", "Greater_Than", ["3.5"], {}, ['PL116 error "3.5"']),
    ("jobLevel", "&", ["4"], {}, []),
    ("jobLevel", "!&", ["-4"], {}, ['PL122 note "!&"']),
    ("jobLevel", "!&", ["0x4"], {}, ['PL122 note "!&"', 'PL116 error "0x4"']),
    ("department", "EQUALS", [" Sales"], {}, ['PL117 warning " Sales"']),
    ("department", "EQUALS", ["Sales "], {}, ['PL117 warning "Sales "']),
    ("department", "EQUALS", [" "], {}, []),
    ("department", "Includes", [" and "], {}, []),
    ("department", "EQUALS", ["Sales\nIT"], {}, ['PL114 warning "Sales\\nIT"']),
    ("department", "REGEX MATCH", ["^ x$"], {}, []),
    ("country", "EQUALS", ["2026-01-01"], {}, ['PL118 warning "2026-01-01"']),
    ("country", "EQUALS", ["2026-01-01T00:00:00Z"], {}, ['PL118 warning "2026-01-01T00:00:00Z"']),
    ("country", "EQUALS", ["31.12.2026"], {}, ['PL118 warning "31.12.2026"']),
    ("country", "EQUALS", ["Now()"], {}, ['PL118 warning "Now()"']),
    ("country", "EQUALS", ["2026"], {}, []),
    ("country", "REGEX MATCH", ["^2026-01-01$"], {}, []),
    ("country", "EQUALS", ["Now"], {}, []),
    ("department", "ENDS_WITH", [" (External)"], {}, []),
    ("department", "ENDS_WITH", ["x "], {}, ['PL117 warning "x "']),
    ("department", "EQUALS", ["A, B, C"], {}, ['PL114 warning "A, B, C"']),
]

ATTRIBUTES = [
    ("Department", "EQUALS", ["Sales"], {}, ['PL107 error "Department"']),
    ("departmnt", "EQUALS", ["Sales"], {}, ['PL107 error "departmnt"']),
    ("shoeSize", "EQUALS", ["44"], {}, ['PL107 error "shoeSize"']),
    ("", "EQUALS", ["44"], {}, ['PL107 error ""']),
    ("accountEnabled", "EQUALS", ["True"], {}, ['PL108 warning "EQUALS"']),
    ("accountEnabled", "IS TRUE", None, {}, []),
    ("department", "IS TRUE", None, {}, ['PL108 error "IS TRUE"']),
    ("department", "Greater_Than", ["3"], {}, ['PL108 note "Greater_Than"']),
    ("jobLevel", "EQUALS", ["3"], {}, []),
    ("jobLevel", "Includes", ["3"], {}, []),
    ("photo", "IS NULL", None, {}, []),
    ("photo", "EQUALS", ["x"], {}, ['PL108 error "EQUALS"']),
    ("manager", "EQUALS", ["x"], {}, ['PL109 error "manager"']),
    ("manager", "IS NULL", None, {}, ['PL109 error "manager"']),
    ("employeeHireDate", "IS NOT NULL", None, {}, ['PL109 error "employeeHireDate"']),
    ("proxyAddresses", "Includes", ["x"], {}, ['PL109 error "proxyAddresses"']),
    ("userType", "EQUALS", ["Member"], {}, ['PL109 error "userType"']),
    ("memberOf", "EQUALS", ["x"], {}, ['PL109 error "memberOf"']),
    ("userType", "EQUALS", ["Member"], {**AD_TO_ENTRA}, []),
    ("userType", "EQUALS", ["Member"], {**AD_TO_ENTRA, "filter_set": "inputFilterGroups"}, []),
]

REGEXES = [
    ("department", "REGEX MATCH", ["^(?:A|B)$"], {}, []),
    ("department", "REGEX MATCH", ["^A|B$"], {}, ['PL113 warning "^A|B$"']),
    ("department", "REGEX MATCH", ["Sales"], {}, ['PL113 warning "Sales"']),
    ("department", "REGEX MATCH", ["^Sales"], {}, ['PL113 note "^Sales"']),
    ("department", "REGEX MATCH", ["Sales$"], {}, ['PL113 note "Sales$"']),
    ("department", "REGEX MATCH", [".*Sales.*"], {}, []),
    ("department", "REGEX MATCH", ["^CTR-"], {}, []),
    ("department", "REGEX MATCH", ["^CTR\\."], {}, []),
    ("department", "REGEX MATCH", ["^CTR."], {}, ['PL113 note "^CTR."']),
    ("department", "REGEX MATCH", ["^CTR "], {}, ['PL113 note "^CTR "']),
    ("department", "REGEX MATCH", ["CTR-"], {}, ['PL113 warning "CTR-"']),
    ("userPrincipalName", "REGEX MATCH", ["@contoso\\.com$"], {}, []),
    ("userPrincipalName", "REGEX MATCH", ["contoso\\.com$"], {}, ['PL113 note "contoso\\\\.com$"']),
    ("department", "REGEX MATCH", ["^.*Sales"], {}, ['PL113 note "^.*Sales"']),
    ("department", "REGEX MATCH", ["^Sales.*"], {}, []),
    ("department", "REGEX MATCH", ["\\ASales\\z"], {}, []),
    ("department", "REGEX MATCH", ["^Sales\\$"], {}, ['PL113 note "^Sales\\\\$"']),
    ("department", "REGEX MATCH", ["(?i)^sales$"], {}, []),
    ("department", "REGEX MATCH", ["^(Sales$"], {}, ["PL112 error $"]),
    ("department", "REGEX MATCH", ["*Sales"], {}, ["PL112 error *"]),
    ("department", "REGEX MATCH", ["(?P<x>a)"], {}, ["PL112 error P"]),
    (
        "department",
        "NOT REGEX MATCH",
        ["[a"],
        {},
        ['PL122 note "NOT REGEX MATCH"', "PL112 error a"],
    ),
    (
        "userPrincipalName",
        "REGEX MATCH",
        [".*\\@domain.com"],
        {},
        ['PL113 warning ".*\\\\@domain.com"', "PL120 warning ."],
    ),
    (
        "userPrincipalName",
        "REGEX MATCH",
        [".\\*@domain.com"],
        {},
        ['PL113 warning ".\\\\*@domain.com"', "PL119 error .\\\\*", "PL120 warning ."],
    ),
    ("userPrincipalName", "REGEX MATCH", ["^.*@contoso\\.com$"], {}, []),
    ("userPrincipalName", "REGEX MATCH", ["^.*@[a-z.]+$"], {}, []),
    ("userPrincipalName", "REGEX MATCH", ["^a.b@contoso\\.com$"], {}, []),
    (
        "userPrincipalName",
        "REGEX MATCH",
        ["^.*@(contoso.com|fabrikam.com)$"],
        {},
        ["PL120 warning ."],
    ),
    (
        "department",
        "NOT REGEX MATCH",
        ["^User_"],
        {**AD_TO_ENTRA, "filter_set": "inputFilterGroups"},
        [],
    ),
]

NULL_VALUES = [
    ("department", "REGEX MATCH", [".*"], {}, ['PL124 note ".*"']),
    ("department", "REGEX MATCH", ["^.+$"], {}, ['PL124 note "^.+$"']),
    ("department", "REGEX MATCH", ["^[\\s\\S]*$"], {}, ['PL124 note "^[\\\\s\\\\S]*$"']),
    (
        "department",
        "REGEX MATCH",
        ["^(Sales|)"],
        {},
        ['PL113 note "^(Sales|)"', 'PL124 note "^(Sales|)"'],
    ),
    ("department", "REGEX MATCH", ["^\\w+$"], {}, []),
    ("department", "REGEX MATCH", ["^(|Sales)$"], {}, []),
    ("department", "REGEX MATCH", ["^.{2,}$"], {}, []),
    ("department", "NOT EQUALS", ["x"], {}, ['PL122 note "NOT EQUALS"']),
    ("userPrincipalName", "NOT EQUALS", ["x"], {}, []),
    ("accountEnabled", "IS FALSE", None, {}, ['PL122 note "IS FALSE"']),
    ("department", "IS NOT NULL", None, {}, []),
    ("department", "IS NULL", None, {}, []),
    ("jobLevel", "!&", ["4"], {}, ['PL122 note "!&"']),
    ("department", "NOT EQUALS", ["x"], {**AD_TO_ENTRA, "filter_set": "inputFilterGroups"}, []),
    ("objectId", "IS NOT NULL", None, {}, ['PL124 note "IS NOT NULL"']),
    ("userPrincipalName", "IS NOT NULL", None, {}, ['PL124 note "IS NOT NULL"']),
    ("userPrincipalName", "IS NOT NULL", None, {**AD_TO_ENTRA}, []),
    ("employeeId", "IS NOT NULL", None, {}, []),
]

SYSTEMS = [
    (
        "Active",
        "EQUALS",
        ["1"],
        {**WORKDAY, "attributes": {"Active": TEXT}},
        ['PL129 warning "Active"'],
    ),
    (
        "Active",
        "EQUALS",
        ["1"],
        {**WORKDAY, "filter_set": "inputFilterGroups", "attributes": {"Active": TEXT}},
        ['PL123 warning "G"'],
    ),
    ("EmployeeID", "IS NOT NULL", None, {**WORKDAY, "attributes": {"EmployeeID": TEXT}}, []),
    ("Active", "IS NOT NULL", None, {**WORKDAY, "attributes": {"Active": TEXT}}, []),
    ("Active", "REGEX MATCH", ["^[01]$"], {**WORKDAY, "attributes": {"Active": TEXT}}, []),
    ("Active", "REGEX MATCH", ["^(0|1)$"], {**WORKDAY, "attributes": {"Active": TEXT}}, []),
    (
        "Active",
        "REGEX MATCH",
        ["^1$"],
        {**WORKDAY, "attributes": {"Active": TEXT}},
        ['PL129 warning "Active"'],
    ),
    (
        "StatusTerminationLastDayOfWork",
        "IS NULL",
        None,
        {**WORKDAY, "attributes": {"StatusTerminationLastDayOfWork": TEXT}},
        ['PL129 warning "StatusTerminationLastDayOfWork"'],
    ),
    (
        "StatusTerminationLastDayOfWork",
        "IS NOT NULL",
        None,
        {**WORKDAY, "attributes": {"StatusTerminationLastDayOfWork": TEXT}},
        [],
    ),
    (
        "WorkerID",
        "IS NOT NULL",
        None,
        {**WORKDAY, "attributes": {"WorkerID": {"type": "String", "required": True}}},
        ['PL124 note "IS NOT NULL"'],
    ),
    (
        "preferredLanguage",
        "IS NOT NULL",
        None,
        {"attributes": {"preferredLanguage": {"type": "String", "required": True}}},
        [],
    ),
    (
        "emplStatus",
        "EQUALS",
        ["A"],
        {"source": "successfactors", "target": "ad", "attributes": {"shoeSize": TEXT}},
        ['PL107 error "emplStatus"', 'PL129 warning "emplStatus"'],
    ),
    (
        "emplStatus",
        "EQUALS",
        ["A"],
        {"source": "successfactors", "target": "ad", "attributes": {"emplStatus": TEXT}},
        ['PL129 warning "emplStatus"', 'PL131 note "emplStatus"'],
    ),
    ("accountEnabled", "IS TRUE", None, {}, []),
    (
        "objectId",
        "EQUALS",
        ["4f1b7a4e-0c57-4a52-9b0e-6d1f0c3f2a11"],
        {},
        ['PL130 note "4f1b7a4e-0c57-4a52-9b0e-6d1f0c3f2a11"'],
    ),
    ("objectId", "NOT EQUALS", ["4f1b7a4e-0c57-4a52-9b0e-6d1f0c3f2a11"], {}, []),
    ("department", "EQUALS", ["x"], {"filter_set": "inputFilterGroups"}, ['PL123 warning "G"']),
    ("department", "EQUALS", ["x"], {**AD_TO_ENTRA, "filter_set": "inputFilterGroups"}, []),
    (
        "department",
        "EQUALS",
        ["x"],
        {"source": "entra", "target": "ad", "filter_set": "inputFilterGroups"},
        [],
    ),
    (
        "department",
        "EQUALS",
        ["x"],
        {**WORKDAY, "filter_set": "inputFilterGroups", "attributes": {"department": TEXT}},
        ['PL123 warning "G"'],
    ),
]

# The text form of a filter; a finding about a group underlines its title.
GROUPS = [
    ('department EQUALS "A" AND department EQUALS "B"', ['PL110 error "B"']),
    ('department EQUALS "A" OR department EQUALS "B"', []),
    ('department EQUALS "A" AND country EQUALS "B"', []),
    ('department EQUALS "A" AND department NOT EQUALS "A"', ['PL110 error "A"']),
    ('department EQUALS "A" AND department NOT EQUALS "B"', ['PL121 warning "B"']),
    ('department IS NULL AND department EQUALS "A"', ['PL110 error "A"']),
    ('department IS NULL AND department NOT EQUALS "A"', ['PL110 warning "A"']),
    ("department IS NULL AND department IS NOT NULL", ['PL110 error "IS NOT NULL"']),
    ("department IS NULL OR department IS NOT NULL", ['PL111 error "group 2"']),
    ('department IS NULL OR department NOT EQUALS "A"', []),
    ("accountEnabled IS TRUE AND accountEnabled IS FALSE", ['PL110 error "IS FALSE"']),
    ("accountEnabled IS TRUE OR accountEnabled IS FALSE", ['PL111 error "group 2"']),
    ('department EQUALS "Sales" AND department REGEX MATCH "^S"', ['PL121 warning "^S"']),
    ('department EQUALS "Sales" AND department REGEX MATCH "^T"', ['PL110 error "^T"']),
    ('department REGEX MATCH "^S" AND department REGEX MATCH "^T"', ['PL110 error "^T"']),
    ('department REGEX MATCH "^S" AND department REGEX MATCH "^Sa"', ['PL121 warning "^S"']),
    ('department REGEX MATCH "^SA*" AND department REGEX MATCH "^S.T"', ['PL121 warning "^SA*"']),
    ('department REGEX MATCH "^S|x" AND department REGEX MATCH "^T"', []),
    ('department REGEX MATCH "(?i)^S" AND department REGEX MATCH "^s"', ['PL121 warning "(?i)^S"']),
    ('department REGEX MATCH "^S?T" AND department REGEX MATCH "^T"', ['PL121 warning "^S?T"']),
    (
        'department NOT REGEX MATCH "^A-" OR department NOT REGEX MATCH "^B-"',
        ['PL111 error "group 2"'],
    ),
    ('department REGEX MATCH "^S$" AND department NOT REGEX MATCH "^S$"', ['PL110 error "^S$"']),
    ('department EQUALS "Sales" AND department ENDS_WITH "x"', ['PL110 error "x"']),
    ('department EQUALS "Sales" AND department Includes "ale"', ['PL121 warning "ale"']),
    ('jobLevel Greater_Than "3" AND jobLevel EQUALS "2"', ['PL110 error "2"']),
    ('jobLevel Greater_Than "3" AND jobLevel EQUALS "4"', ['PL121 warning "3"']),
    ('jobLevel Greater_Than "3" AND jobLevel Greater_Than "5"', ['PL121 warning "3"']),
    ('department EQUALS "A" AND department EQUALS "a"', ['PL110 error "a"']),
    ('department NOT EQUALS "A" OR department NOT EQUALS "B"', ['PL111 error "group 2"']),
    ('department NOT EQUALS "A" OR country NOT EQUALS "B"', []),
    ('department NOT EQUALS "A" AND department NOT EQUALS "B"', []),
    ('department NOT EQUALS "A" OR department NOT EQUALS "A"', ['PL125 warning "group 2"']),
    ('department NOT EQUALS "A" OR department EQUALS "A"', ['PL111 error "group 2"']),
    ('department NOT REGEX MATCH "^A$" OR department NOT EQUALS "B"', ['PL111 error "group 2"']),
    ('userPrincipalName IS NOT NULL OR department EQUALS "A"', ['PL124 warning "IS NOT NULL"']),
    (
        'department EQUALS "A" OR userPrincipalName IS NOT NULL AND employeeId IS NOT NULL',
        ['PL124 note "IS NOT NULL"'],
    ),
    ('department EQUALS "A" AND department EQUALS "A"', ['PL121 warning "A"']),
    ('department EQUALS "A" OR department EQUALS "A"', ['PL125 warning "group 2"']),
    (
        'department EQUALS "A" OR department EQUALS "A" AND country EQUALS "NO"',
        ['PL125 warning "group 2"'],
    ),
    (
        'department EQUALS "A" AND country EQUALS "NO" OR department EQUALS "A"',
        ['PL125 warning "group 2"'],
    ),
    ('department EQUALS "A" AND department IS NOT NULL', ['PL121 note "IS NOT NULL"']),
    ('department NOT EQUALS "A" AND department IS NOT NULL', []),
    ('department NOT EQUALS "A" OR department IS NULL', []),
    ('department EQUALS "A" OR department REGEX MATCH "^(A|B)$"', ['PL125 warning "group 2"']),
    (
        'department NOT EQUALS "A" AND country EQUALS "NO"'
        ' OR department NOT EQUALS "B" AND country EQUALS "NO"',
        ['PL111 error "group 2"'],
    ),
    (
        'department NOT EQUALS "A" AND country EQUALS "NO"'
        ' OR department NOT REGEX MATCH "^B$" AND country EQUALS "SE"',
        [],
    ),
    (
        'department NOT EQUALS "A" AND country EQUALS "NO"'
        ' OR department NOT EQUALS "A" AND country EQUALS "SE"',
        [],
    ),
    ('department NOT EQUALS "A" OR country NOT EQUALS "NO"', []),
    ('department EQUALS "A" OR department REGEX MATCH "^(B|C)$"', []),
    (
        'department REGEX MATCH "^(A|B)$" AND department REGEX MATCH "^(C|D)$"',
        ['PL110 error "^(C|D)$"'],
    ),
    ('department REGEX MATCH "a^b"', ['PL110 error "a^b"']),
    ('department REGEX MATCH "^S(ales$|taff)"', []),
    ('department NOT REGEX MATCH ".*"', ['PL110 warning ".*"']),
    (
        'department REGEX MATCH "^S" AND department REGEX MATCH "^.{3}$"'
        ' AND department NOT REGEX MATCH "^.[ab]" AND department REGEX MATCH "^[^c]*a"',
        [],
    ),
    (
        'department REGEX MATCH "^[ab]" AND department NOT EQUALS "a"'
        ' AND department REGEX MATCH "^.$" AND department NOT EQUALS "b"',
        ['PL110 error "b"'],
    ),
    (
        'department EQUALS "A" AND department EQUALS "B" AND department EQUALS "C"',
        ['PL110 error "B"', 'PL110 error "C"'],
    ),
    (
        'department REGEX MATCH "^[ab]$" OR department EQUALS "a" OR department EQUALS "b"',
        ['PL125 warning "group 2"', 'PL125 warning "group 3"'],
    ),
    ('jobLevel Greater_Than "3" OR jobLevel Greater_Than "5"', ['PL125 warning "group 2"']),
    (
        'jobLevel !& "4" AND jobLevel EQUALS "4"',
        ['PL110 error "4"'],
    ),
    ('jobLevel & "4" OR jobLevel !& "4"', ['PL111 error "group 2"']),
    ('department Includes "a" AND department REGEX MATCH "^[^a]*$"', ['PL110 error "^[^a]*$"']),
    (
        'userPrincipalName REGEX MATCH "#EXT#" AND userPrincipalName IS NOT NULL',
        ['PL134 note "#EXT#"', 'PL121 note "IS NOT NULL"', 'PL124 note "IS NOT NULL"'],
    ),
]


def check_clause(schema, findings_of, case):
    attribute, operator, values, context, expected = case
    context = dict(context)
    filter_set = context.pop("filter_set", "groups")
    group = {"name": "G", "clauses": [clause(attribute, operator, values)]}
    text = schema(scope={filter_set: [group]}, **context)
    assert findings_of(text, "PL1") == expected


@pytest.mark.parametrize("case", OPERATORS, ids=lambda case: " ".join(map(str, case[:3])))
def test_operators(schema, findings_of, case):
    check_clause(schema, findings_of, case)


@pytest.mark.parametrize("case", VALUES, ids=lambda case: " ".join(map(str, case[:3])))
def test_values(schema, findings_of, case):
    check_clause(schema, findings_of, case)


@pytest.mark.parametrize("case", ATTRIBUTES, ids=lambda case: " ".join(map(str, case[:3])))
def test_attributes(schema, findings_of, case):
    check_clause(schema, findings_of, case)


@pytest.mark.parametrize("case", REGEXES, ids=lambda case: " ".join(map(str, case[:3])))
def test_regexes(schema, findings_of, case):
    check_clause(schema, findings_of, case)


@pytest.mark.parametrize("case", NULL_VALUES, ids=lambda case: " ".join(map(str, case[:3])))
def test_null_values(schema, findings_of, case):
    check_clause(schema, findings_of, case)


@pytest.mark.parametrize("case", SYSTEMS, ids=lambda case: " ".join(map(str, case[:3])))
def test_systems(schema, findings_of, case):
    check_clause(schema, findings_of, case)


@pytest.mark.parametrize(
    ("operator", "pattern", "expected"),
    [
        ("REGEX MATCH", "^NO$", ['PL132 note "REGEX MATCH"']),
        ("NOT REGEX MATCH", "^North\\.East$", ['PL132 note "NOT REGEX MATCH"']),
        ("REGEX MATCH", "^(NO|SE)$", []),
        ("REGEX MATCH", "^N.$", []),
        ("REGEX MATCH", "^\\d$", []),
        ("REGEX MATCH", "^NO", []),
        ("EQUALS", "NO", []),
    ],
)
def test_a_pattern_for_one_value(schema, findings_of, operator, pattern, expected):
    group = {"name": "G", "clauses": [clause("country", operator, [pattern])]}
    text = schema(scope={"groups": [group]})
    assert findings_of(text, "PL132", profile="strict") == expected


@pytest.mark.parametrize(("text", "expected"), GROUPS)
def test_groups(schema, findings_of, text, expected):
    """Findings about single clauses, on nulls and anchors, are left to the tests above."""
    parsed = parse_filter(text)
    assert parsed.problems == ()
    scope = to_graph(parsed.filter)
    for number, group in enumerate(scope["groups"], 1):
        group["name"] = f"group {number}"
    found = findings_of(schema(scope=scope), "PL1")
    assert [each for each in found if not each.startswith(("PL113", "PL122"))] == expected
