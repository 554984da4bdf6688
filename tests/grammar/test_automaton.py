from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Token, Tree
from lark.exceptions import UnexpectedInput

from provlint_grammar import expression_tables, generate
from provlint_grammar.automaton import Automaton

CASES = Path(__file__).parent / "cases"
EXPRESSIONS = [
    json.loads(line)["expression"]
    for name in ("expressions.jsonl", "invalid-expressions.jsonl")
    for line in (CASES / name).read_text(encoding="utf-8").splitlines()
]
CLOSE = expression_tables.TERMINALS.index("CLOSE")


class UnexpectedError(Exception):
    pass


def flat(children: list[Any]) -> list[Any]:
    result: list[Any] = []
    for child in children:
        if isinstance(child, list):
            result += flat(child)
        elif isinstance(child, tuple):
            result.append(child)
        else:
            number = child.lastindex
            result.append((expression_tables.TERMINALS[number], *child.span(number)))
    return result


def named(name: str) -> Any:
    return lambda children: (name, flat(children))


def refuse(*_: Any) -> int:
    raise UnexpectedError


OURS = Automaton(
    expression_tables,
    {name: named(name) for name in ("start", "call", "group", "separator", "odd")},
)
LARK = generate.load_grammar(generate.FOLDER / "expression.lark")


def from_lark(node: Tree[Token] | Token) -> tuple[Any, ...]:
    if isinstance(node, Token):
        return (node.type, node.start_pos, node.end_pos)
    return (str(node.data), [from_lark(child) for child in node.children])


def compare(text: str) -> None:
    try:
        expected = from_lark(LARK.parse(text))
    except UnexpectedInput:
        with pytest.raises(UnexpectedError):
            OURS.parse(text, refuse)
    else:
        assert OURS.parse(text, refuse) == expected


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_our_tree_is_larks_tree(text: str) -> None:
    compare(text)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from('()[],;"\\ aF1=<>&{}%$\u201c\uff08.-/*@'), max_size=30))
def test_our_tree_is_larks_tree_on_noise(text: str) -> None:
    compare(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_every_character_is_in_some_token(text: str) -> None:
    matches = list(OURS.tokens(text))
    assert "".join(match[0] for match in matches) == text


def test_a_supposed_terminal_is_its_cause_among_the_children() -> None:
    tree = OURS.parse("F(G([a]", lambda _token, _expected: CLOSE)
    call = ("call", [("FUNCTION", 2, 3), ("OPEN", 3, 4), ("ATTRIBUTE", 4, 7), ("$END", 7, 7)])
    assert tree == (
        "start",
        [("call", [("FUNCTION", 0, 1), ("OPEN", 1, 2), call, ("$END", 7, 7)])],
    )


def test_the_recovery_hears_what_would_fit() -> None:
    heard: list[set[str]] = []

    def recover(_token: Any, expected: tuple[int, ...]) -> int:
        heard.append({expression_tables.TERMINALS[number] for number in expected})
        return CLOSE

    OURS.parse("F([a]", recover)
    assert heard == [set(expression_tables.TERMINALS) - {"", "$END"}]


def test_an_endless_recovery_is_stopped() -> None:
    opening = expression_tables.TERMINALS.index("OPEN")
    with pytest.raises(RecursionError, match="does not end"):
        OURS.parse("F(", lambda _token, _expected: opening)
