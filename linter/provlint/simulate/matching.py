"""The match step: which target user belongs to a source user.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes#matching-users-in-the-source-and-target--systems
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from provlint.evaluation import Context
    from provlint.simulate.plan import MappingPlan, Plan
    from provlint.simulate.situation import Facts
    from provlint.simulate.targets import Targets, TargetUser

Hits = Literal[
    "none", "one", "several", "linked", "gone", "source-duplicates", "refused", "unknown"
]

FAILURES: Mapping[Hits, str | None] = MappingProxyType(
    {
        "several": "DuplicateTargetEntries",
        "source-duplicates": "DuplicateSourceEntries",
        "refused": None,
        "gone": "InvalidAnchor",
    }
)
"""What makes the match step fail, with Microsoft's code where one is documented."""

MATCHING_CASE_READING = "matching-case"

SourceCount = Callable[[str, str], int]
"""How many source users have a value for the matching attribute of this target name."""


@dataclass(frozen=True, slots=True)
class MatchingValue:
    """What a user has for one matching attribute.

    Attributes:
        target: The target attribute.
        value: The value; None where the user has none.
        source: What it comes from.
        problem: Why the expression failed, or the empty string.
        contested: Open readings of the expression.
    """

    target: str
    value: str | None
    source: str
    problem: str = ""
    contested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What matching found.

    Attributes:
        hits: `none`, `one`, `several`; `linked` or `gone` for a linked user; `source-duplicates`
            where another source user has the value; `refused` where the target cannot filter;
            `unknown` without target users.
        matched_on: The target attribute that decided.
        value: Its value.
        user: The target user.
        others: All target users with the value, where there are several.
        tried: The target attributes that were asked for, with the number of hits.
        contested: Names of the open readings that the result rests on.
        reason: In words.
    """

    hits: Hits
    matched_on: str | None = None
    value: str | None = None
    user: TargetUser | None = None
    others: tuple[TargetUser, ...] = ()
    tried: tuple[tuple[str, int], ...] = ()
    contested: tuple[str, ...] = ()
    reason: str = ""


def matching_values(
    plan: Plan, user: Mapping[str, object], context: Context
) -> tuple[MatchingValue, ...]:
    """What a user has for each matching attribute, in the order of precedence."""
    return tuple(matching_value(mapping, user, context) for mapping in plan.matching)


def matching_value(
    mapping: MappingPlan, user: Mapping[str, object], context: Context
) -> MatchingValue:
    """What a user has for one matching attribute."""
    flow = mapping.flow(user, context)
    value = flow.value
    if isinstance(value, tuple):
        value = value[0] if len(value) == 1 else None
    return MatchingValue(mapping.target, value or None, mapping.text, flow.problem, flow.contested)


def match(
    values: Sequence[MatchingValue],
    targets: Targets | None,
    *,
    link: str | None,
    facts: Facts,
    case_exact: Mapping[str, bool | None],
    source_count: SourceCount | None = None,
) -> Match:
    """Find the target user.

    Args:
        values: The user's matching values in the order of precedence.
        targets: The target users; None where they are not given.
        link: Id of the target user that is linked already: nothing is matched then.
        facts: About the target.
        case_exact: Whether letter case counts, by target attribute, where the schema says.
        source_count: Counts source users with a matching value.
    """
    if link is not None:
        return _linked(link, targets)
    tried: list[tuple[str, int]] = []
    contested: list[str] = []
    decisive = ""
    for entry in values:
        if entry.value is None:
            continue
        contested += entry.contested
        decisive = entry.target
        if not can_filter(entry.target, facts):
            reason = f"the target cannot filter on `{entry.target}`"
            return Match("refused", entry.target, entry.value, tried=tuple(tried), reason=reason)
        if source_count is not None and source_count(entry.target, entry.value) > 1:
            found = targets and targets.find(entry.target, entry.value, ignore_case=True)
            if not found or len(found) < 2:
                reason = f"another source user has `{entry.value}` for `{entry.target}`"
                return Match(
                    "source-duplicates",
                    entry.target,
                    entry.value,
                    None,
                    (),
                    tuple(tried),
                    (),
                    reason,
                )
        if targets is None:
            return Match(
                "unknown", None, entry.value, reason="no target users given", tried=tuple(tried)
            )
        users, doubts = _find(entry, targets, facts, case_exact.get(entry.target))
        contested += doubts
        tried.append((entry.target, len(users)))
        if users:
            several = len(users) > 1
            count = f"{len(users)} target users have" if several else "one target user has"
            return Match(
                "several" if several else "one",
                entry.target,
                entry.value,
                users[0] if not several else None,
                tuple(users),
                tuple(tried),
                tuple(dict.fromkeys(contested)),
                f"{count} `{entry.value}` for `{entry.target}`",
            )
    reason = "no target user has any of the matching values"
    return Match(
        "none",
        None if len(tried) > 1 else decisive or None,
        None,
        None,
        (),
        tuple(tried),
        tuple(dict.fromkeys(contested)),
        reason,
    )


def _linked(link: str, targets: Targets | None) -> Match:
    if targets is None:
        return Match("linked", None, None, reason=f"linked with `{link}` earlier")
    user = targets.by_id(link)
    if user is None:
        return Match("gone", reason=f"the linked target user `{link}` does not exist any more")
    return Match("linked", user=user, reason=f"linked with `{link}` earlier")


def can_filter(attribute: str, facts: Facts) -> bool:
    """Whether the target can filter on an attribute, as far as is known."""
    if facts.filterable is None:
        return True
    return attribute.lower() in {name.lower() for name in facts.filterable}


def ignores_case(facts: Facts, declared: bool | None) -> bool:
    """Whether the target finds a value that differs in letter case.

    The target's own rule goes first, then what the schema says of the attribute; else, as SCIM has
    it for `userName`, letter case does not count.
    Source: https://www.rfc-editor.org/rfc/rfc7643#section-4.1.1
    """
    if facts.matching_case is not None:
        return not facts.matching_case
    return not declared


def _find(
    entry: MatchingValue, targets: Targets, facts: Facts, declared: bool | None
) -> tuple[Sequence[TargetUser], list[str]]:
    assert entry.value is not None
    ignore = ignores_case(facts, declared)
    users = targets.find(entry.target, entry.value, ignore_case=ignore)
    if facts.matching_case is not None or not users or not ignore:
        return users, []
    exactly = targets.find(entry.target, entry.value, ignore_case=False)
    return users, [MATCHING_CASE_READING] if len(exactly) != len(users) else []
