"""Pieces and parcels: what is refused of lines, and what tells target users apart."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("pyarrow", reason="PyArrow is not installed")
pytest.importorskip("duckdb", reason="DuckDB is not installed")
sys.path.insert(0, str(Path(__file__).parents[1] / "columnar"))
sys.path.insert(0, str(Path(__file__).parent))

import duckdb
import pyarrow
import random_jobs as cases
from without_spark import emulate

from provlint.simulate.distributed import piece_files
from provlint.simulate.distributed.names import LINK, TARGETS
from provlint.simulate.distributed.parcels import Arrivals, parcels
from provlint.simulate.distributed.piece_files import gathered, pieces
from provlint.simulate.distributed.recipe import Files
from provlint.simulate.distributed.target_parcels import arrived, packed
from provlint.simulate.distributed.worker_errors import problem_in
from provlint.simulate.inputs.problem import InputError
from provlint.simulate.inputs.sql import sql_text


def lines(*texts):
    table = pyarrow.table({"value": pyarrow.array(texts, pyarrow.binary())})
    return iter(table.to_batches())


@pytest.mark.parametrize(
    "page",
    [
        b'{"value": [{"id": "1"}]}',
        b'{"@odata.context": "x", "value": [{"id": "1"}]}',
        b'{"schemas": ["a"], "totalResults": 2, "Resources": [{"id": "1"}]}',
    ],
)
def test_a_line_with_a_page_of_records_is_refused(page):
    with pytest.raises(InputError) as caught:
        list(gathered(lines(b'{"id": "0"}', page), Files("lines")))
    assert caught.value.problem.message == (
        "a line holds a page of records, expected one record per line"
    )
    assert caught.value.problem.help == "write one record per line, or Parquet"


def test_a_record_with_a_list_is_no_page():
    record = b'{"id": "1", "businessPhones": ["1"], "emails": [{"value": "a"}]}'
    assert [piece.num_rows for piece in gathered(lines(record), Files("lines"))] == [1]


def test_another_encoding_is_refused():
    with pytest.raises(InputError) as caught:
        list(gathered(lines(b'{"id": "\xe9"}'), Files("lines")))
    assert caught.value.problem.message == "a line is not UTF-8"
    assert caught.value.problem.help == "save the files as UTF-8"


KEY, OTHER = object(), object()
PLAN = SimpleNamespace(mappings=(OTHER, KEY), matching=(KEY,))
"""As much of a plan as target parcels ask for: two mappings, users are matched by the second."""


def rows_of(*values):
    listed = ", ".join(f"({', '.join(map(literal, row))})" for row in values)
    return f"(VALUES {listed}) r(m, k, x, t, id, o0, o1)"


def literal(value):
    if value is None:
        return "CAST(NULL AS VARCHAR)"
    return sql_text(value) if isinstance(value, str) else str(value)


def sent(folder, *values):
    """Parcels of target users, one for each list of rows."""
    recipe = SimpleNamespace(buckets=(7,))
    connection = duckdb.connect()
    for rows in values:
        query = f"SELECT *, 0 AS bucket FROM ({packed(rows_of(*rows), PLAN)})"
        yield from parcels(connection, recipe, TARGETS, query, str(folder))


def came(folder, batches):
    """The rows of target users that came to the bucket."""
    below = folder / "arrived"
    below.mkdir()
    found = Arrivals(str(below), batches).buckets
    assert list(found) == [7]
    return duckdb.sql(f"{arrived(found[7][TARGETS], PLAN)} ORDER BY ALL").fetchall()


def test_target_users_travel_without_loss(tmp_path):
    rows = [
        (0, "anna", "Anna", 0, "1", "x", "Anna"),
        (0, "ö", "Ö", 1, "2", None, "Ö"),
        (0, "stra\u00dfe", "STRASSE", 2, "3", None, '\x01["STRASSE"]'),
        (LINK, "T-4", "T-4", 3, "T-4", None, None),
        (LINK, "t-5", "t-5", 4, "t-5", None, "anna"),
    ]
    assert came(tmp_path, sent(tmp_path, rows)) == sorted(rows, key=lambda row: row[:2])


def test_target_users_of_several_parcels_are_told_apart(tmp_path):
    """One target user of a parcel stays one, whatever it is found by."""
    twice = [(0, "a", "a", 5, "1", None, "a"), (0, "b", "b", 5, "1", None, "a")]
    found = came(tmp_path, sent(tmp_path, twice, twice))
    assert len(found) == 4
    assert len({row[3] for row in found}) == 2


def whole_files(*named):
    columns = {"path": [n for n, _ in named], "content": [content for _, content in named]}
    schema = pyarrow.schema({"path": pyarrow.string(), "content": pyarrow.binary()})
    return iter(pyarrow.table(columns, schema).to_batches())


def test_whole_files_lie_together_each_once():
    """A server may give a file several times."""
    batches = whole_files(("a", b"1"), ("b", b"2"), ("c", b""), ("b", b"2"))
    [piece] = [
        [Path(path).read_bytes() for path in piece.paths]
        for piece in pieces(batches, Files("parquet"), "stop")
    ]
    assert piece == [b"1", b"2"]


def test_large_files_are_pieces_of_their_own(monkeypatch):
    monkeypatch.setattr(piece_files, "BYTES_OF_FILES", 4)
    batches = whole_files(("a", b"123"), ("b", b"4567"), ("c", b"8"), ("d", b"9"))
    found = []
    for piece in pieces(batches, Files("parquet"), "stop"):
        found.append(b" ".join(Path(path).read_bytes() for path in piece.paths))
    assert found == [b"123 4567", b"8 9"]
    assert not Path(piece.folder).exists()


def simulated(monkeypatch, folder, users, targets, links):
    """The users by id, simulated in pieces: the id of the target user and the action."""
    case = {
        "groups": [], "inputFilterGroups": [], "matching": 1, "flow_types": "Add,Update,Delete",
        "mappings": [(("Attribute", "userPrincipalName"), "Always", ""),
                     (("Attribute", "manager"), "Always", "")],
        "types": {}, "case_exact": [], "required": [], "multivalued": [], "template": "scim",
        "null_policy": "documented", "secrets": {"SyncAll": "True"}, "targets": True,
        "links": bool(links), "assignments": False, "seed": 0,
    }  # fmt: skip
    paths = {name: str(folder / f"{name}.json") for name in ("config", "links", "secrets")}
    for name, value in (("config", cases.schema_of(case)), ("links", links),
                        ("secrets", case["secrets"])):  # fmt: skip
        Path(paths[name]).write_text(json.dumps(value), "utf-8")
    for name, records in (("users", users), ("targets", targets)):
        paths[name] = str(folder / f"{name}.jsonl")
        Path(paths[name]).write_text("".join(json.dumps(each) + "\n" for each in records), "utf-8")
    told, rows = emulate(monkeypatch, paths["config"], cases.options(case, paths)).run(2)
    assert told.left_out == 0
    return {row["object_id"]: (row["target_id"], json.loads(row["text"])[0]) for row in rows}


def person(number, **more):
    return {"objectId": f"u{number}", "userPrincipalName": f"{number}@x.example",
            "accountEnabled": True, "manager": None, **more}  # fmt: skip


def test_a_link_with_one_of_two_target_users(monkeypatch, tmp_path):
    users = [person(1), person(2)]
    twice = [{"id": "t", "userName": "a"}, {"id": "t", "userName": "b"}]
    with pytest.raises(RuntimeError) as caught:
        simulated(monkeypatch, tmp_path, users, twice, {"u1": "t"})
    problem = problem_in(str(caught.value))
    assert problem.message == (
        "several target users have the id `t`, and differ; with which of them a user is linked"
        " depends on the order of the files, which Spark does not keep"
    )
    assert (
        problem.help == "remove the target users that are there twice, or simulate on one machine"
    )
    same = [{"id": "t", "userName": "1@x.example"}] * 2
    assert simulated(monkeypatch, tmp_path, users, same, {"u1": "t"})["u1"][0] == "t"


def test_a_reference_to_one_of_two_users(monkeypatch, tmp_path):
    users = [person(1, manager="U2"), person(2), person(2, userPrincipalName="3@x.example")]
    targets = [{"id": "t2", "userName": "2@x.example"}, {"id": "t1", "userName": "1@x.example"}]
    with pytest.raises(RuntimeError) as caught:
        simulated(monkeypatch, tmp_path, users, targets, {})
    problem = problem_in(str(caught.value))
    assert problem.message == (
        "references find several users with the id `u2`, who differ; which of them counts depends"
        " on the order of the files, which Spark does not keep"
    )
    assert problem.help == "remove the users that are there twice, or simulate on one machine"
    found = simulated(monkeypatch, tmp_path, users[:2], targets, {})
    assert found == {"u1": ("t1", "update"), "u2": ("t2", "skip")}


def test_who_has_no_id_has_none(monkeypatch, tmp_path):
    found = simulated(
        monkeypatch, tmp_path, [person(1)], [{"userName": "1@x.example", "displayName": "x"}], {}
    )
    assert found["u1"][0] == ""
