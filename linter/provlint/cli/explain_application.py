"""The card of an application: what it supports since when, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint_rules.application_facts import Application, Fact

ALL = ("application", "applications")
"""Words that list the applications instead."""

TITLES = {
    "on-demand": "Provisioning on demand",
    "users": "Users",
    "groups": "Groups",
    "roles": "Roles",
    "disable": "Disabling",
    "delete": "Deleting",
    "matching": "Matching",
    "account-discovery": "Account discovery",
    "other": "Other limits",
}
SIGNS = {
    "unsupported": "not supported",
    "supported": "supported",
    "with-condition": "with a condition",
    "unknown": "unclear",
}


def explain(word: str) -> Iterator[str]:
    """A Markdown card for each application that a name or alias stands for, in any letter case.

    `applications` gives a list of them.
    """
    from provlint_rules.applications import named

    if word.lower() in ALL:
        from provlint_rules.application_facts import applications

        names = "".join(f"- {each.name}\n" for each in applications())
        yield f"# Applications\n\n{names}"
    for each in named(word):
        yield "".join(f"{line}\n" for line in _card(each))


def known() -> Iterator[str]:
    """Names and aliases of all applications."""
    from provlint_rules.applications import all_names

    return all_names()


def explain_application(word: str) -> str | None:
    """The cards for a word in one text; None where it is no application."""
    return "\n".join(explain(word)) or None


def _card(application: Application) -> Iterator[str]:
    yield f"# {application.name} (application)"
    yield ""
    if application.aliases:
        yield f"Also called {', '.join(application.aliases)}."
        yield ""
    yield "| | |"
    yield "| --- | --- |"
    gallery = (*application.gallery_ids, *application.gallery_keys)
    for title, words in (
        ("template ids", application.templates),
        ("factory tags", application.factory_tags),
        ("gallery", gallery),
        ("directories", application.directories),
        ("finds users by", application.users_matching),
        ("finds groups by", application.groups_matching),
    ):
        if words:
            yield f"| {title} | {', '.join(f'`{word}`' for word in words)} |"
    refused = [f"`{each.target}` with {each.words}" for each in application.refused()]
    if refused:
        limits = "; ".join(refused).replace("`*`", "any value")
        yield f"| refuses | {limits} |"
    if application.users_lookups:
        known = ", ".join(f"`{name}`" for name in application.users_lookups)
        yield f"| looks up | {known} |"
    yield f"| recognised by | {_recognition(application)} |"
    if application.advice:
        yield f"| what to do | {application.advice} |"
    unseen = []
    for capability, title in TITLES.items():
        facts = application.facts(capability)
        if facts:
            yield from _section(title, facts)
        elif capability != "other":
            unseen.append(title.lower())
    if application.flagged and application.status("users") != "unsupported":
        yield from _section("On demand, for every application", _on_demand(application))
    if unseen:
        yield ""
        yield f"No page that was seen says anything of: {', '.join(unseen)}."


def _recognition(application: Application) -> str:
    if application.systems:
        source, target = application.systems
        pair = f"{source or 'any source'} to {target or 'any target'}"
        return f"its names as template id, job id or directory, or the systems: {pair}"
    return "template id, beginning of the job id, or name of the directory"


def _on_demand(application: Application) -> Sequence[Fact]:
    """What holds for every application, as far as the one at hand has the thing at all."""
    from provlint_rules.application_facts import on_demand_history

    skipped = {"on-demand"}
    if application.status("groups") == "unsupported":
        skipped.add("groups")
    return [fact for fact in on_demand_history() if fact.capability not in skipped]


def _section(title: str, facts: Sequence[Fact]) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    for fact in facts:
        is_limit = fact.capability == "other" and fact.status == "with-condition"
        sign = "limit" if is_limit else SIGNS[fact.status]
        condition = f" ({fact.condition})" if fact.condition else ""
        yield f"- {fact.date}, {sign}: {fact.text}{condition}"
    yield ""
    sources = dict.fromkeys(fact.source for fact in facts)
    yield f"Source: {', '.join(f'<{source}>' for source in sources)}"
