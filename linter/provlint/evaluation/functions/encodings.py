"""Texts as digits.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#converttobase64
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provlint.evaluation.coercion import as_text, check_length, shown
from provlint.evaluation.state import Failure

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value


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

    Source: https://learn.microsoft.com/entra/identity/hybrid/connect/reference-connect-sync-functions-reference#convertfrombase64
    """
    from provlint.dotnet import strings

    text = as_text(state, source, 0)
    word = "unicode" if name is None else as_text(state, name, 1).lower().replace("-", "")
    kind: Literal["utf-16-le", "utf-8"]
    if word in ("unicode", "utf16", ""):
        kind = "utf-16-le"
    elif word == "utf8":
        kind = "utf-8"
    else:
        raise Failure(
            f"cannot be evaluated: provlint does not read the encoding {shown(name)}",
            "use `Unicode` or `UTF8`",
            argument=1,
        )
    return strings.from_base64(text, kind)
