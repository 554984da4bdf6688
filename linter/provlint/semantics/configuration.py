"""The index of one configuration: what stands where, and what each name refers to.

One class per unit that a rule may ask for (`provlint.rule.Unit`). A unit knows the units around
it, so a rule on a clause can ask for the attribute definition that the clause names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import Place, Subject
from provlint.semantics.expressions import (
    AttributeMappingUnit,
    CallUnit,
    ExpressionUnit,
    parse_once,
)
from provlint.semantics.filters import ClauseUnit, FilterGroupUnit, ScopeUnit
from provlint.semantics.systems import HR_SYSTEMS, directory_system, template_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.model.tree import (
        AttributeDefinition,
        Directory,
        Document,
        ObjectDefinition,
        ObjectMapping,
        Schema,
        SynchronizationRule,
    )
    from provlint.semantics.evidence import Evidence
    from provlint.semantics.systems import System
    from provlint.source import SourceProblem

    FactValue = str | int | float | bool
    Fact = FactValue | tuple[FactValue, ...]

__all__ = [
    "AttributeMappingUnit",
    "CallUnit",
    "ClauseUnit",
    "ConfigurationUnit",
    "ExpressionUnit",
    "FilterGroupUnit",
    "ObjectMappingUnit",
    "SchemaUnit",
    "ScopeUnit",
    "SynchronizationRuleUnit",
    "parse_once",
]

CLOUD_SYNC_TEMPLATES = (
    "ad2aadprovisioning",
    "ad2aadpasswordhash",
    "aad2ad",
    "aad2adgroup",
    "aad2adgroupprovisioning",
)


NO_FACTS: Mapping[str, Fact] = {}


class ConfigurationUnit:
    """A file under lint, and what the user said about it.

    Attributes:
        document: What the file holds.
        problems: What is wrong with the file as text; offsets are in the text of the file.
        application: The name given on the command line or in the configuration file, if any.
        dialect: The expression dialect the user asked for, if any.
        facts: What the user says of the organization, by name: values, and tuples of them.
        evidence: What inputs beside the file say, once they were asked; None without any.
    """

    __slots__ = ("application", "dialect", "document", "evidence", "facts", "problems", "schemas")

    def __init__(
        self,
        document: Document,
        *,
        problems: tuple[SourceProblem, ...] = (),
        application: str = "",
        dialect: str | None = None,
        facts: Mapping[str, Fact] = NO_FACTS,
    ) -> None:
        self.document = document
        self.problems = problems
        self.application = application
        self.dialect = dialect
        self.facts = facts
        self.evidence: Evidence | None = None
        self.schemas = tuple(SchemaUnit(self, schema) for schema in document.schemas)

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return Subject(application=self.application)


class SchemaUnit:
    """A schema and its directories by name."""

    __slots__ = ("configuration", "directories", "rules", "schema", "template_id")

    def __init__(self, configuration: ConfigurationUnit, schema: Schema) -> None:
        self.configuration = configuration
        self.schema = schema
        self.directories: dict[str, Directory] = {}
        for directory in schema.directories or ():
            self.directories.setdefault(directory.name, directory)
        self.template_id = _template_id(schema)
        self.rules = tuple(SynchronizationRuleUnit(self, rule) for rule in schema.rules)

    @property
    def complete(self) -> bool:
        """Whether the schema says all, so that what is missing is missing in the service too."""
        return not self.schema.fragment and self.schema.directories is not None

    @property
    def evidence(self) -> Evidence | None:
        """What inputs beside the file say."""
        return self.configuration.evidence

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.configuration.subject


def _template_id(schema: Schema) -> str:
    if schema.job is not None and schema.job.template_id:
        return schema.job.template_id
    if schema.template is not None and schema.template.id:
        return schema.template.id
    identifier = schema.id or (schema.job.id if schema.job is not None else None) or ""
    return identifier.partition(".")[0] if "." in identifier else ""


class SynchronizationRuleUnit:
    """A synchronization rule and the two directories that it names."""

    __slots__ = (
        "object_mappings",
        "rule",
        "schema",
        "source_directory",
        "source_system",
        "target_directory",
        "target_system",
    )

    def __init__(
        self,
        schema: SchemaUnit,
        rule: SynchronizationRule,
        *,
        source_system: System | None = None,
        target_system: System | None = None,
    ) -> None:
        self.schema = schema
        self.rule = rule
        source, target = rule.source_directory_name, rule.target_directory_name
        self.source_directory = schema.directories.get(source or "")
        self.target_directory = schema.directories.get(target or "")
        named = directory_system(source or "", self.source_directory)
        told = named not in ("application", "unknown")
        self.source_system: System = source_system or (
            named if told else template_source(schema.template_id) or named
        )
        self.target_system: System = target_system or directory_system(
            target or "", self.target_directory
        )
        self.object_mappings = tuple(
            ObjectMappingUnit(self, mapping) for mapping in rule.object_mappings
        )

    @property
    def dialect(self) -> str:
        """The expression dialect that the rule's mappings are written in."""
        asked = self.schema.configuration.dialect
        if asked is not None:
            return asked
        if self.schema.template_id.lower() in CLOUD_SYNC_TEMPLATES:
            return "cloud-sync"
        pair = {self.source_system, self.target_system}
        return "cloud-sync" if pair == {"entra", "active-directory"} else "app-provisioning"

    @property
    def from_hr(self) -> bool:
        """Whether the source is a system of record for people."""
        return self.source_system in HR_SYSTEMS

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return Subject(
            self.schema.configuration.application or self.rule.target_directory_name or ""
        )


class ObjectMappingUnit:
    """An object mapping, and the definitions of its two objects as far as the file has them."""

    __slots__ = (
        "attribute_mappings",
        "mapping",
        "rule",
        "source_attributes",
        "source_object",
        "target_attributes",
        "target_object",
    )

    def __init__(
        self,
        rule: SynchronizationRuleUnit,
        mapping: ObjectMapping,
        *,
        source_attributes: Mapping[str, AttributeDefinition] | None = None,
    ) -> None:
        self.rule = rule
        self.mapping = mapping
        self.source_object = _object(rule.source_directory, mapping.source_object_name)
        self.target_object = _object(rule.target_directory, mapping.target_object_name)
        self.source_attributes: Mapping[str, AttributeDefinition] | None = (
            source_attributes
            if source_attributes is not None
            else _by_name(self.source_object, rule.schema)
        )
        self.target_attributes = _by_name(self.target_object, rule.schema)
        self.attribute_mappings = tuple(
            AttributeMappingUnit(self, attribute_mapping)
            for attribute_mapping in mapping.attribute_mappings
        )

    @property
    def is_stub(self) -> bool:
        """Whether this is one of the service's internal mappings, which nothing refers to."""
        return not self.mapping.enabled and not self.mapping.source_object_name

    @property
    def matching(self) -> tuple[AttributeMappingUnit, ...]:
        """The matching attribute mappings in the order in which the service tries them."""
        found = [unit for unit in self.attribute_mappings if unit.mapping.matching_priority > 0]
        return tuple(sorted(found, key=lambda unit: unit.mapping.matching_priority))

    @property
    def maps_users(self) -> bool:
        """Whether the source objects are people."""
        name = self.mapping.source_object_name.lower()
        return name in PEOPLE or name.endswith(":user")

    @property
    def maps_groups(self) -> bool:
        """Whether the source objects are groups."""
        return self.mapping.source_object_name.lower() == "group"

    @property
    def scope_unit(self) -> ScopeUnit | None:
        """The filters of this mapping."""
        scope = self.mapping.scope
        return ScopeUnit(self, scope) if scope is not None else None

    @property
    def evidence(self) -> Evidence | None:
        """What inputs beside the file say."""
        return self.rule.schema.configuration.evidence

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.rule.subject._replace(mapping=self.mapping.name or "")

    def place(self, member: str = "") -> Place:
        """The mapping, or one member of it."""
        return Place(self.mapping.pointer + (f"/{member}" if member else ""))


PEOPLE = frozenset({"user", "inetorgperson", "worker", "employee", "peruser", "person"})
"""Source object names, in lower case, that stand for people."""


def _object(directory: Directory | None, name: str) -> ObjectDefinition | None:
    if directory is None:
        return None
    for definition in directory.objects:
        if definition.name == name:
            return definition
    return None


def _by_name(
    definition: ObjectDefinition | None, schema: SchemaUnit
) -> Mapping[str, AttributeDefinition] | None:
    """Attribute definitions by name; None when the file does not tell them all."""
    if definition is None or not definition.attributes or not schema.complete:
        return None
    return {attribute.name: attribute for attribute in definition.attributes}
