"""Reads recognised objects into the canonical tree.

One method per kind of object. Definitions of attributes make up most of a schema, so their
common form is read without a call per property.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.model.tree import (
    AttributeDefinition,
    AttributeMapping,
    Directory,
    FilterClause,
    FilterGroup,
    Job,
    MappingSource,
    ObjectDefinition,
    ObjectMapping,
    Schema,
    Scope,
    SynchronizationRule,
    Template,
)
from provlint.model.values import Fields, Values, place, type_name
from provlint.model.vocabulary import (
    ATTRIBUTE_TYPE,
    FLOW_BEHAVIOR,
    FLOW_TYPE,
    MUTABILITY,
    OBJECT_FLOW_TYPES,
    SOURCE_TYPE,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

MAXIMUM_CALL_DEPTH = 64
"""Deepest nesting of function parameters that is read; real mappings nest 4 deep."""

_ATTRIBUTE_TYPES = frozenset(ATTRIBUTE_TYPE.members)
_MUTABILITIES = frozenset(MUTABILITY.members)
_NO_TEXTS: Mapping[str, str] = {}
_FLAGS = (False, True)


class Reader(Values):
    """Reads objects of one document.

    Attributes:
        complete: Whether the object being read is a whole schema, so that what is missing is
            missing.
        misplaced: Mappings that stand where they do not belong: kind, value, pointer.
    """

    __slots__ = ("complete", "misplaced")

    def __init__(self) -> None:
        super().__init__()
        self.complete = False
        self.misplaced: list[tuple[str, Any, str]] = []

    def schema(
        self, value: object, pointer: str, job: Job | None = None, template: Template | None = None
    ) -> Schema | None:
        """A whole schema."""
        self.note_case(value)
        fields = self.open(value, pointer, "schema")
        if fields is None:
            return None
        self.complete = True
        rules = self.synchronization_rules(self.items(fields, "synchronizationRules", pointer))
        directories: tuple[Directory, ...] | None = None
        if fields.get("directories") is not None:
            directories = self.directories(self.items(fields, "directories", pointer))
        else:
            self.defects.add(
                "missing-directories",
                pointer,
                "the schema has no `directories`; uploading it replaces the whole schema, so the"
                " directories and their attributes would be lost",
                "export the whole schema, change that, and upload all of it",
            )
        if fields.get("synchronizationRules") is None:
            self.defects.add(
                "missing-key",
                pointer,
                "the schema has no `synchronizationRules`; uploading it replaces the whole schema,"
                " so every mapping would be lost",
                "export the whole schema, change that, and upload all of it",
            )
        self.complete = False
        return Schema(
            pointer,
            self.text(fields, "id", pointer)
            or self.text(fields, "provisioningTaskIdentifier", pointer),
            self.text(fields, "version", pointer),
            rules,
            directories,
            job,
            template,
            False,
            self.text(fields, "@odata.context", pointer),
        )

    def job(self, value: object, pointer: str) -> tuple[Job, Schema | None] | None:
        """A job and the schema in it."""
        self.note_case(value)
        fields = self.open(value, pointer, "job")
        if fields is None:
            return None
        schedule, status = fields.get("schedule"), fields.get("status")
        job = Job(
            pointer,
            self.text(fields, "id", pointer),
            self.text(fields, "templateId", pointer),
            _inner_text(schedule, "state"),
            _inner_text(status, "code"),
            self.pairs(fields, "synchronizationJobSettings", pointer, "setting", "name"),
        )
        schema = fields.get("schema")
        if schema is None:
            return job, None
        return job, self.schema(schema, place(fields, pointer, "schema"), job=job)

    def template(self, value: object, pointer: str) -> tuple[Template, Schema | None] | None:
        """A template and the schema in it."""
        self.note_case(value)
        fields = self.open(value, pointer, "template")
        if fields is None:
            return None
        template = Template(
            pointer,
            self.text(fields, "id", pointer),
            self.text(fields, "applicationId", pointer),
            self.text(fields, "factoryTag", pointer),
            self.pairs(fields, "metadata", pointer),
        )
        schema = fields.get("schema")
        if schema is None:
            return template, None
        return template, self.schema(schema, place(fields, pointer, "schema"), template=template)

    def directories(self, items: list[tuple[str, Any]]) -> tuple[Directory, ...]:
        """Directories."""
        found: list[Directory] = []
        for pointer, value in items:
            fields = self.open(value, pointer, "directory")
            if fields is not None:
                found.append(
                    Directory(
                        pointer,
                        self.required(fields, "name", pointer, "directory"),
                        self.text(fields, "id", pointer) or "",
                        self.object_definitions(self.items(fields, "objects", pointer)),
                        self.flag(fields, "readOnly", pointer, False),
                    )
                )
        return tuple(found)

    def object_definitions(self, items: list[tuple[str, Any]]) -> tuple[ObjectDefinition, ...]:
        """Definitions of objects."""
        found: list[ObjectDefinition] = []
        for pointer, value in items:
            fields = self.open(value, pointer, "object-definition")
            if fields is not None:
                found.append(
                    ObjectDefinition(
                        pointer,
                        self.required(fields, "name", pointer, "object-definition"),
                        self.attribute_definitions(self.items(fields, "attributes", pointer)),
                        self.pairs(fields, "metadata", pointer),
                    )
                )
        return tuple(found)

    def attribute_definitions(
        self, items: list[tuple[str, Any]]
    ) -> tuple[AttributeDefinition, ...]:
        """Definitions of attributes: the most numerous objects, so the fast way is spelled out."""
        found: list[AttributeDefinition] = []
        append = found.append
        open_, flag, member = self.open, self.flag, self.member
        for pointer, value in items:
            fields = open_(value, pointer, "attribute-definition")
            if fields is None:
                continue
            get = fields.get
            name = get("name")
            if type(name) is not str or not name:
                name = self.required(fields, "name", pointer, "attribute-definition")
            kind = get("type")
            if type(kind) is not str or kind not in _ATTRIBUTE_TYPES:
                kind = member(fields, "type", pointer, ATTRIBUTE_TYPE, "String")
            mutability = get("mutability")
            if type(mutability) is not str or mutability not in _MUTABILITIES:
                mutability = member(fields, "mutability", pointer, MUTABILITY, "ReadWrite")
            anchor = get("anchor")
            if anchor is not False:
                anchor = flag(fields, "anchor", pointer, False)
            case_exact = get("caseExact")
            if case_exact is not False:
                case_exact = flag(fields, "caseExact", pointer, False)
            flow_null_values = get("flowNullValues")
            if flow_null_values is not False:
                flow_null_values = flag(fields, "flowNullValues", pointer, False)
            multivalued = get("multivalued")
            if multivalued is not False:
                multivalued = flag(fields, "multivalued", pointer, False)
            required = get("required")
            if required is not False:
                required = flag(fields, "required", pointer, False)
            default_value = get("defaultValue")
            if default_value is not None:
                default_value = self.text(fields, "defaultValue", pointer)
            append(
                AttributeDefinition(
                    pointer,
                    name,
                    kind,
                    anchor,
                    case_exact,
                    default_value,
                    flow_null_values,
                    multivalued,
                    mutability,
                    required,
                    self.pairs(fields, "metadata", pointer) if get("metadata") else _NO_TEXTS,
                    self.pairs(fields, "apiExpressions", pointer)
                    if get("apiExpressions")
                    else _NO_TEXTS,
                    self._referenced_objects(fields, pointer) if get("referencedObjects") else (),
                )
            )
        return tuple(found)

    def _referenced_objects(self, fields: Fields, pointer: str) -> tuple[str, ...]:
        found: list[str] = []
        for where, value in self.items(fields, "referencedObjects", pointer):
            reference = self.open(value, where, "referenced-object")
            name = self.text(reference, "referencedObjectName", where) if reference else None
            if name:
                found.append(name)
        return tuple(found)

    def synchronization_rules(
        self, items: list[tuple[str, Any]]
    ) -> tuple[SynchronizationRule, ...]:
        """Synchronization rules."""
        found: list[SynchronizationRule] = []
        for pointer, value in items:
            if self._is_misplaced(value, pointer, "synchronization-rule"):
                continue
            fields = self.open(value, pointer, "synchronization-rule")
            if fields is None:
                continue
            rule_id = self.text(fields, "id", pointer)
            source = self.text(fields, "sourceDirectoryName", pointer)
            target = self.text(fields, "targetDirectoryName", pointer)
            if self.complete:
                for key, text in (
                    ("id", rule_id),
                    ("sourceDirectoryName", source),
                    ("targetDirectoryName", target),
                ):
                    if not text:
                        self._missing(key, pointer, "synchronization-rule")
            found.append(
                SynchronizationRule(
                    pointer,
                    self.text(fields, "name", pointer),
                    rule_id,
                    self.number(fields, "priority", pointer),
                    self.flag(fields, "editable", pointer, True),
                    source,
                    target,
                    self.object_mappings(self.items(fields, "objectMappings", pointer)),
                    self.pairs(fields, "metadata", pointer),
                    self._included(
                        fields, pointer, "containerFilter", "container-filter", "includedContainers"
                    ),
                    self._included(
                        fields, pointer, "groupFilter", "group-filter", "includedGroups"
                    ),
                )
            )
        return tuple(found)

    def _included(
        self, fields: Fields, pointer: str, key: str, kind: str, inner: str
    ) -> tuple[str, ...]:
        value = fields.get(key)
        if value is None:
            return ()
        where = place(fields, pointer, key)
        opened = self.open(value, where, kind)
        return self.texts(opened, inner, where) if opened else ()

    def object_mappings(self, items: list[tuple[str, Any]]) -> tuple[ObjectMapping, ...]:
        """Object mappings."""
        found: list[ObjectMapping] = []
        for pointer, value in items:
            if self._is_misplaced(value, pointer, "object-mapping"):
                continue
            fields = self.open(value, pointer, "object-mapping")
            if fields is None:
                continue
            enabled = self.flag(fields, "enabled", pointer, True)
            source = self.text(fields, "sourceObjectName", pointer)
            target = self.text(fields, "targetObjectName", pointer)
            if self.complete and enabled:
                for key, text in (("sourceObjectName", source), ("targetObjectName", target)):
                    if not text:
                        self._missing(key, pointer, "object-mapping")
            scope = fields.get("scope")
            found.append(
                ObjectMapping(
                    pointer,
                    self.text(fields, "name", pointer),
                    enabled,
                    self._flow_types(fields, pointer),
                    source or "",
                    target or "",
                    self.attribute_mappings(self.items(fields, "attributeMappings", pointer)),
                    None if scope is None else self.scope(scope, place(fields, pointer, "scope")),
                    self.pairs(fields, "metadata", pointer),
                )
            )
        return tuple(found)

    def _flow_types(self, fields: Fields, pointer: str) -> frozenset[str] | None:
        value = fields.get("flowTypes")
        if value is None:
            return None
        if type(value) is int and 0 <= value < 8:
            names = OBJECT_FLOW_TYPES.values()
            return frozenset(name for bit, name in enumerate(names) if value >> bit & 1)
        where = place(fields, pointer, "flowTypes")
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            self.wrong_type(
                value, where, "one string such as `Add,Update,Delete`", "`flowTypes` is"
            )
            value = ",".join(value)
        elif not isinstance(value, str):
            self.wrong_type(value, where, "a string", "`flowTypes` is")
            return None
        found: list[str] = []
        for part in value.split(","):
            word = part.strip()
            name = OBJECT_FLOW_TYPES.get(word.lower())
            if name is not None:
                found.append(name)
            elif word and word.lower() != "none":
                shown = word if len(word) <= 60 else word[:57] + "..."
                self.defects.add(
                    "invalid-enum",
                    where,
                    f"`flowTypes` holds `{shown}`; expected `Add`, `Update` and `Delete`, joined"
                    " by commas",
                    f"remove `{shown}`, or write one of `Add`, `Update`, `Delete` in its place",
                )
        return frozenset(found)

    def attribute_mappings(self, items: list[tuple[str, Any]]) -> tuple[AttributeMapping, ...]:
        """Attribute mappings."""
        found: list[AttributeMapping] = []
        for pointer, value in items:
            if self._is_misplaced(value, pointer, "attribute-mapping"):
                continue
            fields = self.open(value, pointer, "attribute-mapping")
            if fields is None:
                continue
            source = fields.get("source")
            flow_type = fields.get("flowType")
            if flow_type != "Always":
                flow_type = self.member(fields, "flowType", pointer, FLOW_TYPE, "Always")
            behavior = fields.get("flowBehavior")
            if behavior != "FlowWhenChanged":
                behavior = self.member(
                    fields, "flowBehavior", pointer, FLOW_BEHAVIOR, "FlowWhenChanged"
                )
            found.append(
                AttributeMapping(
                    pointer,
                    self.required(fields, "targetAttributeName", pointer, "attribute-mapping"),
                    None
                    if source is None
                    else self.mapping_source(source, place(fields, pointer, "source"), 0),
                    self.number(fields, "matchingPriority", pointer),
                    flow_type,
                    behavior,
                    self.text(fields, "defaultValue", pointer),
                    self.flag(fields, "exportMissingReferences", pointer, False),
                )
            )
        return tuple(found)

    def mapping_source(self, value: object, pointer: str, depth: int) -> MappingSource | None:
        """The source of a mapping and the sources of its parameters."""
        fields = self.open(value, pointer, "mapping-source")
        if fields is None:
            return None
        kind = fields.get("type")
        if type(kind) is not str or kind not in SOURCE_TYPE.members:
            kind = self.member(fields, "type", pointer, SOURCE_TYPE, "Attribute")
        name = self.text(fields, "name", pointer)
        expression = self.text(fields, "expression", pointer)
        if name is None:
            self._nameless(fields, pointer, kind, expression)
        parameters: list[tuple[str, MappingSource]] = []
        pairs = self.items(fields, "parameters", pointer)
        if pairs and depth >= MAXIMUM_CALL_DEPTH:
            self.defects.add(
                "too-deep",
                pointer,
                f"function parameters nest deeper than {MAXIMUM_CALL_DEPTH} calls; what lies"
                " deeper is not read",
                "split the expression into simpler mappings",
            )
            pairs = []
        for where, item in pairs:
            pair = self.open(item, where, "pair")
            if pair is None:
                continue
            inner = pair.get("value")
            if inner is not None:
                source = self.mapping_source(inner, place(pair, where, "value"), depth + 1)
                if source is not None:
                    parameters.append((self.text(pair, "key", where) or "", source))
        return MappingSource(pointer, kind, name, expression, tuple(parameters))

    def _nameless(self, fields: Fields, pointer: str, kind: str, expression: str | None) -> None:
        noun = {"Attribute": "attribute", "Constant": "constant", "Function": "function"}[kind]
        if expression is not None:
            self.defects.add(
                "missing-source-name",
                pointer,
                f"the source has an `expression` but no `name`; expected the {noun} in `name`",
                f"add `name` with the {noun}",
            )
        elif "name" not in fields or kind != "Constant":
            self.defects.add(
                "missing-key",
                pointer,
                "the source has neither `name` nor `expression`, so nothing can flow",
                "write what flows, or `null` in place of the source",
            )

    def scope(self, value: object, pointer: str) -> Scope | None:
        """The filters of an object mapping."""
        fields = self.open(value, pointer, "scope")
        if fields is None:
            return None
        return Scope(
            pointer,
            self.filter_groups(self.items(fields, "groups", pointer)),
            self.filter_groups(self.items(fields, "inputFilterGroups", pointer)),
            self.filter_groups(self.items(fields, "categoryFilterGroups", pointer)),
        )

    def filter_groups(self, items: list[tuple[str, Any]]) -> tuple[FilterGroup, ...]:
        """Filter groups."""
        found: list[FilterGroup] = []
        for pointer, value in items:
            fields = self.open(value, pointer, "filter-group")
            if fields is not None:
                clauses = self._clauses(self.items(fields, "clauses", pointer))
                found.append(FilterGroup(pointer, self.text(fields, "name", pointer), clauses))
        return tuple(found)

    def _clauses(self, items: list[tuple[str, Any]]) -> tuple[FilterClause, ...]:
        found: list[FilterClause] = []
        for pointer, value in items:
            fields = self.open(value, pointer, "filter-clause")
            if fields is None:
                continue
            operand = fields.get("targetOperand")
            values: tuple[str, ...] | None = None
            if operand is not None:
                where = place(fields, pointer, "targetOperand")
                if isinstance(operand, str | list) and not _is_truncated(operand):
                    self.wrong_type(
                        operand, where, "an object with the array `values`", "`targetOperand` is"
                    )
                    values = self.texts({"targetOperand": _listed(operand)}, "targetOperand", where)
                else:
                    opened = self.open(operand, where, "filter-operand")
                    if opened is not None:
                        values = self.texts(opened, "values", where)
            found.append(
                FilterClause(
                    pointer,
                    self.required(fields, "sourceOperandName", pointer, "filter-clause"),
                    self.required(fields, "operatorName", pointer, "filter-clause"),
                    values,
                )
            )
        return tuple(found)

    def pairs(
        self, fields: Fields, key: str, pointer: str, kind: str = "pair", name: str = "key"
    ) -> Mapping[str, str]:
        """A list of `{key, value}` as a mapping; of equal keys the last one counts."""
        if not fields.get(key):
            return _NO_TEXTS
        found: dict[str, str] = {}
        value = fields[key]
        if isinstance(value, dict) and not {name, name.capitalize(), "value"} & value.keys():
            where = place(fields, pointer, key)
            self.wrong_type(value, where, f"an array of `{name}` and `value` pairs", f"`{key}` is")
            return {str(k): v for k, v in value.items() if isinstance(v, str)}
        for where, item in self.items(fields, key, pointer):
            pair = self.open(item, where, kind)
            text = self.text(pair, name, where) if pair else None
            if pair and text is not None:
                found[text] = self.text(pair, "value", where) or ""
        return found

    def required(self, fields: Fields, key: str, pointer: str, kind: str) -> str:
        """A string that an object of this kind cannot do without."""
        value = fields.get(key)
        if type(value) is str and value:
            return value
        text = self.text(fields, key, pointer)
        if not text:
            self._missing(key, pointer, kind)
        return text or ""

    def _missing(self, key: str, pointer: str, kind: str) -> None:
        self.defects.add(
            "missing-key",
            pointer,
            f"{TITLES[kind]} needs `{key}`; this one has none",
            f"add `{key}`",
        )

    def _is_misplaced(self, value: object, pointer: str, kind: str) -> bool:
        """Whether another kind of mapping stands here; it is then kept for `misplaced`."""
        if type(value) is not dict or (
            "objectMappings" in value
            if kind == "synchronization-rule"
            else "attributeMappings" in value
            if kind == "object-mapping"
            else "targetAttributeName" in value
        ):
            return False
        found = _mapping_kind(value)
        if found is None or found == kind:
            return False
        home = {
            "attribute-mapping": "`attributeMappings` of an object mapping",
            "object-mapping": "`objectMappings` of a synchronization rule",
            "synchronization-rule": "`synchronizationRules` of a schema",
        }[found]
        self.defects.add(
            "misplaced-object",
            pointer,
            f"{TITLES[found]} stands where {TITLES[kind]} was expected",
            f"move it into {home}",
        )
        self.misplaced.append((found, value, pointer))
        return True


def _mapping_kind(value: dict[Any, Any]) -> str | None:
    keys = {key[:1].lower() + key[1:] for key in value if isinstance(key, str)}
    if "objectMappings" in keys:
        return "synchronization-rule"
    if "attributeMappings" in keys:
        return "object-mapping" if keys & {"sourceObjectName", "targetObjectName"} else None
    if "targetAttributeName" in keys or {"source", "matchingPriority"} <= keys:
        return "attribute-mapping"
    return None


def _inner_text(value: object, key: str) -> str | None:
    if not isinstance(value, dict):
        return None
    found = value.get(key, value.get(key.capitalize()))
    return found if isinstance(found, str) else None


def _is_truncated(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("@{", "Microsoft.Graph.", "System."))


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value
