"""Reads synchronization rules, object mappings, attribute mappings and their sources."""

from __future__ import annotations

from typing import Any

from provlint.model.keys import Fields, place
from provlint.model.scopes import ScopeReader
from provlint.model.tree import (
    AttributeMapping,
    MappingSource,
    ObjectMapping,
    SynchronizationRule,
)
from provlint.model.vocabulary import (
    FLOW_BEHAVIOR,
    FLOW_TYPE,
    OBJECT_FLOW_TYPES,
    SOURCE_TYPE,
)
from provlint.wording import quote

MAXIMUM_CALL_DEPTH = 64
"""Deepest nesting of function parameters that is read; real mappings nest 4 deep."""


class MappingReader(ScopeReader):
    """Reads rules and mappings."""

    __slots__ = ()

    def synchronization_rules(
        self, items: list[tuple[str, Any]]
    ) -> tuple[SynchronizationRule, ...]:
        """Synchronization rules."""
        found: list[SynchronizationRule] = []
        for pointer, value in items:
            if self.is_misplaced(value, pointer, "synchronization-rule"):
                continue
            fields = self.open(value, pointer, "synchronization-rule")
            if fields is None:
                continue
            rule_id = self.text(fields, "id", pointer)
            source = self.text(fields, "sourceDirectoryName", pointer)
            target = self.text(fields, "targetDirectoryName", pointer)
            if self.complete:
                if not rule_id:
                    self.missing(fields, ["id"], pointer, "synchronization-rule")
                self._names(fields, "DirectoryName", pointer, "synchronization-rule")
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

    def _names(self, fields: Fields, what: str, pointer: str, kind: str) -> None:
        """Record which of the two names of source and target are missing."""
        missing = [key for key in (f"source{what}", f"target{what}") if not fields.get(key)]
        if missing:
            self.missing(fields, missing, pointer, kind)

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
            if self.is_misplaced(value, pointer, "object-mapping"):
                continue
            fields = self.open(value, pointer, "object-mapping")
            if fields is None:
                continue
            enabled = self.flag(fields, "enabled", pointer, True)
            source = self.text(fields, "sourceObjectName", pointer)
            target = self.text(fields, "targetObjectName", pointer)
            if self.complete and enabled:
                self._names(fields, "ObjectName", pointer, "object-mapping")
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
            self.wrong_type(value, where, "a string such as `Add,Update,Delete`", "`flowTypes`")
            value = ",".join(value)
        elif not isinstance(value, str):
            self.wrong_type(value, where, "a string", "`flowTypes`")
            return None
        found: list[str] = []
        otherwise = False
        for part in value.split(","):
            word = part.strip()
            name = OBJECT_FLOW_TYPES.get(word.lower())
            if name is not None:
                found.append(name)
                otherwise = otherwise or name != word
            elif word and word.lower() != "none":
                shown = quote(word)
                self.defects.add(
                    "invalid-enum",
                    where,
                    f"`flowTypes` holds {shown}; expected `Add`, `Update` and `Delete`, joined"
                    " by commas",
                    f"remove {shown}, or write `Add`, `Update` or `Delete` in its place",
                )
        if otherwise:
            right = ",".join(found)
            self.defects.add(
                "enum-case",
                where,
                f"`flowTypes` of an object mapping is {quote(value)}; Microsoft Graph writes"
                f" `{right}`",
                f"write `{right}`",
                replacement=right if len(found) == value.count(",") + 1 else None,
            )
        return frozenset(found)

    def attribute_mappings(self, items: list[tuple[str, Any]]) -> tuple[AttributeMapping, ...]:
        """Attribute mappings."""
        found: list[AttributeMapping] = []
        for pointer, value in items:
            if self.is_misplaced(value, pointer, "attribute-mapping"):
                continue
            fields = self.open(value, pointer, "attribute-mapping")
            if fields is None:
                continue
            source = fields.get("source")
            read_source = None
            if source is not None:
                read_source = self.mapping_source(source, place(fields, pointer, "source"), 0)
            elif type(value.get("expression")) is str:
                read_source = MappingSource(pointer, "Function", None, value["expression"])
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
                    read_source,
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
