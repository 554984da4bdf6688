"""Constants, and what was meant as one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint_grammar.expression.report import clip
from provlint_grammar.expression.words import WIDE
from provlint_grammar.problem import Edit
from provlint_grammar.span import Span
from provlint_grammar.syntax import Attribute, Invalid, Text

if TYPE_CHECKING:
    from provlint_grammar.expression.report import Report
    from provlint_grammar.syntax import Expression

QUOTES = (
    "'`\u00b4\u2018\u2019\u201a\u201b\u2032\u2039\u203a\uff07"
    "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\uff02"
)
"""Quotation marks of all kinds but the plain one."""
_VARIABLE_HELP = {
    "$null": "leave the place empty",
    "$true": 'write `"True"`',
    "$false": 'write `"False"`',
    "": "write an attribute `[name]` or a text in quotation marks",
}
_LINE_BREAK_ESCAPES = {"n": "line feed", "r": "carriage return", "t": "tab"}


class LiteralReader:
    """Reads constants of one text; what is wrong goes into the report."""

    def __init__(self, text: str, report: Report) -> None:
        self._text = text
        self._report = report

    def attribute(self, start: int, end: int) -> Attribute | Invalid:
        """An attribute reference with both its brackets."""
        name = self._text[start + 1 : end - 1]
        if not name.strip():
            self._report.add(
                "empty-attribute",
                f"`{self._text[start:end]}` names no attribute",
                "write the name of an attribute, such as `[mail]`",
                start,
                end,
            )
            return Invalid(Span(start, end))
        if "," in name and '"' not in name:
            self._report.add(
                "comma-in-attribute",
                f"`{clip(self._text, start, end)}` reads as one attribute with a comma in its name",
                "put each attribute in brackets of its own: `[first], [second]`",
                start,
                end,
            )
        return Attribute(name, Span(start, end))

    def text(self, start: int, end: int) -> Text:
        """A text constant from its opening to its closing quotation mark."""
        source = self._text[start + 1 : end - 1]
        unknown: list[int] = []

        def decode(escape: re.Match[str]) -> str:
            if escape[0][1] in '"\\':
                return escape[0][1]
            unknown.append(start + 1 + escape.start())
            return escape[0]

        value = re.sub(r"(?s)\\.", decode, source)
        if unknown:
            self._report_backslash(unknown)
        line_break = re.search(r"\r\n?|\n", source)
        if line_break:
            at = start + 1 + line_break.start()
            self._report.add(
                "line-break-in-string",
                f"the text `{clip(self._text, start, end)}` runs over the end of a line",
                "write it on one line, or put it together with `Join`",
                at,
                at + len(line_break[0]),
            )
        return Text(value, Span(start, end))

    def _report_backslash(self, places: list[int]) -> None:
        at = places[0]
        escape = self._text[at : at + 2]
        more = f" (and {len(places) - 1} more in this text)" if len(places) > 1 else ""
        stays = f"`{escape}` stays as it is{more}"
        if escape[1] in _LINE_BREAK_ESCAPES:
            stays = f"`{escape}` is no {_LINE_BREAK_ESCAPES[escape[1]]} here{more}"
        self._report.add(
            "unknown-backslash",
            f'{stays}; a backslash is expected before `"` and `\\` only',
            f"double the backslash: `\\{escape}`",
            at,
            at + 2,
            *(Edit(Span(place, place), "\\") for place in places),
        )

    def odd(self, start: int, end: int) -> Expression | None:
        """What a malformed token was meant to be; None where it is to be passed over."""
        source = self._text[start:end]
        first = source[0]
        if first == "[":
            return self._unclosed_attribute(start, end)
        if first in QUOTES:
            return self._wrong_quotes(start, end)
        if first == "$":
            self._report.add(
                "variable",
                f"`{source}` reads as a variable; the language has none",
                _VARIABLE_HELP.get(source.lower(), _VARIABLE_HELP[""]),
                start,
                end,
            )
        elif first in "{}":
            return self._braces(start, end)
        elif first == "%" and len(source) > 1:
            self._report.add(
                "unclosed-macro",
                f"`%` is missing after `{source}`",
                f"write `{source}%`",
                start,
                end,
                Edit(Span(end, end), "%"),
            )
        elif first == "&" and len(source) > 1:
            self._report.add(
                "bad-hexadecimal",
                f"`{source}` is not a hexadecimal number; expected `&H` and the digits 0-9 A-F",
                "write a number such as `&H1F`",
                start,
                end,
            )
        elif first.isdigit() or (first in "-.#" and len(source) > 1):
            self._report.add(
                "bad-number",
                f"`{source}` is not a number",
                self._number_help(source),
                start,
                end,
            )
        else:
            self._unexpected(start, end)
            return None
        return Invalid(Span(start, end))

    def _number_help(self, source: str) -> str:
        if source[:2].lower() == "0x":
            return f"write `&H{source[2:].upper()}`"
        if re.search(r"\d[-/]\d", source):
            date = source.strip("#")
            return f'write a date as a text and read it by `CDate("{date}")`'
        return f'write digits only, or a text in quotation marks: `"{source}"`'

    def _unclosed_attribute(self, start: int, end: int) -> Expression:
        if self._text.startswith("[[", start) and end - start > 2:
            return self._doubled_brackets(start, end)
        name = self._text[start + 1 : end].rstrip("}")
        if not name:
            self._report.add(
                "unclosed-attribute",
                "`[` is never closed; expected the name of an attribute and `]`",
                "write an attribute such as `[mail]`",
                start,
                end,
            )
            return Invalid(Span(start, end))
        at = start + 1 + len(name)
        self._report.add(
            "unclosed-attribute",
            f"`]` is missing after `[{name}`",
            f"write `[{name}]`",
            start,
            end,
            Edit(Span(at, end), "]"),
        )
        return Attribute(name, Span(start, end))

    def _doubled_brackets(self, start: int, end: int) -> Expression:
        name = self._text[start:end].strip("[] ")
        self._report.add(
            "doubled-brackets",
            f"`{clip(self._text, start, end)}` has too many brackets; expected `[{name}]`",
            f"write `[{name}]`",
            start,
            end,
            Edit(Span(start, end), f"[{name}]"),
        )
        return Attribute(name, Span(start, end))

    def _wrong_quotes(self, start: int, end: int) -> Expression:
        source = self._text[start:end]
        closed = len(source) > 1 and (source[-1] in QUOTES or source[-1] == '"')
        value = source[1:-1] if closed else source[1:].rstrip()
        plain = f'"{value}"'
        edits: tuple[Edit, ...] = ()
        if closed and "\\" not in value:
            edits = (Edit(Span(start, end), plain),)
        self._report.add(
            "wrong-quotes",
            f'`{clip(self._text, start, end)}` does not stand in plain quotation marks `"`',
            f"write `{plain}`",
            start,
            end,
            *edits,
        )
        return Text(value, Span(start, end))

    def _braces(self, start: int, end: int) -> Expression | None:
        source = self._text[start:end]
        name = source.strip("{} ")
        if not name:
            self._report.add(
                "braces",
                f"`{source}` means nothing here; calls have `(` and `)`, attributes `[` and `]`",
                "remove it",
                start,
                end,
            )
            return None
        self._report.add(
            "braces",
            f"`{source}` is not an attribute; expected `[{name}]`",
            f"write `[{name}]`",
            start,
            end,
            Edit(Span(start, end), f"[{name}]"),
        )
        return Invalid(Span(start, end))

    def _unexpected(self, start: int, end: int) -> None:
        import unicodedata

        sign = self._text[start:end]
        plain = WIDE.get(sign) or unicodedata.normalize("NFKC", sign)
        if self._report.has_error_in(start - 1, start):
            return
        if plain != sign and len(plain) == 1 and plain.isascii():
            if self._report.has("full-width-sign"):
                return
            self._report.add(
                "full-width-sign",
                f"`{sign}` is a full-width sign; expected `{plain}`",
                f"write `{plain}`",
                start,
                end,
                Edit(Span(start, end), plain),
            )
            return
        shown = f"`{sign}`" if sign.isprintable() else "an invisible character"
        self._report.add(
            "unexpected-character",
            f"{shown} (U+{ord(sign):04X}) means nothing here",
            "remove it, or put the text in quotation marks",
            start,
            end,
        )
