"""Files of own rules: found, read, checked, and shown their samples."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from provlint.declarative.own_rule import failures, ready
from provlint.declarative.published import MOST_RULES, RuleFile
from provlint.validation import FaultError, InvalidFileError, invalid, read_file, validated
from provlint.wording import quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.declarative.conditions import Facts
    from provlint.declarative.own_rule import ReadyRule
    from provlint.source.source_file import SourceFile

LONGEST_FILE = 1_000_000
"""Characters of a rule file."""


class LoadedFile(NamedTuple):
    """A file whose rules are ready; their samples were not shown to them yet.

    Attributes:
        source: The file.
        rules: Its rules, under the facts of the configuration file before those of the file.
        rehearsed: The same for their samples, which are written for the facts of the file.
    """

    source: SourceFile
    rules: tuple[ReadyRule, ...]
    rehearsed: tuple[ReadyRule, ...]


def expand(patterns: Iterable[str], folder: str = "") -> Iterator[str]:
    """The files that names and patterns such as `policies/*.yaml` mean, each once, in order.

    Raises:
        InvalidFileError: A pattern matches nothing.
    """
    import glob

    seen: set[str] = set()
    for pattern in patterns:
        whole = os.path.join(folder, pattern)
        found = sorted(glob.glob(whole, recursive=True)) if glob.has_magic(pattern) else [whole]
        if not found:
            raise InvalidFileError(
                whole, 0, 0, "no file of rules has such a name", "correct the pattern"
            )
        for path in found:
            if os.path.realpath(path) not in seen and not os.path.isdir(path):
                seen.add(os.path.realpath(path))
                yield path


def load_file(path: str, facts: Facts) -> LoadedFile:
    """Read a file and make its rules ready.

    Raises:
        InvalidFileError: The file or a rule in it cannot be used.
    """
    source = read_file(path)
    if len(source.text) > LONGEST_FILE:
        raise InvalidFileError(
            path, 0, 0, f"the file has more than {LONGEST_FILE:,} characters", "split it"
        )
    read = validated(source, RuleFile)
    rules = _ready(source, read, {**read.facts, **facts})
    overridden = any(facts.get(name, value) != value for name, value in read.facts.items())
    rehearsed = _ready(source, read, {**facts, **read.facts}) if overridden else rules
    return LoadedFile(source, rules, rehearsed)


def _ready(source: SourceFile, read: RuleFile, facts: Facts) -> tuple[ReadyRule, ...]:
    rules = []
    for index, text in enumerate(read.rules):
        try:
            rules.append(ready(text, source.name, facts))
        except FaultError as fault:
            raise invalid(source, ("rules", index), fault) from None
    return tuple(rules)


def load(paths: Iterable[str], facts: Facts, taken: Iterable[str]) -> list[ReadyRule]:
    """The rules of files, each seen to find its bad samples and no good one.

    Args:
        paths: The files.
        facts: Facts of the configuration file.
        taken: Ids and names of rules that there are already.

    Raises:
        InvalidFileError: A file cannot be used, or a rule disagrees with its samples.
    """
    rules: list[ReadyRule] = []
    names = dict.fromkeys(taken, "provlint")
    for path in paths:
        file = load_file(path, facts)
        check_names(file, names)
        for index, rule in enumerate(file.rehearsed):
            for _, fault in failures(rule):
                raise invalid(file.source, ("rules", index), fault)
        rules += file.rules
        if len(rules) > MOST_RULES:
            raise InvalidFileError(
                path, 0, 0, f"there are more than {MOST_RULES} own rules", "leave some out"
            )
    return rules


def check_names(file: LoadedFile, names: dict[str, str]) -> None:
    """Add the ids and names of a file to those that are taken.

    Args:
        file: The file.
        names: What is taken, and where.

    Raises:
        InvalidFileError: One is taken.
    """
    for index, rule in enumerate(file.rules):
        for key, name in (("id", rule.text.id), ("name", rule.text.name)):
            if name in names:
                fault = FaultError(
                    f"another rule is called {quote(name)}, in {quote(names[name])}",
                    f"choose another `{key}`",
                    (key,),
                )
                raise invalid(file.source, ("rules", index), fault)
            names[name] = file.source.name
