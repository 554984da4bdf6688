"""Regular expressions as .NET 8 to 10 reads them (no options, invariant culture).

`parse` alone is cheap to import: the linter calls it. The matcher and the tables of Unicode are
imported by the first call that needs them.
"""

from __future__ import annotations

from provlint.dotnet.regex.errors import RegexSyntaxError, RegexTimeout, RegexUnsupported
from provlint.dotnet.regex.parser import parse
from provlint.dotnet.regex.tree import Pattern

__all__ = ["Pattern", "RegexSyntaxError", "RegexTimeout", "RegexUnsupported", "parse"]
