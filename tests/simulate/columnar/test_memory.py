"""Rows are given where the memory that did for the counts does not do for them."""

import json

import pytest

from provlint import simulate
from provlint.simulate.columnar.query import FACTORS

duckdb = pytest.importorskip("duckdb")

USERS = 150_000


@pytest.fixture
def result(tmp_path, schema):
    (tmp_path / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    duckdb.sql(
        "COPY (SELECT 'id' || i AS objectId, md5(i::VARCHAR) || '@x.example' AS userPrincipalName,"
        f" true AS accountEnabled FROM range({USERS}) r(i)) TO '{tmp_path}/users.parquet'"
    )
    with simulate(tmp_path / "schema.json", tmp_path / "users.parquet") as found:
        yield found


def test_rows_are_asked_for_again_with_more_memory(result):
    query = result._simulation._query
    query._limit(20)
    assert [row.object_id for row in result.rows()] == [f"id{number}" for number in range(USERS)]
    assert query._factor in FACTORS[1:]


def test_what_does_not_fit_at_all_is_an_error(result):
    query = result._simulation._query
    query._factor = FACTORS[-1]
    query._connection.execute("SET threads = 1; SET memory_limit = '10MB'")
    with pytest.raises(duckdb.OutOfMemoryException):
        list(result.rows())
