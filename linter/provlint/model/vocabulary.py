"""The names of a provisioning configuration: properties per kind of object, and enumerations.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-overview, and the
complete exports that were looked at; where those differ from the page, the exports win.
"""

# Annotations are evaluated here: as strings, each would be compiled on start-up.

from provlint_grammar.named_tuple import NamedTuple

KEYS: dict[str, frozenset[str]] = {
    "schema": frozenset(
        {
            "@odata.context",
            "directories@odata.context",
            "id",
            "provisioningTaskIdentifier",
            "version",
            "synchronizationRules",
            "directories",
        }
    ),
    "directory": frozenset(
        {
            "id",
            "discoverabilities",
            "discoveryDateTime",
            "metadata",
            "name",
            "objects",
            "readOnly",
            "version",
        }
    ),
    "object-definition": frozenset({"attributes", "metadata", "name", "supportedApis"}),
    "attribute-definition": frozenset(
        {
            "anchor",
            "apiExpressions",
            "caseExact",
            "defaultValue",
            "flowNullValues",
            "metadata",
            "multivalued",
            "mutability",
            "name",
            "referencedObjects",
            "required",
            "type",
        }
    ),
    "referenced-object": frozenset({"referencedObjectName", "referencedProperty"}),
    "synchronization-rule": frozenset(
        {
            "containerFilter",
            "editable",
            "groupFilter",
            "id",
            "metadata",
            "name",
            "objectMappings",
            "priority",
            "sourceDirectoryName",
            "targetDirectoryName",
        }
    ),
    "container-filter": frozenset({"includedContainers"}),
    "group-filter": frozenset({"includedGroups"}),
    "object-mapping": frozenset(
        {
            "attributeMappings",
            "enabled",
            "flowTypes",
            "metadata",
            "name",
            "scope",
            "sourceObjectName",
            "targetObjectName",
        }
    ),
    "attribute-mapping": frozenset(
        {
            "defaultValue",
            "exportMissingReferences",
            "flowBehavior",
            "flowType",
            "matchingPriority",
            "source",
            "targetAttributeName",
        }
    ),
    "mapping-source": frozenset({"expression", "name", "parameters", "type"}),
    "pair": frozenset({"key", "value"}),
    "scope": frozenset({"categoryFilterGroups", "groups", "inputFilterGroups"}),
    "filter-group": frozenset({"clauses", "name"}),
    "filter-clause": frozenset({"operatorName", "sourceOperandName", "targetOperand"}),
    "filter-operand": frozenset({"values"}),
    "job": frozenset(
        {
            "@odata.context",
            "bulkUpload",
            "id",
            "schedule",
            "schema",
            "schema@odata.context",
            "status",
            "synchronizationJobSettings",
            "templateId",
        }
    ),
    "setting": frozenset({"name", "value"}),
    "template": frozenset(
        {
            "@odata.context",
            "applicationId",
            "default",
            "description",
            "discoverable",
            "factoryTag",
            "id",
            "metadata",
            "schema",
            "schema@odata.context",
        }
    ),
}

TITLES: dict[str, str] = {
    "schema": "a schema",
    "directory": "a directory",
    "object-definition": "an object definition",
    "attribute-definition": "an attribute definition",
    "referenced-object": "a referenced object",
    "synchronization-rule": "a synchronization rule",
    "container-filter": "a container filter",
    "group-filter": "a group filter",
    "object-mapping": "an object mapping",
    "attribute-mapping": "an attribute mapping",
    "mapping-source": "the source of an attribute mapping",
    "pair": "a pair of key and value",
    "scope": "a scope",
    "filter-group": "a filter group",
    "filter-clause": "a clause of a filter group",
    "filter-operand": "the operand of a clause",
    "job": "a job",
    "setting": "a job setting",
    "template": "a template",
}

MISSING_HELP: dict[str, str] = {
    "id": "copy `id` from an export of the job; the service tells its rules apart by it",
    "sourceDirectoryName": "write the `name` of one of the `directories`",
    "targetDirectoryName": "write the `name` of one of the `directories`",
    "sourceObjectName": "write the `name` of an object of the source directory",
    "targetObjectName": "write the `name` of an object of the target directory",
    "targetAttributeName": "write the `name` of an attribute of the target object",
    "operatorName": "write an operator, such as `EQUALS`",
    "sourceOperandName": "write the `name` of an attribute of the source object",
}
"""What to do about a property that is missing; `add` it where this says nothing."""


class Misnomer(NamedTuple):
    """A property that people write although Graph has none of this name.

    Attributes:
        reason: Continues the message: what Graph has instead.
        help: What to do.
        replacement: The property meant, where it is certain; its value is then read.
    """

    reason: str
    help: str
    replacement: str | None = None


_MAPPING_KIND = Misnomer(
    "Graph keeps the kind of mapping in `source.type`",
    "remove it, and write `Attribute`, `Constant` or `Function` in `source.type`",
)

MISNOMERS: dict[tuple[str, str], Misnomer] = {
    ("scope", "filterGroups"): Misnomer(
        "the filter groups of a scope stand in `groups`", "rename it to `groups`", "groups"
    ),
    ("scope", "scopingFilters"): Misnomer(
        "the filter groups of a scope stand in `groups`", "rename it to `groups`", "groups"
    ),
    ("scope", "clauses"): Misnomer(
        "the clauses of a scope stand in a filter group",
        "move the clauses into an object of the array `groups`",
    ),
    ("filter-clause", "values"): Misnomer(
        "the values of a clause stand in `targetOperand.values`",
        "write `targetOperand` as an object with the array `values`",
    ),
    ("filter-clause", "operator"): Misnomer(
        "the operator of a clause is `operatorName`", "rename it to `operatorName`", "operatorName"
    ),
    ("attribute-mapping", "mappingType"): _MAPPING_KIND,
    ("attribute-mapping", "type"): _MAPPING_KIND,
    ("attribute-mapping", "expression"): Misnomer(
        "the expression of a mapping stands in `source.expression`",
        "move it to `source.expression`",
    ),
    ("attribute-mapping", "flowTypes"): Misnomer(
        "`flowTypes` belongs to the object mapping; an attribute mapping has `flowType`",
        "write `flowType`, or move it to the object mapping",
    ),
    ("attribute-mapping", "sourceAttributeName"): Misnomer(
        "the source attribute of a mapping stands in `source.name`",
        'write `source` as `{"type": "Attribute", "name": …, "expression": …}`',
    ),
    ("object-mapping", "flowType"): Misnomer(
        "`flowType` belongs to an attribute mapping; an object mapping has `flowTypes`",
        "write `flowTypes`, such as `Add,Update,Delete`",
    ),
    ("object-mapping", "scopingFilter"): Misnomer(
        "the scoping filter of an object mapping is `scope`", "rename it to `scope`", "scope"
    ),
    ("synchronization-rule", "attributeMappings"): Misnomer(
        "attribute mappings belong to an object mapping",
        "move them into an object of the array `objectMappings`",
    ),
    ("directory", "attributes"): Misnomer(
        "attributes belong to an object definition",
        "move them into an object of the array `objects`",
    ),
    ("attribute-definition", "dataType"): Misnomer(
        "the type of an attribute is `type`", "rename it to `type`", "type"
    ),
    ("attribute-definition", "multiValued"): Misnomer(
        "Graph writes `multivalued` in lower case", "rename it to `multivalued`", "multivalued"
    ),
}


class Enumeration(NamedTuple):
    """The members of an enumeration, in the order of their numbers.

    Attributes:
        owner: What the property belongs to, with its article.
        members: The members; a member stands at the place of its number.
        spellings: Every member by its lower-case spelling.
    """

    owner: str
    members: tuple[str, ...]
    spellings: dict[str, str]


def _enumeration(kind: str, *members: str) -> Enumeration:
    return Enumeration(TITLES[kind], members, {member.lower(): member for member in members})


ATTRIBUTE_TYPE = _enumeration(
    "attribute-definition", "String", "Integer", "Reference", "Binary", "Boolean", "DateTime"
)
MUTABILITY = _enumeration("attribute-definition", "ReadWrite", "ReadOnly", "Immutable", "WriteOnly")
FLOW_BEHAVIOR = _enumeration("attribute-mapping", "FlowWhenChanged", "FlowAlways")
FLOW_TYPE = _enumeration(
    "attribute-mapping",
    "Always",
    "ObjectAddOnly",
    "MultiValueAddOnly",
    "ValueAddOnly",
    "AttributeAddOnly",
)
SOURCE_TYPE = _enumeration("mapping-source", "Attribute", "Constant", "Function")

OBJECT_FLOW_TYPES: dict[str, str] = {"add": "Add", "update": "Update", "delete": "Delete"}
"""The switches of `flowTypes`; as a number their bits are 1, 2 and 4."""

ENUMERATION_HELP: dict[tuple[str, str], str] = {
    ("flowType", "add"): "write `ObjectAddOnly` to write it only on creation, or `Always`; "
    "`Add` belongs in `flowTypes` of the object mapping",
    ("flowType", "update"): "write `Always`; `Update` belongs in `flowTypes` of the object mapping",
    ("flowType", "onlyduringcreation"): "write `ObjectAddOnly`",
    ("type", "expression"): "write `Function`",
    ("type", "direct"): "write `Attribute`",
    ("type", "none"): "write `null` in place of `source`, and the value in `defaultValue`",
}
"""What to do about a wrong member, by property and lower-case spelling."""
