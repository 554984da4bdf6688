"""What Spark cannot do, or needs and does not have, is said before any work begins."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from provlint.cli import status
from provlint.simulate.distributed import session
from provlint.simulate.distributed.tables import form_of
from provlint.simulate.inputs.problem import InputError

EXAMPLES = Path(__file__).parents[3] / "examples"
CONFIG = str(EXAMPLES / "clean" / "scim-outbound" / "schema.json")
USERS = str(EXAMPLES / "users" / "users.json")


@pytest.fixture
def provlint(capsys):
    def run(*words):
        code = status(["simulate", *words, "--engine", "spark"])
        out, err = capsys.readouterr()
        assert out == ""
        return code, err

    return run


@pytest.mark.parametrize(
    ("module", "name"), [("pyspark", "PySpark"), ("pyarrow", "PyArrow"), ("duckdb", "DuckDB")]
)
def test_a_library_is_missing(module, name, provlint, monkeypatch):
    others = {"pyspark", "pyarrow", "duckdb"} - {module}
    original = importlib.util.find_spec
    monkeypatch.setattr(
        session,
        "find_spec",
        lambda asked: None if asked == module else (asked in others or original(asked)),
    )
    assert provlint(CONFIG, "--users", USERS) == (
        2,
        f"error: --engine spark: Spark needs {name}, which is not installed\n"
        "  help: run `pip install 'provlint[spark]'`, here and where Spark's workers run\n",
    )


def test_there_is_no_java(monkeypatch):
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(InputError) as caught:
        session.session()
    assert caught.value.problem.message == "Spark needs Java, which was not found"
    assert caught.value.problem.help == (
        "install Java 17, set `JAVA_HOME`, or name a Spark Connect server in `SPARK_REMOTE`"
    )


def test_there_is_no_server(tmp_path):
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    value = json.loads(Path(CONFIG).read_text("utf-8"))
    for each in value["synchronizationRules"][0]["objectMappings"]:
        each["attributeMappings"] = each["attributeMappings"][:2]
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(value), "utf-8")
    command = [sys.executable, "-m", "provlint", "simulate", str(path), "--engine", "spark"]
    done = subprocess.run(
        [*command, "--users", "nowhere.parquet"],
        env={"SPARK_REMOTE": "sc://127.0.0.1:1/;user_id=x", "PATH": ""},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "127.0.0.1:1" in done.stderr


def test_the_steps_of_one_user_are_not_told(provlint):
    code, err = provlint(CONFIG, "--users", USERS, "--explain", "astrid")
    assert code == 2
    assert "the five steps of one user are not told on Spark" in err


def test_what_pieces_cannot_answer(tmp_path):
    pytest.importorskip("pyarrow", reason="PyArrow is not installed")
    from provlint.simulate.distributed.run import simulate_on_spark

    value = json.loads(Path(CONFIG).read_text("utf-8"))
    for mapping in value["synchronizationRules"][0]["objectMappings"]:
        for each in mapping["attributeMappings"]:
            if each["targetAttributeName"] == "displayName":
                each["source"] = {"type": "Function", "expression": "Guid()", "name": "Guid"}
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(value), "utf-8")
    with pytest.raises(InputError) as caught:
        simulate_on_spark(str(path), ["users.parquet"], spark=object())
    assert caught.value.problem.message == (
        "the users cannot be simulated in pieces: `displayName` is random"
    )
    assert caught.value.problem.help == "simulate on one machine"


def test_forms_are_told_by_endings():
    for path in ("a.jsonl", "s3://b/users/*.ndjson", "a.json.gz", "/x/a.JSONL.bz2", "d.jsonl/"):
        assert form_of(path) == "lines", path
    for path in ("a.parquet", "abfss://c@a.dfs.core.windows.net/users", "folder/", "d/*.parquet"):
        assert form_of(path) == "parquet", path


def test_two_forms_are_not_mixed():
    from provlint.simulate.distributed.tables import read

    with pytest.raises(InputError) as caught:
        read(None, ["a.parquet", "b.jsonl"], "--users")
    assert caught.value.problem.message == "Parquet and lines of JSON are mixed"
