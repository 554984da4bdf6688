"""The command line: where every process begins, and how it ends."""

from __future__ import annotations

import gc
import os
import sys

from provlint.cli.exit_status import BROKEN_PIPE, FAILED, INTERRUPTED

ALLOCATIONS = 50_000
"""Objects between two collections of garbage; Python's own 700 cost a lint a tenth of its time."""


OUTPUT = "the output cannot be written"


def main() -> None:
    """Run the command line; the exit status is documented in docs/command-line.md."""
    gc.set_threshold(ALLOCATIONS)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the process
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    result = status()
    # What lives until the end needs no collection on the way out.
    gc.freeze()
    sys.exit(result)


def status(arguments: list[str] | None = None) -> int:
    """Run a command line and return its exit status.

    Args:
        arguments: Words after the name of the program; those of the process if left out.
    """
    try:
        result = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return BROKEN_PIPE
    except OSError as error:
        discard_output()
        reason = (error.strerror or str(error)).lower()
        what = f"`{error.filename}` cannot be used" if error.filename else OUTPUT
        print(f"error: {what}: {reason}", file=sys.stderr)
        return FAILED
    except Exception as error:  # status 1, which Python gives, would mean findings
        from provlint.engine import crash

        failure = crash("provlint", error, "")
        print(f"error: {failure.message}\n  help: {failure.help}", file=sys.stderr)
        return FAILED
    return result


def _run(arguments: list[str] | None) -> int:
    from provlint.cli.plain import plain_lint

    # Importing click costs twice as much as linting a small file, so a plain lint goes without.
    result = plain_lint(sys.argv[1:] if arguments is None else arguments)
    if result is not None:
        return result
    from provlint.cli.group import run

    return run(arguments)


def discard_output() -> None:
    """Let what is left in the buffer go nowhere, since nobody reads it any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
