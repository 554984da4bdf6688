"""The card of an application: what it supports since when, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint_rules.application_facts import Application, Fact

WIDTH = 96
"""Columns of a card."""

ALL = ("application", "applications")
"""Words that list the applications instead."""

TITLES = {
    "on-demand": "provisioning on demand",
    "users": "users",
    "groups": "groups",
    "roles": "roles",
    "disable": "disabling",
    "delete": "deleting",
    "matching": "matching",
    "account-discovery": "account discovery",
    "other": "other limits",
}
SIGNS = {
    "unsupported": "no",
    "supported": "yes",
    "with-condition": "yes, but",
    "unknown": "unclear",
}


def explain_application(word: str) -> str | None:
    """The cards of the applications that a name or alias stands for, in any letter case.

    `applications` lists them all. None where the word is no application.
    """
    from provlint_rules.application_facts import applications
    from provlint_rules.applications import named

    if word.lower() in ALL:
        return "\n".join(each.name for each in applications()) + "\n"
    found = named(word)
    if not found:
        return None
    return "\n".join("".join(f"{line}\n" for line in _card(each)) for each in found)


def _card(application: Application) -> Iterator[str]:
    yield application.name
    yield from _entry("also called", application.aliases)
    yield from _entry("template ids", application.templates)
    yield from _entry("factory tags", application.factory_tags)
    yield from _entry("gallery", (*application.gallery_ids, *application.gallery_keys))
    yield from _entry("directories", application.directories)
    yield from _entry("recognised by", (_recognition(application),))
    yield from _entry("finds users by", application.users_matching)
    yield from _entry("finds groups by", application.groups_matching)
    unseen = []
    for capability, title in TITLES.items():
        facts = application.facts(capability)
        if facts:
            yield ""
            yield title
            yield from _facts(facts)
        elif capability != "other":
            unseen.append(title)
    yield ""
    if unseen:
        yield from _wrapped("no page seen says anything of: ", "  ", ", ".join(unseen))
    if application.advice:
        yield from _wrapped("what to do: ", "  ", application.advice)
    if application.flagged and application.status("users") != "unsupported":
        yield from _on_demand(application)


def _recognition(application: Application) -> str:
    if application.systems:
        source, target = application.systems
        pair = f"{source or 'any source'} to {target or 'any target'}"
        return f"its names as template id, job id or directory, or the systems {pair}"
    return "template id, beginning of the job id, or name of the directory"


def _on_demand(application: Application) -> Iterator[str]:
    """What holds for every application, as far as the one at hand has the thing at all."""
    from provlint_rules.application_facts import on_demand_history

    yield ""
    yield "on demand, for every application"
    skipped = {"on-demand"}
    if application.status("groups") == "unsupported":
        skipped.add("groups")
    yield from _facts([fact for fact in on_demand_history() if fact.capability not in skipped])


def _facts(facts: Sequence[Fact]) -> Iterator[str]:
    previous = ""
    for fact in facts:
        if previous and fact.source != previous:
            yield f"  {'':12}{'':10}{previous}"
        previous = fact.source
        text = fact.text if not fact.condition else f"{fact.text} ({fact.condition})"
        is_limit = fact.capability == "other" and fact.status == "with-condition"
        head = f"  {fact.date:12}{'limit' if is_limit else SIGNS[fact.status]:10}"
        yield from _wrapped(head, " " * len(head), text)
    yield f"  {'':12}{'':10}{previous}"


def _entry(title: str, words: Sequence[str]) -> Iterator[str]:
    if words:
        head = f"  {title:17}"
        yield from _wrapped(head, " " * len(head), ", ".join(words))


def _wrapped(first: str, later: str, text: str) -> Iterator[str]:
    from textwrap import wrap

    yield from wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
