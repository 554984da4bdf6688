"""Values of clauses that are well-formed, and do not do what they seem to."""

import pytest

from provlint.lint import lint_text


def clause(attribute, operator, value):
    return {
        "sourceOperandName": attribute,
        "operatorName": operator,
        "targetOperand": {"values": [value]},
    }


@pytest.fixture
def found(schema, findings_of):
    def run(rule, attribute, operator, value, **members):
        text = schema(
            scope={"groups": [{"name": "g", "clauses": [clause(attribute, operator, value)]}]},
            **members,
        )
        return findings_of(text, rule)

    return run


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        ("^(a+)+$", "(a+)+"),
        (r"^(\w+\s?)*$", r"(\\w+\\s?)*"),
        ("^x-(?:[a-z]+[.]?)+@b$", "(?:[a-z]+[.]?)+"),
        ("^((a|b+)c?){2,}$", "((a|b+)c?){2,}"),
        # A letter can be cut in many ways, too.
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "(([a-z])+.)+"),
        (r"(\w+\w+)+-", r"(\\w+\\w+)+"),
        (r"^([\w.]+\.)+com$", ""),
        (r"^([a-z]+\d)+x$", ""),
        # Nothing behind it fails, so the first try is the last.
        ("^(a+)+", ""),
        # Each round begins with a sign that the part inside cannot be.
        (r"^([\w-]+\.)+com$", ""),
        (r"^\w+(-\w+)*$", ""),
        (r"^(\b\w+\b ?)+$", ""),
        # What an atomic group matched is never taken back.
        ("^(?>a+)+$", ""),
        ("^(?>(a+)+)$", ""),
        ("^(a{2})+$", ""),
        ("^(a+$", ""),
    ],
)
@pytest.mark.parametrize("operator", ["REGEX MATCH", "NOT REGEX MATCH"])
def test_patterns_that_take_very_long(found, operator, pattern, part):
    expected = [f"PL133 warning {part}"] if part else []
    assert found("PL133", "department", operator, pattern) == expected


def test_a_pattern_is_none_where_text_is_compared(found):
    assert found("PL133", "department", "EQUALS", "^(a+)+$") == []


@pytest.mark.parametrize(
    ("attribute", "operator", "value", "number"),
    [
        ("userPrincipalName", "Includes", "#EXT#", 1),
        ("userPrincipalName", "ENDS_WITH", "#ext#@contoso.example", 1),
        ("userPrincipalName", "EQUALS", "ada_b.example#EXT#@contoso.example", 1),
        ("userPrincipalName", "NOT EQUALS", "ada_b.example#EXT#@contoso.example", 1),
        ("userPrincipalName", "REGEX MATCH", r"\#EXT\#", 1),
        ("userPrincipalName", "NOT REGEX MATCH", "#EXT#", 1),
        ("userPrincipalName", "Includes", "EXT", 0),
        ("originalUserPrincipalName", "Includes", "#EXT#", 0),
        ("department", "Includes", "#EXT#", 0),
    ],
)
def test_marks_of_guests(found, attribute, operator, value, number):
    assert len(found("PL134", attribute, operator, value)) == number


def test_marks_of_guests_are_those_of_entra(found):
    assert found("PL134", "userPrincipalName", "Includes", "#EXT#", source="ad") == []


def test_what_is_said_of_a_mark(schema):
    groups = [{"name": "g", "clauses": [clause("userPrincipalName", "Includes", "#EXT#")]}]
    (told,) = [each for each in lint_text(schema(scope={"groups": groups})) if each.rule == "PL134"]
    assert told.message == (
        "provisioning strips the part from `#EXT#` on of a guest's `userPrincipalName`, so this"
        " `Includes` may never see `#EXT#`"
    )
    assert told.contested == "guest-user-principal-name"
