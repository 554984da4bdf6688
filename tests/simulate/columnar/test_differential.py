"""The columnar engine against the reference path: any configuration, any users, one answer."""

import random
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from random_jobs import FORMATS, TARGET_FORMATS, USERS, configuration, options, written

from provlint.cli.simulation_options import job_from
from provlint.simulate.columnar.engine import ColumnarSimulation
from provlint.simulate.cycle.engines import refusal
from provlint.simulate.cycle.rowwise import RowwiseSimulation

pytest.importorskip("duckdb")

EXAMPLES = 70
PAIRS = 20_000
"""Pairs of configuration and user that must be compared."""

FEW_EXAMPLES = 25
FEW = (0, 1, 2, 3, 9)
"""Numbers of users where what holds for many may not."""


def random_cases(examples):
    def decorate(function):
        return settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )(function)

    return decorate


def told(simulation):
    rows = list(simulation.rows(lambda verdict: True))
    return rows, simulation.summary


def compared(case):
    """How many users both ways gave the same answers for; nothing where columns do not carry."""
    with tempfile.TemporaryDirectory() as folder:
        paths = written(case, Path(folder))
        job = job_from(paths["config"], options(case, paths), mode="cycle")
        if refusal(job, references=True):
            return None
        by_rows, in_columns = RowwiseSimulation(job), ColumnarSimulation(job)
        expected, summary = told(by_rows)
        found, other = told(in_columns)
        assert in_columns.explain("u7") == by_rows.explain("u7")
        in_columns.close()
    assert len(found) == len(expected)
    for row, wanted in zip(found, expected, strict=True):
        assert row == wanted
    assert other == summary
    return len(expected)


def test_same_answers(capsys):
    counts = Counter()

    @random_cases(EXAMPLES)
    @given(configuration)
    def compare(case):
        turn = counts["plans"]
        case |= {
            "format": FORMATS[turn % len(FORMATS)],
            "target_format": TARGET_FORMATS[turn % len(TARGET_FORMATS)],
        }
        counts["plans"] += 1
        count = compared(case) or 0
        counts["users"] += count
        counts[case["format"]] += count

    compare()
    with capsys.disabled():
        print(f"\ncompared by format: {dict(counts)}")
    assert counts["users"] >= PAIRS
    assert all(counts[form] >= USERS for form in FORMATS)


def test_few_users():
    counts = Counter()

    @random_cases(FEW_EXAMPLES)
    @given(configuration, st.integers(0, 2**32))
    def compare(case, seed):
        rng = random.Random(seed)
        users = FEW[counts["plans"] % len(FEW)]
        # Lines and Parquet say nothing where there is nobody, and perhaps nobody has an account.
        case |= {
            "users": users,
            "format": rng.choice(FORMATS if users else ("page", "list", "csv")),
            "target_format": rng.choice(("scim", "odd scim", "csv")),
            "links": 0,
        }
        counts["plans"] += 1
        if compared(case) is not None:
            counts[users] += 1

    compare()
    assert all(counts[users] >= FEW_EXAMPLES // len(FEW) // 2 for users in FEW)
