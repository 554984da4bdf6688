"""Tables of a comparison in words, for every renderer that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.compare.users.summary import COUNTERS
from provlint.simulate.words import reading_in_words
from provlint.wording import counted, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provlint.compare.configuration.changes import Change
    from provlint.compare.users.summary import PairSummary
    from provlint.report.comparison.result import Compared

REASONS = 6
"""Reasons of one kind that are shown; the others are counted."""

COUNTER_WORDS: Mapping[str, str] = {
    "users": "users in the export",
    "in_scope_before": "in scope before",
    "in_scope_after": "in scope after",
    "leaving": "leave scope",
    "disabled_leaving": "… of those would be disabled",
    "deleted": "… of those would be deleted",
    "staged_deletes": "… of those would be disabled or deleted, held back by the threshold",
    "leaving_untouched": "… of those would keep their accounts",
    "leaving_unmanaged": "… of those have no account that is managed",
    "entering": "come into scope",
    "created": "… of those would be created",
    "linked": "… of those would be linked to an account that exists",
    "created_or_linked": "… of those would be created, or linked to an account that exists",
    "undecided": "cannot be told in scope or out of it",
    "may_leave": "… of those are in scope before",
    "disabled_in_scope": "stay in scope and would be disabled by a written value",
    "matching_changed": "are matched by another value",
    "values_changed": "get other values",
    "renamed": "… of those are renamed",
    "entitlements_changed": "… of those get other roles or entitlements",
    "new_failures": "fail who did not",
    "still_failing": "fail as before",
    "repaired": "do not fail any more",
    "left_out": "records could not be read",
}
"""Counter to its line in the table of users; a counter of 0 has no line, but for the first four."""

ALWAYS = ("users", "in_scope_before", "in_scope_after", "leaving")

LONGEST_BESIDE = 1_000
"""Characters of a filter or an expression that are shown."""


def beside(change: Change) -> Iterator[tuple[str, str]]:
    """What was and what is, marked `-` and `+`, where the sentence does not say it."""
    for mark, text in (("-", change.old), ("+", change.new)):
        if text is not None and text not in change.text:
            cut = len(text) > LONGEST_BESIDE
            yield mark, text[: LONGEST_BESIDE - 1] + "…" if cut else text


COUNT = "add --users FILE to count the people"
"""What to do where a change was not counted."""

COUNTABLE = ("filter-", "matching-", "sync-all-", "skip-flag-", "deprovisioning-")


def uncounted(compared: Compared) -> bool:
    """Whether users would tell more of a change."""
    kinds = (change.kind for change in compared.changes if change.weight != "note")
    return compared.users is None and any(kind.startswith(COUNTABLE) for kind in kinds)


MANAGED: Mapping[str, str] = {
    "links": "who is linked in the links given has an account; nobody else",
    "target": "who is in scope before and has an account in the target users given is linked to it",
    "scope": "everybody in scope before has an account, as no links and no target users were given",
}
"""What is taken for granted of accounts."""


def counter_rows(summary: PairSummary) -> Iterator[tuple[int, str]]:
    """Number and words of each line of the table of users."""
    counters = summary.counters
    for name, words in COUNTER_WORDS.items():
        if counters[name] or name in ALWAYS:
            yield counters[name], words


def reasons_of(summary: PairSummary) -> Iterator[tuple[str, list[tuple[int, str, str]]]]:
    """Titles with users, action and reason: why people leave, enter, fail."""
    for title, counter, of in (
        ("why people leave", "leaving", "movement"),
        ("why people were out who come in", "entering", "movement"),
        ("why it cannot be told", "undecided", "movement"),
        ("why people fail who did not", "new_failures", "failure"),
        ("why people fail as before", "still_failing", "failure"),
    ):
        found = [
            (count, action, reason)
            for action, reason, count in summary.reasons(COUNTERS[counter], of)
        ]
        if found:
            yield title, found


def shared_rows(summary: PairSummary) -> Iterator[str]:
    """Matching values that several users have, before and after, where that changed."""
    before = {each.attribute: each for each in summary.shared_old}
    for shared in summary.shared_new:
        was = before.get(shared.attribute)
        users = 0 if was is None else was.users
        if shared.users != users:
            yield (
                f"{shared.users:,} users share a value of {quote(shared.attribute)} with another"
                f" one; {users:,} did before"
            )


def reference_rows(summary: PairSummary) -> Iterator[str]:
    """Users in scope who refer to users who leave it."""
    for lost in summary.references:
        users = counted(lost.users, "user in scope refers", "users in scope refer")
        referred = counted(lost.referred, "user who leaves it", "users who leave it")
        yield (
            f"{users} by {quote(lost.attribute)} to {referred}: the reference is left out, and not"
            " repaired until a restart"
        )


def assumed(summary: PairSummary) -> Iterator[tuple[int | None, str]]:
    """What was taken for granted, with the users where that matters to some of them."""
    yield None, MANAGED[summary.managed_by]
    yield from ((count, text) for text, count in summary.assumptions())


def contested_rows(summary: PairSummary) -> Iterator[tuple[int, str]]:
    """Open readings with the users whose outcome rests on them."""
    for name, count in summary.readings():
        yield count, f"{name}: {reading_in_words(name) or 'see the documentation'}"


def value_text(value: str | None) -> str:
    """A written value as people read it."""
    return "nothing" if value is None else f'"{value}"'


def witness_text(values: Mapping[str, object]) -> str:
    """Values of an example user: `{department: "Presales"}`."""
    shown = ", ".join(
        f"{name}: {'empty' if value is None else _quoted(value)}" for name, value in values.items()
    )
    return "{" + shown + "}"


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
