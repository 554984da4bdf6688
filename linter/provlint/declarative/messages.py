"""Messages of own rules: text with the values of fields in braces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.declarative.conditions import unknown_field
from provlint.declarative.operators import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from provlint.declarative.nouns.noun import Noun, Thing, Value
    from provlint.validation import Path

_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


def message_maker(template: str, noun: Noun, path: Path) -> Callable[[Thing], str]:
    """What fills in a message; `{{` and `}}` are braces.

    Raises:
        FaultError: A name in braces is no field of the noun.
    """
    for found in _BRACES.finditer(template):
        name = found[1]
        if name is not None and noun.field(name) is None:
            raise unknown_field(noun, name, path)

    def fill(thing: Thing) -> str:
        def one(found: re.Match[str]) -> str:
            return found[0][0] if found[1] is None else shown(thing.value(found[1]))

        return _BRACES.sub(one, template)

    return fill


def shown(value: Value) -> str:
    """A value in a message."""
    if value is None:
        return "nothing"
    if isinstance(value, tuple):
        return ", ".join(value)
    return text_of(value)


def without_values(template: str) -> str:
    """A message for lists: the names of fields in place of their values."""
    return _BRACES.sub(lambda found: found[0][0] if found[1] is None else f"<{found[1]}>", template)
