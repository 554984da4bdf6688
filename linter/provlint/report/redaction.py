"""The one place that keeps tokens and secrets of exported jobs out of every output.

The names are those of the `synchronizationSecret` enumeration whose values give access
(https://learn.microsoft.com/en-us/graph/api/resources/synchronization-synchronizationsecretkeystringvaluepair),
their snake-case and connection-string kin, and tokens that show what they are by their form.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from provlint.diagnostic import Diagnostic, Place
    from provlint.report.result import FileResult, Run

MASK = "[redacted]"

_ENDINGS: dict[str, tuple[str, ...]] = {
    "password": (),
    "passwd": (),
    "pwd": (),
    "passphrase": (),
    "secret": (),
    "token": (),
    "authorization": (),
    "connectionstring": (),
    "connection_string": (),
    "sig": ("?", "&"),
    "key": (
        *("app", "app_", "api", "api_", "api-", "token", "token_", "consumer", "consumer_"),
        *("compatibility", "private", "private_", "account", "access", "access_"),
    ),
}
"""A member whose name ends so holds a secret, where one of the words stands before, if any do."""

_QUOTE = r"\\*[\"']?"
_VALUE = (
    r"(?:\"((?:[^\"\\\r\n]|\\[^\r\n])*+)"
    r"|'([^'\r\n]*+)"
    r"|(?P<quote>\\+[\"'])(.*?)(?:(?<!\\)(?=(?P=quote))|$)"
    r"|([^\s\"'\\,;&{}\[\]()<>|`]++))"
)
"""A quoted string, also inside a JSON string or cut off, or a bare word."""

_FORMS = (
    ("://", 0, r"://([^\s/?#@\"'\\]+)@"),
    ("eyj", 0, r"(eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)*)"),
    ("bearer ", 0, r"(?i:bearer) ([\w.~+/-]{16,}=*)"),
    ("basic ", 0, r"(?i:basic) ([\w.~+/-]{16,}=*)"),
    ("8q~", 3, r"([\w.~-]{3}8Q~[\w.~-]{20,})"),
    ("xox", 0, r"(xox[a-z]-[\w-]+)"),
)
"""Tokens known by their form: a part in lower case, the characters before it, the pattern."""

_FOLLOWERS = (":", "=", "_", "-", "text", "value", "code")
_PLAIN_VALUES = frozenset({"", "true", "false", "null", "none"})
_PAIR_REACH = 16_384
_PAIR_TRIES = 8


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def secret_spans(text: str, known: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Return the ranges of `text` that must not be shown, in order and without overlaps.

    Args:
        text: Any text: a line of a file, a message, a whole file.
        known: Secrets found elsewhere, as `find_secrets` returns them.
    """
    found = [*_named(text), *_formed(text)]
    for secret in known:
        at = text.find(secret)
        while at >= 0:
            found.append((at, at + len(secret)))
            at = text.find(secret, at + len(secret))
    if len(found) < 2:
        return found
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def redact(text: str, known: Iterable[str] = ()) -> str:
    """Return `text` with every secret replaced by `[redacted]`."""
    for start, end in reversed(secret_spans(text, known)):
        text = text[:start] + MASK + text[end:]
    return text


def find_secrets(text: str) -> tuple[str, ...]:
    """Return the secrets of a file, longest first, as written and with JSON escapes undone.

    A line or a message quoted from the file may hold a secret without the name that gives it
    away; those are found again by their text. Shorter than four characters is no secret.
    """
    secrets: set[str] = set()
    for start, end in secret_spans(text):
        secret = text[start:end]
        secrets.add(secret)
        if "\\" in secret:
            secrets.add(_unescaped(secret))
    return tuple(sorted((s for s in secrets if len(s) > 3), key=lambda s: (-len(s), s)))


def redacted(run: Run) -> Run:
    """Return the run with every secret out of every text, and the secrets of each file known.

    Every renderer begins with this. A fix that would write a secret keeps its title only.
    """
    return run._replace(
        files=tuple(_redacted_file(file) for file in run.files),
        notices=tuple(redact(notice) for notice in run.notices),
    )


def _redacted_file(file: FileResult) -> FileResult:
    if not (file.diagnostics or file.suppressed):
        return file
    text = "" if file.source is None else file.source.text
    known = tuple(dict.fromkeys((*file.secrets, *find_secrets(text))))
    return file._replace(
        secrets=known,
        diagnostics=tuple(_redacted(diagnostic, known) for diagnostic in file.diagnostics),
        suppressed=tuple(
            silenced._replace(
                diagnostic=_redacted(silenced.diagnostic, known),
                reason=redact(silenced.reason, known),
            )
            for silenced in file.suppressed
        ),
    )


def _redacted(diagnostic: Diagnostic, known: Sequence[str]) -> Diagnostic:
    def place(symbolic: Place) -> Place:
        return symbolic._replace(pointer=redact(symbolic.pointer, known))

    fix = diagnostic.fix
    if fix is not None:
        fix = fix._replace(title=redact(fix.title, known))
        if any(redact(edit.text, known) != edit.text for edit in fix.edits):
            fix = fix._replace(edits=(), applicability="display-only")
    return diagnostic._replace(
        message=redact(diagnostic.message, known),
        help=redact(diagnostic.help, known),
        place=place(diagnostic.place),
        related=tuple(
            related._replace(message=redact(related.message, known), place=place(related.place))
            for related in diagnostic.related
        ),
        fix=fix,
        documentation=redact(diagnostic.documentation, known),
        contested=diagnostic.contested and redact(diagnostic.contested, known),
        subject=type(diagnostic.subject)(*(redact(name, known) for name in diagnostic.subject)),
    )


def _unescaped(secret: str) -> str:
    from json import loads

    try:
        return str(loads(f'"{secret}"'))
    except ValueError:
        return secret.replace("\\", "")


def _lowered(text: str) -> str:
    # U+0130 is the only character whose lower case is longer than itself.
    return text.replace("\u0130", "i").lower()


def _named(text: str) -> Iterator[tuple[int, int]]:
    lowered = _lowered(text)
    for ending, words in _ENDINGS.items():
        at = lowered.find(ending)
        while at >= 0:
            end = at + len(ending)
            if not words or lowered.endswith(words, 0, at):
                span = _after_name(text, at, end) or _paired(text, lowered, at, end)
                if span and text[span[0] : span[1]].lower() not in _PLAIN_VALUES:
                    yield span
                    end = max(end, span[1])
            at = lowered.find(ending, end)


def _after_name(text: str, at: int, end: int) -> tuple[int, int] | None:
    """`name: value` and `name = value`, where the name's ending is `text[at:end]`."""
    # Compiling the patterns costs a millisecond; attributes are often called `password`.
    rest = text[end : end + 32].lstrip("\\\"'0123456789").lstrip(" \t")
    if not rest.lower().startswith(_FOLLOWERS):
        return None
    match = _pattern(
        rf"(?i:[-_]?(?:text|value|code))?\d*{_QUOTE}"
        rf"(?:[ \t]*:[ \t\r\n]*(?=\\*[\"'])|[ \t]*=[ \t]*(?!=)){_VALUE}"
    ).match(text, end)
    if match is None and text[end : end + 1] == ":":
        begins_line = _pattern(r"(?:^|[\r\n])[ \t-]*[\w.-]*$").search(text[max(0, at - 100) : at])
        value = r"[^\s\"'`|>{\[][^\r\n]*?" if begins_line else r"[^\s\"'`,;|>{}\[\]]+"
        match = _pattern(rf":[ \t]+({value})[ \t]*(?=[\r\n]|\Z)").match(text, end)
    return _value_span(match)


def _value_span(match: re.Match[str] | None) -> tuple[int, int] | None:
    if match is None:
        return None
    quote = match.re.groupindex.get("quote")
    for group in range(1, match.re.groups + 1):
        if group != quote and match[group] is not None:
            return match.span(group)
    return None


def _paired(text: str, lowered: str, at: int, end: int) -> tuple[int, int] | None:
    """`{"key": name, "value": secret}` in either order, with or without quotes."""
    if "key" not in lowered[max(0, at - 100) : at]:
        return None
    before = text[max(0, at - 100) : at]
    key = _pattern(rf"(?i:key){_QUOTE}[ \t]*[:=]\s*{_QUOTE}[\w.:-]*$").search(before)
    if key is None:
        return None
    assign = rf"{_QUOTE}[ \t]*[:=][ \t\r\n]*"
    following = _pattern(rf"\d*{_QUOTE}(?=\W)[^{{}}\[\]]{{0,400}}?\b(?i:value){assign}{_VALUE}")
    span = _value_span(following.match(text, end))
    if span:
        return span
    start = at - len(before) + key.start()
    floor = max(0, start - _PAIR_REACH)
    value = lowered.rfind("value", floor, start)
    for _ in range(_PAIR_TRIES):
        if value < 0:
            break
        match = _pattern(rf"(?i:value){assign}{_VALUE}").match(text, value)
        span = _value_span(match)
        if span and span[1] <= start:
            return span if "}" not in text[span[1] : start] else None
        value = lowered.rfind("value", floor, value)
    return None


def _formed(text: str) -> Iterator[tuple[int, int]]:
    lowered = _lowered(text)
    for part, before, pattern in _FORMS:
        at = lowered.find(part)
        while at >= 0:
            match = _pattern(pattern).match(text, max(0, at - before))
            if match is not None:
                yield match.span(1)
            at = lowered.find(part, match.end() if match is not None else at + 1)
