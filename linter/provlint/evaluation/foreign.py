"""Errors of .NET as failures of an expression."""

from __future__ import annotations

from provlint.dotnet.failure import DotNetError, UndecidedError
from provlint.evaluation.state import Failure


def failure_of(error: Exception) -> Failure:
    """The failure that an error of `provlint.dotnet` means.

    Raises:
        Exception: The error comes from elsewhere.
    """
    if isinstance(error, DotNetError):
        line = error.message.partition("\n")[0].partition(" (Parameter ")[0]
        return Failure(f".NET refuses it: {line.rstrip('.')}", "correct the value")
    if isinstance(error, UndecidedError):
        return undecided(error.construct)
    from provlint.dotnet.regex.errors import RegexSyntaxError, RegexTimeout, RegexUnsupported

    if isinstance(error, RegexTimeout):
        return Failure(
            "the pattern takes too long on this text: it backtracks catastrophically",
            "make the pattern simpler: no repetition inside a repetition",
        )
    if isinstance(error, RegexUnsupported):
        return undecided(f"{error.construct} in a pattern")
    if isinstance(error, RegexSyntaxError):
        return Failure(f"the pattern is not valid in .NET: {error.message}", "correct the pattern")
    raise error


def undecided(construct: str) -> Failure:
    """The failure for what provlint does not reproduce."""
    return Failure(
        f"cannot be evaluated: provlint does not reproduce {construct}",
        "ask the expression builder of the portal",
    )
