"""A clause gives for a remembered value what it gives without the memory."""

import pytest

from provlint.simulate import clause_memory, readings
from provlint.simulate.clause import Choices, ClauseTest
from provlint.simulate.clause_memory import ClauseMemory
from provlint.simulate.clause_words import reason_of
from provlint.simulate.readings import DEFAULTS

VALUES = (True, 1, 1.0, "1", "True", "", None, " ", "sales", "Sales", ["Sales"], {"id": "1"})
CLAUSES = (
    ("EQUALS", "Sales"), ("EQUALS", "1"), ("Greater_Than", "0"), ("IS TRUE", ""), ("&", "1"),
    ("IS NULL", ""), ("NOT EQUALS", "Sales"), ("REGEX MATCH", "^S"),
)  # fmt: skip


@pytest.mark.parametrize("most", [1, 4096])
def test_what_is_remembered_is_what_is_given(most, monkeypatch):
    monkeypatch.setattr(clause_memory, "MOST", most)
    memory = ClauseMemory()
    tests = [ClauseTest("a", operator, (operand,)) for operator, operand in CLAUSES]
    options = (DEFAULTS, {**DEFAULTS, readings.NULL: "negatives-true", readings.BLANK: "empty"})
    for _ in range(2):
        for test in tests:
            for value in VALUES:
                for each in options:
                    for type_name in (None, "String", "Integer"):
                        plain, remembered = Choices(each), Choices(each)
                        expected = test.run(value, type_name, plain, null_key=readings.NULL)
                        found = memory.run(test, value, type_name, remembered, readings.NULL)
                        assert found is expected
                        assert list(remembered.met) == list(plain.met)
                for result in ("true", "false"):
                    asked = (test, {"a": value}, False, result)
                    assert memory.reason(*asked) == reason_of(*asked)


def test_a_name_that_is_spelt_otherwise_is_told_of_each_user():
    memory, test = ClauseMemory(), ClauseTest("a", "EQUALS", ("x",))
    assert memory.reason(test, {}, False, "false") == "`a` is empty"
    assert "spelt otherwise" in memory.reason(test, {"A": "x"}, False, "false")
