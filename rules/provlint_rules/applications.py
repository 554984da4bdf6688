"""Which application a configuration is for.

What is known of an application is in `application_facts`, which is imported once one is recognised.
Both are made from `applications.toml`.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/provision-on-demand
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import Place
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

    from provlint.model.tree import Job, Schema, Template
    from provlint.semantics.configuration import (
        ConfigurationUnit,
        SchemaUnit,
        SynchronizationRuleUnit,
    )
    from provlint_rules.application_facts import Application

    Told: TypeAlias = tuple[int, str, Place]  # number of an application, by what, where


GALLERY_ENTRIES = frozenset({"galleryapplicationidentifier", "galleryapplicationkey"})
"""Entries of metadata, in lower case, that name the gallery application."""


class Recognised(NamedTuple):
    """An application, and how it was told.

    Attributes:
        application: The application.
        by: `template id`, `job id`, `gallery application`, `directory name` or `name given`.
        place: Where the file says it; where the name was given, the best place to speak of it.
    """

    application: Application
    by: str
    place: Place


def key(name: str) -> str:
    """A name as it is looked up: letters and digits in lower case."""
    return "".join(character for character in name.lower() if character.isalnum())


def named(word: str) -> tuple[Application, ...]:
    """The applications that a name, alias, directory or template id stands for, in any case."""
    from provlint_rules.application_facts import application

    return tuple(application(number) for number in _numbers(word))


def all_names() -> Iterator[str]:
    """Every name and alias."""
    from provlint_rules.application_facts import applications

    for each in applications():
        yield each.name
        yield from each.aliases


def _numbers(word: str) -> tuple[int, ...]:
    """Numbers of the applications with that name, directory or template, the likeliest first.

    What stands in parentheses at the end, and the word "provisioning", are not part of a name.
    """
    from provlint_rules.applications_data import DIRECTORIES, NAMES, TEMPLATES

    for text in (word, word.partition(" (")[0]):
        whole = key(text)
        for each in (whole, whole.removesuffix("provisioning")):
            if each in NAMES:
                return NAMES[each]
            for table in (DIRECTORIES, TEMPLATES):
                if each in table:
                    return (table[each],)
    return ()


def recognise(
    unit: SchemaUnit | SynchronizationRuleUnit, *, generic: bool = True
) -> Recognised | None:
    """The application of a schema or of one of its rules; None where nothing tells it.

    Template id, job id, metadata and directory name go first, in this order, then the name that the
    user gave. Where a piece of evidence fits several applications, the name decides between them;
    where the name does, the first is taken. A connector for any application is told only where
    neither the file nor the user tells the application itself, and without `generic` only where
    the user named it.
    """
    from provlint.semantics.configuration import SchemaUnit

    if isinstance(unit, SchemaUnit):
        return _recognise(unit, unit.rules, generic)
    return _recognise(unit.schema, (unit,), generic)


def recognise_job(configuration: ConfigurationUnit, job: Job) -> Recognised | None:
    """The application of a job without its schema."""
    return _choose(configuration, tuple(_of_job(job)), _place_of_job(job))


def recognise_name(configuration: ConfigurationUnit) -> Recognised | None:
    """The application by the name that the user gave alone."""
    return _choose(configuration, (), Place(""))


def recognise_each(
    configuration: ConfigurationUnit,
) -> Iterator[tuple[Recognised | None, SynchronizationRuleUnit | None]]:
    """The applications of a configuration, connectors for any application only where named.

    One for each synchronization rule, with it; for each schema without rules and each job without
    schema; by the name that the user gave where the configuration has none of these.
    """
    spoken = False
    with_schema = {
        schema.schema.job.pointer for schema in configuration.schemas if schema.schema.job
    }
    for schema in configuration.schemas:
        spoken = True
        for rule in schema.rules:
            yield recognise(rule, generic=False), rule
        if not schema.rules:
            yield recognise(schema, generic=False), None
    for job in configuration.document.jobs:
        if job.pointer not in with_schema:
            spoken = True
            yield recognise_job(configuration, job), None
    if not spoken and configuration.document.shape != "unrecognised":
        yield recognise_name(configuration), None


def _recognise(
    schema: SchemaUnit, rules: tuple[SynchronizationRuleUnit, ...], generic: bool
) -> Recognised | None:
    told = [*_of_schema(schema.schema), *(each for rule in rules for each in _of_rule(rule))]
    return _choose(schema.configuration, tuple(told), _best_place(schema.schema, rules), generic)


def _choose(
    configuration: ConfigurationUnit, told: tuple[Told, ...], place: Place, generic: bool = True
) -> Recognised | None:
    from provlint_rules.applications_data import GENERIC

    given = _numbers(configuration.application) if configuration.application else ()
    specific = [each for each in told if each[0] not in GENERIC]
    if specific:
        equals = [each for each in specific if each[1:] == specific[0][1:]]
        return _recognised(*next((each for each in equals if each[0] in given), specific[0]))
    if given:
        number = next((each[0] for each in told if each[0] in given), given[0])
        return _recognised(number, "name given", place)
    return _recognised(*told[0]) if told and generic else None


def _recognised(number: int, by: str, place: Place) -> Recognised:
    from provlint_rules.application_facts import application

    return Recognised(application(number), by, place)


def _of_schema(schema: Schema) -> Iterator[Told]:
    if schema.job is not None:
        yield from _of_job(schema.job)
    if schema.template is not None:
        yield from _of_template(schema.template)
    if schema.id:
        yield from _of_identifier(schema.id, Place(schema.pointer + "/id"))


def _of_job(job: Job) -> Iterator[Told]:
    if job.template_id:
        yield from _by_template_id(
            job.template_id, "template id", Place(job.pointer + "/templateId")
        )
    if job.id:
        yield from _of_identifier(job.id, Place(job.pointer + "/id"))


def _of_identifier(identifier: str, place: Place) -> Iterator[Told]:
    template, dot, _ = identifier.partition(".")
    if dot:
        part = Place(place.pointer, "text", 0, len(template))
        yield from _by_template_id(template, "job id", part)


def _by_template_id(template: str, by: str, place: Place) -> Iterator[Told]:
    from provlint_rules.applications_data import NAMES, STARTS, TEMPLATES

    word = key(template)
    if word in TEMPLATES:
        yield (TEMPLATES[word], by, place)
        return
    for start, number in STARTS:
        if word.startswith(start):
            yield (number, by, place)
            return
    for number in NAMES.get(word, ()):
        yield (number, by, place)


def _of_template(template: Template) -> Iterator[Told]:
    from provlint_rules.applications_data import FACTORY, GALLERY

    if template.id:
        yield from _by_template_id(template.id, "template id", Place(template.pointer + "/id"))
    number = GALLERY.get((template.application_id or "").lower())
    if number is not None:
        yield (number, "gallery application", Place(template.pointer + "/applicationId"))
    yield from _of_metadata(template.metadata, template.pointer)
    number = FACTORY.get(key(template.factory_tag or ""))
    if number is not None:
        yield (number, "template id", Place(template.pointer + "/factoryTag"))


def _of_metadata(metadata: Mapping[str, str], pointer: str) -> Iterator[Told]:
    from provlint_rules.applications_data import GALLERY

    for name, text in metadata.items():
        if name.lower() in GALLERY_ENTRIES and text.lower() in GALLERY:
            yield (GALLERY[text.lower()], "gallery application", Place(pointer + "/metadata"))


def _of_rule(unit: SynchronizationRuleUnit) -> Iterator[Told]:
    from provlint_rules.applications_data import SYSTEMS

    rule = unit.rule
    by = "directory name"
    yield from _of_metadata(rule.metadata, rule.pointer)
    target, source = rule.target_directory_name or "", rule.source_directory_name or ""
    places = (
        (target, Place(rule.pointer + "/targetDirectoryName")),
        (source, Place(rule.pointer + "/sourceDirectoryName")),
    )
    pair = SYSTEMS.get((unit.source_system, unit.target_system))
    if pair is not None:
        yield (pair, by, next((place for name, place in places if name), Place("")))
    inbound = SYSTEMS.get((unit.source_system, ""))
    if inbound is not None:
        yield (inbound, by, next((place for name, place in places[::-1] if name), Place("")))
    for name, place in places:
        for number in _numbers(name):
            yield (number, by, place)


def _best_place(schema: Schema, rules: tuple[SynchronizationRuleUnit, ...]) -> Place:
    if schema.job is not None and schema.job.template_id:
        return _place_of_job(schema.job)
    for unit in rules:
        rule = unit.rule
        for text, member in (
            (rule.name, "/name"),
            (rule.target_directory_name, "/targetDirectoryName"),
            (rule.source_directory_name, "/sourceDirectoryName"),
        ):
            if text:
                return Place(rule.pointer + member)
    return Place("")


def _place_of_job(job: Job) -> Place:
    if job.template_id:
        return Place(job.pointer + "/templateId")
    return Place(job.pointer + "/id") if job.id else Place("")
