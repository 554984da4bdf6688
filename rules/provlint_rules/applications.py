"""Which application a configuration is for, and what that application supports, dated.

What is known stands in `applications.toml`. The tables made from it are two modules: one to
recognise applications by, and one with the facts, which is imported once one is recognised.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/provision-on-demand
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import Place
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.model.tree import Job, Schema, Template
    from provlint.semantics.configuration import (
        ConfigurationUnit,
        SchemaUnit,
        SynchronizationRuleUnit,
    )


class Fact(NamedTuple):
    """What a page said on a day.

    Attributes:
        capability: `on-demand`, `users`, `groups`, `roles`, `disable`, `delete`, `matching`,
            `account-discovery` or `other`.
        date: Of the page: a day, a month or a year.
        status: `unsupported`, `supported`, `with-condition` or `unknown`.
        text: Our words for it.
        source: The page.
        condition: What must be so, where something must.
    """

    capability: str
    date: str
    status: str
    text: str
    source: str
    condition: str = ""


class Application(NamedTuple):
    """An application; `applications.toml` says what its fields mean."""

    name: str
    aliases: tuple[str, ...]
    templates: tuple[str, ...]
    starts: tuple[str, ...]
    factory_tags: tuple[str, ...]
    gallery_ids: tuple[str, ...]
    gallery_keys: tuple[str, ...]
    directories: tuple[str, ...]
    systems: tuple[str, ...]
    users_matching: tuple[str, ...]
    groups_matching: tuple[str, ...]
    users_required: tuple[str, ...]
    users_single: tuple[str, ...]
    users_create_only: tuple[str, ...]
    generic: bool
    flagged: bool
    single_role: bool
    advice: str
    fact_rows: tuple[tuple[str, ...], ...]

    def facts(self, capability: str = "") -> tuple[Fact, ...]:
        """What is known of a capability, or of all, the oldest first."""
        return tuple(Fact(*row) for row in self.fact_rows if not capability or row[0] == capability)

    def status(self, capability: str) -> str:
        """What holds today: the status that the last page gave; `unknown` where none was seen."""
        facts = self.facts(capability)
        return facts[-1].status if facts else "unknown"


class Recognised(NamedTuple):
    """An application, and how it was told.

    Attributes:
        application: The application.
        by: `name given`, `template id`, `job id`, `gallery application` or `directory name`.
        place: Where the file says it; where the name was given, the best place to speak of it.
    """

    application: Application
    by: str
    place: Place


def key(name: str) -> str:
    """A name as it is looked up: letters and digits in lower case."""
    return "".join(character for character in name.lower() if character.isalnum())


def application(number: int) -> Application:
    """The application with a number of the tables."""
    from provlint_rules.application_facts_data import APPLICATIONS

    return Application(*APPLICATIONS[number])


def applications() -> tuple[Application, ...]:
    """All applications, in the order of `applications.toml`."""
    from provlint_rules.application_facts_data import APPLICATIONS

    return tuple(Application(*row) for row in APPLICATIONS)


def on_demand_history() -> tuple[Fact, ...]:
    """What was said of provisioning on demand in general, the oldest first."""
    from provlint_rules.application_facts_data import HISTORY

    return tuple(Fact(*row) for row in HISTORY)


def named(word: str) -> tuple[Application, ...]:
    """The applications that a name or alias stands for, in any case and punctuation."""
    return tuple(application(number) for number in _numbers(word))


def all_names() -> Iterator[str]:
    """Every name and alias."""
    for each in applications():
        yield each.name
        yield from each.aliases


def _numbers(word: str) -> tuple[int, ...]:
    from provlint_rules.applications_data import NAMES

    return NAMES.get(key(word), ())


class _Told(NamedTuple):
    number: int
    by: str
    place: Place


def recognise(unit: SchemaUnit | SynchronizationRuleUnit) -> Recognised | None:
    """The application of a schema or of one of its rules; None where nothing tells it.

    The name that the user gave goes first, then template id, job id, directory name. A name for
    several applications stands for the one that the file tells, else for the first. A connector
    for any application is told only where nothing tells the application itself.
    """
    from provlint.semantics.configuration import SchemaUnit

    if isinstance(unit, SchemaUnit):
        return _recognise(unit, unit.rules)
    return _recognise(unit.schema, (unit,))


def recognise_job(configuration: ConfigurationUnit, job: Job) -> Recognised | None:
    """The application of a job without its schema."""
    return _choose(configuration, tuple(_of_job(job)), _place_of_job(job))


def recognise_name(configuration: ConfigurationUnit) -> Recognised | None:
    """The application by the name that the user gave alone."""
    return _choose(configuration, (), Place(""))


def _recognise(schema: SchemaUnit, rules: tuple[SynchronizationRuleUnit, ...]) -> Recognised | None:
    told = [*_of_schema(schema.schema), *(each for rule in rules for each in _of_rule(rule))]
    return _choose(schema.configuration, tuple(told), _best_place(schema.schema, rules))


def _choose(
    configuration: ConfigurationUnit, told: tuple[_Told, ...], place: Place
) -> Recognised | None:
    given = _numbers(configuration.application) if configuration.application else ()
    if given:
        number = next((each.number for each in told if each.number in given), given[0])
        return Recognised(application(number), "name given", place)
    generic: Recognised | None = None
    for each in told:
        found = Recognised(application(each.number), each.by, each.place)
        if not found.application.generic:
            return found
        generic = generic or found
    return generic


def _of_schema(schema: Schema) -> Iterator[_Told]:
    if schema.job is not None:
        yield from _of_job(schema.job)
    if schema.template is not None:
        yield from _of_template(schema.template)
    if schema.id:
        yield from _of_identifier(schema.id, Place(schema.pointer + "/id"))


def _of_job(job: Job) -> Iterator[_Told]:
    if job.template_id:
        yield from _by_template_id(
            job.template_id, "template id", Place(job.pointer + "/templateId")
        )
    if job.id:
        yield from _of_identifier(job.id, Place(job.pointer + "/id"))


def _of_identifier(identifier: str, place: Place) -> Iterator[_Told]:
    template, dot, _ = identifier.partition(".")
    if dot:
        part = Place(place.pointer, "text", 0, len(template))
        yield from _by_template_id(template, "job id", part)


def _by_template_id(template: str, by: str, place: Place) -> Iterator[_Told]:
    from provlint_rules.applications_data import NAMES, STARTS, TEMPLATES

    word = key(template)
    if word in TEMPLATES:
        yield _Told(TEMPLATES[word], by, place)
        return
    for start, number in STARTS:
        if word.startswith(start):
            yield _Told(number, by, place)
            return
    for number in NAMES.get(word, ()):
        yield _Told(number, by, place)


def _of_template(template: Template) -> Iterator[_Told]:
    from provlint_rules.applications_data import FACTORY, GALLERY

    if template.id:
        yield from _by_template_id(template.id, "template id", Place(template.pointer + "/id"))
    metadata = {name.lower(): text for name, text in template.metadata.items()}
    for text, member in (
        (template.application_id, "/applicationId"),
        (metadata.get("galleryapplicationidentifier"), "/metadata"),
        (metadata.get("galleryapplicationkey"), "/metadata"),
    ):
        number = GALLERY.get((text or "").lower())
        if number is not None:
            yield _Told(number, "gallery application", Place(template.pointer + member))
    number = FACTORY.get(key(template.factory_tag or ""))
    if number is not None:
        yield _Told(number, "template id", Place(template.pointer + "/factoryTag"))


def _of_rule(unit: SynchronizationRuleUnit) -> Iterator[_Told]:
    from provlint_rules.applications_data import SYSTEMS

    rule = unit.rule
    by = "directory name"
    target, source = rule.target_directory_name or "", rule.source_directory_name or ""
    places = (
        (target, Place(rule.pointer + "/targetDirectoryName")),
        (source, Place(rule.pointer + "/sourceDirectoryName")),
    )
    pair = SYSTEMS.get((unit.source_system, unit.target_system))
    if pair is not None:
        yield _Told(pair, by, next((place for name, place in places if name), Place("")))
    inbound = SYSTEMS.get((unit.source_system, ""))
    if inbound is not None:
        yield _Told(inbound, by, next((place for name, place in places[::-1] if name), Place("")))
    for name, place in places:
        for number in _by_directory(name):
            yield _Told(number, by, place)


def _by_directory(name: str) -> tuple[int, ...]:
    from provlint_rules.applications_data import DIRECTORIES, NAMES

    for text in (name, name.partition(" (")[0]):
        word = key(text)
        for candidate in (word, word.removesuffix("provisioning")):
            if candidate in DIRECTORIES:
                return (DIRECTORIES[candidate],)
            if candidate in NAMES:
                return NAMES[candidate]
    return ()


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
