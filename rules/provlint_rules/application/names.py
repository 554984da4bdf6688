"""Names of applications and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import NOTE, WARNING, Place
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import did_you_mean, quote
from provlint_rules import sources
from provlint_rules.applications import all_names, named, recognise_each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import ConfigurationUnit

LEGACY = RuleInfo(
    "PL507", "legacy-template", "The job is made from a template that is no longer supported",
    WARNING, sources.SCIM_COMPATIBILITY,
)  # fmt: skip
UNKNOWN = RuleInfo(
    "PL509", "unknown-application", "Nothing is known of the application that was named", NOTE,
    sources.ON_DEMAND,
)  # fmt: skip
CONTRADICTED = RuleInfo(
    "PL511", "contradicted-application", "The file is for another application than the one named",
    WARNING, sources.ON_DEMAND,
)  # fmt: skip

LEGACY_TEMPLATES = {"customappsso": ("scim", "2018")}
"""Template id in lower case to the one that replaced it, and since when."""


def legacy(unit: ConfigurationUnit) -> Iterator[Finding]:
    """Its departures from SCIM are kept for old jobs; fixes go into the new template."""
    for written, place in _templates(unit):
        known = LEGACY_TEMPLATES.get(written.lower())
        if known is not None:
            new, year = known
            yield Finding(
                f"the template {quote(written)} is no longer supported; `{new}` replaced it in"
                f" {year}",
                f"create a job from the template `{new}`, and stop this one",
                place,
            )


def _templates(unit: ConfigurationUnit) -> Iterator[tuple[str, Place]]:
    """The template id of every job and schema, once each."""
    jobs = {job.pointer: job for job in unit.document.jobs}
    for each in unit.schemas:
        schema = each.schema
        if schema.job is not None:
            jobs.setdefault(schema.job.pointer, schema.job)
        elif schema.template is not None and schema.template.id:
            yield schema.template.id, Place(schema.template.pointer + "/id")
        elif schema.id:
            yield _prefix(schema.id, schema.pointer)
    for job in jobs.values():
        if job.template_id:
            yield job.template_id, Place(job.pointer + "/templateId")
        elif job.id:
            yield _prefix(job.id, job.pointer)


def _prefix(identifier: str, pointer: str) -> tuple[str, Place]:
    template, dot, _ = identifier.partition(".")
    return (template if dot else ""), Place(pointer + "/id", "text", 0, len(template))


def unknown(unit: ConfigurationUnit) -> Iterator[Finding]:
    """Without a known name no limit is checked, except for what the file tells."""
    word = unit.application
    if not word or named(word) or unit.document.shape == "unrecognised":
        return
    meant = did_you_mean(word, all_names())
    yield Finding(
        f"no application called {quote(word)} is known, so its limits are not checked",
        meant or "list the known ones with `provlint explain applications`, or leave it as a label",
        Place(""),
        severity=WARNING if meant else NOTE,
    )


def contradicted(unit: ConfigurationUnit) -> Iterator[Finding]:
    """What the file tells of itself counts; a name for it that says otherwise is a slip."""
    word = unit.application
    meant = named(word) if word else ()
    told: set[str] = set()
    for found, _ in recognise_each(unit) if meant else ():
        if found is None or found.application in meant or found.application.name in told:
            continue
        name = found.application.name
        told.add(name)
        yield Finding(
            f"{quote(word)} was named as the application, and the {found.by} says {quote(name)},"
            " which counts",
            f"leave the name out, or see whether this is the file that you meant for {quote(word)}",
            found.place,
        )


RULES = (
    Rule(LEGACY, "document", legacy),
    Rule(UNKNOWN, "document", unknown),
    Rule(CONTRADICTED, "document", contradicted),
)
