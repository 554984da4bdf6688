"""Globally unique identifiers.

Source: https://learn.microsoft.com/dotnet/api/system.guid
"""

from __future__ import annotations

from provlint.dotnet.strings.failure import DotNetError, UndecidedError
from provlint.dotnet.strings.parts import trim

_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")
_GROUPS = (8, 4, 4, 4, 12)


def parse_identifier(text: str) -> str:
    """Return an identifier in its usual form: small digits in five groups.

    Read are the forms with and without hyphens, and with hyphens in braces or parentheses.

    Raises:
        DotNetError: `FormatException`.
        UndecidedError: the form of four numbers in braces, which begins with `{0x`.
    """
    bare = trim(text)
    if bare[:1] in ("{", "("):
        closing = "}" if bare[0] == "{" else ")"
        if bare[1:3].lower() == "0x":
            raise UndecidedError("identifiers written as hexadecimal numbers in braces")
        if "-" not in bare or len(bare) != 38 or bare[-1] != closing:
            raise _unrecognized() if "-" not in bare else _grouped()
        bare = bare[1:-1]
    if "-" in bare:
        groups = bare.split("-")
        if tuple(map(len, groups)) != _GROUPS:
            raise _grouped()
        digits = "".join(groups)
    else:
        digits = bare
        if len(digits) != 32:
            raise _unrecognized()
    if not _HEXADECIMAL.issuperset(digits):
        raise DotNetError(
            "FormatException", "Guid string should only contain hexadecimal characters."
        )
    lower = digits.lower()
    return f"{lower[:8]}-{lower[8:12]}-{lower[12:16]}-{lower[16:20]}-{lower[20:]}"


def _unrecognized() -> DotNetError:
    return DotNetError("FormatException", "Unrecognized Guid format.")


def _grouped() -> DotNetError:
    return DotNetError(
        "FormatException",
        "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).",
    )
