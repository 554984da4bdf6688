"""Regular expressions as .NET 8 to 10 reads them (no options, invariant culture).

`parse` alone is cheap to import: the linter calls it. The matcher and the tables of Unicode are
imported by the first call that needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.dotnet.regex.errors import RegexSyntaxError, RegexTimeout, RegexUnsupported
from provlint.dotnet.regex.parser import parse
from provlint.dotnet.regex.tree import Pattern

if TYPE_CHECKING:
    from provlint.dotnet.regex.regex import Regex

__all__ = [
    "Pattern",
    "RegexSyntaxError",
    "RegexTimeout",
    "RegexUnsupported",
    "compile",
    "parse",
]


def compile(pattern: str) -> Regex:  # noqa: A001 - the name of the operation everywhere
    """Compile a pattern for matching and replacing.

    Raises:
        RegexSyntaxError: .NET refuses the pattern.
        RegexUnsupported: The pattern holds a construct whose behaviour is not reproduced.
    """
    from provlint.dotnet.regex.regex import Regex

    return Regex(parse(pattern))
