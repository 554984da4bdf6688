"""What provisioning on demand does not do for an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Place
from provlint.model.metadata import supports_provision_on_demand
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_rules import sources
from provlint_rules.applications import recognise, recognise_each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import (
        ConfigurationUnit,
        FilterGroupUnit,
        ObjectMappingUnit,
        SynchronizationRuleUnit,
    )
    from provlint_rules.application_facts import Application, Fact
    from provlint_rules.applications import Recognised

LIMIT = RuleInfo(
    "PL501", "on-demand-limit", "Provisioning on demand is limited for the application", NOTE,
    sources.ON_DEMAND,
)  # fmt: skip
GROUPS = RuleInfo(
    "PL510", "on-demand-group-limit", "Groups are provisioned on demand with few members", NOTE,
    sources.ON_DEMAND,
)  # fmt: skip

UNSUPPORTED = "unsupported"
OF_THE_SERVICE = "Default"
"""Beginning of the names of filter groups that cloud sync brings along."""


def limit(unit: ConfigurationUnit) -> Iterator[Finding]:
    """What the schema declares wins over what pages say; each application is spoken of once."""
    told: set[str] = set()
    for found, rule in recognise_each(unit):
        declared = _declaration(rule)
        if declared is False and rule is not None:
            name = found.application.name if found is not None else _owner(rule)
            if name not in told:
                told.add(name)
                yield _declared(rule, name, found)
        elif found is not None and found.application.name not in told:
            application = found.application
            if application.flagged and (_refused(application) or not declared):
                told.add(application.name)
                yield _known(found, declared)
            group = _own_filter(rule) if application.ignores_filters and rule is not None else None
            if group is not None:
                told.add(application.name)
                yield _ignored(application, group)


def _declaration(rule: SynchronizationRuleUnit | None) -> bool | None:
    """What the metadata of a rule say; a no of a rule that imports roles says nothing."""
    declared = supports_provision_on_demand(rule.rule.metadata) if rule is not None else None
    if declared is False and rule is not None and not _provisions(rule):
        return None
    return declared


def _provisions(rule: SynchronizationRuleUnit) -> bool:
    """Whether the rule is one for people or groups, not one that imports roles."""
    mappings = [each for each in rule.object_mappings if each.mapping.enabled and not each.is_stub]
    return not mappings or any(each.maps_users or each.maps_groups for each in mappings)


def _owner(rule: SynchronizationRuleUnit) -> str:
    return rule.rule.target_directory_name or rule.rule.name or "the application"


def _declared(rule: SynchronizationRuleUnit, name: str, found: Recognised | None) -> Finding:
    message = (
        f"{quote(name)} cannot be provisioned on demand: the schema says"
        " `supportsProvisionOnDemand` is false"
    )
    advice = "try changes with a cycle over a few users instead"
    severity = WARNING
    if found is not None:
        refused = _refused(found.application)
        if refused:
            message += f", and Microsoft named it so on {refused}"
        if found.application.status("users") == UNSUPPORTED:
            advice, severity = found.application.advice or advice, ERROR
    return Finding(
        message, advice, Place(rule.rule.pointer + "/metadata", "key"), severity=severity
    )


def _known(found: Recognised, declared: bool | None) -> Finding:
    application = found.application
    message = f"{quote(application.name)} {_history(application)}"
    if declared:
        message += "; this schema says that it supports it"
    nothing_works = application.status("users") == UNSUPPORTED and not declared
    return Finding(
        message, application.advice, found.place, severity=ERROR if nothing_works else NOTE
    )


def _own_filter(rule: SynchronizationRuleUnit) -> FilterGroupUnit | None:
    """The first filter group that is not one of the service's own."""
    for mapping in rule.object_mappings:
        scope = mapping.scope_unit if mapping.mapping.enabled else None
        for group in scope.groups if scope is not None else ():
            if group.clauses and not (group.group.name or "").startswith(OF_THE_SERVICE):
                return group
    return None


def _ignored(application: Application, group: FilterGroupUnit) -> Finding:
    fact = application.facts("on-demand")[-1]
    name = f" {quote(group.group.name)}" if group.group.name else ""
    return Finding(
        f"on demand, {quote(application.name)} does not apply the filter group{name}: {fact.text}"
        f" ({fact.date})",
        application.advice,
        Place(f"{group.group.pointer}/name")
        if group.group.name
        else Place(f"{group.group.pointer}/clauses", "key"),
    )


def _history(application: Application) -> str:
    """What was said when, and what holds since."""
    refused = _refused(application)
    later = [fact for fact in application.facts("on-demand") if fact.status != UNSUPPORTED]
    if refused:
        was = f"was named on {refused} as unable to provision on demand"
        return "; ".join([was, *_since(later)])
    return f"is limited in provisioning on demand: {'; '.join(_since(later[-1:]))}"


def _refused(application: Application) -> str:
    """The dates of the pages that name the application as unable to provision on demand."""
    facts = application.facts("on-demand")
    return " and ".join(fact.date for fact in facts if fact.status == UNSUPPORTED)


def _since(facts: list[Fact]) -> Iterator[str]:
    for fact in facts:
        yield f"since {fact.date} {fact.text}"


def groups(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """In 2020 no group was provisioned on demand; since 2023 some members are."""
    if not unit.maps_groups or not unit.mapping.enabled:
        return
    found = recognise(unit.rule, generic=False)
    if found is None or not found.application.flagged:
        return
    application = found.application
    if UNSUPPORTED in (application.status("groups"), application.status("users")):
        return
    if supports_provision_on_demand(unit.rule.rule.metadata) is False:
        return
    yield Finding(
        f"groups of {quote(application.name)} could not be provisioned on demand on 2020-06-16;"
        " since 2023-05-05 a group is provisioned with at most 5 members at a time",
        "pick up to 5 direct members of the group, and leave the rest to a cycle",
        unit.place("sourceObjectName"),
    )


RULES = (
    Rule(LIMIT, "document", limit),
    Rule(GROUPS, "object-mapping", groups),
)
