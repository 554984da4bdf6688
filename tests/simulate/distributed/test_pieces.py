"""Users cut into pieces against all of them at once: any configuration, any users, one answer."""

import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
sys.path.insert(0, str(Path(__file__).parents[1] / "columnar"))
sys.path.insert(0, str(Path(__file__).parent))

import test_differential as cases
from without_spark import emulate

from provlint.cli.simulation_options import job_from
from provlint.simulate.cycle.engines import refusal
from provlint.simulate.cycle.rowwise import RowwiseSimulation
from provlint.simulate.distributed.pieces import verdict_text

EXAMPLES = 15


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(cases.configuration)
def test_pieces_give_what_the_whole_gives(case):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as monkeypatch:
        paths = cases.written(case, Path(folder))
        options = cases.options(case, paths)
        job = job_from(paths["config"], options, mode="cycle")
        if refusal(job):
            return
        expected = RowwiseSimulation(job)
        told, rows = emulate(monkeypatch, paths["config"], options).run(3, case["seed"])
    assert told.counts == dict(expected.summary.counts)
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
