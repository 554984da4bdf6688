"""Reads whatever a file holds into a `Document`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.model.defects import Defects
from provlint.model.keys import TRUNCATED, type_name
from provlint.model.reading import Reader
from provlint.model.recognise import UNRECOGNISED, Part, recognise
from provlint.model.tree import (
    AttributeMapping,
    Defect,
    Directory,
    Document,
    MappingSource,
    ObjectDefinition,
    ObjectMapping,
    Schema,
    Scope,
    StoredSecret,
    SynchronizationRule,
)
from provlint.source.truncation import find_truncations
from provlint.wording import quote

if TYPE_CHECKING:
    from provlint.model.tree import FilterGroup, Job


def read_document(value: object, *, damaged: bool = False) -> Document:
    """Read JSON or YAML values of any known shape into the canonical form.

    The shape is told by content. What departs from the form is read as it was probably meant and
    recorded as a defect. No value raises an error.

    Args:
        value: What `json.loads` gives: dictionaries, lists, strings, numbers, booleans, None.
        damaged: Whether the text had faults that may have swallowed parts of the value, such as
            an end that is missing. Then nothing is called missing, and the schemas count as
            fragments, as they do in an export that ConvertTo-Json cut short.

    Source: https://learn.microsoft.com/graph/api/resources/synchronization-overview
    """
    recognition = recognise(value)
    if recognition is UNRECOGNISED:
        return Document("unrecognised", defects=() if damaged else _unrecognised(value))
    reader = Reader()
    schemas: list[Schema] = []
    jobs: list[Job] = []
    fragments: list[Part] = []
    without_schema: list[tuple[str, str]] = []
    for part in recognition.parts:
        if part.kind == "schema":
            schema = reader.schema(part.value, part.pointer)
        elif part.kind == "job":
            job_read = reader.job(part.value, part.pointer)
            schema = None
            if job_read is not None:
                jobs.append(job_read[0])
                schema = job_read[1]
                if schema is None:
                    without_schema.append((part.pointer, "job"))
        elif part.kind == "template":
            template_read = reader.template(part.value, part.pointer)
            schema = template_read[1] if template_read is not None else None
            if schema is None:
                without_schema.append((part.pointer, "template"))
        else:
            schema = None
            fragments.append(part)
        if schema is not None:
            schemas.append(schema)
    if fragments:
        schemas.append(_fragment(reader, fragments))
    if reader.misplaced:
        misplaced = [Part(kind, pointer, item) for kind, item, pointer in reader.misplaced]
        reader.misplaced = []
        schemas.append(_fragment(reader, misplaced))
    strangers, secrets = _without_secrets(recognition.strangers)
    _report_strangers(reader, strangers)
    _report_missing_schemas(reader, without_schema, recognition.shape, bool(recognition.parts))
    defects = reader.defects.finished(value)
    if damaged:
        defects = tuple(defect for defect in defects if defect.code not in _ABOUT_WHAT_IS_MISSING)
    if damaged or reader.defects.any_truncated:
        schemas = [schema._replace(fragment=True) for schema in schemas]
    return Document(recognition.shape, tuple(schemas), tuple(jobs), defects, secrets)


_ABOUT_WHAT_IS_MISSING = frozenset(
    {"missing-directories", "missing-key", "missing-source-name", "no-schema", "unchecked-member"}
)


def _report_missing_schemas(
    reader: Reader, without: list[tuple[str, str]], shape: str, whole: bool
) -> None:
    if shape == "job-list" and not without and not whole:
        reader.defects.add(
            "no-schema",
            "",
            "the list of jobs is empty, so there are no mappings to check",
            "create the provisioning job first, or list the jobs of another service principal",
        )
    if not without or reader.defects.any_truncated:
        return
    pointer, kind = without[0]
    holds = f"this {kind} holds" if len(without) == 1 else f"{len(without)} {kind}s hold"
    reader.defects.add(
        "no-schema",
        pointer,
        f"{holds} no schema, so there are no mappings to check",
        "export it with `GET …/jobs/{id}/schema`, or list the jobs with `?$expand=schema`"
        if kind == "job"
        else "export it with `GET …/templates/{id}/schema`",
    )


def _without_secrets(
    members: list[Part],
) -> tuple[list[Part], tuple[StoredSecret, ...]]:
    """The members that are not the secrets of a `synchronization` resource, and those secrets.

    Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronization
    """
    strangers: list[Part] = []
    secrets: list[StoredSecret] = []
    for part in members:
        pairs = part.value if isinstance(part.value, list) else []
        named = part.pointer.lower().endswith("/secrets")
        if not named or not all(isinstance(pair, dict) for pair in pairs):
            strangers.append(part)
            continue
        for index, pair in enumerate(pairs):
            key, value = (pair.get(name, pair.get(name.title())) for name in ("key", "value"))
            if isinstance(key, str) and isinstance(value, str):
                secrets.append(StoredSecret(f"{part.pointer}/{index}", key, value))
    return strangers, tuple(secrets)


def _report_strangers(reader: Reader, members: list[Part]) -> None:
    strangers: list[str] = []
    for member in members:
        if isinstance(member.value, str) and member.value.startswith(TRUNCATED):
            reader.defects.truncated(member.pointer, member.value)
        else:
            strangers.append(member.pointer)
    if not strangers:
        return
    count = "1 member is" if len(strangers) == 1 else f"{len(strangers)} members are"
    reader.defects.add(
        "unchecked-member",
        strangers[0],
        f"{count} no provisioning configuration and is not checked"
        if len(strangers) == 1
        else f"{count} no provisioning configurations and are not checked; this is the first",
        "remove what does not belong here",
    )


def _fragment(reader: Reader, parts: list[Part]) -> Schema:
    """A schema around pieces of one; its wrappers stand where their first piece stands."""
    first = parts[0].pointer
    rules: list[SynchronizationRule] = []
    object_mappings: list[ObjectMapping] = []
    attribute_mappings: list[AttributeMapping] = []
    directories: list[Directory] = []
    for part in parts:
        reader.note_case(part.value)
        item = [(part.pointer, part.value)]
        if part.kind == "synchronization-rule":
            rules += reader.synchronization_rules(item)
        elif part.kind == "object-mapping":
            object_mappings += reader.object_mappings(item)
        elif part.kind == "attribute-mapping":
            attribute_mappings += reader.attribute_mappings(item)
        elif part.kind == "mapping-test":
            attribute_mappings += _tested_mapping(part)
        elif part.kind == "directory":
            directories += reader.directories(item)
        elif part.kind == "object-definition":
            objects = reader.object_definitions(item)
            directories.append(Directory(part.pointer, "", objects=objects))
        elif part.kind in ("scope", "filter-group"):
            scope = _scope(reader, part)
            if scope is not None:
                object_mappings.append(ObjectMapping(part.pointer, scope=scope))
    directories += _attribute_directories(reader, parts)
    if attribute_mappings:
        object_mappings.append(
            ObjectMapping(
                attribute_mappings[0].pointer, attribute_mappings=tuple(attribute_mappings)
            )
        )
    if object_mappings:
        rules.append(
            SynchronizationRule(object_mappings[0].pointer, object_mappings=tuple(object_mappings))
        )
    return Schema(first, rules=tuple(rules), directories=tuple(directories) or None, fragment=True)


def _attribute_directories(reader: Reader, parts: list[Part]) -> list[Directory]:
    """One nameless directory per list of attribute definitions."""
    lists: dict[str, list[tuple[str, Any]]] = {}
    for part in parts:
        if part.kind == "attribute-definition":
            container = part.pointer.rpartition("/")[0]
            lists.setdefault(container, []).append((part.pointer, part.value))
    found: list[Directory] = []
    for container, items in lists.items():
        reader.note_case(items[0][1])
        attributes = reader.attribute_definitions(items)
        definition = ObjectDefinition(container, "", attributes)
        found.append(Directory(container, "", objects=(definition,)))
    return found


def _tested_mapping(part: Part) -> list[AttributeMapping]:
    """The mapping of a test case: an expression with inputs and an expected result."""
    value = part.value
    if not isinstance(value, dict):
        return []
    texts = {key[:1].lower() + key[1:]: text for key, text in value.items() if type(text) is str}
    expression = texts.get("expression")
    source = None
    if expression is not None:
        source = MappingSource(part.pointer, "Function", None, expression)
    return [AttributeMapping(part.pointer, texts.get("targetAttributeName", ""), source)]


def _scope(reader: Reader, part: Part) -> Scope | None:
    if part.kind == "scope":
        return reader.scope(part.value, part.pointer)
    groups: tuple[FilterGroup, ...] = reader.filter_groups([(part.pointer, part.value)])
    return Scope(part.pointer, groups)


_EXPECTED = (
    "expected a schema with `synchronizationRules`, a job, a template, or a part of a schema"
)
_EXPORT = "export the schema with `GET …/synchronization/jobs/{id}/schema`"


def _unrecognised(value: object) -> tuple[Defect, ...]:
    truncations = find_truncations(value)
    if truncations:
        defects = Defects()
        for pointer, text in truncations:
            defects.truncated(pointer, text)
        return defects.finished(value)
    found = type_name(value)
    advice = _EXPORT
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        found = "a string that holds JSON"
        advice = "leave out the second ConvertTo-Json, which made a string of the JSON text"
    elif _is_catalogue(value):
        found = "a list of functions or operators, which Microsoft Graph answers to queries"
    elif isinstance(value, dict) and value:
        keys = ", ".join(quote(str(key)) for key in list(value)[:4])
        found = f"an object with {keys}{' and more' if len(value) > 4 else ''}"
    elif isinstance(value, dict | list) and not value:
        found = f"an empty {'object' if isinstance(value, dict) else 'array'}"
    message = f"no provisioning configuration was recognised in {found}; {_EXPECTED}"
    return (Defect("unrecognised", "", message, advice),)


def _is_catalogue(value: object) -> bool:
    """Whether this is what `GET …/schema/functions` or `…/filterOperators` answers."""
    items = value.get("value") if isinstance(value, dict) else None
    first = items[0] if isinstance(items, list) and items else None
    return isinstance(first, dict) and ("arity" in first or {"name", "parameters"} <= first.keys())
