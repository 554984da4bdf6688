"""`provlint simulate` as people use it: summary, rows, thresholds, formats, unusable input."""

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from provlint.cli import status
from provlint.cli.progress import line
from provlint.report.simulation.generate import TARGET, content

ROOT = Path(__file__).parents[2]
SCHEMA = str(ROOT / "examples" / "clean" / "scim-outbound" / "schema.json")
USERS = str(ROOT / "examples" / "users" / "users.json")
TARGETS = str(ROOT / "examples" / "users" / "target-users.json")
BASE = ("simulate", SCHEMA, "--users", USERS, "--target", TARGETS, "--now", "2026-11-22")


@pytest.fixture
def simulate(capsys):
    def run(*words, base=BASE):
        code = status([*base, *words])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def test_summary_comes_first(simulate):
    code, output, _ = simulate()
    assert code == 0
    assert output.splitlines()[0].endswith("20 users")
    for title in ("users by step and outcome", "reasons", "matching", "contested", "assumed"):
        assert any(text.startswith(title) for text in output.splitlines())
    assert "no assignments given: everybody counts as assigned" in output
    assert "rows:" not in output


def test_rows_on_request(simulate):
    _, output, _ = simulate("--show", "failed")
    rows = output.split("rows: failed\n")[1].splitlines()
    assert len(rows) == 1
    assert rows[0].endswith("several target users have the matching value (DuplicateTargetEntries)")


def test_limit_says_that_there_are_more(simulate):
    _, output, _ = simulate("--show", "all", "--limit", "2")
    assert len(output.split("rows: all\n")[1].splitlines()) == 3
    assert "raise --limit" in output


def test_json_is_as_published(simulate):
    _, output, _ = simulate("--show", "all", "--format", "json")
    value = json.loads(output)
    Draft202012Validator(json.loads(TARGET.read_text("utf-8"))).validate(value)
    counters = value["summary"]["counters"]
    assert counters["users"] == len(value["rows"]) == 20
    assert counters["in_scope"] + counters["out_of_scope"] == 20
    assert sum(each["users"] for each in value["summary"]["reasons"]) == 20


def test_published_schema_is_in_step():
    assert TARGET.read_text("utf-8") == content()


def test_lines_and_csv_hold_the_same_rows(simulate):
    _, lines, _ = simulate("--format", "jsonl")
    _, table, _ = simulate("--format", "csv")
    rows = [json.loads(each) for each in lines.splitlines()]
    records = list(csv.DictReader(io.StringIO(table)))
    assert [each["user"] for each in rows] == [each["user"] for each in records]
    assert [each["action"] for each in rows] == [each["action"] for each in records]


def test_parquet_holds_the_same_rows(simulate, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "rows.parquet"
    assert simulate("--format", "parquet", "--output", str(path))[0] == 0
    found = duckdb.sql(f"SELECT count(*), count(DISTINCT \"user\") FROM '{path}'").fetchall()
    assert found == [(20, 20)]
    assert [each.name for each in tmp_path.iterdir()] == ["rows.parquet"]


@pytest.mark.parametrize("engine", ["reference", "columns"])
def test_both_ways_write_the_same(simulate, engine):
    if engine == "columns":
        pytest.importorskip("duckdb")
    words = ("--show", "all", "--format", "json")
    wanted = simulate(*words)[1]
    assert simulate(*words, "--engine", engine)[1] == wanted


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("failed > 0", 1), ("failed > 1", 0), ("failed >= 5%", 1), ("failed > 50%", 0),
        ("disabled > 50", 0), ("out-of-scope == 6", 1), ("In Scope < 14", 0),
    ],
)  # fmt: skip
def test_thresholds(simulate, condition, code):
    assert simulate("--fail-if", condition)[0] == code


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("disabeld > 5", "no counter is called `disabeld`"),
        ("disabled", "`disabled` is no condition"),
        ("disabled > -1", "`disabled > -1` is no condition"),
    ],
)
def test_bad_thresholds_are_refused(simulate, condition, message):
    code, output, error = simulate("--fail-if", condition)
    assert (code, output) == (2, "")
    assert message in error
    assert "help: " in error


def test_explain_shows_the_five_steps(simulate):
    code, output, _ = simulate("--explain", "henrik.sorensen@fjordbank.example")
    assert code == 0
    assert "5. Action: failure" in output
    assert "DuplicateTargetEntries" in output


def test_explain_of_nobody(simulate):
    code, _, error = simulate("--explain", "nobody@nowhere.example")
    assert code == 2
    assert "none of 20 users is `nobody@nowhere.example`" in error


def test_missing_users_file(simulate):
    code, output, error = simulate(base=("simulate", SCHEMA, "--users", "not-there.json"))
    assert (code, output) == (2, "")
    assert "not-there.json" in error


def test_broken_record_stops_or_is_counted(simulate, tmp_path):
    path = tmp_path / "users.jsonl"
    good = '{"id": "1", "userPrincipalName": "a@contoso.com", "accountEnabled": true}'
    path.write_text(f"{good}\n{{broken\n{good.replace('1', '2')}\n", encoding="utf-8")
    base = ("simulate", SCHEMA, "--users", str(path))
    code, _, error = simulate(base=base)
    assert code == 2
    assert f"{path}:2" in error
    code, output, _ = simulate("--on-error", "skip", "--format", "json", base=base)
    counters = json.loads(output)["summary"]["counters"]
    assert (code, counters["users"], counters["left_out"]) == (0, 2, 1)


def test_parquet_needs_a_file(simulate):
    code, _, error = simulate("--format", "parquet")
    assert code == 2
    assert "--output FILE" in error


def test_progress_tells_rows_rate_and_time_left():
    assert line("simulating", 5000, 20000, 2.0) == (
        "simulating: 5,000 of 20,000 rows, 2,500 a second, 6 s left"
    )
    assert line("evaluating", 0, None, 1.0) == "evaluating"


@pytest.mark.parametrize(
    ("configuration", "word", "told"),
    [
        ("applications/slack/job.json", "Box", "says `Slack`, which counts, not `Box`"),
        ("applications/slack/job.json", "slack", None),
        ("clean/scim-outbound/schema.json", "Box", None),
        ("clean/scim-outbound/schema.json", "Boxx", "no application called `Boxx` is known"),
    ],
)
def test_a_name_that_does_not_count_is_told(simulate, configuration, word, told):
    base = ("simulate", str(ROOT / "examples" / configuration), "--users", USERS)
    code, output, _ = simulate("--application", word, base=base)
    assert code == 0
    assert (told or "files") in output
    assert ("which counts" in output or "no application called" in output) is (told is not None)
