"""Which rules run: profiles, and the user's words on the command line and in the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provlint.rule import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provlint.rule import Rule

PROFILES = ("default", "strict")

ALL = "ALL"


class UnknownRuleError(ValueError):
    """A word names no rule and no group of rules.

    Attributes:
        word: As the user wrote it.
        suggestion: The nearest known word, if one is near.
    """

    def __init__(self, word: str, suggestion: str | None) -> None:
        hint = f"; did you mean `{suggestion}`?" if suggestion else ""
        super().__init__(f"no rule and no group is called `{word}`{hint}")
        self.word = word
        self.suggestion = suggestion


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
    exact = {
        rule.info.id
        for rule in rules
        if {rule.info.id, rule.info.name} & {*selection.select, *selection.extend_select}
    }
    for word in selection.ignore:
        named = _ids(rules, (word,))
        chosen -= named if len(named) == 1 else named - exact
    return tuple(rule for rule in rules if rule.info.id in chosen)


def _ids(rules: Sequence[Rule], words: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for word in words:
        named = ids_of(rules, word)
        if not named:
            raise UnknownRuleError(word, _nearest(rules, word))
        found |= named
    return found


def ids_of(rules: Sequence[Rule], word: str) -> set[str]:
    """Ids of the rules that `word` names; empty for an unknown word."""
    if word == ALL:
        return {rule.info.id for rule in rules}
    prefix = word.upper()
    return {
        rule.info.id
        for rule in rules
        if word in (rule.info.name, rule.info.group)
        or (prefix.startswith("PL") and rule.info.id.startswith(prefix))
        or rule.info.id == word
    }


def _nearest(rules: Sequence[Rule], word: str) -> str | None:
    from difflib import get_close_matches

    known = [rule.info.id for rule in rules] + [rule.info.name for rule in rules]
    near = get_close_matches(word, [*known, *GROUPS.values()], n=1, cutoff=0.75)
    return near[0] if near else None
