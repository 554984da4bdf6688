"""Decoding and encoding of JSON, and what is said of a text that is none."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from provlint.simulate.inputs.problem import InputProblem
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

ENVELOPES = ("value", "Resources", "resources", "Operations", "result")
"""Members whose list holds the records of a page."""


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
"""Judges every text that the quickest decoder refuses."""


def quickest_decoder() -> Callable[[str | bytes], Any]:
    """The quickest decoder there is: that of msgspec where it is installed."""
    try:
        decode: Callable[[str | bytes], Any] = import_module("msgspec.json").decode
    except ImportError:
        return _strict
    return decode


def _strict(text: str | bytes) -> Any:
    return DECODER.decode(text if isinstance(text, str) else text.decode())


def quickest_encoder() -> Callable[[object], bytes]:
    """The quickest encoder there is, for one line; half a surrogate pair is escaped."""
    try:
        encode: Callable[[object], bytes] = import_module("msgspec.json").encode
    except ImportError:
        return _escaped

    def encoded(value: object) -> bytes:
        try:
            return encode(value)
        except UnicodeEncodeError:
            return _escaped(value)

    return encoded


def _escaped(value: object) -> bytes:
    return json.dumps(value).encode()


def bad_json(place: str, text: str, error: Exception) -> InputProblem:
    """The problem of a text that is no JSON, with the spot where reading ended."""
    advice = "correct the record, or export the file again"
    if isinstance(error, RecursionError):
        return InputProblem("bad-json", place, "the record is nested too deeply", advice)
    if not isinstance(error, json.JSONDecodeError):
        return InputProblem("bad-json", place, f"the record is not JSON: {error}", advice)
    reason = error.msg[:1].lower() + error.msg[1:]
    reason = reason.removesuffix(" starting at").removesuffix(" at")
    line = error.doc.rfind("\n", 0, error.pos) + 1
    found = error.doc[error.pos : error.pos + 24].split("\n")[0]
    at = f"column {error.pos - line + 1}"
    if not found.strip():
        advice = "the record is cut off: export the file again, or correct the record"
        return InputProblem("bad-json", place, f"the record ends at {at}: {reason}", advice)
    message = f"the record is not JSON: {reason} at {at}, before {quote(found)}"
    return InputProblem("bad-json", place, message, advice)
