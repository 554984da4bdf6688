"""Which rules run: profiles, and the user's words on the command line and in the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.rule import GROUPS, OWN
from provlint.wording import did_you_mean, quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provlint.rule import Rule

PROFILES = ("default", "strict")

ALL = "ALL"


class UnknownRuleError(ValueError):
    """A word names no rule and no group of rules.

    Attributes:
        word: As the user wrote it.
        help: The nearest known word as a question, or the empty string.
        path: Key of the configuration file that holds the word; empty for the command line.
    """

    def __init__(self, word: str, help: str, path: tuple[str | int, ...] = ()) -> None:  # noqa: A002
        super().__init__(f"no rule and no group of rules is called {quote(word)}")
        self.word = word
        self.help = help
        self.path = path

    @classmethod
    def among(
        cls, rules: Sequence[Rule], word: str, path: tuple[str | int, ...] = ()
    ) -> UnknownRuleError:
        """The error for a word that none of the rules answers to."""
        known = [name for rule in rules for name in (rule.info.id, rule.info.name)]
        return cls(word, did_you_mean(word, [*known, *GROUPS.values(), OWN, ALL]), path)


class Selection(NamedTuple):
    """The user's wishes, as words: rule ids, names, id prefixes such as `PL3`, groups, or `ALL`.

    Attributes:
        profile: `default` or `strict`; says which rules run when `select` is empty.
        select: Run only these.
        extend_select: Run these too.
        ignore: Never run these; wins over the others, except over a more exact `select`.
    """

    profile: str = "default"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def choose(rules: Sequence[Rule], selection: Selection) -> tuple[Rule, ...]:
    """The rules that run.

    Raises:
        UnknownRuleError: A word names nothing.
    """
    if selection.select:
        chosen = _ids(rules, selection.select)
    else:
        chosen = {
            rule.info.id
            for rule in rules
            if rule.info.profile == "default" or selection.profile == "strict"
        }
    chosen |= _ids(rules, selection.extend_select)
    exact = exactly(rules, (*selection.select, *selection.extend_select))
    for word in selection.ignore:
        named = _ids(rules, (word,))
        chosen -= named if len(named) == 1 else named - exact
    return tuple(rule for rule in rules if rule.info.id in chosen)


def exactly(rules: Sequence[Rule], words: Iterable[str]) -> set[str]:
    """Ids of the rules that the words name one by one, by id or name."""
    folded = {word.casefold() for word in words}
    return {
        rule.info.id
        for rule in rules
        if {rule.info.id.casefold(), rule.info.name.casefold()} & folded
    }


def _ids(rules: Sequence[Rule], words: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for word in words:
        named = ids_of(rules, word)
        if not named:
            raise UnknownRuleError.among(rules, word)
        found |= named
    return found


def ids_of(rules: Sequence[Rule], word: str) -> set[str]:
    """Ids of the rules that `word` names; empty for an unknown word."""
    word = word.casefold()
    prefix = word.upper()
    if word == ALL.casefold():
        return {rule.info.id for rule in rules}
    return {
        rule.info.id
        for rule in rules
        if word in (rule.info.name, rule.info.group) or _begins(rule.info.id, prefix)
    }


def _begins(rule: str, prefix: str) -> bool:
    """Whether an id begins so; a prefix has at least all of its letters, such as `PL`."""
    return rule.startswith(prefix) and len(prefix) >= len(rule.rstrip("0123456789"))
