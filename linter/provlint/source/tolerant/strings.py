"""Strings of a broken JSON text: where they end, and what is wrong inside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.source.characters import decode_content
from provlint.source.problem import show
from provlint.source.tolerant.tokens import Token

if TYPE_CHECKING:
    from provlint.source.tolerant.collector import Collector

DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2039\u203a"
QUOTES = "\"'`" + DOUBLE_QUOTES + SINGLE_QUOTES

_LONGEST_SEARCH = 400
_PLAIN = re.compile(r'(?:[^"\\\x00-\x1f]++|\\[^\r\n])*+')
_NOT_ESCAPED = re.compile(
    r'\\(?:["\\/bfnrt]|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}'
    r"|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})|(\\(?:u[0-9a-fA-F]{4}|[\s\S]?))"
)
_UNCLOSED_KEY = re.compile(r"([\w@.]+):[ \t]+")
_COMMON = re.compile(r'"([^"\\\x00-\x1f($]*+)"(?=[ \t]*[:,}\]\r\n])')
_DELIMITER = re.compile(r"[ \t]*(?:[,:}\]\r\n;]|\Z|//|/\*)")
_END_OF_VALUE = re.compile(r"[ \t]*(?:,[ \t]*(?:[\"}\]\r\n]|\Z)|[}\]\r\n]|\Z)")
_KEY_INSIDE = re.compile(r'"[ \t]*:')
_STRUCTURE = re.compile(r'\s*(?:"(?:[^"\\\r\n]|\\.)*"\s*:|[{}\[\]]\s*[,\r\n}\]]|[{}\[\]]\s*\Z)')
_CONTROLS = {"\t": ("tab", "`\\t`"), "\b": ("backspace", "`\\b`"), "\f": ("form feed", "`\\f`")}


class StringScanner:
    """Reads strings in any quotes. The result never reaches past the end of the text."""

    __slots__ = ("_collector", "_text")

    def __init__(self, text: str, collector: Collector) -> None:
        self._text = text
        self._collector = collector

    def read(self, start: int) -> Token:
        """Read the string whose opening quote stands at `start`."""
        match = _COMMON.match(self._text, start)
        if match is not None:
            return Token("string", start, match.end(), match[1], match.span(1))
        quote = self._text[start]
        if quote == '"':
            return self._double(start)
        return self._other(start, quote)

    def _double(self, start: int) -> Token:
        text = self._text
        after = start + 1
        while True:
            stop = _PLAIN.match(text, after).end()  # type: ignore[union-attr]
            if stop >= len(text):
                return self._unclosed(start, stop)
            character = text[stop]
            if character == '"':
                key = _UNCLOSED_KEY.match(text, start + 1, stop)
                if key is not None and not _DELIMITER.match(text, stop + 1):
                    return self._unclosed_at(start, key.end(1))
                end = self._true_end(start, stop)
                return self._closed(start, end)
            if character in "\r\n\\":
                if character == "\\" and stop + 1 < len(text) and text[stop + 1] not in "\r\n":
                    after = stop + 1
                    continue
                goes_on = self._line_break(start, stop)
                if goes_on is None:
                    line_end = stop + (character == "\\")
                    return self._unclosed(start, line_end)
                after = goes_on
                continue
            self._control(stop, character)
            after = stop + 1

    def _control(self, at: int, character: str) -> None:
        name, instead = _CONTROLS.get(
            character, (f"control character U+{ord(character):04X}", f"`\\u{ord(character):04x}`")
        )
        edits = ((at, at + 1, instead.strip("`")),)
        self._collector.report(
            "control-character", at, at + 1, found=name, instead=instead, edits=edits
        )

    def _line_break(self, start: int, at: int) -> int | None:
        """Return where the string goes on after a line break, or `None` if it is not closed."""
        text = self._text
        following = at + (text[at] == "\\")
        while following < len(text) and text[following] in "\r\n":
            following += 1
        if _STRUCTURE.match(text, following):
            return None
        closing = text.find('"', following, following + 20_000)
        if closing < 0 or not _DELIMITER.match(text, closing + 1):
            return None
        self._collector.report("newline-in-string", start, at, found=show(text[start:at]))
        return following

    def _unclosed(self, start: int, end: int) -> Token:
        """End a string without closing quote; a comma or bracket at its end is not its own."""
        text = self._text
        for closer in DOUBLE_QUOTES:
            at = text.find(closer, start + 1, end)
            if at > 0 and _DELIMITER.match(text, at + 1):
                edits = ((at, at + 1, '"'),)
                self._collector.report("typographic-quotes", start, at + 1, edits=edits)
                return self._string(start, at + 1, start + 1, at)
        content = text[start + 1 : end].rstrip()
        if content.endswith(","):
            content = content[:-1].rstrip()
        for opener, closer in ("{}", "[]"):
            while content.endswith(closer) and content.count(closer) > content.count(opener):
                content = content[:-1].rstrip()
        key = _UNCLOSED_KEY.match(content)
        return self._unclosed_at(start, start + 1 + len(key[1] if key else content))

    def _unclosed_at(self, start: int, end: int) -> Token:
        self._collector.report("unclosed-string", start, end, edits=((end, end, '"'),))
        return self._string(start, end, start + 1, end)

    def _true_end(self, start: int, stop: int) -> int:
        """Return the closing quote: the one at `stop`, or one further on the same line.

        Whoever pastes an expression forgets to escape its quotes. A quote is taken for one of
        these when text touches it, or when it leaves a parenthesis open that the line closes.
        """
        text = self._text
        content = text[start + 1 : stop]
        open_parenthesis = content.count("(") > content.count(")")
        following = text[stop + 1 : stop + 2]
        touching = following not in QUOTES and not _DELIMITER.match(text, stop + 1)
        touching = touching and following not in " \t{["
        inside = content.rfind("${") > content.rfind("}")
        if not (open_parenthesis or touching or inside):
            return stop
        line_end = _end_of_line(text, stop)
        at = stop
        for _ in range(_LONGEST_SEARCH):
            at = text.find('"', at + 1, line_end)
            if at < 0:
                return stop
            if _is_escaped(text, at) or not _END_OF_VALUE.match(text, at + 1):
                continue
            whole = text[start + 1 : at]
            if _KEY_INSIDE.search(text, stop, at):
                return stop
            if inside and whole.rfind("${") < whole.rfind("}"):
                return at
            if not inside and whole.count("(") == whole.count(")"):
                self._report_inner_quotes(stop, at)
                return at
        return stop

    def _report_inner_quotes(self, first: int, end: int) -> None:
        text = self._text
        quotes = [at for at in range(first, end) if text[at] == '"' and not _is_escaped(text, at)]
        edits = tuple((at, at, "\\") for at in quotes)
        self._collector.report("unescaped-quote", first, quotes[-1] + 1, edits=edits)

    def _closed(self, start: int, closing: int) -> Token:
        return self._string(start, closing + 1, start + 1, closing)

    def _other(self, start: int, quote: str) -> Token:
        """Read a string in single or typographic quotes; it ends on its line."""
        text = self._text
        if quote in DOUBLE_QUOTES:
            closers, code = DOUBLE_QUOTES + '"', "typographic-quotes"
        elif quote in SINGLE_QUOTES:
            closers, code = SINGLE_QUOTES + "'", "typographic-quotes"
        else:
            closers, code = quote, "single-quotes"
        line_end = _end_of_line(text, start)
        first = -1
        closing = -1
        candidates = re.compile(f"[{closers}]").finditer(text, start + 1, line_end)
        for candidate, _ in zip(candidates, range(_LONGEST_SEARCH), strict=False):
            at = candidate.start()
            if not _is_escaped(text, at):
                first = at if first < 0 else first
                if _DELIMITER.match(text, at + 1):
                    closing = at
                    break
        closing = first if closing < 0 else closing
        if closing < 0:
            return self._unclosed(start, line_end)
        inner = text[start + 1 : closing].replace("\\'", "'")
        inner = re.sub(r'(?<!\\)"', r"\\" + '"', inner)
        edits = ((start, closing + 1, f'"{inner}"'),)
        self._collector.report(code, start, closing + 1, edits=edits)
        return self._closed(start, closing)

    def _string(self, start: int, end: int, content_start: int, content_end: int) -> Token:
        if self._text.find("\\", content_start, content_end) >= 0:
            self._check_escapes(content_start, content_end, self._text[start])
        value = decode_content(self._text, content_start, content_end).value
        return Token("string", start, end, value, (content_start, content_end))

    def _check_escapes(self, start: int, end: int, quote: str) -> None:
        for match in _NOT_ESCAPED.finditer(self._text, start, end):
            wrong = match[1]
            if wrong is None or (wrong == "\\'" and quote != '"') or wrong[1:2] in "\r\n":
                continue
            if len(wrong) == 6:
                self._collector.report("lone-surrogate", match.start(), match.end())
                continue
            at = match.start()
            self._collector.report("bad-escape", at, match.end(), edits=((at, at, "\\"),))


def _is_escaped(text: str, at: int) -> bool:
    backslashes = 0
    while backslashes < at and text[at - backslashes - 1] == "\\":
        backslashes += 1
    return backslashes % 2 == 1


def _end_of_line(text: str, start: int) -> int:
    ends = [at for at in (text.find("\n", start), text.find("\r", start)) if at >= 0]
    return min(ends, default=len(text))
