"""One spelling for what means the same."""

import pytest

from provlint.compare.configuration.canonical import (
    NOTHING,
    canonical_clause,
    canonical_expression,
    canonical_groups,
    canonical_source,
    same_groups,
)
from provlint.model.tree import FilterClause, FilterGroup, MappingSource, Scope


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('Join(" ",[a],[b])', 'join( " " , [a] ,  [b] )'),
        ('Switch([a],,"b","c")', 'Switch([a], , "b", "c")'),
        ("IIF([a]=1,[b],[c])", "IIF([a] = 1, [b], [c])"),
        ("[a]", " [a] "),
    ],
)
def test_the_same(one, other):
    assert canonical_expression(one) == canonical_expression(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('Join(" ", [a], [b])', 'Join(" ", [b], [a])'),
        ("[a]", "[A]"),
        ('Append([a], "x")', 'Append([a], "X")'),
        ('Append([a], "x")', 'Append([a], "x ")'),
        ("Nope(", "Nope)"),
    ],
)
def test_not_the_same(one, other):
    assert canonical_expression(one) != canonical_expression(other)


def test_what_is_no_expression_stays_as_it_is():
    assert canonical_expression(" Join([a] ") == "Join([a]"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (None, NOTHING),
        (MappingSource("", "Attribute", "a"), "[a]"),
        (MappingSource("", "Attribute", "a", "[a]"), "[a]"),
        (MappingSource("", "Constant", "Employee"), '"Employee"'),
        (MappingSource("", "Constant", "x", '"Employee"'), '"Employee"'),
        (MappingSource("", "Constant", "x", "Employee"), '"Employee"'),
        (MappingSource("", "Constant", "x", "Guid()"), "Guid()"),
        (MappingSource("", "Function", "Not", "Not([a])"), "Not([a])"),
        (MappingSource("", "Attribute", "", ""), NOTHING),
        (
            MappingSource(
                "", "Function", "ToUpper", None, (("source", MappingSource("", "Attribute", "a")),)
            ),
            "ToUpper([a])",
        ),
    ],
)
def test_sources(source, text):
    assert canonical_source(source) == text


def test_clauses_have_the_documented_operator():
    assert canonical_clause(FilterClause("", "a", "equals", ("x",))) == 'a EQUALS "x"'
    assert canonical_clause(FilterClause("", "a", "IS TRUE", ("x",))) == "a IS TRUE"
    assert canonical_clause(FilterClause("", "a", "PRESENT", ())) != "a IS NOT NULL"


def test_the_order_of_groups_and_clauses_does_not_count():
    one, other = FilterClause("", "a", "IS NULL"), FilterClause("", "b", "EQUALS", ("x",))
    first = FilterGroup("", "first", (one, other))
    second = FilterGroup("", "second", (one,))
    turned = FilterGroup("", "", (other, one, one))
    groups = canonical_groups(Scope("", (first, second)))
    assert same_groups(groups, canonical_groups(Scope("", (second, turned, turned))))
    assert list(groups["groups"].values()) == ['a IS NULL AND b EQUALS "x"', "a IS NULL"]
    assert not same_groups(groups, canonical_groups(Scope("", (first,))))
    assert not same_groups(
        canonical_groups(Scope("", (first,))), canonical_groups(Scope("", (), (first,)))
    )
    assert canonical_groups(None) == canonical_groups(Scope("")) == {}
