"""The page of a rule: Markdown beside its module, with fixed headings.

A page is the documentation of the rule, the text of `provlint explain`, and a test: what its bad
example prints stands below the example.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provlint.rule import Rule, RuleInfo

INPUTS = ("users", "target", "assignments", "groups", "secrets", "job", "other")
"""What an example is linted with, beside the configuration: blocks of these verdicts, which are the
options of `provlint lint`; `other` is a configuration that is linted before."""

HEADINGS = ("What it finds", "Why it matters", "Example", "How to fix", "Source")
"""The headings of a page, in order."""

FENCE = "```"


NEEDS = {
    "users": "`--users`",
    "targets": "`--target`",
    "assignments": "`--assignments`",
    "groups": "`--groups`",
    "secrets": "`--secrets`",
}
"""What a rule may need beside a configuration, as a page says it."""


class PageError(ValueError):
    """A page has not the form of a page; the message says where it departs."""


class Block(NamedTuple):
    """A fenced block.

    Attributes:
        language: First word of the info string: `json`, `yaml`, `expression`, `text`.
        verdict: `bad`, `good`, one of `INPUTS`, or the empty string.
        side: For an input: the example that it belongs to, `bad` or `good`; empty for both.
        options: The words `key=value` of the info string.
        text: The content, with a line break at its end.
        start: Index of the first character of the content in the page.
        end: One past the last.
    """

    language: str
    verdict: str
    side: str
    options: Mapping[str, str]
    text: str
    start: int
    end: int

    @property
    def source(self) -> str:
        """What is linted: the content, with its second line as often as `repeat` says."""
        times = int(self.options.get("repeat", "1"))
        lines = self.text.splitlines(keepends=True)
        return "".join(lines[:1] + lines[1:2] * times + lines[2:])


class Page(NamedTuple):
    """A page.

    Attributes:
        name: Name of the rule, as in the title.
        id: Id of the rule, as in the title.
        summary: The sentence below the title.
        facts: The paragraph after it, as `facts_of` writes it.
        sections: Text by heading, in order.
        blocks: All fenced blocks, in order.
        text: The whole page.
    """

    name: str
    id: str
    summary: str
    facts: str
    sections: Mapping[str, str]
    blocks: tuple[Block, ...]
    text: str

    def inputs(self, side: str) -> tuple[Block, ...]:
        """What the `bad` or the `good` example is linted with, beside the configuration."""
        inputs = (block for block in self.blocks if block.verdict in INPUTS)
        return tuple(block for block in inputs if block.side in ("", side))

    @property
    def example(self) -> tuple[Block, ...]:
        """The bad example, its output, the good example."""
        return tuple(block for block in self.blocks if block.verdict not in INPUTS)


def facts_of(info: RuleInfo) -> str:
    """What the page says of a rule besides its sections, so that it stands alone."""
    certainty = "" if info.confidence == "high" else f", {info.confidence} confidence"
    status = "" if info.status == "stable" else f", {info.status}"
    fixes = ", with fixes" if info.fixable else ""
    needs = [NEEDS[need] for need in info.needs if need in NEEDS]
    inputs = f" It needs {' and '.join(needs)}." if needs else ""
    return (
        f"{info.severity.value.capitalize()} in the {info.profile} profile{certainty}{status},"
        f" since {info.since}{fixes}.{inputs}"
    )


def page_path(rule: Rule) -> str:
    """Where the page of a rule is: beside the module with its function, named like the rule."""
    module = sys.modules[rule.check.__module__]
    return os.path.join(os.path.dirname(module.__file__ or ""), f"{rule.info.name}.md")


def read_page(rule: Rule) -> Page:
    """The page of a rule.

    Raises:
        OSError: There is none.
        PageError: It has not the form of a page.
    """
    with open(page_path(rule), encoding="utf-8", newline="\n") as file:
        return parse_page(file.read())


def parse_page(text: str) -> Page:
    """Take a page apart.

    Raises:
        PageError: The title, the summary or a heading is missing or in the wrong place.
    """
    blocks = tuple(_blocks(text))
    headings = list(_headings(text, blocks))
    if not headings or headings[0][0] != "#":
        raise PageError("the page does not begin with `# rule-name (PL000)`")
    _, title, start, end = headings[0]
    name, _, rest = title.partition(" (")
    if start != 0 or not rest.endswith(")"):
        raise PageError(f"the title is `{title}`, not `rule-name (PL000)`")
    names = tuple(heading for level, heading, _, _ in headings[1:] if level == "##")
    if names != HEADINGS or len(headings) != len(HEADINGS) + 1:
        raise PageError(f"the headings are {', '.join(names)}, not {', '.join(HEADINGS)}")
    summary, _, facts = text[end : headings[1][2]].strip().partition("\n\n")
    ends = [*(start for _, _, start, _ in headings[2:]), len(text)]
    return Page(
        name,
        rest[:-1],
        summary,
        facts,
        {
            heading: text[end:until].strip("\n")
            for (_, heading, _, end), until in zip(headings[1:], ends, strict=True)
        },
        blocks,
        text,
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _blocks(text: str) -> Iterator[Block]:
    opened: tuple[str, int] | None = None
    for start, line in _lines(text):
        if not line.startswith(FENCE):
            continue
        if opened is None:
            opened = line[len(FENCE) :].strip(), start + len(line) + 1
            continue
        info, begin = opened
        words = info.split()
        options = dict(word.split("=", 1) for word in words[1:] if "=" in word)
        verdicts = [word for word in words[1:] if "=" not in word]
        yield Block(
            words[0] if words else "",
            verdicts[0] if verdicts else "",
            verdicts[1] if len(verdicts) > 1 else "",
            options,
            text[begin:start],
            begin,
            start,
        )
        opened = None
    if opened is not None:
        raise PageError(f"the block `{FENCE}{opened[0]}` is not closed")


def _headings(text: str, blocks: tuple[Block, ...]) -> Iterator[tuple[str, str, int, int]]:
    """Level, words, and where the line begins and ends."""
    for start, line in _lines(text):
        if any(block.start <= start < block.end for block in blocks):
            continue
        level, _, words = line.partition(" ")
        if level and not level.strip("#"):
            yield level, words, start, min(start + len(line) + 1, len(text))
