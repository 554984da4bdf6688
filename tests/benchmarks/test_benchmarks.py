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
from benchmarks import configurations, figures, reports  # noqa: E402
from benchmarks.figures import BUDGETS, Figure, from_times  # noqa: E402

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
    monkeypatch.setattr(command, "_rooms", lambda *_, **__: {"Parsing": [too_much]})
    assert command.main([]) == 1
    out, err = capsys.readouterr()
    assert err == "parsing: 8.10 exceeds 8\n"
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
    assert ", ruff 1.0." in page


def test_the_page_in_the_repository_has_every_budget():
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (.*?) \| .*? \| .*? \| ≤ (\S+) \|", page, re.MULTILINE))
    stated = {name: f"{limit:g}" for name, limit in BUDGETS.items() if not name.endswith(": MB")}
    assert rows == stated
    for name, limit in BUDGETS.items():
        if name.endswith(": MB"):
            assert re.search(rf"^\| {re.escape(name[:-4])} \|.*\(≤ {limit:g}\) \|$", page, re.M)


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
