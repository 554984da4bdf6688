"""Globally unique identifiers.

Source: https://learn.microsoft.com/dotnet/api/system.guid
"""

from __future__ import annotations

from provlint.dotnet.failure import DotNetError, UndecidedError
from provlint.dotnet.strings.parts import trim

_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")
_HYPHENS = (8, 13, 18, 23)
_GROUPS = ((0, 8), (9, 13), (14, 18), (19, 23), (24, 36))


def parse_identifier(text: str) -> str:
    """Return an identifier in its usual form: small digits in five groups.

    Read are the forms with and without hyphens, and with hyphens in braces or parentheses.

    Raises:
        DotNetError: `FormatException`.
        UndecidedError: the form of four numbers in braces, which begins with `{0x`.
    """
    bare = trim(text)
    if len(bare) < 32:
        raise DotNetError("FormatException", "Unrecognized Guid format.")
    # .NET chooses the form by the first character and by the place of the first hyphen.
    if bare[0] == "{" and bare[9] != "-":
        if bare[1:3].lower() == "0x":
            raise UndecidedError("identifiers written as hexadecimal numbers in braces")
        raise DotNetError("FormatException", "Expected 0x prefix.")
    hyphened = bare
    if bare[0] in "{(":
        is_closed = len(bare) == 38 and bare[-1] == ("}" if bare[0] == "{" else ")")
        hyphened = bare[1:-1] if is_closed else ""
    elif bare[8] != "-" and len(bare) == 32:
        return _grouped(bare)
    if len(hyphened) != 36 or (hyphened == bare and bare[8] != "-"):
        raise DotNetError(
            "FormatException",
            "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).",
        )
    if any(hyphened[place] != "-" for place in _HYPHENS):
        raise DotNetError("FormatException", "Dashes are in the wrong position for GUID parsing.")
    if "+" in hyphened or "x" in hyphened.lower():
        raise UndecidedError("identifiers with a sign or prefix inside a group of digits")
    return _grouped("".join(hyphened[start:end] for start, end in _GROUPS))


def _grouped(digits: str) -> str:
    if not _HEXADECIMAL.issuperset(digits):
        raise DotNetError(
            "FormatException", "Guid string should only contain hexadecimal characters."
        )
    lower = digits.lower()
    return f"{lower[:8]}-{lower[8:12]}-{lower[12:16]}-{lower[16:20]}-{lower[20:]}"
