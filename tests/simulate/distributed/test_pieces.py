"""Users cut into pieces against all of them at once: any configuration, any users, one answer."""

import sys
import tempfile
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
sys.path.insert(0, str(Path(__file__).parents[1] / "columnar"))
sys.path.insert(0, str(Path(__file__).parent))

from spread import drawn, written
from without_spark import emulate

from provlint.cli.simulation_options import job_from
from provlint.simulate.cycle.engines import refusal
from provlint.simulate.cycle.rowwise import RowwiseSimulation
from provlint.simulate.distributed.simulating import verdict_text

CASES = drawn(24)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_pieces_give_what_the_whole_gives(number, monkeypatch):
    case = CASES[number]
    with tempfile.TemporaryDirectory() as folder:
        config, options = written(case, Path(folder))
        job = job_from(config, options, mode="cycle")
        if refusal(job, references=True):
            return
        expected = RowwiseSimulation(job)
        told, rows = emulate(monkeypatch, config, options, case["seed"]).run(3, case["seed"])
    matching = [mapping.target for mapping in job.flow.plan.matching]
    shared = [
        (each.attribute, each.values, each.users) for each in expected.summary.shared_in_source
    ]
    assert [(name, *told.shared[at]) for at, name in enumerate(matching)] == shared
    assert told.left_out == expected.summary.left_out
    assert told.read_missing == frozenset(expected.summary.missing)
    wanted = sorted(
        (row.object_id, row.user, row.target_id or "", verdict_text(row.verdict))
        for row in expected.rows(lambda _: True)
    )
    found = sorted(
        (row["object_id"], row["user"], row["target_id"] or "", row["text"]) for row in rows
    )
    assert found == wanted
    assert told.counts == dict(expected.summary.counts)
