"""Classes of values: what is one class passes and fails alike, under every reading."""

import itertools

import pytest

from provlint.simulate import readings
from provlint.simulate.clause import Choices, ClauseTest
from provlint.simulate.columnar.clauses import AttributeClasses
from provlint.simulate.columnar.encoding import encode
from provlint.simulate.readings import DEFAULTS, READINGS

duckdb = pytest.importorskip("duckdb")

VALUES = (
    "", " ", "\t", "Sales", "sales", "SALES", "xSales", "Sales\n", "Salés", "7", "07", "K",
    "\u212a", "{v}", "a'b", "x" * 11_000, "\x01a", "amy_contoso.com#EXT#@x.example", "a😀",
)  # fmt: skip
CLAUSES = (
    ("EQUALS", "Sales"), ("NOT EQUALS", "Sales"), ("Includes", "ale"), ("ENDS_WITH", "les"),
    ("REGEX MATCH", "^S"), ("NOT REGEX MATCH", "[0-9]+"), ("REGEX MATCH", r"\w$"), ("EQUALS", "K"),
    ("EQUALS", "{v}"), ("Includes", "a'b"), ("IS NULL", ""), ("IS TRUE", ""), ("EQUALS", "é"),
)  # fmt: skip


def classes(found, texts):
    """The class of each text, as the engine tells it."""
    column = "u.a"
    connection = duckdb.connect()
    connection.execute("CREATE TABLE people (n INTEGER, a VARCHAR)")
    connection.executemany("INSERT INTO people VALUES (?, ?)", list(enumerate(texts)))
    told = {text: found.told((text,)) for text in texts if text}
    connection.execute("CREATE TABLE told (k VARCHAR, r BIGINT)")
    connection.executemany("INSERT INTO told VALUES (?, ?)", list(told.items()))
    expression = found.expression(column, "told.r")
    rows = connection.execute(
        f"SELECT {expression} FROM people u LEFT JOIN told ON told.k = u.a ORDER BY n"
    ).fetchall()
    connection.close()
    return [row[0] for row in rows]


def every_result(test, value):
    keys = (readings.NULL, readings.REGEX, readings.BLANK, readings.EQUALITY, readings.TAIL_CASE,
            readings.GUEST_NAME, readings.BOOLEAN_AS_TEXT)  # fmt: skip
    words = [[option.word for option in READINGS[key].options] for key in keys]
    return [
        test.run(
            value, None, Choices({**DEFAULTS, **dict(zip(keys, chosen, strict=True))}),
            null_key=readings.NULL,
        )
        for chosen in itertools.product(*words)
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["department", "userPrincipalName"])
@pytest.mark.parametrize(("operator", "operand"), CLAUSES)
def test_one_class_one_answer(name, operator, operand):
    test = ClauseTest(name, operator, (operand,) if operand else ())
    found = AttributeClasses(name, [(test, readings.NULL)], None)
    texts = [encode(value) for value in VALUES]
    results = {}
    for value, number in zip(VALUES, classes(found, texts), strict=True):
        answers = every_result(test, value)
        assert results.setdefault(number, answers) == answers, (value, number)
