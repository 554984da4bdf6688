"""Target users by what they are found by, as they travel: no value twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.columnar.staging.targets import NUMBER_OF_FILE
from provlint.simulate.distributed.names import LINK
from provlint.simulate.distributed.parcels import FILE_NUMBER, relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint.simulate.plan import Plan

_NUMBER_OF_PARCEL = NUMBER_OF_FILE + 10
"""Target users of one parcel, of a thousand files at most, are numbered in so many bits."""


def packed(keyed: str, plan: Plan) -> str:
    """Rows with `m`, `k`, `x`, `t`, `id` and the old values as they travel, as SQL.

    Args:
        keyed: The rows, as SQL behind FROM.
        plan: What is simulated.
    """
    return (
        f"SELECT * REPLACE (nullif(k, lower(x)) AS k, nullif(x, {_value(plan)}) AS x) FROM {keyed}"
    )


def arrived(files: Sequence[str], plan: Plan) -> str:
    """The same rows as they were, those of several parcels told apart by `t`, as SQL."""
    text = f"coalesce(x, {_value(plan)})"
    number = f"(({FILE_NUMBER} << {_NUMBER_OF_PARCEL}) | t)"
    return (
        f"SELECT m, coalesce(k, lower({text})) AS k, {text} AS x, {number} AS t,"
        f" id{old_values(plan)} FROM {relation(files, ', filename = true')}"
    )


def old_values(plan: Plan) -> str:
    """The columns with what the mappings compare with, as SQL behind other columns."""
    return "".join(f", o{at}" for at in range(len(plan.mappings)))


def _value(plan: Plan) -> str:
    """What most target users are found by as it is, as SQL."""
    numbers = map(plan.mappings.index, plan.matching)
    cases = [f"WHEN {key} THEN o{at}" for key, at in enumerate(numbers)]
    return f"CASE m WHEN {LINK} THEN id {' '.join(cases)} END"
