"""Pieces of SQL that the readers of columns share."""

from __future__ import annotations

from provlint.semantics.attribute_values import GUEST_MARK


def sql_name(name: str) -> str:
    """A name as SQL has it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def sql_text(text: str) -> str:
    """A text as SQL has it, which itself ends at a NUL character."""
    escaped = text.replace("'", "''")
    if "\0" in escaped:
        escaped = escaped.replace("\0", "' || chr(0) || '")
        return f"('{escaped}')"
    return f"'{escaped}'"


def home_name(column: str) -> str:
    """The name of a user, of a guest that of the home tenant; see `guest_home_name`."""
    mark = sql_text(GUEST_MARK)
    return (
        f"CASE WHEN contains({column}, {mark}) THEN regexp_replace(split_part({column}, {mark}, 1),"
        f" '_([^_]*)$', '@\\1') ELSE {column} END"
    )


def boolean_text(text: str) -> str:
    """A JSON text in which the texts `True` and `False` are Booleans."""
    return (
        f"CASE WHEN lower({text}) IN ('\"true\"', '\"false\"') "
        f"THEN trim(lower({text}), '\"') ELSE {text} END"
    )


def boolean_of_text(text: str) -> str:
    """A text as JSON, in which the texts `True` and `False` are Booleans."""
    word = f"lower({text})"
    return (
        f"CASE WHEN {word} IN ('true', 'false') THEN {word} "
        f"ELSE CAST(to_json({text}) AS VARCHAR) END"
    )
