"""What the renderers of a comparison are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provlint.compare.configuration.changes import Change
    from provlint.compare.users.summary import PairRow, PairSummary
    from provlint.report.simulation.result import Threshold

Status = Literal["changed", "same", "added", "removed"]


class ComparedUsers(NamedTuple):
    """The users under both configurations.

    Attributes:
        rule: Name of the synchronization rule that was simulated.
        mapping: Name of the object mapping.
        summary: What is told before any row.
        examples: By a name of `provlint.compare.users.summary.SHOWN`: the first users.
        shown: Which rows were asked for; empty for none.
        rows: The rows.
        more: Whether there are more rows than the limit.
    """

    rule: str
    mapping: str
    summary: PairSummary
    examples: Mapping[str, Sequence[PairRow]] = {}
    shown: str = ""
    rows: Sequence[PairRow] = ()
    more: bool = False


class Compared(NamedTuple):
    """One configuration before and after.

    Attributes:
        name: How it is called.
        status: Whether it changed, or is on one side only.
        changes: The gravest first.
        initial_cycle: Whether saving the change starts an initial cycle over everybody.
        users: The users under both; None without users.
    """

    name: str
    status: Status
    changes: Sequence[Change]
    initial_cycle: bool = False
    users: ComparedUsers | None = None


class Comparison(NamedTuple):
    """A run of `compare`, ready to be rendered.

    Attributes:
        configurations: Those that changed.
        thresholds: Those of the command line, with their results.
        notes: On how the configurations were found.
        examples: Whether anything of the users' own may be shown.
    """

    configurations: Sequence[Compared]
    thresholds: Sequence[Threshold] = ()
    notes: Sequence[str] = ()
    examples: bool = True
