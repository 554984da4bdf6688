"""Functions that only cloud sync documents, or no page.

Source: https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/reference-expressions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.evaluation.coercion import as_integer, as_text
from provlint.evaluation.readings import NULL_AS_TEXT
from provlint.evaluation.state import Failure
from provlint.evaluation.values import Reference

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value

MESSAGE_LIMIT = 500
"""Characters of a message of `Error` that are shown."""


def fail(state: State, message: Value) -> Value:
    """Error(message): stops with the message."""
    text = " ".join(as_text(state, message, 0).split())
    raise Failure(
        f'the expression stops here by `Error`: "{text[:MESSAGE_LIMIT]}"',
        "do what the message says",
    )


def to_reference(state: State, source: Value) -> Value:
    """CRef(string): a text as a reference."""
    if source is None:
        state.note(NULL_AS_TEXT)
        return None
    return Reference(as_text(state, source, 0))


def component(state: State, name: Value, number: Value) -> Value:
    """DNComponent(dn, number): the value of one component, counted from 1 at the left."""
    index = as_integer(state, number, 1)
    parts = _components(as_text(state, name, 0))
    if not 1 <= index <= len(parts):
        raise Failure(
            f"there is no component number {index}: the name has {len(parts)}",
            "count from 1, the component at the left",
            argument=1,
        )
    return parts[index - 1]


def _components(name: str) -> list[str]:
    """The values of a distinguished name (RFC 4514) without their escapes."""
    parts: list[str] = []
    value: list[str] = []
    position = 0
    while position <= len(name):
        sign = name[position : position + 1]
        if sign == "\\":
            value.append(name[position + 1 : position + 2])
            position += 1
        elif sign in (",", ";", ""):
            text = "".join(value)
            if text.strip():
                parts.append(text.partition("=")[2].strip() if "=" in text else text.strip())
            value = []
        else:
            value.append(sign)
        position += 1
    return parts


def default_domain(state: State) -> Value:
    """DefaultDomain(): the default domain of the tenant, as the caller gave it."""
    domain = state.context.macros.get("DefaultDomain")
    if domain is None:
        raise Failure(
            "`DefaultDomain` cannot be evaluated: the default domain of the tenant is not known"
            " here",
            "give it: `--macro DefaultDomain=contoso.com`",
        )
    return domain


def security_identifier(state: State, source: Value) -> Value:
    """StringFromSid(sid): binary values are not modelled."""
    raise Failure(
        "`StringFromSid` cannot be evaluated: binary values are not modelled",
        "give the text of the identifier as the input of the attribute around it",
    )
