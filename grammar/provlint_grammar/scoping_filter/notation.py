r"""How names, operators and texts are written in the text form, and read back exactly.

A plain text stands between double quotes. Every character in it is itself, the backslash too, so a
regular expression is copied as it is: `"^\d+$"`. A double quote is written twice: `"say ""yes"" "`.

A text with characters that cannot be seen (line breaks, control and format characters, lone
surrogates) is an escaped text: `E"first\nsecond"`. In it, and only in it, the backslash starts an
escape: `\\`, `\"`, `\n`, `\r`, `\t`, or `\u{…}` with one to six hexadecimal digits.

An attribute is a bare word of letters, digits and `_ . : -`; any other name stands in brackets,
`[emails[type eq "work"].value]`, or, where its own brackets do not pair, in a text.

An operator that the catalogue does not have stands as found between braces, `{IS NOT EQUAL}`; where
it holds braces or characters that cannot be seen, as an escaped text between braces.
"""

from __future__ import annotations

from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.scoping_filter.operators import OPERATORS, fold

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNESCAPES = {escape[1]: character for character, escape in _ESCAPES.items()}

# Folded. After `not` and its like, an operator would be read as the end of another operator; the
# like of `equals`, after a missing value and `OR`, as the end of `Greater_Than OR EQUALS`.
_RESERVED = frozenset(
    {
        "and",
        "-and",
        "or",
        "-or",
        "everybody",
        "not",
        "greaterthanor",
        "greateror",
        "lessthanor",
        "lessor",
    }
    | {"equal", "equals", "equalto", "equalsto"}
)


def write_text(text: str) -> str:
    """A value or title: plain where every character can be seen, else escaped."""
    if text.isprintable():
        return '"' + text.replace('"', '""') + '"'
    return _write_escaped(text)


def write_attribute(name: str) -> str:
    """An attribute name: bare, in brackets or as a text."""
    if _is_bare(name):
        return name
    return f"[{name}]" if name.isprintable() and _brackets_pair(name) else write_text(name)


def write_operator(spelling: str) -> str:
    """An operator: bare when it is a canonical spelling, else between braces."""
    if spelling in OPERATORS:
        return spelling
    plain = spelling.isprintable() and not ("{" in spelling or "}" in spelling)
    if plain and not spelling.startswith('E"'):
        return "{" + spelling + "}"
    return "{" + _write_escaped(spelling) + "}"


def _write_escaped(text: str) -> str:
    return 'E"' + "".join(map(_escape, text)) + '"'


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\u{{{ord(character):x}}}"


def _is_bare(name: str) -> bool:
    return (
        name != ""
        and fold(name) not in _RESERVED
        and name[0] != ":"
        and name[-1] != ":"
        and all(character.isalnum() or character in "_.:-" for character in name)
    )


def _brackets_pair(name: str) -> bool:
    """Whether the brackets in a name pair, one level deep, as the grammar reads them."""
    depth = 0
    for character in name:
        if character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
        if depth not in (0, 1):
            return False
    return depth == 0


class Text(NamedTuple):
    """A text as read.

    Attributes:
        value: What it stands for.
        quotes: `double`, `escaped`, `single` or `typographic`; the last two are not the language.
        faults: Start and end, in the source, of each escape that does not exist.
    """

    value: str
    quotes: str
    faults: tuple[tuple[int, int], ...] = ()


def read_text(source: str) -> Text:
    """Read a text from its source, quotes included; the closing quote may be missing."""
    if source.startswith('E"'):
        return _read_escaped(source)
    mark = source[0]
    closed = len(source) > 1 and source[-1] in {'"': '"', "'": "'"}.get(mark, "“”")
    body = source[1 : -1 if closed else None]
    if mark == '"':
        return Text(body.replace('""', '"'), "double")
    if mark == "'":
        return Text(body.replace("''", "'"), "single")
    return Text(body, "typographic")


def read_operator(source: str) -> Text:
    """Read an operator between braces."""
    body = source[1:-1]
    return _read_escaped(body) if body.startswith('E"') else Text(body, "double")


def _read_escaped(source: str) -> Text:
    characters: list[str] = []
    faults: list[tuple[int, int]] = []
    position, end = 2, len(source)
    while position < end and source[position] != '"':
        step, character = 1, source[position]
        if character == "\\":
            step, character = _read_escape(source, position)
            if not character:
                faults.append((position, position + step))
                character = source[position : position + step]
        characters.append(character)
        position += step
    return Text("".join(characters), "escaped", tuple(faults))


def _read_escape(source: str, position: int) -> tuple[int, str]:
    """Length of the escape at a position and its character, "" where there is none."""
    letter = source[position + 1 : position + 2]
    if letter in _UNESCAPES:
        return 2, _UNESCAPES[letter]
    if source.startswith("u{", position + 1):
        close = source.find("}", position + 3, position + 10)
        digits = source[position + 3 : close] if close > 0 else ""
        if digits and all(digit in "0123456789abcdefABCDEF" for digit in digits):
            code = int(digits, 16)
            return close + 1 - position, chr(code) if code <= 0x10FFFF else ""
    return min(2, len(source) - position), ""
