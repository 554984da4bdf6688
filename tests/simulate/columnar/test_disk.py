"""A disk without room for temporary files is told in words."""

import errno
import json

import pytest

from provlint import simulate
from provlint.simulate.columnar import engine, query
from provlint.simulate.columnar.disk import is_full
from provlint.simulate.inputs.problem import InputError

duckdb = pytest.importorskip("duckdb")


def test_no_room_to_spill(tmp_path, monkeypatch, schema):
    (tmp_path / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    duckdb.sql(
        "COPY (SELECT 'id' || i AS objectId, md5(i::VARCHAR) || '@x.example' AS userPrincipalName,"
        f" true AS accountEnabled FROM range(400000) r(i)) TO '{tmp_path}/users.parquet'"
    )
    connect = engine.connect

    def on_a_full_disk(what):
        connection = connect(what)
        connection.execute("SET max_temp_directory_size = '1KB'; SET threads = 1")
        return connection

    monkeypatch.setattr(engine, "connect", on_a_full_disk)
    monkeypatch.setattr(query, "LEAST_MEMORY", 24)
    monkeypatch.setattr(query, "MOST_MEMORY", 24)
    monkeypatch.setattr(engine, "FACTORS", (1,))
    with pytest.raises(InputError) as caught:
        simulate(tmp_path / "schema.json", tmp_path / "users.parquet", engine="columns")
    problem = caught.value.problem
    assert problem.code == "disk-full"
    assert problem.message.endswith("has no room for the temporary files of so many users")
    assert "TMPDIR" in problem.help


def test_what_a_full_disk_looks_like():
    assert is_full(OSError(errno.ENOSPC, "No space"))
    assert is_full(duckdb.IOException("Could not write file: No space left on device"))
    assert not is_full(OSError(errno.EACCES, "Permission denied"))
    assert not is_full(duckdb.OutOfMemoryException("could not allocate block"))
