"""Rules of `SelectUniqueValue` that coincide, and for which people."""

import pytest

from provlint.lint import lint_expression, lint_text

WORKDAY = {"source": "workday", "target": "active-directory"}


def told(rule, *rules, **options):
    text = f"SelectUniqueValue({', '.join(rules)})"
    given = {"profile": "strict", **WORKDAY, **options}
    return [
        (str(each.severity), each.message)
        for each in lint_expression(text, **given)
        if each.rule == rule
    ]


FULL = 'Join(".", [FirstName], [LastName])'
INITIAL = 'Join(".", [FirstName], Mid([MiddleName], 1, 1), [LastName])'
NUMBERED = f'Append({FULL}, "1")'


def same(numbers, value, where=""):
    return f"rules {numbers} of `SelectUniqueValue` give the same value{where}, such as `{value}`"


@pytest.mark.parametrize(
    ("rules", "severity", "message"),
    [
        (
            [FULL, INITIAL],
            "warning",
            same("1 and 2", "Katharina.Montgomery", " where `[MiddleName]` is empty"),
        ),
        (
            [INITIAL, FULL],
            "warning",
            same("1 and 2", "Katharina.Elisabeth", " where `[MiddleName]` is empty"),
        ),
        (
            [NUMBERED, FULL, INITIAL],
            "warning",
            same("2 and 3", "Katharina.Montgomery", " where `[MiddleName]` is empty"),
        ),
        (
            ["[FirstName]", "Append([FirstName], [Department])"],
            "note",
            same("1 and 2", "Katharina", " where `[Department]` is empty"),
        ),
        (
            ["[FirstName]", 'Switch([MiddleName], Join("", [FirstName], "x"), "", [FirstName])'],
            "warning",
            same("1 and 2", "Katharina", " where `[MiddleName]` is empty"),
        ),
        (["Left([FirstName], 3)", "Mid([FirstName], 1, 3)"], "warning", same("1 and 2", "Kat")),
        (["ToLower([a])", "[a]", NUMBERED], "warning", same("1 and 2", "katharina")),
    ],
)
def test_rules_that_coincide(rules, severity, message):
    assert told("PL358", *rules) == [(severity, message)]


@pytest.mark.parametrize(
    "rules",
    [
        # A later rule gives another value.
        [FULL, INITIAL, NUMBERED],
        [FULL, INITIAL, 'Join(".", [FirstName], [LastName], [WorkerID])'],
        # Everybody has an id, a first and a last name.
        ["[FirstName]", "Append([FirstName], [WorkerID])"],
        ["[FirstName]", FULL],
        [FULL, 'Join(".", Mid([FirstName], 1, 1), [LastName])'],
        # What others have decides.
        ["[a]", 'Append([a], Switch([Country], "", "NO", "x"))'],
        ["[a]", 'IIF([Country] = "NO", [a], [b])'],
        # Chance, more attributes than there are made-up people, and what cannot be read.
        ['Append([a], "x")', 'Join("", [a], RandomString(3, 3, 0, 0, 0))'],
        ["[a]", f'Join("", [a], {", ".join(f"[b{number}]" for number in range(20))})'],
        ["[a]", "[a] & [MiddleName]"],
    ],
)
def test_rules_that_do_not(rules):
    assert told("PL358", *rules) == []


def test_the_other_rules_are_shown():
    text = f"SelectUniqueValue({FULL}, {INITIAL})"
    (found,) = [each for each in lint_expression(text, **WORKDAY) if each.rule == "PL358"]
    assert text[found.range.start.column - 1 : found.range.end.column - 1] == INITIAL
    assert [each.message for each in found.related] == ["rule 1"]
    assert found.help == "add a last rule with `[WorkerID]`, or with a number at its end"


HELD = (
    "no rule of `SelectUniqueValue` holds a number or an id, so the user after {} is held in escrow"
)
ADDRESSES = [
    'Join("@", Join(".", [FirstName], [LastName]), "contoso.com")',
    'Join("@", Join(".", Mid([FirstName], 1, 1), [LastName]), "contoso.com")',
    'Join("@", Join(".", Mid([FirstName], 1, 2), [LastName]), "contoso.com")',
]
"""As Microsoft's tutorial for Workday has them."""


def test_rules_without_a_number():
    assert told("PL371", *ADDRESSES) == [
        ("note", HELD.format("3 namesakes")),
        (
            "note",
            same("1, 2 and 3", "K.Montgomery@contoso.com", " where `[FirstName]` is one letter"),
        ),
    ]


@pytest.mark.parametrize(
    "last",
    [
        'Join("@", [WorkerID], "contoso.com")',
        'Join("@", Append([LastName], "1"), "contoso.com")',
        'Join("", [LastName], 2, "@contoso.com")',
        'Join("@", RandomString(6, 2, 0, 2, 2), "contoso.com")',
        "[employeeNumber]",
    ],
)
def test_a_number_or_an_id_is_enough(last):
    assert told("PL371", *ADDRESSES, last) == []


def test_a_number_that_all_rules_share_is_none():
    shared = [rule.replace("contoso", "contoso24") for rule in ADDRESSES]
    assert told("PL371", *shared)[0] == ("note", HELD.format("3 namesakes"))


def test_the_default_profile_says_nothing_of_the_tutorial():
    text = f"SelectUniqueValue({', '.join(ADDRESSES)})"
    assert lint_expression(text, **WORKDAY) == []


def test_what_the_file_says_of_attributes_counts(schema):
    expression = "SelectUniqueValue([alias], Append([alias], [badge]))"

    def found(**badge):
        text = schema(
            "workday",
            "ad",
            attributes={"alias": {"type": "String"}, "badge": {"type": "String", **badge}},
            mappings=[("employeeID", "alias", 1), ("cn", expression)],
        )
        return [each.help for each in lint_text(text) if each.rule == "PL358"]

    assert found() == ["add a last rule with `[alias]`, or with a number at its end"]
    assert found(required=True) == []
