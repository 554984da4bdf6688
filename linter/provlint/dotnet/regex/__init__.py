"""Regular expressions as .NET 8 to 10 reads them (no options, invariant culture).

`parse`, `advice` and the questions about a pattern are cheap to import: the linter asks them. The
matcher and the tables of Unicode are imported by the first call that needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.dotnet.regex.errors import RegexSyntaxError, RegexTimeout, RegexUnsupported
from provlint.dotnet.regex.parser import parse
from provlint.dotnet.regex.queries import (
    always_matches,
    can_match_empty,
    is_anchored_end,
    is_anchored_start,
    literal,
)
from provlint.dotnet.regex.remarks import Advice, advice
from provlint.dotnet.regex.tree import Pattern

if TYPE_CHECKING:
    from provlint.dotnet.regex.linear import LinearPattern
    from provlint.dotnet.regex.regex import Regex
    from provlint.dotnet.regex.replacement import GroupReference

__all__ = [
    "Advice",
    "Pattern",
    "RegexSyntaxError",
    "RegexTimeout",
    "RegexUnsupported",
    "advice",
    "always_matches",
    "can_match_empty",
    "compile",
    "hint",
    "is_anchored_end",
    "is_anchored_start",
    "linear_pattern",
    "literal",
    "parse",
    "replacement_groups",
]


def compile(pattern: str) -> Regex:  # noqa: A001 - the name of the operation everywhere
    """Compile a pattern for matching and replacing.

    Raises:
        RegexSyntaxError: .NET refuses the pattern.
        RegexUnsupported: The pattern holds a construct whose behaviour is not reproduced.
    """
    from provlint.dotnet.regex.regex import Regex

    return Regex(parse(pattern))


def hint(pattern: str, error: RegexSyntaxError) -> str | None:
    """Return what to do about a pattern that `parse` refused with this error, or None."""
    from provlint.dotnet.regex.hints import hint

    return hint(pattern, error)


def linear_pattern(pattern: Pattern) -> LinearPattern | None:
    """Return the pattern for an engine of linear time (RE2), or None; see `linear`."""
    from provlint.dotnet.regex.linear import linear_pattern

    return linear_pattern(pattern)


def replacement_groups(pattern: Pattern, replacement: str) -> tuple[GroupReference, ...]:
    """Return the references to groups (`$1`, `${name}`) in a replacement text, known and unknown.

    .NET leaves a reference to an unknown group as it stands.

    Raises:
        RegexSyntaxError: A group number is greater than 2147483647.
    """
    from provlint.dotnet.regex.replacement import replacement_groups

    return replacement_groups(replacement, pattern.group_numbers)
