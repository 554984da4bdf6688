"""What a plain YAML scalar means: the core schema of YAML 1.2.

`yes`, `no`, `on`, `off`, dates and sexagesimal numbers stay text, unlike in YAML 1.1, so that a
mapping of `NO` or a constant of `2024-01-01` keeps what was written.
Source: https://yaml.org/spec/1.2.2/#103-core-schema
"""

from __future__ import annotations

import re
from typing import Any

_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?[0-9]{1,4000}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_PREFIXED = re.compile(r"0o[0-7]{1,1000}|0x[0-9a-fA-F]{1,1000}")

STANDARD = "tag:yaml.org,2002:"

_TAGGED: dict[str, tuple[type, ...]] = {
    f"{STANDARD}int": (int,),
    f"{STANDARD}float": (int, float),
    f"{STANDARD}bool": (bool,),
    f"{STANDARD}null": (type(None),),
}


def plain_value(text: str) -> Any:
    """Return what a plain scalar means."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _PREFIXED.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text


def tagged_value(text: str, tag: str) -> tuple[Any, bool]:
    """Return the value of a scalar with an explicit tag, and whether the tag is known."""
    if tag in ("!", f"{STANDARD}str"):
        return text, True
    value = plain_value(text)
    if type(value) in _TAGGED.get(tag, ()):
        return value, True
    return text, False
