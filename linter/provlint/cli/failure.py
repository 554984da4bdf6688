"""How a command says that it could not do the work: a message, what to do, and exit status 2."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from provlint.cli.exit_status import FAILED

if TYPE_CHECKING:
    from collections.abc import Callable


def failed(message: str, advice: str = "", place: str = "") -> int:
    """Say what is wrong, and return the exit status.

    Args:
        message: What was found and what was expected; secrets in it are left out.
        advice: What to do.
        place: The file, with the line where it is known; left out where the message has it.
    """
    from provlint.report.redaction import redact

    where = f"{place}: " if place and place not in message else ""
    print(f"error: {where}{redact(message)}", file=sys.stderr)
    if advice:
        print(f"  help: {advice}", file=sys.stderr)
    return FAILED


def guarded(work: Callable[[], int]) -> int:
    """Do the work; where inputs or files stand in its way, say so."""
    from provlint.simulate.inputs.problem import InputError

    try:
        return work()
    except InputError as error:
        problem = error.problem
        return failed(problem.message, problem.help, problem.place)
    except ValueError as error:
        return failed(str(error))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return failed(f"{error.filename or 'the output'}: {reason}", "check path and permissions")
