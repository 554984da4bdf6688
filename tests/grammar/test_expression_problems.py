"""Every problem of `expression-problems.jsonl`: code, underlined text, message, help, repair."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from provlint_grammar.expression import parse_expression
from provlint_grammar.expression.report import PROBLEM_LIMIT
from provlint_grammar.problem import SyntaxProblem
from provlint_grammar.syntax import LENIENT_CODES, Attribute, Call, Text, calls

FOLDER = Path(__file__).parent / "cases"
SYNTAX_KINDS = {
    "syntax", "unbalanced", "escape", "operator", "bare-identifier", "trailing-text", "bad-literal"
}  # fmt: skip


def read(name: str) -> list[Any]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def repair(text: str, problems: tuple[SyntaxProblem, ...]) -> str:
    edits = {edit for problem in problems for edit in problem.edits}
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    "case", read("expression-problems.jsonl"), ids=lambda case: case["expression"]
)
def test_problems(case: Any) -> None:
    text = case["expression"]
    problems = parse_expression(text).problems
    assert [
        {
            "code": problem.code,
            "underlined": text[slice(*problem.span)],
            "message": problem.message,
            "help": problem.help,
        }
        for problem in problems
    ] == case["problems"]
    if "repaired" in case:
        assert repair(text, problems) == case["repaired"]
        assert parse_expression(case["repaired"]).problems == ()


def test_the_message_law() -> None:
    for case in read("expression-problems.jsonl"):
        for problem in case["problems"]:
            for sentence in (problem["message"], problem["help"]):
                assert not sentence.endswith(".")
                assert sentence[0] == "`" or not sentence[0].isupper()
                assert "\n" not in sentence


@pytest.mark.parametrize("case", read("invalid-expressions.jsonl"), ids=lambda case: case["id"])
def test_certain_syntax_errors_are_found(case: Any) -> None:
    problems = parse_expression(case["expression"]).problems
    lenient = [problem.code in LENIENT_CODES for problem in problems]
    if case["kind"] not in SYNTAX_KINDS or not case["certain"]:
        # Rules find the others; an error here would hide them.
        assert case["kind"] in SYNTAX_KINDS | {"wrong-dialect", "bad-constant"} or all(lenient)
        return
    assert not all(lenient)


@pytest.mark.parametrize("case", read("expressions.jsonl"), ids=lambda case: case["id"])
def test_good_expressions_have_no_problem(case: Any) -> None:
    assert parse_expression(case["expression"]).problems == ()


def test_the_tree_keeps_what_was_meant() -> None:
    parsed = parse_expression("Join('-'; [first; last]; ToLower([b))")
    assert isinstance(parsed.tree, Call)
    separator, first, lower = parsed.tree.arguments
    assert isinstance(separator, Text)
    assert separator.value == "-"
    assert isinstance(first, Attribute)
    assert isinstance(lower, Call)
    assert lower.arguments == (Attribute("b", lower.arguments[0].span),)


def test_a_missing_comma_still_gives_two_arguments() -> None:
    parsed = parse_expression('Append([a] "x")')
    assert isinstance(parsed.tree, Call)
    assert [type(node) for node in parsed.tree.arguments] == [Attribute, Text]


def test_several_mistakes_are_told_each_at_its_place() -> None:
    text = "IIF([a]==“x”, mail, ToLower([b))"
    problems = parse_expression(text).problems
    assert [(p.code, text[slice(*p.span)]) for p in problems] == [
        ("unsupported-operator", "=="),
        ("wrong-quotes", "“x”"),
        ("bare-identifier", "mail"),
        ("unclosed-attribute", "[b"),
    ]


def test_there_is_a_limit_to_what_is_told() -> None:
    parsed = parse_expression(f"Join({'x, ' * 500}[a])")
    assert len(parsed.problems) == PROBLEM_LIMIT + 1
    assert parsed.problems[-1].code == "too-many-problems"
    assert parsed.tree is not None
    assert len(next(calls(parsed.tree)).arguments) == 501


def test_a_missing_opening_quotation_mark_is_told_once() -> None:
    text = 'Replace([tel], , \\\\+(?<code>\\\\d*)(?<rest>\\\\d{8})", "rest", , [mobile], )'
    (problem,) = parse_expression(text).problems
    assert problem.code == "unclosed-string"
    text = 'Join(name, (x|y)", "z", [a])'
    assert [problem.code for problem in parse_expression(text).problems] == [
        "bare-identifier",
        "unclosed-string",
    ]


def test_an_invisible_character_at_the_end_is_named() -> None:
    (problem,) = parse_expression("ToLower([mail])\u200b").problems
    assert problem.message == (
        "an invisible character (U+200B) stands after the end of the expression"
    )
