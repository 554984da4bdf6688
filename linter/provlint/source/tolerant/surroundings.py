"""What stands around the JSON: prompts, fences, headings, other formats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.source.problem import show

if TYPE_CHECKING:
    from provlint.source.tolerant.collector import Collector

_BEGINNING = re.compile(r"^[ \t]*(?=[{\[])(?!\[\w+\])", re.MULTILINE)
_SPACE = re.compile(r"(?:\s|\ufeff|//[^\r\n]*|#[^\r\n]*|/\*[\s\S]*?\*/)*")
_FOREIGN: tuple[tuple[str, str, str], ...] = (
    (r"<", "XML or HTML", "export the schema as JSON; a web page may be a sign-in page"),
    (
        r"[\w@. ]+?\s+: ",
        "a PowerShell list",
        "export it with `ConvertTo-Json -Depth 100`, not as displayed on the screen",
    ),
    (r"@\{", "a PowerShell object", "export it with `ConvertTo-Json -Depth 100`"),
    (r"[\w\"-]+:(?:\s|$)", "YAML", "name the file `.yaml`"),
    (r"PK\x03\x04", "a ZIP archive", "unpack it first"),
)


def find_beginning(text: str, collector: Collector) -> int:
    """Return where the JSON begins and report what stands before; -1 when there is none."""
    match = _SPACE.match(text)
    start = match.end() if match else 0
    if start >= len(text):
        collector.report("empty-file", 0, 0)
        return -1
    if text[start] in '{["':
        return 0
    beginning = _BEGINNING.search(text, start)
    if beginning is None:
        at = min(
            (at for at in (text.find("{", start), text.find("[", start)) if at >= 0), default=-1
        )
        if at < 0 or text[start] in "<@" or text.startswith(("%{", "${"), start):
            return _without(text, start, collector)
        before, begins = text[start:at], at
    else:
        before, begins = text[start : beginning.start()], beginning.end()
    if _is_template(before) or before.lstrip("\ufeff").startswith(("%{", "${")):
        return 0
    end = start + len(before.rstrip())
    collector.report("text-before-json", start, end, found=first_line(text[start:end]))
    return begins


def find_next_document(text: str, start: int) -> int:
    """Return where the next line that begins with a bracket begins, or the end of the text."""
    beginning = _BEGINNING.search(text, start)
    return beginning.end() if beginning else len(text)


def _is_template(before: str) -> bool:
    return not re.sub(r"%\{[^}]*\}|\s", "", before)


def first_line(text: str) -> str:
    """Return the first line of a text that is not blank, in back-ticks."""
    return show(text.strip().splitlines()[0]) if text.strip() else show(text)


def _without(text: str, start: int, collector: Collector) -> int:
    end = start + len(text[start:].split("\n", 1)[0].rstrip())
    for pattern, name, instead in _FOREIGN:
        if re.match(pattern, text[start : start + 200]):
            found = f"{show(text[start:end])}, as {name} does"
            collector.report("not-json", start, end, found=found, instead=instead)
            return -1
    if re.match(r"[-+\w.]+\s*\Z", text[start : start + 400]):
        return 0
    collector.report("not-json", start, end, instead="export the schema as JSON")
    return -1
