"""Users that show something."""

from __future__ import annotations

from provlint_grammar.scoping_filter.notation import write_attribute, write_text

Value = str | int | bool | None
"""The value of one attribute; None where it is empty."""

Witness = dict[str, Value]
"""Values by source attribute; an attribute that is not named may have any value, or none."""


def witness_text(witness: Witness) -> str:
    """A user on one line: `{department: "Presales", level: 6, country: empty}`."""
    return "{" + ", ".join(f"{write_attribute(k)}: {_text(v)}" for k, v in witness.items()) + "}"


def _text(value: Value) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else write_text(value)
