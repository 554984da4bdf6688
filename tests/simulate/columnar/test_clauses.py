"""Classes of values: what is one class passes and fails alike, under every reading."""

import itertools

import pytest

from provlint.simulate import readings
from provlint.simulate.clause import Choices, ClauseTest
from provlint.simulate.columnar.classes.clauses import AttributeClasses
from provlint.simulate.columnar.encoding import encode
from provlint.simulate.columnar.lookups import Lookups
from provlint.simulate.columnar.sql import home_name
from provlint.simulate.readings import DEFAULTS, READINGS

duckdb = pytest.importorskip("duckdb")

VALUES = (
    "", " ", "\t", "Sales", "sales", "SALES", "xSales", "Sales\n", "Salés", "7", "07", "K",
    "\u212a", "{v}", "a'b", "x" * 11_000, "\x01a", "amy_contoso.com#EXT#@x.example", "a😀", "-7",
    "12", "-0", "+7", "7.0", " 7", "9223372036854775807", "9223372036854775808", "1" * 50, True,
    "0" * 50 + "9", False, "TRUE", "false", "#EXT#", "_x#EXT#", 7, 12, 7.0, ["7"], ["a", "b"], [],
)  # fmt: skip
CLAUSES = (
    ("EQUALS", "Sales"), ("NOT EQUALS", "Sales"), ("Includes", "ale"), ("ENDS_WITH", "les"),
    ("REGEX MATCH", "^S"), ("NOT REGEX MATCH", "[0-9]+"), ("REGEX MATCH", r"\w$"), ("EQUALS", "K"),
    ("EQUALS", "{v}"), ("Includes", "a'b"), ("IS NULL", ""), ("IS TRUE", ""), ("EQUALS", "é"),
    ("IS FALSE", ""), ("Greater_Than", "7"), ("Greater_Than_OR_EQUALS", "-7"), ("&", "8"),
    ("!&", "4"), ("REGEX MATCH", "^(Sales|7)$"), ("REGEX MATCH", "^a|s$"), ("ENDS_WITH", "S"),
)  # fmt: skip


def classes(name, test, texts):
    """The class of each text, as the engine tells it."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE texts (n INTEGER, a VARCHAR)")
    connection.executemany("INSERT INTO texts VALUES (?, ?)", list(enumerate(texts)))
    connection.execute(f"CREATE VIEW people AS SELECT *, {home_name('a')} AS home FROM texts")
    lookups = Lookups(connection, "told")
    found = AttributeClasses(name, [(test, readings.NULL)], None, "u.a", lookups)
    lookups.run("people u")
    rows = connection.execute(
        f"SELECT {found.sql} FROM people u {lookups.joins} ORDER BY n"
    ).fetchall()
    connection.close()
    assert all(0 <= row[0] < found.size for row in rows)
    return [row[0] for row in rows]


def every_result(test, value):
    keys = (readings.NULL, readings.REGEX, readings.BLANK, readings.EQUALITY, readings.TAIL_CASE,
            readings.GUEST_NAME, readings.BOOLEAN_AS_TEXT, readings.NUMBER_AS_TEXT, readings.MASK,
            readings.MULTIVALUED)  # fmt: skip
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
    texts = [encode(value) for value in VALUES]
    results = {}
    for value, number in zip(VALUES, classes(name, test, texts), strict=True):
        answers = every_result(test, value)
        assert results.setdefault(number, answers) == answers, (value, number)
    assert len(results) < len(VALUES) / 2
