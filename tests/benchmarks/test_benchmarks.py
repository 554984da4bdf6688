"""The benchmarks measure what they say, and their verdict can fail."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import __main__ as command  # noqa: E402
from benchmarks import configurations, figures, highlights, reports, scope_decision, simulation  # noqa: E402
from benchmarks.figures import BUDGETS, LEAST, Figure, from_times  # noqa: E402

from provlint import lint_text  # noqa: E402


@pytest.mark.parametrize("sizes", [(0, 1, 1), (19, 30, 3), (60, 120, 40), (5, 60, 3, 20)])
def test_synthetic_schemas_have_no_finding(sizes):
    assert lint_text(configurations.text(*sizes)) == []


def test_one_megabyte_has_140_mappings():
    text = configurations.text(140, 840)
    assert 0.9e6 < len(text) < 1.1e6
    (rule,) = json.loads(text)["synchronizationRules"]
    assert len(rule["objectMappings"][0]["attributeMappings"]) == 142


def test_ratios_are_taken_pair_by_pair():
    figure = from_times("x", [2.0, 30.0, 4.0], [1.0, 10.0, 4.0], "y")
    assert (figure.value, figure.milliseconds) == (2.0, 4000.0)
    assert figure.low < figure.value < figure.high


def test_turns():
    order = []
    times = figures.in_turns({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 2)
    assert order == ["a", "b"] * 3
    assert {name: len(row) for name, row in times.items()} == {"a": 2, "b": 2}


def test_a_budget_can_be_exceeded(monkeypatch, capsys):
    too_much = Figure("parsing", 8.1, 8.0, 8.2, "a hand-written parser", 1.0)
    monkeypatch.setattr(command, "_rooms", lambda *_: [("Parsing", lambda: [too_much])])
    assert command.main([]) == 1
    out, err = capsys.readouterr()
    assert err == "Parsing: 0 s\nparsing: 8.10 is not ≤ 8\n"
    assert "TOO MUCH" in out
    assert "skipped without --peers: yamllint" in out
    assert command.main(["--small"]) == 0


def test_the_page_says_what_was_measured():
    rooms = {
        "Whole processes": [
            Figure("lint FILE, 40 KB", 5.5, 5.4, 5.6, "python -c pass", 55.0),
            Figure("lint FILE, 40 KB: MB", 14.5, 14.5, 14.5, "MB"),
        ]
    }
    page = reports.page(rooms, "python -m benchmarks --write", {"ruff": "1.0"})
    assert "| lint FILE, 40 KB | 5.50 | 5.40 to 5.60 | ≤ 6.5 | 55.0 | 14 (≤ 32) |" in page
    assert "Ratios are multiples of `python -c pass`." in page
    assert "`python -m benchmarks --write`, ruff 1.0.\n" in page


def test_other_tables_of_the_page_are_kept():
    def page(earlier, **values):
        rooms = {title: [Figure("x", value, 1, 2, "y", 1.0)] for title, value in values.items()}
        return reports.page(rooms, "measure", {}, earlier)

    first = page("", One=1.0, Two=2.0)
    second = page(first, Two=5.0, Three=3.0)
    assert [line for line in second.splitlines() if line.startswith("## ")] == [
        "## One", "## Two", "## Three",
    ]  # fmt: skip
    assert "| x | 1.00 |" in second
    assert "| x | 2.00 |" not in second
    assert page(second) == second


def test_a_figure_can_be_too_small():
    few = Figure("scope: rule-engine", 99.0, 98.0, 101.0, "provlint, of one user", 1.0)
    assert few.limit == "≥ 100"
    assert not few.holds()
    assert few.holds(1.25)
    assert few._replace(value=100.0).holds()


def test_the_readme_names_the_figures_of_the_page():
    readme, page = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/performance.md")
    )
    assert highlights.written(readme, page) == readme
    assert "| lint a file of 40 KB" in readme
    assert "| simulate 1,000,000 users" in readme


def test_others_stand_as_multiples_of_ours():
    rooms = {
        "Simulating 1,000,000 users": [
            Figure("a DuckDB script by hand, 1,000,000 users", 1.0, 1, 1, "it", 4000.0),
            Figure("a loop in Python, 1,000,000 users", 20.0, 1, 1, "it", 80000.0),
            Figure("simulation from Parquet, 1,000,000 users", 0.5, 1, 1, "it", 2000.0),
            Figure("simulation from Parquet, 1,000,000 users: MB", 341.4, 1, 1, "MB"),
        ]
    }
    text = highlights.lines(reports.page(rooms, "measure", {}))
    assert text.splitlines()[2:] == [
        "| simulate 1,000,000 users, the five steps | 2.0 s, 341 MB |"
        f" a DuckDB script by hand 2.0 {highlights.TIMES}, a loop in Python 40 {highlights.TIMES} |"
    ]


MEASURED_ELSEWHERE = ("100,000", "10,000,000", "Spark", "Sail")
"""Words of figures that only some runs take."""


def test_the_page_in_the_repository_has_every_budget():
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    for limits, sign in ((BUDGETS, "≤"), (LEAST, "≥")):
        for name, limit in limits.items():
            if any(word in name for word in MEASURED_ELSEWHERE):
                continue
            if name.endswith(": MB"):
                pattern = rf"^\| {re.escape(name[:-4])} \|.*\(≤ {limit:g}\) \|$"
            else:
                pattern = rf"^\| {re.escape(name)} \|.*\| {sign} {limit:g}(, missed)? \|"
            assert re.search(pattern, page, re.MULTILINE), name


@pytest.mark.skipif(sys.platform == "win32", reason="the system must tell the memory of a child")
def test_processes_are_measured_from_outside():
    task = {
        "commands": {"bare": [sys.executable, "-c", "pass"]},
        "rounds": 2,
        "environment": {},
    }
    done = subprocess.run(
        [sys.executable, "-S", str(ROOT / "benchmarks" / "launch.py")],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        check=True,
    )
    row = json.loads(done.stdout)["bare"]
    assert len(row["seconds"]) == 2
    assert 0 < min(row["seconds"]) < 60
    assert 2 < row["megabytes"] < 500


def test_a_folder_is_fresh_for_each_run(tmp_path):
    folder = tmp_path / "cache"
    program = "import os, sys; os.mkdir(os.environ['WHERE'])"  # fails if it is there already
    rows = figures.processes_in_turns(
        {"makes": [sys.executable, "-c", program]},
        2,
        {"makes": {"WHERE": str(folder)}},
        {"makes": str(folder)},
    )
    assert len(rows["makes"]["seconds"]) == 2
    with pytest.raises(RuntimeError, match="exit status 3"):
        figures.processes_in_turns({"fails": [sys.executable, "-c", "raise SystemExit(3)"]}, 1)


def test_scripts_by_hand_count_as_provlint_does(tmp_path):
    pytest.importorskip("duckdb")
    folder = simulation.prepare(tmp_path, 400)
    for command_line in simulation.tasks(folder).values():
        subprocess.run(command_line, check=True, capture_output=True)
    simulation.check_answers(folder, [simulation.THEIRS])
    (folder / simulation.THEIRS).write_text('{"create": 1}', "utf-8")
    with pytest.raises(RuntimeError, match="but provlint"):
        simulation.check_answers(folder, [simulation.THEIRS])


def test_the_scope_is_that_of_naive_python(tmp_path):
    pytest.importorskip("duckdb")
    import duckdb

    sys.path.insert(0, str(ROOT / "benchmarks" / "peers"))
    import naive_clauses

    users = str(simulation.prepare(tmp_path, 400) / "users.parquet")
    _, found = scope_decision.decide(users, str(tmp_path))
    groups = [{"clauses": clauses} for _, *clauses in simulation.GROUPS]
    relation = duckdb.sql(f"SELECT * FROM read_parquet('{users}')")
    records = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    expected = [
        user for user in records if user["accountEnabled"] and naive_clauses.passes(user, groups)
    ]
    assert found == len(expected) > 0
    pytest.importorskip("pyarrow")
    masks = scope_decision.Masks(users)
    assert masks.enabled(masks.ours()) == masks.enabled(masks.by_hand()) == found
