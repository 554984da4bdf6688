"""Recognises objects that were pasted into the wrong array."""

from __future__ import annotations

from provlint.model.vocabulary import TITLES

HOMES: dict[str, str] = {
    "attribute-mapping": "`attributeMappings` of an object mapping",
    "object-mapping": "`objectMappings` of a synchronization rule",
    "synchronization-rule": "`synchronizationRules` of a schema",
    "object-definition": "`objects` of a directory",
    "attribute-definition": "`attributes` of an object definition",
    "directory": "`directories` of a schema",
}
"""The arrays that objects of a kind belong in."""

_MARKS: tuple[tuple[str, frozenset[str], int], ...] = (
    ("synchronization-rule", frozenset({"objectMappings"}), 1),
    ("object-mapping", frozenset({"attributeMappings", "sourceObjectName", "flowTypes"}), 2),
    ("attribute-mapping", frozenset({"targetAttributeName"}), 1),
    ("attribute-mapping", frozenset({"source", "matchingPriority", "flowType"}), 2),
    (
        "attribute-definition",
        frozenset({"caseExact", "multivalued", "mutability", "flowNullValues", "apiExpressions"}),
        2,
    ),
    ("object-definition", frozenset({"attributes", "name"}), 2),
    ("directory", frozenset({"objects", "name"}), 2),
)
"""Keys that give a kind away, and how many of them it takes."""


def kind_in_wrong_place(value: object, kind: str) -> str | None:
    """The kind of an object that is certainly not of the kind expected where it stands."""
    if type(value) is not dict:
        return None
    keys = {key[:1].lower() + key[1:] for key in value if isinstance(key, str)}
    found: str | None = None
    for candidate, marks, needed in _MARKS:
        if len(keys & marks) >= needed:
            if candidate == kind:
                return None
            found = found or candidate
    return found


def misplaced_message(found: str, kind: str) -> tuple[str, str]:
    """The message and the help for an object of one kind in place of another."""
    return (
        f"{TITLES[found]} stands where {TITLES[kind]} was expected",
        f"move it into {HOMES[found]}",
    )
