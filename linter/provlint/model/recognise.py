"""Tells by content what a value from a file is: a schema, a job, a fragment of a schema.

File names say nothing: shapes differ by the keys they have. PascalCase keys, as the PowerShell
SDK writes them, count as their camelCase twins.
"""

from __future__ import annotations

from provlint.model.vocabulary import ATTRIBUTE_TYPE, KEYS
from provlint.source.pointer import escape

FRAGMENT_KINDS = frozenset(
    {
        "synchronization-rule",
        "object-mapping",
        "attribute-mapping",
        "mapping-test",
        "directory",
        "object-definition",
        "attribute-definition",
        "scope",
        "filter-group",
    }
)
"""Kinds of objects that are part of a schema and are linted as far as they go."""

_SAMPLE = 50
"""How many items of a list are looked at to tell what it holds."""

_MAXIMUM_WRAPPERS = 4
"""How many wrappers (`value`, a list, a map of names) may stand around a configuration."""

_ONLY_ATTRIBUTE_DEFINITIONS = KEYS["attribute-definition"] - {
    "defaultValue",
    "metadata",
    "mutability",
    "name",
    "required",
    "type",
    "caseExact",
}
_NEVER_ATTRIBUTE_DEFINITIONS = frozenset({"multiValued", "returned", "subAttributes", "uniqueness"})
"""Properties of attributes in a SCIM schema document, another thing (RFC 7643 section 7)."""


class Part:
    """A recognised object and where it stands."""

    __slots__ = ("kind", "pointer", "value")

    def __init__(self, kind: str, pointer: str, value: object) -> None:
        self.kind = kind
        self.pointer = pointer
        self.value = value


class Recognition:
    """What a value turned out to be.

    Attributes:
        shape: The name of the shape, as `Document.shape` has it.
        parts: The recognised objects, in file order; those of one container together.
        strangers: Members of a recognised container that are nothing known; their kind is empty.
    """

    __slots__ = ("parts", "shape", "strangers")

    def __init__(self, shape: str, parts: list[Part], strangers: list[Part]) -> None:
        self.shape = shape
        self.parts = parts
        self.strangers = strangers


UNRECOGNISED = Recognition("unrecognised", [], [])


def camel(key: str) -> str:
    """The key with its first letter in lower case."""
    return key[:1].lower() + key[1:]


def is_pascal(value: dict[str, object]) -> bool:
    """Whether an object has the PascalCase keys of the PowerShell SDK."""
    keys = [key for key in value if isinstance(key, str) and "@odata." not in key]
    upper = sum(1 for key in keys if key[:1].isupper())
    return upper * 2 > len(keys)


def recognise(value: object, pointer: str = "", wrappers: int = 0) -> Recognition:
    """Tell what `value` is."""
    if isinstance(value, list):
        return _recognise_list(value, pointer, wrappers)
    if not isinstance(value, dict):
        return UNRECOGNISED
    kind = kind_of(value)
    if kind is not None and (kind != "attribute-definition" or _distinctive([value])):
        return Recognition(kind, [Part(kind, pointer, value)], [])
    if wrappers >= _MAXIMUM_WRAPPERS:
        return UNRECOGNISED
    for key in ("value", "Value"):
        if key in value and isinstance(value[key], list | dict):
            inner = recognise(value[key], f"{pointer}/{key}", wrappers + 1)
            if inner is not UNRECOGNISED:
                return inner
            if "/synchronization/jobs" in str(value.get("@odata.context", "")):
                return Recognition("job-list", [], [])
    return _recognise_map(value, pointer, wrappers)


def _recognise_list(value: list[object], pointer: str, wrappers: int) -> Recognition:
    parts: list[Part] = []
    strangers: list[Part] = []
    shape = ""
    for index, item in enumerate(value):
        place = f"{pointer}/{index}"
        kind = kind_of(item) if isinstance(item, dict) else None
        if kind is not None:
            shape = shape or f"{kind}-list"
            parts.append(Part(kind, place, item))
            continue
        inner = UNRECOGNISED
        if wrappers < _MAXIMUM_WRAPPERS and index < _SAMPLE:
            inner = recognise(item, place, wrappers + 1)
        if inner is UNRECOGNISED:
            strangers.append(Part("", place, item))
        else:
            shape = shape or (inner.shape if inner.shape.endswith("-list") else "fragments")
            parts += inner.parts
            strangers += inner.strangers
    if not parts:
        return UNRECOGNISED
    if shape == "attribute-definition-list" and not _distinctive(value):
        return UNRECOGNISED
    return Recognition(shape, parts, strangers)


def _recognise_map(value: dict[str, object], pointer: str, wrappers: int) -> Recognition:
    parts: list[Part] = []
    strangers: list[Part] = []
    for key, member in value.items():
        if not isinstance(member, dict | list) or not member:
            continue
        place = f"{pointer}/{escape(str(key))}"
        inner = recognise(member, place, wrappers + 1)
        if inner is UNRECOGNISED:
            strangers.append(Part("", place, member))
        else:
            parts += inner.parts
            strangers += inner.strangers
    if not parts:
        return UNRECOGNISED
    whole = all(part.kind not in FRAGMENT_KINDS for part in parts)
    return Recognition("schema-map" if whole else "fragments", parts, strangers)


def kind_of(value: dict[str, object]) -> str | None:
    """The kind of one object, or None. Distinguishing keys only; values are checked later."""
    keys = {camel(key) for key in value if isinstance(key, str)}
    if "synchronizationRules" in keys or (
        "directories" in keys and _looks_like(_member(value, "directories"), "directory")
    ):
        return "schema"
    return (
        _wrapper_kind(value, keys)
        or _mapping_kind(value, keys)
        or _definition_kind(value, keys)
        or _scope_kind(value, keys)
    )


def _wrapper_kind(value: dict[str, object], keys: set[str]) -> str | None:
    schema = _member(value, "schema")
    holds_schema = isinstance(schema, dict) and kind_of(schema) == "schema"
    if "factoryTag" in keys or {"applicationId", "discoverable"} <= keys:
        return "template"
    if "synchronizationJobSettings" in keys or {"templateId", "schedule"} <= keys:
        return "job"
    if "/synchronization/jobs" in str(value.get("@odata.context", "")) and "templateId" in keys:
        return "job"
    if holds_schema:
        return "template" if "applicationId" in keys else "job"
    return None


def _mapping_kind(value: dict[str, object], keys: set[str]) -> str | None:
    if "objectMappings" in keys or {"sourceDirectoryName", "targetDirectoryName"} <= keys:
        return "synchronization-rule"
    named = {"sourceObjectName", "targetObjectName", "flowTypes"} & keys
    if "attributeMappings" in keys and named:
        return "object-mapping"
    if {"sourceObjectName", "targetObjectName"} <= keys:
        return "object-mapping"
    if {"targetAttributeName", "expression"} <= keys and "source" not in keys:
        tested = keys & {"expectedResult", "inputAttributes"}
        return "mapping-test" if tested else "attribute-mapping"
    if "targetAttributeName" in keys:
        return "attribute-mapping"
    source = _member(value, "source")
    if isinstance(source, dict) and keys & {"flowType", "flowBehavior", "matchingPriority"}:
        return "attribute-mapping"
    return None


def _definition_kind(value: dict[str, object], keys: set[str]) -> str | None:
    objects = _member(value, "objects")
    if "objects" in keys and (
        keys & {"discoverabilities", "discoveryDateTime"}
        or ("name" in keys and _looks_like(objects, "object-definition"))
    ):
        return "directory"
    if {"attributes", "name"} <= keys:
        attributes = _member(value, "attributes")
        if isinstance(attributes, list) and _distinctive(attributes):
            return "object-definition"
    return "attribute-definition" if _is_attribute_definition(keys, value) else None


def _scope_kind(value: dict[str, object], keys: set[str]) -> str | None:
    if keys & {"inputFilterGroups", "categoryFilterGroups"}:
        return "scope"
    if _looks_like(_member(value, "groups"), "filter-group"):
        return "scope"
    clauses = _member(value, "clauses")
    if isinstance(clauses, list) and any(
        isinstance(clause, dict) and _member(clause, "sourceOperandName") is not None
        for clause in clauses[:_SAMPLE]
    ):
        return "filter-group"
    return None


def _member(value: dict[str, object], key: str) -> object:
    found = value.get(key)
    return found if found is not None else value.get(key[:1].upper() + key[1:])


def _looks_like(value: object, kind: str) -> bool:
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, dict) and _is_like(item, kind) for item in items[:_SAMPLE])


def _is_like(item: dict[str, object], kind: str) -> bool:
    if kind == "filter-group":
        return _scope_kind(item, set()) == "filter-group"
    keys = {camel(key) for key in item if isinstance(key, str)}
    if kind == "directory":
        return "objects" in keys or "discoverabilities" in keys
    attributes = _member(item, "attributes")
    if isinstance(attributes, list):
        return not attributes or any(isinstance(a, dict) and _member(a, "name") for a in attributes)
    return {"attributes", "name"} <= keys and (attributes is None or isinstance(attributes, str))


def _is_attribute_definition(keys: set[str], value: dict[str, object]) -> bool:
    if "name" not in keys or keys & _NEVER_ATTRIBUTE_DEFINITIONS:
        return False
    if len(keys & _ONLY_ATTRIBUTE_DEFINITIONS) >= 2:
        return True
    type_ = _member(value, "type")
    return (
        "type" in keys
        and keys <= KEYS["attribute-definition"]
        and (not isinstance(type_, str) or type_.lower() in ATTRIBUTE_TYPE.spellings)
    )


def _distinctive(items: list[object]) -> bool:
    """Whether some item has a key that only attribute definitions have."""
    for item in items[:_SAMPLE]:
        if isinstance(item, dict):
            keys = {camel(key) for key in item if isinstance(key, str)}
            if keys & _NEVER_ATTRIBUTE_DEFINITIONS:
                return False
            if keys & _ONLY_ATTRIBUTE_DEFINITIONS:
                return True
    return False
