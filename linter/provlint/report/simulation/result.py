"""What the renderers of a simulation are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint.simulate.cycle.summary import Row, Summary


class Threshold(NamedTuple):
    """One `--fail-if`.

    Attributes:
        text: As it was given.
        counter: Name of the counter.
        value: What the counter is, in percent where the text says so.
        exceeded: Whether the condition holds, so that the command fails.
    """

    text: str
    counter: str
    value: float
    exceeded: bool


class Shown(NamedTuple):
    """A simulation, ready to be rendered.

    Attributes:
        rule: Name of the synchronization rule.
        mapping: Name of the object mapping.
        target: Name of the target directory.
        summary: What is told before any row.
        thresholds: Those of the command line, with their results.
        shown: Which rows were asked for; empty for none.
        rows: The rows.
        more: Whether there are more rows than the limit.
    """

    rule: str
    mapping: str
    target: str
    summary: Summary
    thresholds: Sequence[Threshold] = ()
    shown: str = ""
    rows: Sequence[Row] = ()
    more: bool = False
