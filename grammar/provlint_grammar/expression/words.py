"""Words with a meaning of their own, and characters that need a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.syntax import BareLiteral, Enumeration, Keyword

if TYPE_CHECKING:
    from collections.abc import Mapping

ENUMERATIONS = ("vbBinaryCompare", "vbTextCompare")
"""How InStr compares.
https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#instr"""

KEYWORDS = ("IgnoreAttributeFlow", "IgnoreObjectFlow")
"""What a branch of IIF may be instead of a value: the attribute, or the object, is left as it is.
https://learn.microsoft.com/entra/identity/app-provisioning/workday-expression-mapping-functions-guide"""

BARE_LITERALS = ("True", "False", "NULL")
"""Constants of Connect sync rules; here `"True"` and `"False"` are texts and null has no spelling.
https://learn.microsoft.com/entra/identity/hybrid/connect/reference-connect-sync-functions-reference"""

CONSTANTS: Mapping[str, type[Enumeration] | type[Keyword]] = {
    **dict.fromkeys(ENUMERATIONS, Enumeration),
    **dict.fromkeys(KEYWORDS, Keyword),
}

ANY_CASE: Mapping[str, tuple[str, type[Enumeration] | type[Keyword] | type[BareLiteral]]] = {
    **{name.lower(): (name, kind) for name, kind in CONSTANTS.items()},
    **{name.lower(): (name, BareLiteral) for name in BARE_LITERALS},
}

CONDITIONAL = frozenset({"IIF", "CBool"})
"""The functions whose first argument may be a comparison."""

WIDE = {"\uff08": "(", "\uff09": ")", "\uff0c": ",", "\u3001": ",", "\uff1b": ","}
"""Signs of East Asian keyboards, and what they stand for."""

SPACES = frozenset(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u0085\x0b\x0c\x1c\x1d\x1e\x1f"
)
"""White space other than blank, tab, CR and LF."""

ODD_CHARACTERS = SPACES | {"\uff08", "\uff09"}
"""What the quick pattern takes for a blank or a parenthesis."""

FOREIGN_WORDS: Mapping[str, str] = {
    "authoritativenull": "it belongs to Connect sync rules; write `IgnoreAttributeFlow`, or a"
    " default value",
    "ignorethisflow": "it belongs to Connect sync rules; write `IgnoreAttributeFlow`",
    "textcompare": "write `vbTextCompare`",
    "binarycompare": "write `vbBinaryCompare`",
    "none": "leave the place empty, or write the text in quotation marks",
    "nothing": "leave the place empty",
    "nil": "leave the place empty",
    "undefined": "leave the place empty",
    "vbnullstring": 'write `""`',
    "yes": 'write the text in quotation marks: `"yes"`',
    "if": "write `IIF(condition, valueIfTrue, valueIfFalse)`",
    "case": 'write `Switch(source, default, "key", "value", ...)`',
    "return": "remove it; the whole expression is the value",
    "no": 'write the text in quotation marks: `"no"`',
}
"""What people write for something that has another spelling, in lower case."""

_OBJECTS = ("user", "source", "attributes", "person", "worker", "employee", "group", "appuser")


def is_function_name(name: str) -> bool:
    """Whether some provisioning dialect has a function of this name, in any case."""
    from provlint_grammar.catalogue import find_function

    return find_function(name) is not None


def bare_word_help(name: str) -> str:
    """What to write for a word without brackets or quotation marks."""
    foreign = FOREIGN_WORDS.get(name.lower())
    if foreign:
        return foreign
    if is_function_name(name):
        return f'write `{name}(...)` to call the function, or `"{name}"` for the text'
    owner, _, rest = name.partition(".")
    attribute = rest if rest and owner.lower() in _OBJECTS else name
    if " " in name or "@" in name or "/" in name:
        return f'write the text in quotation marks: `"{name}"`'
    return f'write `[{attribute}]` for the attribute or `"{name}"` for the text'
