"""Texts as bytes: Base64 and hexadecimal digits.

Source: https://learn.microsoft.com/dotnet/api/system.convert.tobase64string
"""

from __future__ import annotations

import base64
import binascii
from typing import Final, Literal

from provlint.dotnet.failure import DotNetError

_IGNORED: Final = str.maketrans("", "", " \t\r\n")
_ALPHABET: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")


def _well_formed(text: str) -> str:
    """Return a text whose lone surrogates have become U+FFFD, as .NET's encoders write them."""
    if text.isascii():
        return text
    return "".join(
        ["\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text]
    )


def to_base64(text: str, encoding: Literal["utf-16-le", "utf-8"] = "utf-16-le") -> str:
    """Return the Base64 digits of a text's bytes; ConvertToBase64 uses UTF-16LE."""
    return base64.b64encode(_well_formed(text).encode(encoding)).decode("ascii")


def to_utf8_hex(text: str) -> str:
    """Return the upper-case hexadecimal digits of a text's UTF-8 bytes."""
    return _well_formed(text).encode("utf-8").hex().upper()


def from_base64(digits: str, encoding: Literal["utf-16-le", "utf-8"] = "utf-8") -> str:
    """Return the text whose bytes the Base64 digits spell; blanks between them are ignored.

    Bytes that are no text become U+FFFD.

    Raises:
        DotNetError: `FormatException` for digits that are not Base64.
    """
    packed = digits.translate(_IGNORED)
    body = packed.rstrip("=")
    padding = len(packed) - len(body)
    if len(packed) % 4 or padding > 2 or not _ALPHABET.issuperset(body):
        raise DotNetError(
            "FormatException",
            "The input is not a valid Base-64 string as it contains a non-base 64 character, more"
            " than two padding characters, or an illegal character among the padding characters.",
        )
    try:
        found = base64.b64decode(packed)
    except binascii.Error:  # pragma: no cover - the checks above leave nothing to refuse
        raise DotNetError("FormatException", "Invalid length for a Base-64 string.") from None
    return found.decode(encoding, "replace")
