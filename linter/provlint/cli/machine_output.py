"""Output that programs read, on streams that are not UTF-8, such as pipes of Windows."""

from __future__ import annotations

import codecs
import sys

_ESCAPES = "provlint.json-escapes"
_ERRORS = {"json": _ESCAPES, "jsonl": _ESCAPES, "sarif": _ESCAPES, "junit": "xmlcharrefreplace"}


def for_programs(form: str) -> None:
    """Make standard output fit for a format that programs read.

    JSON and JUnit keep every character, written as escapes in ASCII, which is UTF-8 as well. What
    has no escapes (CSV, annotations of GitHub) goes out as UTF-8. A stream of UTF-8 stays as it is.

    Args:
        form: The value of `--format`.
    """
    stream = sys.stdout
    encoding = getattr(stream, "encoding", None)
    reconfigure = getattr(stream, "reconfigure", None)
    if encoding is None or reconfigure is None or codecs.lookup(encoding).name == "utf-8":
        return
    if form in _ERRORS:
        codecs.register_error(_ESCAPES, _json_escapes)
        reconfigure(encoding="ascii", errors=_ERRORS[form])
    elif form in ("csv", "github"):
        reconfigure(encoding="utf-8")


def _json_escapes(error: UnicodeError) -> tuple[str, int]:
    """Escapes of JSON, which count in UTF-16 units."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end
