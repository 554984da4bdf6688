"""One user under both configurations, as a person reads it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from provlint.cli.on_demand_text import text_of
from provlint.report.cells import harmless
from provlint.report.comparison.words import value_text
from provlint.report.redaction import redact
from provlint.report.style import look
from provlint.simulate.inputs.problem import refuse
from provlint.simulate.population import name_of
from provlint.wording import alternatives, counted, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.compare.users.decide import Decided
    from provlint.compare.users.engines import UserComparison
    from provlint.report.style import Look

MOVEMENTS = {
    "entering": "would come into scope",
    "leaving": "would leave scope",
    "staying": "stays in scope",
    "outside": "is out of scope before and after",
    "undecided": "cannot be told in scope or out of it",
}
ACTIONS = {
    "create": "would be created",
    "update": "would be updated",
    "create-or-update": "would be created, or linked to an account that exists",
    "disable": "would be disabled",
    "delete": "would be deleted",
    "staged-delete": "would be disabled or deleted once an administrator allows it",
    "fail": "would fail",
}


def explained(simulations: Sequence[tuple[str, UserComparison]], options: dict[str, Any]) -> str:
    """The user of `--explain`: what changes, then the five steps before and after.

    Raises:
        InputError: No user, or several, are called so.
    """
    wanted = options["explain"]
    style = look(sys.stdout, os.environ, options["colour"])
    pieces: list[str] = []
    for name, simulation in simulations:
        found = simulation.explain(wanted)
        if not found:
            users = counted(simulation.summary.counters["users"], "user")
            message = f"none of {users} is {quote(wanted)}"
            raise refuse("no-user", "--explain", message, "give an object id, name or mail address")
        if len(found) > 1:
            named = alternatives([f"{name_of(u)} ({u.where})" for u, _ in found[:5]], "and")
            message = f"{len(found)} users are called {quote(wanted)}: {named}"
            raise refuse("several-users", "--explain", message, "give the object id of one of them")
        user, decided = found[0]
        head = list(_head(name, name_of(user), decided, style))
        pieces.append(redact("\n".join(head) + "\n"))
        plans = simulation.plans
        for title, outcome, plan in zip(
            ("before", "after"), (decided.old, decided.new), plans, strict=True
        ):
            told = simulation.summary.notes if title == "after" else ()
            steps = text_of(outcome, user, name_of(user), plan, told, style)
            pieces.append(f"\n{style.paint('message', title.upper())}\n{steps}")
    if not pieces:
        raise refuse("no-user", "--explain", "no configuration changed", "look at the files")
    return "".join(pieces)


def _head(name: str, user: str, decided: Decided, style: Look) -> Iterator[str]:
    verdict = decided.verdict
    movement = MOVEMENTS[verdict.movement]
    action = ACTIONS.get(verdict.new.action, "")
    shown = movement + (f" and {action}" if action and verdict.movement != "staying" else "")
    grave = "deactivated" in verdict.marks or verdict.fails
    yield style.paint("error" if grave else "message", f"{harmless(user)} {shown}")
    yield harmless(name)
    if verdict.because:
        yield f"  because {harmless(verdict.because)}"
    if verdict.marks:
        yield f"  marks: {', '.join(verdict.marks)}"
    for change in decided.values:
        old, new = harmless(value_text(change.old)), harmless(value_text(change.new))
        yield f"  {harmless(change.attribute)}: {old} -> {new}"
