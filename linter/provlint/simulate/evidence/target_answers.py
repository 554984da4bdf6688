"""Answers about what the target holds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from provlint.semantics.attribute_values import provisioned_text
from provlint.semantics.evidence import (
    EXAMPLES,
    LookupsOf,
    Matches,
    MatchesOf,
    Question,
    SharedInTarget,
    SharedValues,
    Some,
    Uncleared,
    UnknownLookups,
)
from provlint.simulate.evidence.examples import Examples
from provlint.simulate.evidence.people import Wanted
from provlint.simulate.evidence.survey import UnansweredError
from provlint.simulate.targets import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from provlint.simulate.evidence.accounts import Accounts
    from provlint.simulate.evidence.survey import Survey
    from provlint.simulate.plan import Flow

OWN_NAMES = ("userPrincipalName", "mail", "mailNickname", "userName", "displayName")
"""Source attributes that a person is called by in other systems, too; the last one is shared by
people of one name, so it is looked at only where hardly anybody is found."""

FEW = 10
"""Hardly anybody: less than one of so many."""


class TargetSurvey:
    """The users of one object mapping and the accounts in its target, asked."""

    def __init__(self, survey: Survey, accounts: Accounts) -> None:
        self._survey = survey
        self._accounts = accounts
        self._matching = survey.flow.plan.matching

    def shared(self, question: Question[Any]) -> SharedValues:
        """Values of a matching attribute that several accounts have."""
        return self._accounts.shared(self._survey.target_of(question.at))

    def _check_matching(self) -> None:
        """See whether users can be matched at all.

        Raises:
            UnansweredError: The export lacks what a matching attribute reads.
        """
        read = {name for mapping in self._matching for name in mapping.reads}
        if not self._matching or not self._survey.people.missing.isdisjoint(read):
            raise UnansweredError

    def matches(self, _: Question[Any]) -> Matches:
        """What matching finds, and what it should perhaps find."""
        self._check_matching()
        accounts = self._accounts
        names = [name for name in OWN_NAMES if name not in self._survey.people.missing]
        computed = next((each for each in self._matching if each.kind == "expression"), None)
        read = computed.reads if computed is not None and len(computed.reads) == 1 else ()
        users = found = 0
        similar, raw, titled = Examples(), Examples(), Examples()
        for row in self._survey.inside.rows(self._matching, (*names, *read)):
            if not any(_texts(row.flows)):
                continue
            users += 1
            if self._hits(row.flows):
                found += 1
                continue
            who = [(row.number, row.name)]
            texts = [provisioned_text(value) for value in row.values]
            own = dict(zip(names, texts, strict=False))
            title = own.pop("displayName", "")
            if accounts.similar(filter(None, own.values())) is not None:
                similar.add(1, who)
            elif accounts.is_titled(title):
                titled.add(1, who)
            if read and computed is not None and accounts.find(computed.target, texts[-1]):
                raw.add(1, who)
        if found * FEW < users:
            similar = similar if similar.count >= titled.count else titled
        return Matches(users, found, accounts.count, similar.some(), raw.some())

    def _hits(self, flows: Sequence[Flow]) -> list[int]:
        """Numbers of the accounts that the first matching attribute with hits finds."""
        for mapping, text in zip(self._matching, _texts(flows), strict=False):
            found = self._accounts.find(mapping.target, text) if text else []
            if found:
                return found
        return []

    def uncleared(self, question: Question[Any]) -> Some:
        """Who has no value while the account that is matched has one."""
        mapping = self._survey.planned(question.at)
        return self._uncleared.get(mapping.target, Examples()).some()

    @cached_property
    def _uncleared(self) -> dict[str, Examples]:
        """The same for all direct mappings, by target attribute."""
        self._check_matching()
        missing = self._survey.people.missing
        direct = [
            mapping
            for mapping in self._survey.flow.plan.mappings
            if mapping.kind == "attribute" and missing.isdisjoint(mapping.reads)
        ]
        found = {mapping.target: Examples() for mapping in direct}
        width = len(self._matching)
        for row in self._survey.inside.rows((*self._matching, *direct)):
            hits = self._hits(row.flows)
            if len(hits) != 1:
                continue
            for mapping, flow in zip(direct, row.flows[width:], strict=True):
                if flow.value is None and self._accounts.has(hits[0], mapping.target):
                    found[mapping.target].add(1, [(row.number, row.name)])
        return found

    def lookups(self, question: Question[Any]) -> UnknownLookups:
        """Values that are in no lookup table, and with no account."""
        mapping = self._survey.planned(question.at)
        accounts = self._accounts
        known = {folded(text) for text in accounts.lookups | accounts.values(mapping.target)}
        if not known:
            raise UnansweredError
        unknown: dict[str, int] = {}
        total = 0
        for each in self._survey.inside.flows(mapping, Wanted(every=True)):
            value = each.value.value  # type: ignore[attr-defined]
            if isinstance(value, str) and value:
                total += each.users
                if folded(value) not in known:
                    unknown[value] = unknown.get(value, 0) + each.users
        if not accounts.lookups and sum(unknown.values()) == total:
            raise UnansweredError  # accounts hold ids, not names
        return UnknownLookups(
            Some(len(unknown), tuple(unknown)[:EXAMPLES]),
            sum(unknown.values()),
            bool(accounts.lookups),
        )


def _texts(flows: Sequence[Flow]) -> list[str]:
    """Matching values; empty texts where there is none."""
    found = []
    for flow in flows:
        value = flow.value
        if isinstance(value, tuple):
            value = value[0] if len(value) == 1 else None
        found.append(value or "")
    return found


ANSWERS: Mapping[type, Callable[[TargetSurvey, Question[Any]], Any]] = {
    SharedInTarget: TargetSurvey.shared,
    MatchesOf: TargetSurvey.matches,
    Uncleared: TargetSurvey.uncleared,
    LookupsOf: TargetSurvey.lookups,
}
"""Class of a question to who answers it."""
