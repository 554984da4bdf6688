"""Who of many users is in scope, from every kind of table, against the answer for each user."""

import gc
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import provlint
from provlint.simulate.columnar import shared
from provlint.simulate.inputs.population import Population
from provlint.simulate.inputs.problem import InputError
from provlint.simulate.notebook.given import GivenFiles
from provlint.simulate.scope import ScopeFilter, in_scope

duckdb = pytest.importorskip("duckdb")
pyarrow = pytest.importorskip("pyarrow")

CONFORMANCE = Path(__file__).parents[2] / "conformance"


def clause(name, operator, *values):
    return {"sourceOperandName": name, "operatorName": operator,
            "targetOperand": {"values": list(values)}}  # fmt: skip


def scope_of(*groups):
    return {"groups": [{"name": str(at), "clauses": group} for at, group in enumerate(groups)]}


NORDIC = scope_of(
    [clause("department", "EQUALS", "Sales"), clause("country", "REGEX MATCH", "^(NO|SE)$")],
    [clause("mobile", "IS NOT NULL"), clause("extensionAttribute5", "ENDS_WITH", "yes")],
    [clause("accountEnabled", "IS FALSE"), clause("displayName", "REGEX MATCH", "^(Å|A).*é$")],
)
RECORDS = [
    {"id": "1", "userPrincipalName": "a@x", "accountEnabled": True, "department": "Sales",
     "country": "NO", "mobilePhone": None, "displayName": "Ada", "skills": ["a", "b"],
     "onPremisesExtensionAttributes": {"extensionAttribute5": None}},
    {"id": "2", "userPrincipalName": "b@x", "accountEnabled": False, "department": None,
     "country": "DK", "mobilePhone": "1", "displayName": "Åsé", "skills": [],
     "onPremisesExtensionAttributes": {"extensionAttribute5": "no"}},
    {"id": "3", "userPrincipalName": "c@x", "accountEnabled": None, "department": "sales",
     "country": "", "mobilePhone": "2", "displayName": "", "skills": None,
     "onPremisesExtensionAttributes": {"extensionAttribute5": "oh yes"}},
    {"id": "4", "userPrincipalName": "d@x", "accountEnabled": False, "department": "Sales",
     "country": "SE\n", "mobilePhone": "", "displayName": "Å😀é", "skills": ["a"],
     "onPremisesExtensionAttributes": None},
]  # fmt: skip
EXPECTED = [True, True, True, True]


def polars_frame(table):
    return pytest.importorskip("polars").from_arrow(table)


def pandas_frame(table):
    pytest.importorskip("pandas")
    return table.to_pandas()


FORMS = {
    "list": lambda table: table.to_pylist(),
    "arrow": lambda table: table,
    "stream": lambda table: table.to_reader(max_chunksize=1),
    "polars": polars_frame,
    "lazy": lambda table: polars_frame(table).lazy(),
    "pandas": pandas_frame,
    "duckdb": lambda table: duckdb.from_arrow(table),
}


def by_reference(users, scope, **options):
    """The decision about each user, one by one."""
    given = GivenFiles()
    paths = given.paths("users", users)
    names = ScopeFilter(scope).attributes
    found = [
        in_scope(scope, user.values, missing=user.missing, **options)
        for user in Population(paths, attributes=names)
    ]
    given.close()
    return found


def check(users, scope, again=None, **options):
    """Compare the mask and the readings with the decisions about each user."""
    expected = by_reference(users if again is None else again, scope, **options)
    with provlint.users_in_scope(scope, users, **options) as found:
        assert found.in_scope.to_pylist() == [each.in_scope for each in expected]
        assert found.contested.to_pylist() == [list(each.contested) for each in expected]
    return found


@pytest.mark.parametrize("form", FORMS)
def test_every_kind_of_table(form):
    table = pyarrow.Table.from_pylist(RECORDS)
    found = check(FORMS[form](table), NORDIC, FORMS[form](table))
    assert found.in_scope.to_pylist() == EXPECTED
    assert found.missing == ()
    assert repr(found) == "UsersInScope(users 4, in_scope 4)"


def test_nothing_is_copied_to_disk_where_the_table_can_be_asked(monkeypatch):
    monkeypatch.setattr(GivenFiles, "paths", None)
    found = provlint.users_in_scope(NORDIC, pyarrow.Table.from_pylist(RECORDS))
    assert found.in_scope.to_pylist() == EXPECTED


def test_files_of_several_exports(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(RECORDS[:2]), encoding="utf-8")
    (tmp_path / "b.csv").write_text("userPrincipalName,department\nx@x,Sales\n", encoding="utf-8")
    scope = scope_of([clause("department", "EQUALS", "Sales"), clause("country", "EQUALS", "NO")])
    found = check([tmp_path / "a.json", tmp_path / "b.csv"], scope)
    assert found.in_scope.to_pylist() == [True, False, None]
    assert found.counters == {"users": 3, "in_scope": 1, "out_of_scope": 1, "undecided": 1}
    assert found.missing == ()


def test_an_attribute_that_no_column_has():
    scope = scope_of([clause("department", "EQUALS", "Sales"), clause("company", "EQUALS", "x")])
    found = check(pyarrow.Table.from_pylist(RECORDS), scope)
    assert found.in_scope.to_pylist() == [None, False, False, None]
    assert found.missing == ("company",)


def test_an_invalid_filter_decides_for_nobody():
    scope = scope_of([clause("department", "CONTAINS", "Sales")])
    found = check(pyarrow.Table.from_pylist(RECORDS), scope)
    assert found.counters["undecided"] == len(RECORDS)
    assert found.invalid == ScopeFilter(scope).invalid_reasons != ()
    broken = provlint.users_in_scope({"groups": 7}, RECORDS)
    assert broken.in_scope.null_count == len(broken) == len(RECORDS)
    assert "groups" in broken.invalid[0]


@pytest.mark.parametrize("scope", [None, {}, {"groups": []}])
def test_without_a_filter_everybody_passes(scope):
    assert check(pyarrow.Table.from_pylist(RECORDS), scope).in_scope.to_pylist() == [True] * 4


NOBODY = pyarrow.table({"department": pyarrow.array([], "string")})


@pytest.mark.parametrize("users", [[], NOBODY, pyarrow.table({}), NOBODY.to_reader()])
def test_without_users(users):
    found = provlint.users_in_scope(NORDIC, users)
    assert (len(found), found.contested.to_pylist()) == (0, [])
    assert repr(found) == "UsersInScope()"


def test_names_that_differ_by_letter_case_or_are_there_twice():
    names = ["Department", "department", "department", "DEPARTMENT"]
    table = pyarrow.Table.from_arrays([pyarrow.array([name]) for name in "abcd"], names)
    for name, value in (("department", "b"), ("Department", "a"), ("DEPARTMENT", "d")):
        scope = scope_of([clause(name, "EQUALS", value)])
        assert provlint.users_in_scope(scope, table).in_scope.to_pylist() == [True]


def test_values_that_only_the_reader_of_records_tells():
    table = pyarrow.table({"hired": [date(2020, 1, 2), None], "cost": [1.5, 2.0]})
    check(table, scope_of([clause("hired", "EQUALS", "2020-01-02")]))
    check(table, scope_of([clause("cost", "EQUALS", "1.5")], [clause("cost", "EQUALS", "2")]))


def test_columns_that_name_attributes_twice_over():
    table = pyarrow.table({"id": ["1"], "mobilePhone": ["5"], "businessPhones": [["7", "8"]]})
    for name, value in (("mobile", "5"), ("telephoneNumber", "7"), ("objectId", "1")):
        found = check(table, scope_of([clause(name, "EQUALS", value)]))
        assert found.in_scope.to_pylist() == [True]


def test_a_table_that_cannot_be_read():
    spans = pyarrow.array([pyarrow.MonthDayNano([1, 2, 3])])
    with pytest.raises(InputError, match="`users` is a table that cannot be written"):
        provlint.users_in_scope(
            scope_of([clause("span", "IS NULL")]), pyarrow.table({"span": spans})
        )


def test_texts_that_spell_booleans():
    table = pyarrow.table({"accountEnabled": ["True", "FALSE", "maybe", "", None, "\x01x"]})
    for operator in ("IS TRUE", "IS FALSE", "IS NULL", "IS NOT NULL"):
        check(table, scope_of([clause("accountEnabled", operator)]))
    check(table, scope_of([clause("accountEnabled", "EQUALS", "False")]))


def cases(name):
    lines = (CONFORMANCE / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["id"]) for case in map(json.loads, lines)]


@pytest.mark.parametrize("case", [*cases("scope.jsonl"), *cases("ambiguous.jsonl")])
def test_conformance(case):
    user = {**dict.fromkeys(ScopeFilter(case["filter"]).attributes), **case["user"]}
    found = check([user, user], case["filter"])
    assert found.in_scope.to_pylist() == [in_scope(case["filter"], case["user"]).in_scope] * 2


TEXT = st.sampled_from(["", " ", "Sales", "sales", "Säles", "7", "007", "True", "x#EXT#y", "a\nb"])
COLUMNS = {
    "department": (TEXT | st.text(max_size=5), pyarrow.string()),
    "displayName": (TEXT, pyarrow.dictionary(pyarrow.int8(), pyarrow.string())),
    "userPrincipalName": (TEXT, pyarrow.large_string()),
    "accountEnabled": (st.booleans(), pyarrow.bool_()),
    "hidden": (st.booleans() | TEXT, None),
    "cost": (st.integers(-9, 9) | st.integers(-(2**63), 2**63 - 1), pyarrow.int64()),
    "level": (st.integers(0, 9), pyarrow.uint8()),
    "skills": (st.lists(TEXT | st.none(), max_size=2), pyarrow.list_(pyarrow.string())),
    "rate": (st.floats(-9, 9) | st.just(7.0), pyarrow.float64()),
    "hired": (st.dates(), pyarrow.date32()),
}
OPERATORS = (
    "EQUALS", "NOT EQUALS", "Includes", "ENDS_WITH", "IS NULL", "IS NOT NULL", "IS TRUE",
    "IS FALSE", "REGEX MATCH", "NOT REGEX MATCH", "Greater_Than", "Greater_Than_OR_EQUALS", "&",
)  # fmt: skip
USERS = st.lists(
    st.fixed_dictionaries({name: st.none() | values for name, (values, _) in COLUMNS.items()}),
    min_size=1,
    max_size=12,
)
ANY_CLAUSE = st.builds(
    clause,
    st.sampled_from([*COLUMNS, "company"]),
    st.sampled_from(OPERATORS),
    st.sampled_from(["Sales", "7", "true", "y", "0", "3"]),
)
ANY_SCOPE = st.builds(
    lambda groups: scope_of(*groups),
    st.lists(st.lists(ANY_CLAUSE, min_size=1, max_size=3), min_size=1, max_size=3),
)


@settings(max_examples=25, deadline=None)
@given(USERS, ANY_SCOPE, st.sampled_from(["documented", "negatives-true"]))
def test_any_list_of_users(users, scope, policy):
    check(users, scope, null_policy=policy)


@settings(max_examples=40, deadline=None)
@given(USERS, ANY_SCOPE, st.sampled_from(["documented", "negatives-true"]), st.data())
def test_any_table_of_users(users, scope, policy, data):
    kept = data.draw(st.lists(st.sampled_from([*COLUMNS]), min_size=1, unique=True))
    table = pyarrow.table(
        {
            name: pyarrow.array(
                [None if user[name] is None else as_text(user[name], COLUMNS[name][1])
                 for user in users],
                COLUMNS[name][1] or pyarrow.string(),
            )
            for name in kept
        }
    )  # fmt: skip
    check(table, scope, null_policy=policy)


def as_text(value, kind):
    return value if kind is not None else str(value)


METHODS = [("to_arrow", "pyarrow"), ("to_polars", "polars"), ("to_pandas", "pandas")]


@pytest.mark.parametrize(("method", "library"), METHODS)
def test_frames(method, library):
    pytest.importorskip(library)
    scope = scope_of([clause("department", "EQUALS", "Sales"), clause("company", "EQUALS", "x")])
    found = provlint.users_in_scope(scope, pyarrow.Table.from_pylist(RECORDS))
    plain, more = getattr(found, method)(), getattr(found, method)(contested=True)
    columns = getattr(plain, "column_names", None) or list(plain.columns)
    assert columns == ["in_scope"]
    values = [plain["in_scope"][at] for at in range(4)]
    values = [each.as_py() if hasattr(each, "as_py") else each for each in values]
    assert [None if str(each) == "<NA>" else each for each in values] == [None, False, False, None]
    assert [list(each) for each in more["contested"]] == [[]] * 4
    if library == "pandas":
        assert str(plain["in_scope"].dtype) == "boolean"


@pytest.mark.parametrize(("method", "library"), METHODS[1:])
def test_a_library_that_is_not_there_is_named(method, library, monkeypatch):
    found = provlint.users_in_scope(None, RECORDS)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError) as caught:
        getattr(found, method)()
    assert str(caught.value) == (
        f"`{method}` needs {library}, which is not installed: run `pip install {library}`"
    )


def test_without_pyarrow_or_duckdb(monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    monkeypatch.setattr(shared, "_BY_PROCESS", {})
    for users in (RECORDS, NOBODY):
        with pytest.raises(InputError) as refused:
            provlint.users_in_scope(None, users)
        assert refused.value.problem.code == "needs-duckdb"
        assert refused.value.problem.help == "run `pip install 'provlint[columns]'`"
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError) as caught:
        provlint.users_in_scope(None, RECORDS)
    assert str(caught.value) == (
        "`users_in_scope` needs pyarrow, which is not installed: run `pip install pyarrow`"
    )


def test_what_is_no_user_is_refused_in_words():
    with pytest.raises(TypeError, match="`users` holds a `int`"):
        provlint.users_in_scope(None, 7)
    with pytest.raises(InputError) as caught:
        provlint.users_in_scope(None, pyarrow.table({"members": ["x"], "displayName": ["y"]}))
    assert caught.value.problem.message == "`users` holds groups, expected users"


def test_a_closed_result_keeps_the_mask():
    with provlint.users_in_scope(None, RECORDS) as found:
        pass
    assert found.counters["in_scope"] == 4
    with pytest.raises(ValueError, match="the result is closed"):
        found.contested  # noqa: B018


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_forked_process_asks_a_duckdb_of_its_own():
    code = (
        "import os, sys, pyarrow, provlint\n"
        "scope = {'groups': [{'clauses': [{'sourceOperandName': 'a', 'operatorName': 'EQUALS',"
        " 'targetOperand': {'values': ['x']}}]}]}\n"
        "table = pyarrow.table({'a': ['x', 'y'] * 100_000})\n"
        "asked = lambda: provlint.users_in_scope(scope, table).counters['in_scope']\n"
        "assert asked() == 100_000\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    os._exit(0 if asked() == 100_000 else 1)\n"
        "assert os.waitpid(child, 0)[1] == 0 and asked() == 100_000\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_threads_ask_side_by_side():
    table = pyarrow.table({"displayName": ["é\n", "a", None, "a\n"] * 500})
    scope = scope_of([clause("displayName", "REGEX MATCH", "^[^a]$")])
    expected = provlint.users_in_scope(scope, table).in_scope
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda _: provlint.users_in_scope(scope, table).in_scope, range(16))
        assert all(each == expected for each in found)


def test_the_table_is_let_go_of():
    table = pyarrow.table({"department": ["Sales"] * 100_000, "country": ["NO"] * 100_000})
    provlint.users_in_scope(NORDIC, table)
    before = pyarrow.total_allocated_bytes()
    for _ in range(3):
        provlint.users_in_scope(NORDIC, pyarrow.concat_tables([table]).combine_chunks())
    gc.collect()
    assert pyarrow.total_allocated_bytes() - before < 100_000
