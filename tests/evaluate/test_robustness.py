"""Whatever is put in, an outcome comes out, in bounded time."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import EXPRESSIONS, INPUTS, VALUES

from provlint.evaluation import READINGS, compile_expression, evaluate
from provlint.evaluation.state import LIST_LIMIT, TEXT_LIMIT
from provlint.evaluation.words import lines
from provlint_grammar import parse_expression

OUTCOMES = {"value", "list", "null", "dropped", "object-skipped", "error", "escrow"}
OPTIONS = {
    "now": "2026-11-22T15:07:09",
    "seed": 7,
    "taken": ["a", "x"],
    "macros": {"DomainFQDN": "corp.example"},
}


def check(text, found):
    assert found.outcome in OUTCOMES
    assert set(found.contested) <= set(READINGS)
    assert len(set(found.contested)) == len(found.contested)
    assert (found.problem is not None) == (found.outcome in ("error", "escrow"))
    if found.problem is not None:
        assert 0 <= found.problem.span.start <= found.problem.span.end <= len(text)
        assert found.problem.message
        assert not found.problem.message.endswith(".")
    assert all(isinstance(each, str) for each in found.texts)
    assert (found.value is None) == (found.outcome not in ("value", "list"))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EXPRESSIONS, INPUTS, st.sampled_from(["app-provisioning", "cloud-sync"]))
def test_any_expression_has_an_outcome(text, inputs, dialect):
    found = evaluate(text, inputs, dialect=dialect, **OPTIONS)
    check(text, found)
    if found.trace is not None:
        assert list(lines(found.trace))
    silent = evaluate(text, inputs, dialect=dialect, trace=False, **OPTIONS)
    assert silent == found._replace(trace=None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EXPRESSIONS, INPUTS)
def test_a_tree_gives_what_its_text_gives(text, inputs):
    parsed = parse_expression(text)
    if parsed.tree is None or parsed.problems:
        return
    from_tree = evaluate(parsed.tree, inputs, **OPTIONS)
    from_text = evaluate(text, inputs, **OPTIONS)
    assert from_tree.outcome == from_text.outcome
    assert from_tree.value == from_text.value
    assert from_tree.contested == from_text.contested


@given(st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_text_has_an_outcome(text):
    check(text, evaluate(text, {}))


@given(VALUES)
@settings(max_examples=100, deadline=None)
def test_an_attribute_alone_gives_its_value_or_an_error(value):
    found = evaluate("[a]", {"a": value})
    check("[a]", found)
    if found.outcome == "error":
        assert found.problem.message.startswith("the input of `[a]` is ")


def bounded(text, inputs, seconds):
    program = compile_expression(text)
    started = time.perf_counter()
    found = program.run(inputs)
    assert time.perf_counter() - started < seconds
    return found


def test_a_catastrophic_pattern_ends_in_an_error():
    found = bounded('Replace([a], , "^(a+)+$", , "x", , )', {"a": "a" * 40 + "b"}, 20)
    assert found.outcome == "error"
    assert "catastrophically" in found.problem.message


GROWING = [
    ("Join", "Join([a], [a], [a])"),
    ("Append", "Append([a], [a])"),
    ("Replace", 'Replace([a], "a", , , [a], , )'),
    ("pattern", 'Replace([a], , "a", , [a], , )'),
    ("whole text", 'Replace([a], , "a", , "$_$_$_", , )'),
    ("group", 'Replace([a], , "(?<n>a)", "n", [a], , )'),
    ("template", 'Replace([a], "a", , , , , [a])'),
    ("Base64", "ConvertToBase64([a])"),
    ("digits", "ConvertToUTF8Hex([a])"),
]


@pytest.mark.parametrize("text", [text for _, text in GROWING], ids=[name for name, _ in GROWING])
def test_a_text_cannot_grow_without_end(text):
    found = bounded(text, {"a": "a" * (TEXT_LIMIT // 2 + 1)}, 20)
    assert found.outcome == "error"
    assert "the limit of provlint" in found.problem.message


def test_a_text_doubled_many_times_ends_in_an_error():
    text = "[a]"
    for _ in range(60):
        text = f"ConvertToUTF8Hex({text})"
    found = bounded(text, {"a": "a"}, 20)
    assert found.outcome == "error"


def test_a_list_cannot_grow_without_end():
    found = bounded('Split([a], ",")', {"a": "," * LIST_LIMIT}, 20)
    assert found.outcome == "error"
    assert "100,000 values" in found.problem.message


def test_branches_that_are_not_taken_cost_no_more_than_the_expression_is_long():
    text = "CDate([a])"
    for _ in range(40):
        text = f'IIF([b] = "x", {text}, {text if len(text) < 3000 else "1"})'
    assert bounded(text, {"a": "", "b": "x"}, 10).outcome == "error"


def test_a_tree_may_be_deeper_than_the_parser_allows():
    tree = parse_expression("[a]").tree
    call = parse_expression("ToLower([a])").tree
    for _ in range(5000):
        tree = call._replace(arguments=(tree,))
    found = evaluate(tree, {"a": "A"}, trace=False)
    assert found.outcome == "error"
    assert found.problem.message == "the expression nests deeper than 200 levels"
