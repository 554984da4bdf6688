"""Classes of what tells the state of an account: enabled, deleted, member or guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import GUEST_MARK, provisioned_text
from provlint.simulate.columnar.encoding import MARK, PLAIN, decode, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from provlint.simulate.columnar.lookups import Lookups
    from provlint.simulate.connectors import Connector

DELETED = ("deletionTimestamp", "deletedDateTime", "deletedTimestamp")
"""Attributes that have a value in deleted users."""


class StateClasses:
    """The classes of one attribute.

    Args:
        column: The attribute, as SQL.
        plain: The class of a plain text, as SQL with `{v}` for it.
        told: The class of any value, by the reference path.
        size: One more than the largest class; 0 is that of empty values.
        lookups: Where the reference path is asked.
    """

    def __init__(
        self,
        column: str,
        plain: str,
        told: Callable[[object], int],
        size: int,
        lookups: Lookups,
    ) -> None:
        self.size = size
        self._column = column
        self._plain = plain.format(v=column)
        self._truths = [
            (text, told(truth)) for text, truth in ((f"{MARK}true", True), (f"{MARK}false", False))
        ]
        listed = ", ".join(quoted(text) for text, _ in self._truths)
        route = f"{column} < {PLAIN} AND {column} <> '' AND {column} NOT IN ({listed})"
        self._lookup = lookups.ask([column], route, _class_of(told), ("INTEGER",))

    @property
    def sql(self) -> str:
        """The class of each user as SQL; known when the lookups have run."""
        column = self._column
        lines = [f"WHEN {column} IS NULL OR {column} = '' THEN 0"]
        lines += [f"WHEN {column} = {quoted(text)} THEN {number}" for text, number in self._truths]
        lines.append(f"WHEN {column} >= {PLAIN} THEN {self._plain}")
        return f"CASE {' '.join(lines)} ELSE {self._lookup.result()} END"


def _class_of(told: Callable[[object], int]) -> Callable[[Sequence[str | None]], tuple[int]]:
    return lambda key: (told(decode(key[0])),)


def _words(*words: str) -> tuple[str, Callable[[object], int]]:
    """Classes of texts by what they spell: one for each word, one for all others.

    None of the words has a letter that a letter beyond ASCII becomes in lower case.
    """
    lines = [f"WHEN '{word}' THEN {at}" for at, word in enumerate(words, 1)]
    plain = f"CASE lower({{v}}) {' '.join(lines)} ELSE {len(words) + 1} END"
    numbers = {word: at for at, word in enumerate(words, 1)}

    def told(value: object) -> int:
        text = provisioned_text(value).lower()
        return numbers.get(text, len(words) + 1) if text else 0

    return plain, told


def states_of(
    connector: Connector, columns: Mapping[str, str], lookups: Lookups
) -> list[StateClasses]:
    """What tells the state of an account for a connector."""
    enabled, of_enabled = _words("true", "false")
    found = [StateClasses(columns["accountEnabled"], enabled, of_enabled, 4, lookups)]
    found += [
        StateClasses(columns[name], "1", lambda value: int(bool(provisioned_text(value))), 2,
                     lookups)
        for name in DELETED
    ]  # fmt: skip
    if connector.internal_members_only:
        member, of_member = _words("member")
        found.append(StateClasses(columns["userType"], member, of_member, 3, lookups))
        marked = f"CASE WHEN contains({{v}}, {quoted(GUEST_MARK)}) THEN 1 ELSE 0 END"
        found.append(
            StateClasses(
                columns["userPrincipalName"],
                marked,
                lambda value: int(GUEST_MARK in provisioned_text(value)),
                2,
                lookups,
            )
        )
    return found
