"""Scoping filters: who comes in and who goes out, as far as that can be proved without users.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.analysis import compare_scopes
from provlint.compare.configuration.canonical import canonical_groups, same_groups
from provlint.compare.configuration.changes import Change
from provlint.semantics.filter_facts import filter_facts
from provlint.wording import alternatives, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.analysis import ScopeComparison
    from provlint.compare.configuration.canonical import Groups
    from provlint.compare.configuration.changes import Weight
    from provlint.compare.configuration.side import SidePair
    from provlint.model.tree import Scope
    from provlint.simulate.scope import NullPolicy

EVERYBODY = "everybody"

WEIGHING = ("disable", "delete", "staged-delete")
"""Actions of the table that take an account away."""

_TEXTS = {
    "equivalent": "the filter is written otherwise and admits the same users",
    "wider": "the filter admits users that the old one did not",
    "narrower": "the filter leaves out users that the old one admitted",
    "different": "the filter leaves out users that the old one admitted, and admits others",
    "unknown": "the filter changed, and what that means is not proved",
}
_KINDS = {"unknown": "undecided"}


def compare_filters(pair: SidePair, null_policy: NullPolicy = "documented") -> Iterator[Change]:
    """What changed in the scoping filters of an object mapping."""
    old, new = pair.old.unit.mapping.scope, pair.new.unit.mapping.scope
    before, after = canonical_groups(old), canonical_groups(new)
    if same_groups(before, after):
        yield from _titles(pair, old, new)
        return
    invalid = [bool(side.plan.scope.invalid_reasons) for side in (pair.old, pair.new)]
    if any(invalid) and not all(invalid):
        yield _invalid(pair, before, after) if invalid[1] else _repaired(pair, before, after)
        return
    plan = pair.new.plan
    found = compare_scopes(
        old,
        new,
        null_policy=null_policy,
        input_null_policy=plan.input_null_policy(null_policy),
        types=plan.source_types,
        present=filter_facts(pair.new.unit).present,
    )
    weight, consequence, advice = _effect(pair, found)
    yield Change(
        f"filter-{_KINDS.get(found.verdict, found.verdict)}",
        weight,
        pair.place,
        _TEXTS[found.verdict],
        consequence,
        advice,
        _rest(before, after),
        _rest(after, before),
        found.entering,
        found.leaving,
    )


def _invalid(pair: SidePair, before: Groups, after: Groups) -> Change:
    why = "; ".join(pair.new.plan.scope.invalid_reasons)
    return Change(
        "filter-invalid",
        "danger",
        pair.place,
        f"the filter is invalid: {why}",
        "the scope step fails for everybody: nobody is provisioned, updated or disabled",
        "correct the filter; `provlint lint` shows the place",
        _rest(before, after),
        _rest(after, before),
    )


def _repaired(pair: SidePair, before: Groups, after: Groups) -> Change:
    why = "; ".join(pair.old.plan.scope.invalid_reasons)
    return Change(
        "filter-repaired",
        "caution",
        pair.place,
        "the filter was invalid, and can be evaluated now",
        f"it was: {why}; who passes is provisioned, and who does not leaves scope",
        "",
        _rest(before, after),
        _rest(after, before),
    )


def _effect(pair: SidePair, found: ScopeComparison) -> tuple[Weight, str, str]:
    """Weight, consequence and advice of a verdict."""
    leaver = pair.new.leaver
    taken = leaver.action in WEIGHING
    created = "created, or matched and updated"
    if "Add" not in pair.new.plan.actions:
        created = "not created, as Create is not selected; who has an account is updated"
    going = f"who goes out is {leaver.action}d" if taken else f"who goes out: {leaver.words}"
    told = {
        (True, "leaves"): going + _without(found.leaving_empty),
        (False, "leaves"): "nobody goes out",
        (None, "leaves"): f"whether anybody goes out is not proved; {going}",
        (True, "enters"): f"who comes in is {created}" + _without(found.entering_empty),
        (False, "enters"): "nobody comes in",
        (None, "enters"): f"whether anybody comes in is not proved; who does is {created}",
    }
    parts = [told[found.leaves, "leaves"], told[found.enters, "enters"]]
    if found.verdict == "equivalent":
        parts = [f"proved: {found.proof}"]
    consequence = "; ".join((*parts, *found.beyond, *found.notes))
    if found.leaves is False:
        return ("caution" if found.enters is not False else "note"), consequence, ""
    advice = ""
    if taken and pair.new.plan.connector.skip_flag:
        advice = "set SkipOutOfScopeDeletions to true while you change the filter"
    return ("danger" if taken else "caution"), consequence, advice


def _without(attributes: Sequence[str]) -> str:
    """Users whom nobody thinks of: those without a value."""
    return f", users without {alternatives(attributes, 'or')} among them" if attributes else ""


def _rest(mine: Groups, other: Groups) -> str | None:
    """The groups that the other filter does not have; `everybody` where there is no filter."""
    if not mine:
        return EVERYBODY
    rest = [
        shown if name == "groups" else f"{name}: {shown}"
        for name, groups in mine.items()
        for key, shown in groups.items()
        if key not in other.get(name, ())
    ]
    return " OR ".join(rest) or None


def _titles(pair: SidePair, old: Scope | None, new: Scope | None) -> Iterator[Change]:
    """Groups whose titles alone changed."""
    was, now = (
        [group.name or "" for group in scope.groups] if scope else [] for scope in (old, new)
    )
    if sorted(was) != sorted(now):
        gone = ", ".join(quote(name) for name in was if name not in now)
        come = ", ".join(quote(name) for name in now if name not in was)
        text = f"titles of scoping groups: {gone or 'none'} became {come or 'none'}"
        yield Change("filter-titles", "note", pair.place, text, "who is in scope stays the same")
