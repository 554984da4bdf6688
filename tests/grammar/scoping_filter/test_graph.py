from __future__ import annotations

import pytest

from provlint_grammar.scoping_filter.graph import SETS, ShapeError, from_graph, to_graph
from provlint_grammar.scoping_filter.tree import EVERYBODY, Clause, Filter, Group

CLAUSE = {
    "sourceOperandName": "department",
    "operatorName": "EQUALS",
    "targetOperand": {"values": ["Sales"]},
}
SCOPE = {
    "groups": [{"name": "Nordic", "clauses": [CLAUSE]}],
    "inputFilterGroups": [],
    "categoryFilterGroups": [],
}


def test_a_scope_is_read_and_written() -> None:
    tree = from_graph(SCOPE)
    assert tree == Filter((Group("Nordic", (Clause("department", "EQUALS", ("Sales",)),)),))
    assert to_graph(tree) == SCOPE


@pytest.mark.parametrize("scope", [None, {}, {"groups": None}, {"groups": []}])
def test_no_groups_is_everybody(scope: object) -> None:
    assert from_graph(scope) == EVERYBODY


@pytest.mark.parametrize("set_name", SETS)
def test_each_set_is_read_on_its_own(set_name: str) -> None:
    scope = {set_name: [{"name": "only", "clauses": []}]}
    assert from_graph(scope, set_name) == Filter((Group("only", ()),))
    for other in SETS:
        assert other == set_name or from_graph(scope, other) == EVERYBODY


@pytest.mark.parametrize(
    "operand",
    [
        {},
        {"targetOperand": None},
        {"targetOperand": {}},
        {"targetOperand": {"values": None}},
        {"targetOperand": {"values": []}},
    ],
)
def test_every_way_to_have_no_operand_is_written_as_null(operand: dict[str, object]) -> None:
    clause = {"sourceOperandName": "a", "operatorName": "IS NULL", **operand}
    tree = from_graph({"groups": [{"name": "g", "clauses": [clause]}]})
    assert tree.groups[0].clauses == (Clause("a", "IS NULL"),)
    assert to_graph(tree)["groups"] == [
        {
            "name": "g",
            "clauses": [
                {"sourceOperandName": "a", "operatorName": "IS NULL", "targetOperand": None}
            ],
        }
    ]


def test_null_members_are_empty() -> None:
    tree = from_graph({"groups": [{"name": None, "clauses": [{}]}, {"clauses": None}, None]})
    assert tree == Filter((Group("", (Clause("", ""),)), Group("", ()), Group("", ())))


def test_operators_get_their_canonical_spelling_and_unknown_ones_stay() -> None:
    clauses = [{"operatorName": name} for name in ("not_equals", "INCLUDES", "IS NOT EQUAL")]
    tree = from_graph({"groups": [{"clauses": clauses}]})
    assert [clause.operator for clause in tree.groups[0].clauses] == [
        "NOT EQUALS",
        "Includes",
        "IS NOT EQUAL",
    ]


def test_scalars_become_text_as_graph_writes_it() -> None:
    clause = {"targetOperand": {"values": ["a", 5, True, -1.5]}}
    tree = from_graph({"groups": [{"clauses": [clause]}]})
    assert tree.groups[0].clauses[0].values == ("a", "5", "True", "-1.5")


@pytest.mark.parametrize(
    ("scope", "message"),
    [
        ([], "`scope` is a list, expected an object"),
        ({"groups": {}}, "`groups` is an object, expected a list"),
        ({"groups": [7]}, "`groups[0]` is a number, expected an object"),
        ({"groups": [{}, {"name": True}]}, "`groups[1].name` is a Boolean, expected a string"),
        (
            {"groups": [{"clauses": [{"operatorName": 1}]}]},
            "`groups[0].clauses[0].operatorName` is a number, expected a string",
        ),
        (
            {"groups": [{"clauses": [{"targetOperand": "x"}]}]},
            "`groups[0].clauses[0].targetOperand` is a string, expected an object",
        ),
        (
            {"groups": [{"clauses": [{"targetOperand": {"values": [None]}}]}]},
            "`groups[0].clauses[0].targetOperand.values[0]` is null, expected a string",
        ),
    ],
)
def test_other_shapes_are_refused_with_their_place(scope: object, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        from_graph(scope)
    assert str(caught.value) == message
