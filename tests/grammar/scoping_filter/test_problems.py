from __future__ import annotations

import pytest

from provlint_grammar.scoping_filter.parser import MAXIMUM_DEPTH, parse_filter
from provlint_grammar.scoping_filter.printer import print_filter
from provlint_grammar.scoping_filter.tree import EVERYBODY

# Text with the underlined characters between ⟦ and ⟧; code; message; help; the filter that is kept.
ONE_PROBLEM = [
    (
        "⟦⟧",
        "empty-filter",
        "the filter is empty",
        "write a condition, or `everybody` for a filter that lets all objects pass",
        "everybody",
    ),
    (
        'department EQUALS "Sales" ⟦AND⟧',
        "missing-condition",
        "a condition is missing after `AND`",
        "write a condition after `AND`, or remove `AND`",
        'department EQUALS "Sales"',
    ),
    (
        '⟦or⟧ department EQUALS "Sales"',
        "missing-condition",
        "a condition is missing before `or`",
        "write a condition before `or`, or remove `or`",
        'department EQUALS "Sales"',
    ),
    (
        "a IS NULL OR ⟦AND⟧ b IS NULL",
        "missing-condition",
        "a condition is missing before `AND`",
        "write a condition before `AND`, or remove `AND`",
        "a IS NULL OR b IS NULL",
    ),
    (
        '"Nordic":⟦⟧',
        "missing-condition",
        "a condition is missing",
        "write a condition, or `()` for a group without clauses",
        "everybody",
    ),
    (
        '⟦EQUALS⟧ "Sales"',
        "missing-attribute",
        "an attribute is missing before `EQUALS`",
        'begin the condition with an attribute, such as `department EQUALS "Sales"`',
        '[] EQUALS "Sales"',
    ),
    (
        '⟦not⟧ equals "Sales"',
        "missing-attribute",
        "an attribute is missing before `not`",
        'begin the condition with an attribute, such as `department EQUALS "Sales"`',
        '[] NOT EQUALS "Sales"',
    ),
    (
        '⟦department⟧ "Sales"',
        "missing-operator",
        "an operator is missing after `department`",
        "write an operator after the attribute, such as `EQUALS` or `IS NOT NULL`",
        'department {} "Sales"',
    ),
    (
        'department ⟦==⟧ "Sales"',
        "unknown-operator",
        "`==` is not an operator of scoping filters",
        "write `EQUALS`",
        'department EQUALS "Sales"',
    ),
    (
        'department ⟦IS NOT EQUAL⟧ "Sales"',
        "unknown-operator",
        "`IS NOT EQUAL` is not an operator of scoping filters",
        "write `NOT EQUALS`",
        'department NOT EQUALS "Sales"',
    ),
    (
        'department ⟦EQALS⟧ "Sales"',
        "unknown-operator",
        "`EQALS` is not an operator of scoping filters",
        "write `EQUALS`",
        'department EQUALS "Sales"',
    ),
    (
        'department ⟦starts with⟧ "Sales"',
        "unknown-operator",
        "`starts with` is not an operator of scoping filters",
        'write `REGEX MATCH "^…"` with the beginning of the value after `^`',
        'department {starts with} "Sales"',
    ),
    (
        'level ⟦less than or equals⟧ "5"',
        "unknown-operator",
        "`less than or equals` is not an operator of scoping filters",
        'write a `REGEX MATCH` over the digits, such as `"^[0-4]$"` for less than 5: '
        "filters have no upper bound",
        'level {less than or equals} "5"',
    ),
    (
        'department ⟦resembles⟧ "Sales"',
        "unknown-operator",
        "`resembles` is not an operator of scoping filters",
        "write one of `EQUALS`, `NOT EQUALS`, `IS TRUE`, `IS FALSE`, `IS NULL`, `IS NOT NULL`, "
        "`REGEX MATCH`, `NOT REGEX MATCH`, `Greater_Than`, `Greater_Than_OR_EQUALS`, `Includes`, "
        "`ENDS_WITH`, `&`, `!&`",
        'department {resembles} "Sales"',
    ),
    (
        "department ⟦EQUALS⟧ AND a IS NULL",
        "missing-value",
        "a value is missing after `EQUALS`",
        'write the value between double quotes, such as `department EQUALS "Sales"`',
        "department EQUALS AND a IS NULL",
    ),
    (
        'department EQUALS "Sales"⟦,⟧',
        "missing-value",
        "a value is missing after the comma",
        "write a value between double quotes on both sides of the comma, or remove it",
        'department EQUALS "Sales"',
    ),
    (
        'department EQUALS ⟦,⟧ "Sales"',
        "missing-value",
        "a value is missing before the comma",
        "write a value between double quotes on both sides of the comma, or remove it",
        'department EQUALS "Sales"',
    ),
    (
        'employeeId IS NULL ⟦"x", "y"⟧',
        "unexpected-value",
        '`IS NULL` takes no value, found `"x", "y"`',
        "remove the value",
        'employeeId IS NULL "x", "y"',
    ),
    (
        "accountEnabled IS TRUE ⟦'yes', 1⟧ OR a IS NULL",
        "unexpected-value",
        "`IS TRUE` takes no value, found `'yes', 1`",
        "remove the value",
        'accountEnabled IS TRUE "yes", "1" OR a IS NULL',
    ),
    (
        "city EQUALS ⟦New York⟧ AND a IS NULL",
        "unquoted-value",
        "the value `New York` stands without quotes",
        'write `"New York"`',
        'city EQUALS "New York" AND a IS NULL',
    ),
    (
        "level Greater_Than ⟦5⟧",
        "unquoted-value",
        "the value `5` stands without quotes",
        'write `"5"`',
        'level Greater_Than "5"',
    ),
    (
        "userPrincipalName EQUALS ⟦[mail]⟧",
        "attribute-as-value",
        "`[mail]` is an attribute, expected a value between double quotes",
        "compare with a fixed value: a filter cannot compare two attributes",
        'userPrincipalName EQUALS "[mail]"',
    ),
    (
        "country EQUALS ⟦'NO'⟧",
        "single-quotes",
        "`'NO'` stands between single quotes, expected double quotes",
        'write `"NO"`',
        'country EQUALS "NO"',
    ),
    (
        "country EQUALS ⟦“NO”⟧",
        "typographic-quotes",
        "`“NO”` stands between typographic quotes, expected double quotes",
        'write `"NO"`',
        'country EQUALS "NO"',
    ),
    (
        'department EQUALS ⟦"Sales AND a IS NULL⟧',
        "unclosed-text",
        'the text that begins with `"Sales AND a IS NULL` has no closing quote',
        "add a double quote after the value",
        'department EQUALS "Sales AND a IS NULL"',
    ),
    (
        'mail REGEX MATCH E"^⟦\\d⟧+$"',
        "unknown-escape",
        "`\\d` is not an escape of a text that begins with `E`",
        "leave the `E` out, so that a backslash is a plain character, or write it twice",
        'mail REGEX MATCH "^\\d+$"',
    ),
    (
        'displayName EQUALS "say ⟦\\"⟧hi\\""',
        "escaped-quote",
        'the value `"say \\"` ends at the quote after the backslash',
        'write a quote in a value twice, `""`: a backslash is a plain character',
        'displayName EQUALS "say \\"',
    ),
    (
        'department EQUALS "Sales" ⟦"IT"⟧',
        "missing-comma",
        'the value `"IT"` follows another value, expected a comma before it',
        "put a comma between the values of a clause, or `AND` or `OR` between clauses",
        'department EQUALS "Sales", "IT"',
    ),
    (
        'department EQUALS "Sales" ⟦country⟧ IS NULL',
        "missing-connector",
        "`country` follows a complete condition, expected `AND` or `OR` before it",
        "join conditions by `AND` or `OR`",
        'department EQUALS "Sales" AND country IS NULL',
    ),
    (
        "a IS NULL ⟦b⟧ IS NULL",
        "missing-connector",
        "`b` follows a complete condition, expected `AND` or `OR` before it",
        "join conditions by `AND` or `OR`",
        "a IS NULL AND b IS NULL",
    ),
    (
        'department EQUALS "Sales"⟦,⟧ country EQUALS "NO"',
        "comma-as-connector",
        "a comma stands between two conditions, expected `AND` or `OR`",
        "write `AND` or `OR` instead of the comma",
        'department EQUALS "Sales" AND country EQUALS "NO"',
    ),
    (
        "a IS NULL ⟦&&⟧ b IS NULL",
        "symbolic-connector",
        "`&&` stands between two conditions, expected `AND`",
        "write `AND`",
        "a IS NULL AND b IS NULL",
    ),
    (
        "a IS NULL ⟦-and⟧ b IS NULL",
        "symbolic-connector",
        "`-and` stands between two conditions, expected `AND`",
        "write `AND`",
        "a IS NULL AND b IS NULL",
    ),
    (
        'a IS NULL⟦||⟧b EQUALS "x"',
        "symbolic-connector",
        "`||` stands between two conditions, expected `OR`",
        "write `OR`",
        'a IS NULL OR b EQUALS "x"',
    ),
    (
        'department EQUALS "Sales" ⟦; x⟧',
        "unexpected-text",
        "`; x` follows the value, expected `AND`, `OR` or the end",
        "remove it, or put it into the quotes of the value",
        'department EQUALS "Sales"',
    ),
    (
        "⟦;⟧ a IS NULL",
        "unexpected-text",
        "`;` stands where a condition is expected",
        "remove it",
        "a IS NULL",
    ),
    (
        'department EQUALS ⟦=⟧ "Sales"',
        "unexpected-text",
        "`=` stands between the operator and its value",
        "remove it",
        'department EQUALS "Sales"',
    ),
    (
        '⟦NOT⟧ department EQUALS "Sales"',
        "negation",
        "`NOT` stands before a condition, expected an attribute",
        "use the opposite operator, such as `NOT EQUALS` or `IS NOT NULL`",
        'department EQUALS "Sales"',
    ),
    (
        '⟦Left([mail], 1)⟧ EQUALS "a"',
        "function-call",
        "`Left([mail], 1)` is a function call, expected an attribute",
        "compare a plain attribute: a filter has no functions",
        '[Left([mail], 1)] EQUALS "a"',
    ),
    (
        'department EQUALS ⟦("Sales", "IT")⟧',
        "values-in-parentheses",
        'parentheses stand after the operator, found `("Sales", "IT")`, expected a value',
        "write the values between double quotes, with commas between them",
        'department EQUALS "Sales", "IT"',
    ),
    (
        'a IS NULL AND ⟦(b EQUALS "1" OR c IS NULL)⟧',
        "parentheses",
        '`(b EQUALS "1" OR c IS NULL)` stands in parentheses, which filters do not have: a filter '
        "is groups joined by `OR`, each of clauses joined by `AND`",
        'write `a IS NULL AND b EQUALS "1" OR a IS NULL AND c IS NULL`',
        'a IS NULL AND b EQUALS "1" OR a IS NULL AND c IS NULL',
    ),
    (
        '"Nordic": ⟦(a IS NULL OR (b IS NULL AND (c IS NULL OR d IS NULL)))⟧ AND e IS NULL',
        "parentheses",
        "`(a IS NULL OR (b IS NULL AND (c IS NULL OR d IS NULL)))` stands in parentheses, which "
        "filters do not have: a filter is groups joined by `OR`, each of clauses joined by `AND`",
        'write `"Nordic": a IS NULL AND e IS NULL OR '
        '"Nordic": b IS NULL AND c IS NULL AND e IS NULL OR '
        '"Nordic": b IS NULL AND d IS NULL AND e IS NULL`',
        '"Nordic": a IS NULL AND e IS NULL OR '
        '"Nordic": b IS NULL AND c IS NULL AND e IS NULL OR '
        '"Nordic": b IS NULL AND d IS NULL AND e IS NULL',
    ),
    (
        "a IS NULL⟦)⟧",
        "unopened-parenthesis",
        "`)` closes no parenthesis",
        "remove it",
        "a IS NULL",
    ),
    (
        "a IS NULL AND ⟦()⟧",
        "empty-group",
        "`()` is joined to other conditions, but stands for a group without clauses",
        "remove it",
        "a IS NULL",
    ),
    (
        "⟦Nordic sales⟧: a IS NULL",
        "unquoted-title",
        "the title `Nordic sales` stands without quotes",
        'write `"Nordic sales"`',
        '"Nordic sales": a IS NULL',
    ),
    (
        'a IS NULL AND ⟦"Nordic"⟧: b IS NULL',
        "misplaced-title",
        "the title `Nordic` stands inside a group",
        "write a title at the beginning of a group, or `OR` before it",
        "a IS NULL AND b IS NULL",
    ),
]


@pytest.mark.parametrize(("marked", "code", "message", "advice", "kept"), ONE_PROBLEM)
def test_one_problem(marked: str, code: str, message: str, advice: str, kept: str) -> None:
    before, rest = marked.split("⟦")
    underlined, after = rest.split("⟧")
    text = before + underlined + after
    parsed = parse_filter(text)
    assert [problem.code for problem in parsed.problems] == [code]
    (problem,) = parsed.problems
    assert (problem.message, problem.help) == (message, advice)
    assert problem.span == (len(before), len(before) + len(underlined))
    assert print_filter(parsed.filter) == kept


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ('a == "x" && b != "y"', 'a EQUALS "x" AND b NOT EQUALS "y"'),
        ("a EQUALS 'it''s'", 'a EQUALS "it\'s"'),
        ('a=="x"&&b=y', 'a EQUALS "x" AND b EQUALS "y"'),
        ("a EQUALS New York OR b IS NULL", 'a EQUALS "New York" OR b IS NULL'),
        ('a IS NULL "x" AND b IS TRUE', "a IS NULL AND b IS TRUE"),
        ("Nordic: a IS EMPTY", '"Nordic": a IS NULL'),
        ("(a IS NULL OR b IS NULL) AND c IS NULL",
         "a IS NULL AND c IS NULL OR b IS NULL AND c IS NULL"),
        ('accountEnabled EQUALS true', "accountEnabled IS TRUE"),
        ('a contains "x"', 'a Includes "x"'),
    ],
)  # fmt: skip
def test_certain_repairs(text: str, repaired: str) -> None:
    edits = sorted(edit for problem in parse_filter(text).problems for edit in problem.edits)
    result = text
    for edit in reversed(edits):
        result = result[: edit.span.start] + edit.text + result[edit.span.end :]
    assert result == repaired
    assert parse_filter(result).problems == ()


def test_one_text_yields_all_its_problems() -> None:
    parsed = parse_filter("department = Sales AND country STARTS WITH 'N' OR level < 5 AND")
    assert [problem.code for problem in parsed.problems] == [
        "unknown-operator",
        "unquoted-value",
        "unknown-operator",
        "single-quotes",
        "unknown-operator",
        "unquoted-value",
        "missing-condition",
    ]


def test_an_unclosed_parenthesis_is_underlined_where_it_opens() -> None:
    text = 'a IS NULL AND (b EQUALS "x" OR c IS NULL'
    problem, *_ = parse_filter(text).problems
    assert (problem.code, problem.message) == ("unclosed-parenthesis", "`(` is never closed")
    assert problem.help == "remove it, or add `)`"
    assert text[problem.span.start : problem.span.end] == "("


def test_a_negated_parenthesis_is_not_offered_without_its_negation() -> None:
    problems = parse_filter('NOT (a EQUALS "x" OR b IS NULL)').problems
    assert [problem.code for problem in problems] == ["negation", "parentheses"]
    assert problems[1].help == "write each alternative as a group of its own, joined by `OR`"
    assert problems[1].edits == ()


def test_nesting_has_a_limit() -> None:
    deep = "(" * MAXIMUM_DEPTH + "a IS NULL OR b IS NULL" + ")" * MAXIMUM_DEPTH
    assert [problem.code for problem in parse_filter(deep).problems] == ["parentheses"]
    codes = [problem.code for problem in parse_filter(f"({deep})").problems]
    assert sorted(codes) == ["parentheses", "too-deep"]
    assert len(parse_filter("(" * 20_000).problems) > MAXIMUM_DEPTH


def test_writing_out_has_a_limit() -> None:
    factor = "(a IS NULL OR b IS NULL)"
    parsed = parse_filter(" AND ".join([factor] * 40))
    codes = {problem.code for problem in parsed.problems}
    assert codes == {"too-many-groups", "parentheses"}
    (problem,) = (p for p in parsed.problems if p.code == "too-many-groups")
    assert problem.message == (
        "the parentheses stand for more than 2000 clauses when written out as groups"
    )
    assert all(not problem.edits for problem in parsed.problems)


def test_blank_text_is_a_problem_and_everybody_is_not() -> None:
    assert [problem.code for problem in parse_filter(" \n").problems] == ["empty-filter"]
    assert parse_filter("everybody") == ("everybody", EVERYBODY, ())
