"""Users who are in scope of several jobs of one run.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-when-will-provisioning-finish-specific-user
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.evidence import EXAMPLES, Overlap, Some
from provlint.simulate.evidence.survey import UnansweredError
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.semantics.configuration import ObjectMappingUnit
    from provlint.simulate.evidence.survey import Survey


class Seen(NamedTuple):
    """What is kept of a configuration that was linted before.

    Attributes:
        file: Its name.
        target: What `target_of` tells of its object mapping.
        survey: Its users.
    """

    file: str
    target: tuple[str, ...]
    survey: Survey


def target_of(unit: ObjectMappingUnit) -> tuple[str, ...]:
    """What tells one target from another, as far as a configuration does."""
    rule = unit.rule
    return (
        rule.source_system,
        rule.target_system,
        (rule.rule.target_directory_name or "").casefold(),
        unit.mapping.target_object_name.casefold(),
    )


def overlap(seen: Seen, unit: ObjectMappingUnit, own: Survey, address: bool) -> Overlap | None:
    """Who is in scope of both; None where the targets are not the same.

    Args:
        seen: The configuration from before.
        unit: The object mapping.
        own: Its users.
        address: Whether the tenant URL is known, which is that of all configurations of a run.
    """
    if seen.target != target_of(unit):
        return None
    try:
        both = seen.survey.identities & own.identities
    except UnansweredError:
        return None
    names = own.names_of(both) if both else ()
    # Between directories there is one target by that name; an application may have many tenants.
    same = address or unit.rule.target_system in ("entra", "active-directory")
    return Overlap(seen.file, Some(len(both), names[:EXAMPLES]), same)
