"""The canonical form of a provisioning configuration.

Every shape that people keep in files (`provlint.model.read`) becomes this tree. Names follow
Microsoft Graph, in snake case. Each object knows its `pointer`: the RFC 6901 pointer to it in the
file as it stands. A property that the file leaves out has Graph's documented default.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationschema
"""

# Annotations are evaluated here: as strings, each would be compiled on start-up, a millisecond.

from collections.abc import Mapping
from typing import Literal

from provlint_grammar.named_tuple import NamedTuple

SourceType = Literal["Attribute", "Constant", "Function"]


class AttributeDefinition(NamedTuple):
    """An attribute of an object in a directory."""

    pointer: str
    name: str
    type: str = "String"
    anchor: bool = False
    case_exact: bool = False
    default_value: str | None = None
    flow_null_values: bool = False
    multivalued: bool = False
    mutability: str = "ReadWrite"
    required: bool = False
    metadata: Mapping[str, str] = {}
    api_expressions: Mapping[str, str] = {}
    referenced_objects: tuple[str, ...] = ()


class ObjectDefinition(NamedTuple):
    """A kind of object in a directory, such as `User`."""

    pointer: str
    name: str
    attributes: tuple[AttributeDefinition, ...] = ()
    metadata: Mapping[str, str] = {}


class Directory(NamedTuple):
    """A directory: one side of a synchronization rule."""

    pointer: str
    name: str
    id: str = ""
    objects: tuple[ObjectDefinition, ...] = ()
    read_only: bool = False


class MappingSource(NamedTuple):
    """The source of an attribute mapping.

    `expression` is the text as the file has it, or None. `parameters` holds the stored parse
    tree of a function: pairs of parameter key and nested source.
    """

    pointer: str
    type: str = "Attribute"
    name: str | None = None
    expression: str | None = None
    parameters: "tuple[tuple[str, MappingSource], ...]" = ()


class AttributeMapping(NamedTuple):
    """What is written to one target attribute. `matching_priority` 0: not a matching attribute."""

    pointer: str
    target_attribute_name: str
    source: MappingSource | None = None
    matching_priority: int = 0
    flow_type: str = "Always"
    flow_behavior: str = "FlowWhenChanged"
    default_value: str | None = None
    export_missing_references: bool = False


class FilterClause(NamedTuple):
    """One test of a scoping filter. `values` is None when the file gives no operand."""

    pointer: str
    source_operand_name: str
    operator_name: str
    values: tuple[str, ...] | None = None


class FilterGroup(NamedTuple):
    """Clauses that must all hold."""

    pointer: str
    name: str | None = None
    clauses: tuple[FilterClause, ...] = ()


class Scope(NamedTuple):
    """The three filter sets of an object mapping; groups of one set are alternatives."""

    pointer: str
    groups: tuple[FilterGroup, ...] = ()
    input_filter_groups: tuple[FilterGroup, ...] = ()
    category_filter_groups: tuple[FilterGroup, ...] = ()


class ObjectMapping(NamedTuple):
    """How one kind of source object becomes one kind of target object.

    `flow_types` holds the members of `Add`, `Update`, `Delete` that are switched on; None when
    the file does not say.
    """

    pointer: str
    name: str | None = None
    enabled: bool = True
    flow_types: frozenset[str] | None = None
    source_object_name: str = ""
    target_object_name: str = ""
    attribute_mappings: tuple[AttributeMapping, ...] = ()
    scope: Scope | None = None
    metadata: Mapping[str, str] = {}


class SynchronizationRule(NamedTuple):
    """One direction between two directories.

    `included_containers` and `included_groups` are the distinguished names that cloud sync limits
    a rule to; empty means no limit.
    """

    pointer: str
    name: str | None = None
    id: str | None = None
    priority: int = 0
    editable: bool = True
    source_directory_name: str | None = None
    target_directory_name: str | None = None
    object_mappings: tuple[ObjectMapping, ...] = ()
    metadata: Mapping[str, str] = {}
    included_containers: tuple[str, ...] = ()
    included_groups: tuple[str, ...] = ()


class Job(NamedTuple):
    """A provisioning job.

    Attributes:
        pointer: Where it stands in the file.
        id: Its id; begins with that of its template.
        template_id: Id of its template.
        schedule_state: `Active`, `Paused` or `Disabled`.
        status_code: `NotRun`, `Active`, `Paused`, `Quarantine`, …
        settings: `synchronizationJobSettings`, as they are written.
        has_settings: Whether the file has that key.
        setting_places: Pointers to the settings, by name.
    """

    pointer: str
    id: str | None = None
    template_id: str | None = None
    schedule_state: str | None = None
    status_code: str | None = None
    settings: Mapping[str, str] = {}
    has_settings: bool = False
    setting_places: Mapping[str, str] = {}


class StoredSecret(NamedTuple):
    """A setting that is kept among the secrets; its value may give access."""

    pointer: str
    key: str
    value: str


class Template(NamedTuple):
    """A template of a gallery application."""

    pointer: str
    id: str | None = None
    application_id: str | None = None
    factory_tag: str | None = None
    metadata: Mapping[str, str] = {}


class Schema(NamedTuple):
    """A synchronization schema.

    Attributes:
        pointer: Where it stands in the file.
        id: The job's id in exports.
        version: As exported.
        rules: The synchronization rules.
        directories: The directories; None when the file leaves them out.
        job: The job that the schema is part of, where the file has one.
        template: The template that the schema is part of, where the file has one.
        fragment: Whether the file holds only a part of a schema, so that what is missing
            says nothing.
        context: The `@odata.context` of an export.
    """

    pointer: str
    id: str | None = None
    version: str | None = None
    rules: tuple[SynchronizationRule, ...] = ()
    directories: tuple[Directory, ...] | None = None
    job: Job | None = None
    template: Template | None = None
    fragment: bool = False
    context: str | None = None


class Defect(NamedTuple):
    """A place where the file departs from the canonical form.

    Attributes:
        code: Kebab-case kind; a rule of group 0 reports it.
        pointer: Where.
        message: What was found and what was expected.
        help: What to do.
        part: Whether the key or the value is at fault.
        replacement: The right spelling, where it is certain.
    """

    code: str
    pointer: str
    message: str
    help: str
    part: Literal["key", "value"] = "value"
    replacement: str | None = None


class Document(NamedTuple):
    """What one file holds.

    Attributes:
        shape: Kebab-case name of the recognised shape: `schema`, `job`, `template`,
            `synchronization-rule`, `object-mapping`, `attribute-mapping`, `mapping-test`,
            `directory`, `object-definition`, `attribute-definition`, `scope`, `filter-group`;
            each of them with `-list` for an array or a `value` wrapper; `schema-map` for names
            with schemas, `fragments` for several kinds of pieces, `unrecognised` for the rest.
        schemas: The schemas; a fragment is wrapped in a schema of its own.
        jobs: The jobs, also those without a schema.
        defects: Departures from the canonical form, in file order.
        secrets: What a `synchronization` resource keeps beside its jobs.
    """

    shape: str
    schemas: tuple[Schema, ...] = ()
    jobs: tuple[Job, ...] = ()
    defects: tuple[Defect, ...] = ()
    secrets: tuple[StoredSecret, ...] = ()
