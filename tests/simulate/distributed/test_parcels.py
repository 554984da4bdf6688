"""Pieces and parcels: what is refused of lines, and what tells target users apart."""

import json
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="PyArrow is not installed")
pytest.importorskip("duckdb", reason="DuckDB is not installed")
sys.path.insert(0, str(Path(__file__).parents[1] / "columnar"))
sys.path.insert(0, str(Path(__file__).parent))

import pyarrow
import random_jobs as cases
from without_spark import emulate

from provlint.simulate.distributed.names import TARGETS
from provlint.simulate.distributed.parcels import contents, parcel
from provlint.simulate.distributed.piece_files import gathered
from provlint.simulate.distributed.recipe import Files
from provlint.simulate.distributed.worker_errors import problem_in
from provlint.simulate.inputs.problem import InputError


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


@pytest.mark.parametrize("again", [False, True])
def test_target_users_of_several_parcels_are_told_apart(again):
    """Those that a bucket gave on were numbered before, as those of its own second parcel are."""
    first = pyarrow.table({"t": pyarrow.array([0, 1], pyarrow.int64())})
    given_on = pyarrow.table({"t": pyarrow.array([1 << 40, (1 << 40) + 1], pyarrow.int64())})
    sent = [parcel(7, TARGETS, table) for table in (given_on, first)]
    [(label, found)] = contents(iter(sent[::-1] if again else sent))
    assert label == 7
    assert len(set(found[TARGETS].column("t").to_pylist())) == 4


def test_one_target_user_of_a_parcel_stays_one():
    table = pyarrow.table({"t": pyarrow.array([5, 9, 5], pyarrow.int64())})
    [(_, found)] = contents(iter([parcel(7, TARGETS, table)]))
    one, other, same = found[TARGETS].column("t").to_pylist()
    assert one == same != other


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
