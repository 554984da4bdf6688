from __future__ import annotations

import json
from itertools import chain, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import provlint_grammar
from provlint_grammar.generate import load_grammar
from provlint_grammar.operators_data import INSTEAD
from provlint_grammar.scoping_filter.graph import from_graph, to_graph
from provlint_grammar.scoping_filter.operators import OPERATORS, find_operator
from provlint_grammar.scoping_filter.parser import parse_filter
from provlint_grammar.scoping_filter.printer import print_filter
from provlint_grammar.scoping_filter.tree import EVERYBODY, Clause, Filter, Group, without_spans

GRAMMAR = Path(provlint_grammar.__file__).parent / "scoping_filter.lark"
LARK = load_grammar(GRAMMAR)
CASES = Path(__file__).parents[4] / "shared" / "cases"

WORDS = [
    *("AND", "or", "Not", "everybody", "EQUALS", "equals", "equal", "TO", "equal_to", "E", "is"),
    *(
        "Greater_Than",
        "Greater_Than_OR",
        "less_or",
        "greater",
        "TRUE",
        "NULL",
        "NOT_",
        "_and",
        "-and",
        "-or",
    ),
    *("IS", "NOT EQUALS", "contains", "in", "=", "==", "&&", "||", "!", "&", "-", ":", "a:", ":b"),
    *('"', '""', "'", "\\", '\\"', 'E"', 'E"x"', "{", "}", "{}", "[", "]", "[]", "][", "[[a]]"),
    *("(", ")", "()", ",", "“", "”", "\n", "\r\n", "\t", "\x00", "\u2028", "\ud800", "\U0001f600"),
    *("a", "department", "mail", 'emails[type eq "work"].value', "urn:x:2.0:User:a", "^\\d+$"),
]
texts = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), max_size=4).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    st.text(st.characters(), max_size=8),
)
operators = st.one_of(st.sampled_from(sorted(OPERATORS)), texts)
values = st.one_of(
    st.just(()), texts.map(lambda value: (value,)), st.lists(texts, max_size=3).map(tuple)
)
clauses = st.tuples(texts, operators, values).map(lambda parts: Clause(*parts))
names = st.one_of(st.just(""), texts)
groups = st.tuples(names, st.lists(clauses, max_size=3).map(tuple)).map(lambda x: Group(*x))
filters = st.builds(Filter, st.lists(groups, max_size=3).map(tuple))
soup = st.lists(st.one_of(st.sampled_from([*WORDS, *OPERATORS]), texts), max_size=12).flatmap(
    lambda words: st.sampled_from([" ", ""]).map(lambda glue: glue.join(words))
)


@settings(max_examples=300, deadline=None)
@given(filters)
def test_the_parser_reads_exactly_what_was_printed(tree: Filter) -> None:
    printed = print_filter(tree)
    parsed = parse_filter(printed)
    assert without_spans(parsed.filter) == tree
    # Clauses with too many or too few values have a notation, and are reported all the same.
    assert {problem.code for problem in parsed.problems} <= {"missing-value", "unexpected-value"}
    assert printed.isprintable()


@settings(max_examples=100, deadline=None)
@given(filters)
def test_lark_accepts_what_was_printed(tree: Filter) -> None:
    LARK.parse(print_filter(tree))


@settings(max_examples=300, deadline=None)
@given(soup)
def test_any_text_has_a_tree_and_printing_is_stable(text: str) -> None:
    parsed = parse_filter(text)
    printed = print_filter(parsed.filter)
    assert print_filter(parse_filter(printed).filter) == printed
    for problem in parsed.problems:
        for span in (problem.span, *(edit.span for edit in problem.edits)):
            assert 0 <= span.start <= span.end <= len(text)
    assert list(parsed.problems) == sorted(parsed.problems, key=lambda problem: problem.span)


@settings(max_examples=100, deadline=None)
@given(filters)
def test_graph_json_keeps_the_filter(tree: Filter) -> None:
    canonical = Filter(
        tuple(
            Group(
                group.name,
                tuple(
                    clause._replace(operator=operator.name if operator else clause.operator)
                    for clause in group.clauses
                    for operator in [find_operator(clause.operator)]
                ),
            )
            for group in tree.groups
        )
    )
    assert from_graph(json.loads(json.dumps(to_graph(tree)))) == canonical


@settings(max_examples=100, deadline=None)
@given(filters)
def test_spans_cover_what_was_written(tree: Filter) -> None:
    printed = print_filter(tree)
    for group in parse_filter(printed).filter.groups:
        for clause in group.clauses:
            written = [
                printed[clause.attribute_span.start : clause.attribute_span.end],
                printed[clause.operator_span.start : clause.operator_span.end],
            ]
            values = [printed[span.start : span.end] for span in clause.value_spans]
            whole = " ".join([*written, *([", ".join(values)] if values else [])])
            assert printed[clause.span.start : clause.span.end] == whole
            assert whole in printed[group.span.start : group.span.end]
            assert len(values) == len(clause.values)


@pytest.mark.parametrize(
    "text",
    [
        "everybody",
        'department EQUALS "Sales"',
        'department EQUALS "Sales" AND country REGEX MATCH "^(NO|SE)$" '
        'OR employeeType EQUALS "Contractor"',
        '"Nordic sales": department EQUALS "Sales" OR "All of IT": department EQUALS "IT"',
        "()",
        '"Empty": () OR employeeId IS NOT NULL',
        'department EQUALS "Sales", "Marketing"',
        '[emails[type eq "work"].value] Includes "@contoso.com"',
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department IS NULL",
        'displayName EQUALS "say ""yes"""',
        'sAMAccountName REGEX MATCH "^CORP\\\\[a-z]+\\d$"',
        'description EQUALS E"first\\nsecond\\u{2028}\\\\"',
        'department {IS NOT EQUAL} "Sales"',
        'department {equals} "Sales"',
        'groupType & "-2147483648" AND flags !& "2"',
        '[and] EQUALS "x"',
        '"a]b" IS NULL',
    ],
)
def test_canonical_texts_stay_as_they_are(text: str) -> None:
    parsed = parse_filter(text)
    assert parsed.problems == ()
    assert print_filter(parsed.filter) == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ('  department equals "Sales"  ', 'department EQUALS "Sales"'),
        ('a EQUALS "1"and b is_null\nor c ends with "x"',
         'a EQUALS "1" AND b IS NULL OR c ENDS_WITH "x"'),
        ('"department" EQUALS "Sales"', 'department EQUALS "Sales"'),
        ('[department]EQUALS"Sales"', 'department EQUALS "Sales"'),
        ('level greater than or equals "5"', 'level Greater_Than_OR_EQUALS "5"'),
        ('level GREATER_THAN_OR_EQUALS "5"', 'level Greater_Than_OR_EQUALS "5"'),
        ('flags&"4"', 'flags & "4"'),
        ('groupId is_member_of "x"', 'groupId IsMemberOf "x"'),
        ('a NOT  Regex_Match E"\\u{5e}x"', 'a NOT REGEX MATCH "^x"'),
        ("( )", "()"),
        ("EveryBody", "everybody"),
        ('everybody EQUALS "x"', '[everybody] EQUALS "x"'),
    ],
)  # fmt: skip
def test_accepted_spellings_are_printed_canonical(text: str, canonical: str) -> None:
    parsed = parse_filter(text)
    assert parsed.problems == ()
    assert print_filter(parsed.filter) == canonical


def test_and_binds_tighter_than_or() -> None:
    parsed = parse_filter('a EQUALS "1" OR b EQUALS "2" AND c EQUALS "3"')
    assert without_spans(parsed.filter) == Filter(
        (
            Group("", (Clause("a", "EQUALS", ("1",)),)),
            Group("", (Clause("b", "EQUALS", ("2",)), Clause("c", "EQUALS", ("3",)))),
        )
    )


def test_the_filter_without_groups_is_everybody() -> None:
    assert print_filter(EVERYBODY) == "everybody"
    assert parse_filter("everybody").filter == EVERYBODY


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared conformance cases are not here")
@pytest.mark.parametrize("name", ["scope.jsonl", "ambiguous.jsonl"])
def test_conformance_filters_round_trip(name: str) -> None:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    scopes = [json.loads(line)["filter"] for line in lines]
    assert scopes
    for scope in scopes:
        for set_name in scope or {"groups": []}:
            tree = from_graph(scope, set_name)
            assert without_spans(parse_filter(print_filter(tree)).filter) == tree
            assert to_graph(tree)["groups"] == (scope or {}).get(set_name, [])


def _runs_of_words() -> list[str]:
    """Every run of neighbouring words of every operator spelling, as one attribute name."""
    spellings = [*OPERATORS, *chain.from_iterable(entry["spellings"] for entry in INSTEAD)]
    runs = set()
    for spelling in spellings:
        words = str(spelling).replace("_", " ").split()
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                runs |= {"_".join(words[start:end]), "".join(words[start:end])}
    return sorted(runs)


def test_attributes_named_like_parts_of_operators_are_never_read_as_operators() -> None:
    before = Clause("a", "Greater_Than")
    for name in _runs_of_words():
        for operator in ("EQUALS", "NOT EQUALS", "IS NULL", "REGEX MATCH", "PRESENT", "&"):
            for values in ((), ("x",)):
                clause = Clause(name, operator, values)
                tree = Filter(
                    (Group("", (before, clause)), Group("", (before,)), Group("", (clause,)))
                )
                assert without_spans(parse_filter(print_filter(tree)).filter) == tree


habits = st.lists(
    st.sampled_from(
        [
            *("department", "[x y]", "Sales", "5", '"Sales"', "'Sales'", "“Sales”", '"t":', "T:"),
            *("EQUALS", "==", "!=", "is not null", "is empty", "contains", "true", "&", "not"),
            *("AND", "or", "&&", "||", "(", ")", ",", ";"),
        ]
    ),
    max_size=9,
).flatmap(lambda words: st.sampled_from([" ", ""]).map(lambda glue: glue.join(words)))


@settings(max_examples=600, deadline=None)
@given(habits)
def test_where_every_problem_has_a_repair_the_repaired_text_has_none(text: str) -> None:
    parsed = parse_filter(text)
    edits = sorted(edit for problem in parsed.problems for edit in problem.edits)
    assert all(one.span.end <= two.span.start for one, two in pairwise(edits))
    if not all(problem.edits for problem in parsed.problems):
        return
    repaired = text
    for edit in reversed(edits):
        repaired = repaired[: edit.span.start] + edit.text + repaired[edit.span.end :]
    again = parse_filter(repaired)
    assert again.problems == ()
    # A surplus value is the only thing that a repair takes away.
    if all(problem.code != "unexpected-value" for problem in parsed.problems):
        assert without_spans(again.filter) == without_spans(parsed.filter)
