"""The mask of users in scope is, user for user, the answer of the reference path."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provlint.simulate import readings
from provlint.simulate.columnar.conditions.clauses import Column
from provlint.simulate.columnar.encoding import encode
from provlint.simulate.columnar.mask import scope_mask
from provlint.simulate.scope import ScopeFilter, in_scope
from provlint_grammar.scoping_filter.operators import OPERATORS

duckdb = pytest.importorskip("duckdb")
pyarrow = pytest.importorskip("pyarrow")

TEXTS = (
    None, "", " ", "\t", "Sales", "sales", "SALES", "xSales", "Sales\n", "Sales\n\n", "\nSales",
    "Salés", "Sale\u0301s", "7", "07", "-7", "+7", "7.0", " 7", "12", "9223372036854775807",
    "9223372036854775808", "1" * 50, "K", "\u212a", "\u017f", "{v}", "a'b", "x" * 11_000,
    "é" * 6000, "\x01a", "\x01true", "\x00", "a\x00b", "True", "false", "a😀", "😀", "İ",
    "ß", "\uffff", "NO", "NO\n", "SE", "svc-1", "x.svc", "%", "_", "amy_contoso.com#EXT#@x.example",
    "#EXT#", "_x#EXT#", "\n_x#EXT#a", "a#ext#", "Sales#EXT#", "a_b#EXT#c#EXT#",
)  # fmt: skip
MIXED = (
    *TEXTS[:30], True, False, 0, 7, -7, 12, 7.0, 7.5, 2**63, -(2**70), [], [""], [None], ["Sales"],
    ["Sales", "NO"], ["Sales", None], [7, "7"], [True], {"id": "Sales"}, {}, [{"id": "x"}],
)  # fmt: skip
NUMBERS = (None, 0, 1, 7, -7, 12, 4, 2**62, -(2**63), 2**63 - 1, 700)
BOOLEANS = (True, False, None)
PATTERNS = (
    "", "^$", "Sales", "^Sales", "Sales$", "^Sales$", r"\ASales\z", r"Sales\Z", "^(NO|SE|DK)$",
    "^(?:NO|SE|)$", "^svc", "svc$|^NO", r"^a\.b", "[0-9]+", r"^\d+$", r"\w$", "(?i)sales", "a b",
    "^.*s$", r"\bSales\b", "😀", "^😀$", ".", "^.$", "é", "[éa]", "(?=S)", r"(.)\1", "^(a|b)?$",
    "(Sa|sa)les", "x{3,}", "#EXT#", r"\n", "$^", "^a|s$", "(?x) Sa # c", "\u212a", "{v}", "^NO$|SE",
    "(?:^)(?:S)ales", "(", "N(?#c)O", r"\u0053ales", "()", "(?<n>NO)", "^\\s*$", "[^x]",
)  # fmt: skip
HALVES = ("\ud800", "a\ud800")
OPERANDS = (*HALVES, "", " ", "Sales", "sales", "les", "7", "-7", "07", "8", "4", "12", "NO", "é",
            "Salés", "e\u0301", "K", "True", "true", "a'b", "{v}", "\n", "\x00", "9" * 30, "😀",
            "#EXT#",
            "amy@contoso.com", "9223372036854775807", "-9223372036854775808")  # fmt: skip
KINDS = {
    "department": "text", "userPrincipalName": "text", "flag": "boolean", "number": "number",
    "mixed": "encoded", "absent": "text", "gone": "text",
}  # fmt: skip
SUPPORTED = [name for name, each in OPERATORS.items() if each.support == "supported"]
TYPES = ("String", "Integer", "Boolean", "Reference", "Binary", "DateTime")


def pool():
    """Users: every value of each attribute, beside others."""
    count = len(MIXED)
    return [
        {
            "department": TEXTS[at % len(TEXTS)],
            "userPrincipalName": TEXTS[(at * 7 + 3) % len(TEXTS)],
            "flag": BOOLEANS[at % 3],
            "number": NUMBERS[at % len(NUMBERS)],
            "mixed": MIXED[(at * 5 + 1) % count],
            "absent": TEXTS[at % len(TEXTS)] if at % 2 else None,
        }
        for at in range(max(count, len(TEXTS)))
    ]


USERS = pool()


@pytest.fixture(scope="module")
def columns():
    """The users as a table, and its columns by attribute."""
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE people (d VARCHAR, p VARCHAR, f BOOLEAN, n BIGINT, m VARCHAR, a VARCHAR,"
        " kind INTEGER)"
    )
    for at, user in enumerate(USERS):
        values = [user[name] for name in ("department", "userPrincipalName", "flag", "number")]
        values += [encode(user["mixed"]), user["absent"], 1 - at % 2]
        connection.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    names = dict(zip(KINDS, "dpfnma", strict=False))
    found = {name: Column(f"u.{each}", KINDS[name]) for name, each in names.items()}
    found["absent"] = found["absent"]._replace(absent=[1])
    found["gone"] = Column("u.a", "text", None)
    yield connection, found
    connection.close()


CLAUSES = st.builds(
    lambda name, operator, values: {
        "sourceOperandName": name,
        "operatorName": operator,
        "targetOperand": {"values": values},
    },
    st.sampled_from([*list(KINDS)[:5], *KINDS]),
    st.sampled_from([*OPERATORS, *SUPPORTED, *SUPPORTED]),
    st.lists(st.sampled_from(OPERANDS), min_size=1, max_size=3),
) | st.builds(
    lambda name, operator, pattern: {
        "sourceOperandName": name,
        "operatorName": operator,
        "targetOperand": {"values": pattern},
    },
    st.sampled_from(list(KINDS)[:5]),
    st.sampled_from(["REGEX MATCH", "NOT REGEX MATCH"]),
    st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=2),
)  # fmt: skip
GROUPS = st.lists(st.builds(lambda clauses: {"clauses": clauses}, st.lists(CLAUSES, max_size=3)),
                  max_size=3)  # fmt: skip
SCOPES = st.builds(
    lambda groups, more: {"groups": groups, "inputFilterGroups": more},
    GROUPS,
    GROUPS | st.just([]),
)
POLICIES = st.sampled_from(["documented", "negatives-true"])
SEVERAL = st.sampled_from(["any", "all"])
SOME_TYPES = st.dictionaries(st.sampled_from(list(KINDS)), st.sampled_from(TYPES), max_size=4)


def decided(connection, columns, scope, null, input_null, several, types):
    options = {
        readings.NULL: null, readings.INPUT_NULL: input_null, readings.SEVERAL_VALUES: several,
    }  # fmt: skip
    made = ScopeFilter(scope)
    named = {**dict.fromkeys(made.attributes, columns["gone"]), **columns}
    mask = scope_mask(connection, made, "people", named, options=options, types=types)
    return mask.to_pylist()


def expected(scope, null, input_null, several, types):
    return [
        in_scope(
            scope, user, null_policy=null, input_null_policy=input_null, several_values=several,
            types=types, missing=["gone", *(["absent"] if not at % 2 else [])],
        ).in_scope
        for at, user in enumerate(USERS)
    ]  # fmt: skip


def every_clause(step):
    for operator, facts in OPERATORS.items():
        operands = {"regex": PATTERNS, "none": ("",)}.get(facts.operand, OPERANDS)
        for operand in operands[::step]:
            yield operator, operand


@pytest.mark.parametrize("name", list(KINDS)[:5])
def test_every_operator_and_operand(name, columns):
    for operator, operand in every_clause(3 if name in ("flag", "number") else 1):
        clause = {
            "sourceOperandName": name, "operatorName": operator,
            "targetOperand": {"values": [operand]},
        }  # fmt: skip
        scope = {"groups": [{"clauses": [clause]}]}
        if ScopeFilter(scope).invalid_reasons:
            continue
        options = ("negatives-true" if len(operand) % 2 else "documented",) * 2
        asked = (scope, *options, "any", {})
        assert decided(*columns, *asked) == expected(*asked), (operator, operand)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(SCOPES, POLICIES, POLICIES, SEVERAL, SOME_TYPES)
def test_any_filter(columns, scope, null, input_null, several, types):
    asked = (scope, null, input_null, several, types)
    assert decided(*columns, *asked) == expected(*asked)


def test_many_groups_of_many_clauses(columns):
    clauses = [
        {
            "sourceOperandName": "department", "operatorName": "NOT EQUALS",
            "targetOperand": {"values": [str(number)]},
        }
        for number in range(1000)
    ]  # fmt: skip
    groups = [{"clauses": [clause]} for clause in clauses]
    wide = {"groups": [{"clauses": clauses}], "inputFilterGroups": groups}
    asked = (wide, "documented", "negatives-true", "any", {})
    connection, named = columns
    some = [0, 1, 4, 13]
    found, every = decided(connection, named, *asked), USERS
    assert [found[at] for at in some] == [
        in_scope(
            wide, every[at], input_null_policy="negatives-true",
            missing=["gone", *(["absent"] if not at % 2 else [])],
        ).in_scope
        for at in some
    ]  # fmt: skip
