"""Cuts a broken JSON text into tokens and reports what no JSON token looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from provlint.source.problem import show
from provlint.source.tolerant.strings import DOUBLE_QUOTES, SINGLE_QUOTES, StringScanner
from provlint.source.tolerant.tokens import Token

if TYPE_CHECKING:
    from provlint.source.tolerant.collector import Collector

_SPACE = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"[^\s{}\[\],:;=\"'`/#\\()<>]+")
_NUMBER = re.compile(r"[-+]?(?:\.?[0-9])[\w.]*(?:(?<=[eE])[-+][\w.]*)?")
_HALF_QUOTED = re.compile(r'([^\W\d][^"\\{}\[\],:\r\n]*+)"(?=[ \t]*[:,}\]\r\n])')
_SIGNED_WORD = re.compile(r"[-+](?:Infinity|NaN)\b", re.IGNORECASE)
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")
_ELLIPSIS = re.compile(r"(?:\.{2,}|\u2026)+")
_JUNK = re.compile(r"[^\s{}\[\],:;=\"'\w]+")
_ODD_SPACE = "\u00a0\u1680\u2007\u200b\u200c\u200d\u2028\u2029\u202f\u2060\u3000\ufeff\x0b\x0c\x85"
_LITERALS: dict[str, Any] = {"true": True, "false": False, "null": None}
_FOREIGN: dict[str, str] = {
    "none": "null",
    "nil": "null",
    "undefined": "null",
    "nan": "null",
    "infinity": "null",
    "-infinity": "null",
    "+infinity": "null",
    "-nan": "null",
    "+nan": "null",
    "$true": "true",
    "$false": "false",
    "$null": "null",
}
_LONGEST_DIGITS = 4000
_LONGEST_DIRECTIVE = 5000


class Scanner:
    """Gives the tokens of a text one after the other.

    Attributes:
        templated: A `%{...}` directive stood before the last token, so that commas around it are
            not to be judged.
    """

    __slots__ = ("_at", "_collector", "_strings", "_text", "templated")

    def __init__(self, text: str, collector: Collector, start: int) -> None:
        self._text = text
        self._collector = collector
        self._strings = StringScanner(text, collector)
        self._at = start
        self.templated = False

    def next(self) -> Token:
        """Return the next token; at the end of the text, `end` again and again."""
        self.templated = False
        text = self._text
        while True:
            at = _SPACE.match(text, self._at).end()  # type: ignore[union-attr]
            if at >= len(text):
                self._at = at
                return Token("end", at, at)
            character = text[at]
            if character in "{}[],:;=":
                self._at = at + 1
                return Token(character, at, at + 1)
            if character in "\"'" or character in DOUBLE_QUOTES or character in SINGLE_QUOTES:
                token = self._strings.read(at)
                self._at = token.end
                return token
            if character == "/" and text[at + 1 : at + 2] in ("/", "*"):
                self._comment(at)
                continue
            if character == "#":
                self._comment(at)
                continue
            if character in _ODD_SPACE:
                self._at = at + 1
                name = f"U+{ord(character):04X}"
                edits = ((at, at + 1, " "),)
                self._collector.report("invisible-character", at, at + 1, found=name, edits=edits)
                continue
            token = self._special(at, character)
            self._at = token.end
            if token.kind == "directive" and character == "%":
                self.templated = True
                continue
            return token

    def go_to(self, offset: int) -> None:
        """Go on at an offset."""
        self._at = offset

    def rest_of_text(self, token: Token) -> Token:
        """Extend a word that stands for a value to where the value must end."""
        match = re.compile(r"[^,{}\[\]\"\r\n]*").match(self._text, token.end)
        end = match.end() if match else token.end
        end = token.start + len(self._text[token.start : end].rstrip())
        self._at = end
        return Token("word", token.start, end, self._text[token.start : end])

    def _special(self, at: int, character: str) -> Token:
        text = self._text
        pair = text[at : at + 2]
        if pair in ("${", "%{"):
            end = _closing_brace(text, at)
            self._collector.report("directive-outside-string", at, end)
            return Token("directive", at, end, text[at:end])
        if pair == "@{":
            end = _closing_brace(text, at)
            self._collector.report("powershell-object", at, end)
            return Token("display", at, end, text[at:end])
        match = _ELLIPSIS.match(text, at)
        if match:
            return Token("ellipsis", at, match.end())
        match = _HALF_QUOTED.match(text, at)
        if match:
            self._collector.report("unopened-string", at, match.end(), edits=((at, at, '"'),))
            return Token("string", at, match.end(), match[1], match.span(1))
        match = _SIGNED_WORD.match(text, at)
        if match:
            return self._word(at, match[0])
        match = _NUMBER.match(text, at)
        if match:
            return self._number(at, match.end())
        match = _WORD.match(text, at)
        if match and (character not in _JUNK_STARTS):
            return self._word(at, match[0])
        match = _JUNK.match(text, at)
        return Token("junk", at, match.end() if match else at + 1)

    def _comment(self, at: int) -> None:
        text = self._text
        if text.startswith("/*", at):
            end = text.find("*/", at + 2)
            end = len(text) if end < 0 else end + 2
        else:
            match = re.compile(r"[^\r\n]*").match(text, at)
            end = match.end() if match else len(text)
            end = at + len(text[at:end].rstrip())
        self._collector.report("comment", at, end, edits=((at, end, ""),))
        self._at = end

    def _word(self, at: int, word: str) -> Token:
        end = at + len(word)
        if word in _LITERALS:
            return Token("literal", at, end, _LITERALS[word])
        lowered = word.lower()
        instead = lowered if lowered in _LITERALS else _FOREIGN.get(lowered)
        if instead is None:
            return Token("word", at, end, word)
        return Token("word", at, end, word, (1, 0))

    def foreign(self, token: Token) -> Token:
        """Report a literal of another language and return it as a literal of JSON."""
        lowered = self._text[token.start : token.end].lower()
        instead = lowered if lowered in _LITERALS else _FOREIGN[lowered]
        edits = ((token.start, token.end, instead),)
        self._collector.report(
            "foreign-literal", token.start, token.end, instead=f"`{instead}`", edits=edits
        )
        return Token("literal", token.start, token.end, _LITERALS[instead])

    def _number(self, at: int, end: int) -> Token:
        written = self._text[at:end]
        match = _JSON_NUMBER.match(written)
        if match and len(written) <= _LONGEST_DIGITS:
            value = float(written) if match[1] or match[2] else int(written)
            return Token("literal", at, end, value)
        meant = _meant_number(written)
        if meant is None:
            return Token("word", at, end, written)
        edits = ((at, end, meant),)
        self._collector.report("bad-number", at, end, instead=show(meant), edits=edits)
        value = float(meant) if any(mark in meant for mark in ".eE") else int(meant)
        return Token("literal", at, end, value)


_JUNK_STARTS = "\\()<>/`!?*&^|~%+-"


def is_foreign(token: Token) -> bool:
    """Tell whether a word is a literal of another language, such as `True` or `None`."""
    return token.kind == "word" and token.content == (1, 0)


def _meant_number(written: str) -> str | None:
    if len(written) > _LONGEST_DIGITS:
        return "0"
    if re.fullmatch(r"[-+]?0[xX][0-9a-fA-F]+", written):
        return str(int(written, 16))
    plain = written.replace("_", "").lstrip("+")
    if not re.fullmatch(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", plain):
        return None
    sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    whole, dot, fraction = digits.partition(".")
    if not dot:
        head = re.match(r"[0-9]+", whole)
        number = head[0] if head else ""
        return sign + (number.lstrip("0") or "0") + whole[len(number) :]
    fraction = fraction if fraction[:1].isdigit() else "0" + fraction
    return f"{sign}{whole.lstrip('0') or '0'}.{fraction}"


def _closing_brace(text: str, start: int) -> int:
    """Return the end of `${...}`, `%{...}` or `@{...}`, nested braces and strings included."""
    depth = 0
    at = start + 1
    limit = min(len(text), start + _LONGEST_DIRECTIVE)
    while at < limit:
        character = text[at]
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    line = re.compile(r"[^\r\n]*").match(text, start)
    return line.end() if line else start + 2
