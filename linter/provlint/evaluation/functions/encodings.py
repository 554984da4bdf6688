"""Texts as digits.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#converttobase64
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provlint.evaluation.coercion import as_text, check_length, shown
from provlint.evaluation.state import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value

ENCODINGS: Mapping[str, Literal["utf-16-le", "utf-8"]] = {
    "unicode": "utf-16-le",
    "utf16": "utf-16-le",
    "utf8": "utf-8",
    "ascii": "utf-8",
}
"""The encodings that ConvertFromBase64 reads, by name in small letters without hyphens.
https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/reference-expressions#convertfrombase64"""


def to_base64(state: State, source: Value) -> Value:
    """ConvertToBase64(source): Base64 of the UTF-16LE bytes."""
    from provlint.dotnet import strings

    text = as_text(state, source, 0)
    check_length(3 * len(text))
    return strings.to_base64(text)


def to_hexadecimal(state: State, source: Value) -> Value:
    """ConvertToUTF8Hex(source): the UTF-8 bytes in hexadecimal digits."""
    from provlint.dotnet import strings

    text = as_text(state, source, 0)
    digits = strings.to_utf8_hex(text)
    check_length(len(digits))
    return digits


def from_base64(state: State, source: Value, name: Value = None) -> Value:
    """ConvertFromBase64(source, encoding): the text of Base64 digits; UTF-16LE unless named.

    Source: https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/reference-expressions#convertfrombase64
    """
    from provlint.dotnet import strings
    from provlint.evaluation.foreign import undecided

    text = as_text(state, source, 0)
    word = "unicode" if name is None else as_text(state, name, 1).lower().replace("-", "")
    encoding: Literal["utf-16-le", "utf-8"] | None = ENCODINGS.get(word)
    if encoding is None:
        raise Failure(
            f"found the encoding {shown(name)}; expected `Unicode`, `ASCII` or `UTF8`",
            "write one of the three names",
            argument=1,
        )
    found = strings.from_base64(text, encoding)
    if word == "ascii" and not found.isascii():
        raise undecided("bytes above 127 read as ASCII")
    return found
