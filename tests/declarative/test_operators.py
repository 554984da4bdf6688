"""Each operator, on values, lists and nothing."""

import pytest

from provlint.declarative.operands import Operators
from provlint.declarative.operators import OPERATORS, UndecidedError, holds
from provlint.declarative.published import Condition


def case(name, value, operand, expected, sensitive=False):
    return pytest.param(name, value, operand, sensitive, expected, id=f"{value} {name} {operand}")


@pytest.mark.parametrize(
    ("name", "value", "operand", "sensitive", "expected"),
    [
        case("equals", "Sales", "sales", True),
        case("equals", "Sales", "sales", False, sensitive=True),
        case("equals", "straße", "STRASSE", True),
        case("equals", "500", 500, True),
        case("equals", 500, "500", True),
        case("equals", 500, 500.0, True),
        case("equals", "x", 500, False),
        case("equals", True, "true", True),
        case("equals", "True", True, True),
        case("equals", True, 1, False),
        case("equals", None, "", False),
        case("equals", "", "", True),
        case("notEquals", "Sales", "sales", False),
        case("notEquals", "Sales", "Legal", True),
        case("notEquals", None, "Legal", True),
        case("in", "b", ("A", "B"), True),
        case("in", "c", ("A", "B"), False),
        case("in", ("a", "b"), ("A", "B"), True),
        case("in", ("a", "c"), ("A", "B"), False),
        case("in", None, ("A",), False),
        case("notIn", "c", ("A", "B"), True),
        case("notIn", ("c", "a"), ("A", "B"), False),
        case("notIn", None, ("A",), True),
        case("like", "userName", "user*", True),
        case("like", "userName", "*NAME", True),
        case("like", "userName", "*NAME", False, sensitive=True),
        case("like", "userName", "user", False),
        case("like", "a.c", "a?c", True),
        case("like", "[x]", "[x]", True),
        case("like", "x", "[x]", False),
        case("like", "b", ("a*", "b*"), True),
        case("notLike", "b", ("a*", "b*"), False),
        case("notLike", None, "a*", True),
        case("match", "identity@contoso.com", r"@contoso\.com$", True),
        case("match", "identity@CONTOSO.com", r"@contoso\.com$", True),
        case("match", "identity@CONTOSO.com", r"@contoso\.com$", False, sensitive=True),
        case("match", "x", ("a", "x"), True),
        case("match", None, "x", False),
        case("notMatch", "abc", "b", False),
        case("notMatch", None, "b", True),
        case("contains", "Join(Trim([a]))", "trim", True),
        case("contains", ("Add", "Update"), "update", True),
        case("contains", ("Add", "Update"), "up", False),
        case("contains", ("Add",), ("Update", "Add"), True),
        case("contains", None, "x", False),
        case("notContains", ("Add",), "Update", True),
        case("notContains", None, "Update", True),
        case("startsWith", "userName", "USER", True),
        case("startsWith", ("ab", "ac"), "a", True),
        case("startsWith", ("ab", "c"), "a", False),
        case("notStartsWith", ("ab", "c"), "a", False),
        case("notStartsWith", ("b", "c"), "a", True),
        case("endsWith", "userName", "name", True),
        case("endsWith", (), "name", False),
        case("notEndsWith", "userName", "name", False),
        case("less", 4, 5, True),
        case("less", "4", "5", True),
        case("less", 5, 5, False),
        case("less", "x", 5, False),
        case("less", None, 5, False),
        case("lessOrEquals", 5, 5, True),
        case("greater", "1e3", 5, True),
        case("greater", 5, 5, False),
        case("greaterOrEquals", 5, 5, True),
        case("greaterOrEquals", True, 0, False),
        case("exists", "", True, True),
        case("exists", None, True, False),
        case("exists", None, False, True),
        case("exists", 0, True, True),
        case("hasValue", "", True, False),
        case("hasValue", "", False, True),
        case("hasValue", "x", True, True),
        case("count", ("a", "b"), 2, True),
        case("count", None, 0, True),
        case("count", ("a", "b"), {"greaterOrEquals": 2, "less": 3}, True),
        case("count", ("a", "b"), {"greaterOrEquals": 2, "less": 2}, False),
        case("length", "abc", 3, True),
        case("length", "abc", {"lessOrEquals": 2}, False),
        case("length", None, 0, False),
    ],
)
def test_an_operator_holds(name, value, operand, sensitive, expected):
    assert holds(name, value, operand, case_sensitive=sensitive) is expected


def test_every_operator_is_a_key_of_conditions_and_the_other_way_round():
    keys = {field.alias for field in Operators.model_fields.values()}
    assert keys == {*OPERATORS, "caseSensitive"}
    assert keys < {field.alias for field in Condition.model_fields.values()}


@pytest.mark.parametrize("name", [each.name for each in OPERATORS.values() if each.negates])
def test_an_operator_and_its_opposite_never_agree_on_one_value(name):
    operand = ("a",) if OPERATORS[name].takes == "list" else "a"
    for value in ("a", "b", "ab", "", None, 5, True):
        negated = holds(name, value, operand, case_sensitive=False)
        assert negated is not holds(OPERATORS[name].negates, value, operand, case_sensitive=False)


def test_a_pattern_that_takes_too_long_is_undecided():
    with pytest.raises(UndecidedError, match="takes too many steps"):
        holds("match", "a" * 40 + "!", r"^(a|a|b?)*\1$", case_sensitive=True)
