"""Records and tables in place of files: the same answers, and messages that name the argument."""

import datetime
import decimal
import gc
import json
import sys
import tempfile
import uuid
from pathlib import Path

import pytest

from provlint.simulate.inputs.problem import InputError

ENGINES = ("reference", "columns")


def pyarrow(records):
    names = dict.fromkeys(name for record in records for name in record)
    library = pytest.importorskip("pyarrow")
    return library.table({name: [each.get(name) for each in records] for name in names})


def record_batches(records):
    return pyarrow(records).to_reader(max_chunksize=3)


def polars(records):
    return pytest.importorskip("polars").DataFrame(records, infer_schema_length=None)


def lazy_polars(records):
    return polars(records).lazy()


def pandas(records):
    pytest.importorskip("pyarrow")
    return pytest.importorskip("pandas").DataFrame(records)


def pandas_by_id(records):
    return pandas(records).set_index("id")


def duckdb(records):
    table = pyarrow(records)
    return pytest.importorskip("duckdb").from_arrow(table)


TABLES = (pyarrow, record_batches, polars, lazy_polars, pandas, pandas_by_id, duckdb)


def without_nothing(records):
    """Records of texts, Booleans and lists, as every table holds them."""
    return [
        {name: value for name, value in record.items() if not isinstance(value, dict)}
        for record in records
    ]


def test_a_table_of_users_is_as_their_file(simulated, users):
    pytest.importorskip("duckdb")
    users = without_nothing(users)
    expected = list(simulated(users=users))
    assert len(expected) == 20
    for table in TABLES:
        assert list(simulated(users=table(users))) == expected, table
    for table in (pyarrow, pandas):
        assert list(simulated(users=table(users), engine="columns")) == expected, table


def test_records_are_as_their_file(simulated, users, files, schema):
    pytest.importorskip("duckdb")
    expected = list(simulated())
    assert list(simulated(users=users, engine="columns")) == expected

    def value(name):
        return json.loads((files / name).read_text(encoding="utf-8"))

    targets = value("target-users.json")
    for given in (
        {"users": users},
        {"users": (user for user in users)},
        {"users": {"value": users}},
        {"users": [str(files / "users.json")]},
        {"targets": targets},
        {"targets": targets["Resources"]},
        {"assignments": value("assignments.json")},
        {"assignments": value("assignments.json")["value"]},
        {"groups": value("groups.json")},
        {"configuration": json.loads(schema.read_text(encoding="utf-8"))},
    ):
        assert list(simulated(**given)) == expected, list(given)


def test_records_of_pandas_hold_nan_for_nothing(simulated, users):
    frame = pytest.importorskip("pandas").DataFrame(users)
    records = frame.to_dict("records")
    assert any(value != value for record in records for value in record.values())
    assert list(simulated(users=records)) == list(simulated())


def test_targets_as_tables(simulated, files):
    pytest.importorskip("duckdb")
    listed = json.loads((files / "target-users.json").read_text(encoding="utf-8"))["Resources"]
    expected = list(simulated())
    for table in (polars, pandas, pyarrow):
        assert list(simulated(targets=table(listed))) == expected, table
    assert list(simulated(targets=pandas(listed), engine="columns")) == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_none_are_given_and_nothing_is_known_are_two_things(simulated, engine):
    pytest.importorskip("duckdb")
    actions = {}
    for name, given in (("known", []), ("unknown", None)):
        result = simulated(targets=given, engine=engine)
        actions[name] = {row.verdict.action for row in result if row.verdict.in_scope}
    assert actions == {"known": {"create"}, "unknown": {"create-or-update"}}
    for name in ("polars", "pandas"):
        empty = pytest.importorskip(name).DataFrame([])
        assert {row.verdict.action for row in simulated(targets=empty) if row.verdict.in_scope} == {
            "create"
        }
    for nobody in ([], empty):
        assert simulated(users=nobody, engine=engine).summary.counters["users"] == 0


def test_no_assignments_and_no_links(simulated):
    assert simulated(assignments=[]).summary.counters["in_scope"] == 0
    assert not any("links" in text for text in simulated(links={}).summary.notes)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime.date(2026, 11, 22), "2026-11-22"),
        (datetime.datetime(2026, 11, 22, 8, 30), "2026-11-22T08:30:00"),
        (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (decimal.Decimal("1.50"), "1.50"),
        (float("nan"), None),
        (7, "7"),
        (7.0, "7"),
    ],
)
def test_values_that_json_has_no_word_for(simulated, users, value, text):
    users[1]["employeeId"] = value
    expected = dict(users[1], employeeId=text)
    (step,) = (s for s in told(simulated(users=users), users[1]) if s.name == "match")
    (wanted,) = (
        s for s in told(simulated(users=[users[0], expected, *users[2:]]), users[1])
        if s.name == "match"
    )  # fmt: skip
    assert step == wanted


def told(result, user):
    (outcome,) = result.explain(user["id"])
    return outcome.steps


def test_values_of_numpy_and_pandas(simulated, users):
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    expected = list(simulated(users=[dict(users[0], department="7"), *users[1:]]))
    for value in (numpy.int64(7), numpy.float64(7), numpy.str_("7")):
        assert list(simulated(users=[dict(users[0], department=value), *users[1:]])) == expected
    expected = list(simulated(users=[dict(users[0], department=None), *users[1:]]))
    for value in (pandas.NA, pandas.NaT, numpy.float32("nan")):
        assert list(simulated(users=[dict(users[0], department=value), *users[1:]])) == expected
    expected = list(simulated(users=[dict(users[0], department=["a", "b"]), *users[1:]]))
    found = list(simulated(users=[dict(users[0], department=numpy.array(["a", "b"])), *users[1:]]))
    assert found == expected


class Strange:
    """What nobody can write."""


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (float("inf"), "`inf`"),
        (Strange(), "a value of the type `Strange`, or such a one within it"),
        ({"a": [Strange()]}, "a value of the type `dict`, or such a one within it"),
        (b"x", "a value of the type `bytes`, or such a one within it"),
    ],
)
def test_a_value_that_cannot_be_written_is_named(simulated, users, value, found):
    users[3]["department"] = value
    with pytest.raises(InputError) as caught:
        simulated(users=users)
    assert caught.value.problem.place == "users, record 4"
    assert caught.value.problem.message == (
        f"`department` holds {found}, expected what JSON has words for"
    )


def test_a_value_that_holds_itself(simulated, users):
    users[0]["department"] = endless = []
    endless.append(endless)
    with pytest.raises(InputError, match="`department` holds a value of the type `list`"):
        simulated(users=users)


def test_a_record_of_something_else_is_told_by_its_number(simulated, users):
    group = {"id": "g", "securityEnabled": True, "groupTypes": []}
    with pytest.raises(InputError) as caught:
        simulated(users=[*users, group])
    assert caught.value.problem.place == "users, record 21"
    assert str(caught.value) == ("users, record 21: the record is one of groups, expected a user")
    result = simulated(users=[*users, group], on_error="skip")
    assert result.summary.left_out == 1
    assert not any(tempfile.gettempdir() in note for note in result.summary.notes)


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("users", None, "`users` holds a `NoneType`, expected a path, a list of paths, a list of "
         "dictionaries, or a table"),
        ("targets", 5, "`targets` holds a `int`, expected a path, a list of paths, a list of "
         "dictionaries, or a table"),
        ("users", [{"id": "a"}, "users.json"], "`users` holds a `str`, expected a dictionary, as "
         "the others"),
        ("users", ["users.json", {"id": "a"}], "`users` holds a `dict`, expected a path"),
        ("secrets", [{"key": "SyncAll", "value": "True"}], "`secrets` holds a `dict`, expected a "
         "path"),
        ("secrets", {"SyncAll": "True"}, "`secrets` holds a `dict`, expected a path or a list of "
         "paths"),
        ("configuration", [1], "`configuration` holds a `list`, expected a path or a dictionary"),
        ("job", 7, "`job` holds a `int`, expected a path or a dictionary"),
    ],
)  # fmt: skip
def test_arguments_of_no_known_kind(simulated, argument, value, message):
    with pytest.raises(TypeError) as caught:
        simulated(**{argument: value})
    assert str(caught.value) == message


def test_a_dictionary_that_is_no_configuration(simulated):
    with pytest.raises(InputError) as caught:
        simulated(configuration={"a": 1})
    assert tempfile.gettempdir() not in str(caught.value)
    assert "`configuration`" in str(caught.value)


def test_tables_that_cannot_be_written(simulated):
    pytest.importorskip("pyarrow")
    library = pytest.importorskip("pandas")
    several = library.DataFrame({"id": [1, "a"], "userPrincipalName": ["x", "y"]})
    twice = library.DataFrame([["a", "b", "c"]], columns=["id", "userPrincipalName", "id"])
    for frame in (several, twice):
        with pytest.raises(InputError) as caught:
            simulated(users=frame)
        problem = caught.value.problem
        assert problem.place == "users"
        assert problem.message.startswith("`users` is a table that cannot be written: ")
        assert problem.help == "give each column a name of its own and values of one type"


def test_a_table_without_pyarrow(simulated, users, monkeypatch):
    table = pyarrow(without_nothing(users))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError) as caught:
        simulated(users=table)
    assert str(caught.value) == (
        "`users` is a table that needs pyarrow, which is not installed: run `pip install pyarrow`"
    )


def test_people_without_names_or_ids_are_called_by_their_number(simulated, users):
    users.append({"userPrincipalName": None, "id": None, "department": "Sales"})
    rows = list(simulated(users=users))
    assert rows[-1].user == "users, record 21"
    targets = [{"userName": "bjorn.odegard@fjordbank.example"}]
    (row,) = (r for r in simulated(targets=targets) if r.user.startswith("bjorn"))
    assert row.target_id == "targets, record 1"


def test_nothing_is_left_behind(simulated, users, tmp_path, monkeypatch):
    pytest.importorskip("duckdb")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for engine in ENGINES:
        with simulated(users=users, targets=[], engine=engine) as result:
            assert any(Path(tmp_path).iterdir())
            list(result)
        assert not list(tmp_path.iterdir())
        with pytest.raises(InputError):
            simulated(users=[{"id": "g", "groupTypes": []}], engine=engine)
        assert not list(tmp_path.iterdir())
        simulated(users=users, engine=engine)
        gc.collect()
        assert not list(tmp_path.iterdir())
