"""A comparison as a comment on a pull request: verdict, table, folded details.

Never longer than a comment may be: GitHub takes 65,536 characters, Azure DevOps 150,000, GitLab
1,000,000. Nothing of the user's becomes Markdown, HTML, a link or a mention.
"""

from __future__ import annotations

import re
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from provlint.compare.users.summary import SHOWN
from provlint.report.cells import harmless
from provlint.report.comparison.headline import facts
from provlint.report.comparison.words import (
    COUNT,
    assumed,
    beside,
    contested_rows,
    counter_rows,
    reasons_of,
    reference_rows,
    shared_rows,
    uncounted,
    value_text,
    witness_text,
)
from provlint.report.redaction import redact
from provlint.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from provlint.compare.configuration.changes import Change
    from provlint.compare.users.summary import PairRow, ValuePairs
    from provlint.report.comparison.headline import Fact
    from provlint.report.comparison.result import Compared, ComparedUsers, Comparison

LONGEST = 60_000
"""Characters of a whole comment."""

MARK = "<!-- provlint compare -->"
"""The first line, by which a program finds the comment again."""

RESERVED = 400
"""Characters that are kept for the ends of folds and the last line."""

LONGEST_PIECE = 300
"""Characters of one value or one filter."""

SIGNS = {
    "danger": "\N{LARGE RED CIRCLE}",
    "caution": "\N{LARGE YELLOW CIRCLE}",
    "note": "\N{LARGE GREEN CIRCLE}",
}
TIMES = "\N{MULTIPLICATION SIGN}"
EXAMPLES = {
    "leaving": "who leaves scope",
    "entering": "who comes into scope",
    "undecided": "who cannot be told in scope or out of it",
    "new-failures": "who fails who did not",
    "matching": "who is matched by another value",
}
"""Rows that are shown as examples, and the titles of their folds."""

_CODE = re.compile(r"(`` .+? ``|`[^`]+`)")
_UNSAFE = re.compile(r"[!#$&*<>@\\\[\]^_`|~]|:(?=\S)|(?<=www)\.", re.IGNORECASE)


def comparison_markdown(comparison: Comparison, longest: int = LONGEST) -> str:
    """The comment.

    Args:
        comparison: The result.
        longest: Characters of the whole comment.
    """
    page = _Page(longest)
    page.add(MARK)
    shown = []
    for number, compared in enumerate(comparison.configurations):
        if not page.add(*_head(compared, facts(compared))):
            rest = len(comparison.configurations) - number
            page.end(f"*and {counted(rest, 'more configuration')}*")
            break
        shown.append(compared)
    for compared in shown:
        for fold in _folds(compared, comparison.examples):
            name = f"{_html(compared.name)}: " if len(shown) > 1 else ""
            page.fold(name + fold.title, fold)
    for item in comparison.thresholds:
        state = "exceeded" if item.exceeded else "not exceeded"
        page.add(f"- {code(item.text)}: {item.value:g}, {state}")
    for note in comparison.notes:
        page.add(f"- {sentence(note)}")
    return redact(page.text)


class _Fold(NamedTuple):
    """Details under a title.

    Attributes:
        title: As HTML.
        items: What is told.
        lines: The Markdown of one item.
        more: Further items that are not at hand.
    """

    title: str
    items: Sequence[Any]
    lines: Callable[[Any], Iterable[str]]
    more: int = 0


class _Page:
    """Lines, as many as there is room for."""

    def __init__(self, longest: int) -> None:
        self._lines: list[str] = []
        self._room = longest - RESERVED

    @property
    def text(self) -> str:
        """The whole page."""
        return "\n".join(self._lines) + "\n"

    def add(self, *lines: str) -> bool:
        """Add lines where there is room for all of them."""
        size = sum(len(line) + 1 for line in lines)
        if size > self._room:
            return False
        self._lines += lines
        self._room -= size
        return True

    def end(self, line: str) -> None:
        """Add a last line; from now on there is no room."""
        self._lines += [line, ""]
        self._room = 0

    def fold(self, title: str, fold: _Fold) -> None:
        """Add a fold with as many items as there is room for."""
        if not fold.items or not self.add("<details>", f"<summary>{title}</summary>", ""):
            return
        rest = fold.more
        for number, item in enumerate(fold.items):
            if not self.add(*fold.lines(item)):
                rest += len(fold.items) - number
                self._room = 0
                break
        if rest:
            self._lines.append(f"- *and {rest:,} more*")
        self._lines += ["", "</details>", ""]


def _head(compared: Compared, told: Sequence[Fact]) -> list[str]:
    """Name, verdict and table of one configuration."""
    first, *others = told
    verdict = sentence(first.text[:1].upper() + first.text[1:])
    lines = [f"### {SIGNS[first.weight]} {verdict}", ""]
    lines += [f"- {sentence(fact.text)}" for fact in others] + [""] * bool(others)
    lines += [f"{code(compared.name)}", ""]
    lines += [f"*{plain(COUNT)}*", ""] * uncounted(compared)
    if compared.users is not None:
        lines += ["| people | |", "|---:|---|"]
        lines += [f"| {count:,} | {w} |" for count, w in counter_rows(compared.users.summary)]
        lines.append("")
    return lines


def _folds(compared: Compared, examples: bool) -> Iterator[_Fold]:
    """The details of one configuration."""
    changes: list[Change | str] = list(compared.changes)
    if compared.initial_cycle:
        changes.append("saving this starts an initial cycle: everybody is looked at again")
    yield _Fold(f"what changes ({len(compared.changes)})", changes, _change)
    if compared.users is not None:
        yield from _user_folds(compared.users, examples)


def _user_folds(users: ComparedUsers, examples: bool) -> Iterator[_Fold]:
    summary = users.summary
    for title, reasons in reasons_of(summary):
        yield _Fold(title, reasons, _reason)
    yield _Fold("written values", summary.values, partial(_values, examples=examples))
    lost = [sentence(line) for line in reference_rows(summary)]
    yield _Fold("references to people who leave", lost, lambda line: [f"- {line}"])
    if examples:
        for name, title in EXAMPLES.items():
            rows = users.examples.get(name, ())
            count = summary.counted(SHOWN[name])
            yield _Fold(f"{title} ({count:,})", rows, _row, count - len(rows))
    remarks = [sentence(line) for line in shared_rows(summary)]
    remarks += [f"contested, {_times(n)}{sentence(text)}" for n, text in contested_rows(summary)]
    remarks += [f"{_times(number)}{sentence(text)}" for number, text in assumed(summary)]
    remarks += [sentence(note) for note in summary.notes]
    yield _Fold("what this rests on", remarks, lambda remark: [f"- {remark}"])


def _times(count: int | None) -> str:
    return "" if count is None else f"{count:,} {TIMES} "


def _reason(reason: tuple[int, str, str]) -> list[str]:
    count, action, why = reason
    return [f"- {_times(count)}{action}: {sentence(why)}"]


def _values(pairs: ValuePairs, *, examples: bool) -> Iterator[str]:
    kinds = counted(pairs.distinct, "kind of change", "kinds of change")
    yield f"- {code(pairs.attribute)}: {counted(pairs.users, 'user')}, {kinds}"
    for change, count in pairs.frequent if examples else ():
        old, new = (code(value_text(v)) for v in (change.old, change.new))
        yield f"  - {_times(count)}{old} → {new}"


def _row(row: PairRow) -> list[str]:
    verdict = row.verdict
    why = verdict.because or (verdict.new.reason if verdict.fails else "")
    line = f"- {code(row.user)}: {verdict.new.action}"
    line += f"; {sentence(why)}" if why else ""
    for change in row.values:
        old, new = (code(value_text(v)) for v in (change.old, change.new))
        line += f"; {code(change.attribute)} {old} → {new}"
    return [line]


def _change(change: Change | str) -> Iterator[str]:
    if isinstance(change, str):
        yield f"- {sentence(change)}"
        return
    where = " > ".join(filter(None, change.place[:2]))
    yield f"- **{change.weight}** {sentence(change.text)}" + (f" ({code(where)})" if where else "")
    for mark, text in beside(change):
        yield f"  - {'was' if mark == '-' else 'is'}: {code(text)}"
    for words, values in (("goes out", change.leaving), ("comes in", change.entering)):
        if values is not None:
            yield f"  - {words}, for example: {code(witness_text(values))}"
    if change.consequence:
        yield f"  - {sentence(change.consequence)}"
    if change.advice:
        yield f"  - *{sentence(change.advice)}*"


def plain(text: str) -> str:
    """Running text, of which nothing is Markdown, HTML, a link or a mention."""
    return _UNSAFE.sub(_entity, _short(text))


def _entity(found: re.Match[str]) -> str:
    # As an entity alone it would still be part of a mention, an issue, or an address.
    return f"&#{ord(found[0])};" + ("&#8203;" if found[0] in "@#:." else "")


def code(text: str) -> str:
    """The user's own text in a fixed-width font: there nothing else is looked for in it."""
    shown = _short(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{blank}{shown}{blank}{fence}" if shown else ""


def _html(text: str) -> str:
    """The same where Markdown is not looked for, as in the title of a fold."""
    return f"<code>{escape(_short(text))}</code>"


def _short(text: str) -> str:
    """One line without what is secret or invisible."""
    shown = harmless(redact(text)).strip()
    return shown if len(shown) <= LONGEST_PIECE else shown[: LONGEST_PIECE - 1] + "…"


def sentence(text: str) -> str:
    """A sentence in which the user's things stand in back-ticks."""
    found = []
    for index, part in enumerate(_CODE.split(text)):
        if index % 2:
            found.append(code(part.strip("`").strip() if part.startswith("``") else part[1:-1]))
        elif part:
            blanks = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
            found.append(f"{blanks[0]}{plain(part)}{blanks[1]}" if part.strip() else part)
    return "".join(found)
