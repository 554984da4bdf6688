"""Finds where the file has what the canonical form calls otherwise."""

from __future__ import annotations

from provlint.model.vocabulary import MISNOMERS
from provlint.source.pointer import escape, split
from provlint.wording import nearest

NAMING_KEYS = (
    "targetAttributeName",
    "name",
    "key",
    "referencedObjectName",
    "sourceOperandName",
    "templateId",
    "id",
)
"""Members that name an object, the most telling first."""

_ADDITIONAL = ("AdditionalProperties", "additionalProperties")


def file_pointer(value: object, pointer: str) -> str:
    """Return the pointer in the file for a pointer that may use canonical names.

    Objects of the tree know where they stand in the file, but a rule names their members as
    Microsoft Graph does: `…/AttributeMappings/0` + `/targetAttributeName`. This finds PascalCase
    and misspelt keys, members below `AdditionalProperties`, and items of unwrapped arrays. What
    the file leaves out is placed on the innermost object that it has.

    Args:
        value: What the file holds, as given to `read_document`.
        pointer: An RFC 6901 pointer.
    """
    found = ""
    for segment in split(pointer):
        if isinstance(value, dict):
            keys = _keys(value, segment)
            if keys is None:
                if segment.isdecimal():
                    continue
                return found
            value = _follow(value, keys)
            for key in keys:
                found += f"/{escape(str(key))}"
        elif isinstance(value, list):
            if not segment.isdecimal() or int(segment) >= len(value):
                return found
            value = value[int(segment)]
            found += f"/{segment}"
        elif not segment.isdecimal():
            return found
    return found


def _keys(value: dict[str, object], name: str) -> tuple[str, ...] | None:
    """The keys that lead from an object to its member of that canonical name."""
    if name in value:
        return (name,)
    spellings = (name, name[:1].upper() + name[1:])
    found: list[tuple[str, ...]] = [(key,) for key in spellings if key in value]
    for additional in _ADDITIONAL:
        inner = value.get(additional)
        if isinstance(inner, dict):
            found += [(additional, key) for key in spellings if key in inner]
    for keys in found:
        if _follow(value, keys) is not None:
            return keys
    if found:
        return found[0]
    for _, wrong in (pair for pair, misnomer in MISNOMERS.items() if misnomer.replacement == name):
        for key in (wrong, wrong[:1].upper() + wrong[1:]):
            if key in value:
                return (key,)
    for key in value:
        if isinstance(key, str) and nearest(key, (name,)) == name:
            return (key,)
    return None


def _follow(value: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        value = value[key] if isinstance(value, dict) else None
    return value
