"""Matching attributes: which account in the target belongs to a user.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes#matching-users-in-the-source-and-target--systems
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.compare.configuration.canonical import canonical_source
from provlint.compare.configuration.changes import Change, becomes, named
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.compare.configuration.side import SidePair
    from provlint.semantics.configuration import ObjectMappingUnit

DUPLICATES = (
    "who is not linked yet is looked for by another value: where no account has it, a second one is"
    " created; those linked already stay linked until a restart that resets links"
)
TRY_FIRST = "look with --users and --target at who would be created"


def compare_matching(pair: SidePair) -> Iterator[Change]:
    """What changed in the matching attributes and their order."""
    old, new = _matching(pair.old.unit), _matching(pair.new.unit)
    for name in old:
        if name not in new:
            text = f"{named(name)} is not a matching attribute any more"
            yield Change(
                "matching-removed", "danger", pair.place._replace(attribute=name), text,
                _without(new), TRY_FIRST, old[name], None,
            )  # fmt: skip
    for name, source in new.items():
        here = pair.place._replace(attribute=name)
        if name not in old:
            text = f"{named(name)} is a matching attribute now, by {quote(source)}"
            yield Change(
                "matching-added", "danger", here, text, DUPLICATES, TRY_FIRST, None, source
            )
        elif source != old[name]:
            text = f"matching on {named(name)}: {becomes(old[name], source, 'by another value')}"
            yield Change(
                "matching-value-changed", "danger", here, text, DUPLICATES, TRY_FIRST,
                old[name], source,
            )  # fmt: skip
    kept_old, kept_new = [n for n in old if n in new], [n for n in new if n in old]
    if kept_old != kept_new:
        was, now = ", ".join(kept_old), ", ".join(kept_new)
        yield Change(
            "matching-order-changed",
            "danger",
            pair.place,
            f"matching attributes are tried in the order {named(now)}; it was {named(was)}",
            "who matches different accounts by the two is linked to another one than before",
            TRY_FIRST,
            was,
            now,
        )


def _matching(unit: ObjectMappingUnit) -> dict[str, str]:
    """Target attribute to source, in the order in which the service tries them."""
    return {
        each.mapping.target_attribute_name: canonical_source(each.mapping.source)
        for each in unit.matching
    }


def _without(new: dict[str, str]) -> str:
    return DUPLICATES if new else "without a matching attribute nobody can be provisioned"
