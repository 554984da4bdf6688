"""Own rules tried on configurations: what each looks at, chooses and finds.

Passing samples say little of real files: a rule may look at nothing there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.declarative.nouns.noun import Thing
from provlint.declarative.samples import units_of
from provlint.source.problem import SourceProblem
from provlint.wording import counted, quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provlint.declarative.own_rule import ReadyRule
    from provlint.model.tree import Document
    from provlint.semantics.configuration import ConfigurationUnit


SHOWN = 3
"""Findings of a rule that are shown."""


class Tried(NamedTuple):
    """A configuration that rules are tried on, and its file."""

    path: str
    configuration: ConfigurationUnit


class Tally(NamedTuple):
    """What a rule did.

    Attributes:
        things: How many things there are of its noun.
        chosen: How many of them `where` chose.
        found: Of how many of those `require` does not hold.
        first: The first of these: file and message.
    """

    things: int
    chosen: int
    found: int
    first: tuple[str, ...]


def configurations(
    paths: Iterable[str],
    application: Callable[[str], str],
    completed: Callable[[Document], Document],
) -> Iterator[Tried | SourceProblem]:
    """The configurations in files, folders and globs; of what cannot be read, why.

    Args:
        paths: As the user gave them.
        application: The application that the configuration file names for a path.
        completed: Puts a job that was given beside the files into what a file holds.
    """
    from provlint.model import read_document
    from provlint.semantics.configuration import ConfigurationUnit
    from provlint.source.discovery import discover, read_bytes
    from provlint.source.sniff import might_hold_configuration
    from provlint.source.source_file import read_source

    for item in discover(paths):
        data = item.problem or read_bytes(item.path)
        if isinstance(data, SourceProblem):
            yield data
        elif might_hold_configuration(data):
            document = read_document(read_source(data, item.path).reading.value)
            if document.shape != "unrecognised":
                unit = ConfigurationUnit(completed(document), application=application(item.path))
                yield Tried(item.path, unit)


def tally(rule: ReadyRule, tried: Iterable[Tried]) -> Tally:
    """Count what a rule does with configurations."""
    things = chosen = found = 0
    first: list[str] = []
    for path, configuration in tried:
        for unit in units_of(configuration, rule.noun.unit):
            for each in rule.noun.things(unit):
                thing = Thing(rule.noun, each)
                judgement = rule.judge(thing)
                things += 1
                chosen += judgement is not None
                if judgement is not None and not judgement.holds:
                    found += 1
                    if len(first) < SHOWN:
                        first.append(f"{path}: {rule.message(thing)}")
    return Tally(things, chosen, found, tuple(first))


def told(rule: ReadyRule, tried: Tally, files: int) -> Iterator[str]:
    """Lines about a tally."""
    yield _counted(rule, tried, files)
    yield from tried.first
    if tried.found > len(tried.first):
        more = tried.found - len(tried.first)
        yield f"and {more:,} more; `provlint lint --rules {rule.file}` shows them all"


def _counted(rule: ReadyRule, tried: Tally, files: int) -> str:
    where = f"in {counted(files, 'configuration')}"
    if not tried.things:
        return f"no {quote(rule.noun.name)} {where}: the rule looked at nothing"
    things = f"{tried.things:,} of {quote(rule.noun.name)} {where}"
    if not tried.chosen:
        return f"{things}, none chosen by `where`: the rule looked at nothing"
    chosen = "" if rule.where is None else f" {tried.chosen:,} chosen,"
    return f"{things}:{chosen} {tried.found:,} found"
