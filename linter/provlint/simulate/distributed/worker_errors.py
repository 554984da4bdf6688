"""Errors of workers, carried to the driver in the midst of Spark's words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

from provlint.simulate.inputs.problem import InputProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provlint.simulate.inputs.problem import InputError

_REFUSED = re.compile(r"provlint refuses: (\[.*?\]) \(end\)", re.DOTALL)
"""How the error of a worker is told from what Spark says around it."""


def refuse_for_driver(error: InputError, paths: Iterable[str], what: str) -> NoReturn:
    """Raise an error of which `problem_in` finds the problem in the midst of Spark's words.

    Args:
        error: The error.
        paths: The files of the piece, which the user does not know.
        what: What the user calls it.
    """
    message = error.problem.message
    for path in paths:
        message = message.replace(path, what)
    problem = error.problem._replace(place=what, message=message)
    raise RuntimeError(f"provlint refuses: {json.dumps(problem)} (end)") from None


def problem_in(text: str) -> InputProblem | None:
    """The problem that a worker told, in the words of an error of Spark."""
    found = _REFUSED.search(text)
    return None if found is None else InputProblem(*json.loads(found[1]))
