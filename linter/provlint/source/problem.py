"""What can be wrong with a text before anything in it is understood."""

from __future__ import annotations

from provlint_grammar.named_tuple import NamedTuple


class SourceProblem(NamedTuple):
    """One defect of a file, with its place.

    Attributes:
        code: Kebab-case name of the kind of defect.
        message: What was found, in the terms of the administrator.
        help: What to do, as an imperative.
        start: First code point of the defect in the decoded text.
        end: One past the last code point.
        pointer: RFC 6901 pointer of the innermost object or array that holds the defect.
        related: Other ranges that belong to it, such as the first of two equal keys.
        edits: Replacements `(start, end, text)` that repair it without loss, or none.
        level: `error`, or `note` when the file is usable as it stands.
    """

    code: str
    message: str
    help: str
    start: int
    end: int
    pointer: str = ""
    related: tuple[tuple[int, int], ...] = ()
    edits: tuple[tuple[int, int, str], ...] = ()
    level: str = "error"


def show(text: str, limit: int = 40) -> str:
    """Return a text in back-ticks, on one line, shortened to `limit` code points.

    A text with back-ticks of its own stands in double quotes.
    """
    plain = text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\r")
    plain = plain.replace("\t", "\\t")
    plain = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in plain[: limit + 1])
    if len(plain) > limit:
        plain = plain[: limit - 3].rstrip() + "..."
    return f'"{plain}"' if "`" in plain else f"`{plain}`"
