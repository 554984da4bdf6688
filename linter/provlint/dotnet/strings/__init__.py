"""Texts as .NET 8 to 10 handles them, in the invariant culture unless one is named.

A text is a Python string; lone surrogates may stand in it. Positions and lengths count UTF-16
units. An operation returns a value, raises `DotNetError` where .NET throws, or raises
`UndecidedError` where the answer of .NET is not reproduced.

Source: https://learn.microsoft.com/dotnet/standard/base-types/best-practices-strings
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint.dotnet.failure import DotNetError, UndecidedError

if TYPE_CHECKING:
    from provlint.dotnet.strings.case import fold, lower, title_case, upper
    from provlint.dotnet.strings.collation import (
        compare_text,
        equals_text,
        index_of_text,
        starts_with_text,
    )
    from provlint.dotnet.strings.composite import format_composite
    from provlint.dotnet.strings.cultures import canonical_culture
    from provlint.dotnet.strings.elements import count_elements
    from provlint.dotnet.strings.encoding import from_base64, to_base64, to_utf8_hex
    from provlint.dotnet.strings.identifiers import parse_identifier
    from provlint.dotnet.strings.normal import normalize, strip_diacritics
    from provlint.dotnet.strings.ordinal import compare, equals, index_of, starts_with
    from provlint.dotnet.strings.parts import (
        in_string,
        is_blank,
        left,
        length,
        mid,
        pad_left,
        replace,
        reverse,
        right,
        split,
        split_at_characters,
        substring,
        trim,
        without_white_space,
    )
    from provlint.dotnet.strings.units import from_units, to_units, unit_classes

__all__ = [
    "DotNetError",
    "UndecidedError",
    "canonical_culture",
    "compare",
    "compare_text",
    "count_elements",
    "equals",
    "equals_text",
    "fold",
    "format_composite",
    "from_base64",
    "from_units",
    "in_string",
    "index_of",
    "index_of_text",
    "is_blank",
    "left",
    "length",
    "lower",
    "mid",
    "normalize",
    "pad_left",
    "parse_identifier",
    "replace",
    "reverse",
    "right",
    "split",
    "split_at_characters",
    "starts_with",
    "starts_with_text",
    "strip_diacritics",
    "substring",
    "title_case",
    "to_base64",
    "to_units",
    "to_utf8_hex",
    "trim",
    "unit_classes",
    "upper",
    "without_white_space",
]

_HOMES: Final = {
    "canonical_culture": "cultures",
    "compare": "ordinal",
    "compare_text": "collation",
    "count_elements": "elements",
    "equals": "ordinal",
    "equals_text": "collation",
    "fold": "case",
    "format_composite": "composite",
    "from_base64": "encoding",
    "from_units": "units",
    "in_string": "parts",
    "index_of": "ordinal",
    "index_of_text": "collation",
    "is_blank": "parts",
    "left": "parts",
    "length": "parts",
    "lower": "case",
    "mid": "parts",
    "normalize": "normal",
    "pad_left": "parts",
    "parse_identifier": "identifiers",
    "replace": "parts",
    "reverse": "parts",
    "right": "parts",
    "split": "parts",
    "split_at_characters": "parts",
    "starts_with": "ordinal",
    "starts_with_text": "collation",
    "strip_diacritics": "normal",
    "substring": "parts",
    "title_case": "case",
    "to_base64": "encoding",
    "to_units": "units",
    "to_utf8_hex": "encoding",
    "trim": "parts",
    "unit_classes": "units",
    "upper": "case",
    "without_white_space": "parts",
}
"""Public name to the module that has it, which is imported when the name is asked for."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module `{__name__}` has no attribute `{name}`")
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = found
    return found
