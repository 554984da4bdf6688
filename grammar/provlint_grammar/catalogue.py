"""The functions of all provisioning dialects, from `functions.toml`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from provlint_grammar import functions_data
from provlint_grammar.expression.words import BARE_LITERALS, ENUMERATIONS, KEYWORDS
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "APP_PROVISIONING",
    "BARE_LITERALS",
    "CLOUD_SYNC",
    "CONNECT",
    "DIALECTS",
    "ENUMERATIONS",
    "FUNCTIONS",
    "KEYWORDS",
    "MACROS",
    "Function",
    "Parameter",
    "find_function",
    "habit_hint",
    "suggest",
]

APP_PROVISIONING = "app-provisioning"
CLOUD_SYNC = "cloud-sync"
CONNECT = "connect"
DIALECTS = (APP_PROVISIONING, CLOUD_SYNC, CONNECT)

MACROS = ("DomainFQDN",)
"""Job variables, written between percent signs; cloud sync and Entra to Active Directory only.
https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/how-to-configure-entra-to-active-directory
"""


EMPTY_IN_DEFAULTS = frozenset({("IIF", "valueIfTrue"), ("IIF", "valueIfFalse")})
"""Required places that default mappings of cloud sync leave empty, beside further sources."""


class Parameter(NamedTuple):
    """One place of a function.

    Attributes:
        name: As on the page.
        type: `any`, `boolean`, `condition`, `constant`, `date`, `list`, `number`, `reference`,
            `roles` or `text`.
        required: Whether the place must be filled.
        repeating: Whether the place may be given any number of times. Several repeating
            parameters, as in Switch, take turns.
        graph_key: The key in Graph's list of parameters, where it is known.
        values: The words allowed, where they are a closed list.
    """

    name: str
    type: str
    required: bool
    repeating: bool = False
    graph_key: str | None = None
    values: tuple[str, ...] = ()


class Function(NamedTuple):
    """What is known of one function.

    Attributes:
        name: With the right capitals.
        dialects: Where the name is known, and how: `documented`, `undocumented` (the service
            knows it, no page describes it), `different` (it means something else there).
        parameters: In order.
        minimum: The least number of arguments.
        maximum: The greatest number, or None.
        step: Arguments beyond the minimum come in such packs.
        returns: A type as in `Parameter.type`.
        null: What an absent source gives, in words.
        volatile: `random` or `time` where the result differs between evaluations, else "".
        restrictions: `outermost`, `not-with-sync-all`, `only-hr-to-active-directory`,
            `only-object-creation`, `not-matching`, `not-reference`.
        summary: One line.
        example: An expression, or "".
        replacement: What to write in application provisioning instead, or "".
        source: The Microsoft page.
        date: ISO date of the page.
    """

    name: str
    dialects: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    minimum: int
    maximum: int | None
    step: int
    returns: str
    null: str
    volatile: str
    restrictions: tuple[str, ...]
    summary: str
    example: str
    replacement: str
    source: str
    date: str

    def parameter(self, index: int) -> Parameter | None:
        """The parameter that the argument of this index, from 0, is for."""
        if index < len(self.parameters):
            return self.parameters[index]
        repeating = [parameter for parameter in self.parameters if parameter.repeating]
        if not repeating:
            return None
        return repeating[(index - len(self.parameters)) % len(repeating)]

    def may_stand_empty(self, index: int) -> bool:
        """Whether a required place is one that Microsoft's own defaults leave empty, for null."""
        parameter = self.parameter(index)
        if parameter is None:
            return False
        further = parameter.repeating and index >= self.minimum
        return further or (self.name, parameter.name) in EMPTY_IN_DEFAULTS

    def accepts(self, count: int) -> bool:
        """Whether the function can have so many arguments, empty places counted."""
        if count < self.minimum or (self.maximum is not None and count > self.maximum):
            return False
        return (count - self.minimum) % self.step == 0

    @property
    def form(self) -> str:
        """The call with the names of its places; optional ones in braces."""
        names = [
            parameter.name if parameter.required else f"{{{parameter.name}}}"
            for parameter in self.parameters
        ]
        more = ", …" if any(parameter.repeating for parameter in self.parameters) else ""
        return f"{self.name}({', '.join(names)}{more})"


def _function(name: str, data: Mapping[str, Any]) -> Function:
    return Function(
        name,
        data["dialects"],
        tuple(Parameter(**parameter) for parameter in data["parameters"]),
        data["minimum"],
        data.get("maximum"),
        data.get("step", 1),
        data["returns"],
        data.get("null", ""),
        data.get("volatile", ""),
        data.get("restrictions", ()),
        data["summary"],
        data.get("example", ""),
        data.get("replacement", ""),
        data["source"],
        data["date"],
    )


FUNCTIONS: Mapping[str, Function]
"""By name, with the right capitals; made when it is asked for, since a lint needs a few of them."""

_NAMES = {name.lower(): name for name in functions_data.FUNCTIONS}
_made: dict[str, Function] = {}


def __getattr__(name: str) -> object:
    if name != "FUNCTIONS":
        raise AttributeError(f"module `{__name__}` has no attribute `{name}`")
    functions = MappingProxyType({name: _named(name) for name in functions_data.FUNCTIONS})
    globals()["FUNCTIONS"] = functions
    return functions


def _named(name: str) -> Function:
    function = _made.get(name)
    if function is None:
        function = _made[name] = _function(name, functions_data.FUNCTIONS[name])
    return function


def find_function(name: str) -> Function | None:
    """The function of this name in any case; its own `name` has the right capitals."""
    function = _made.get(name)
    if function is not None:
        return function
    right = _NAMES.get(name.lower())
    return None if right is None else _named(right)


def suggest(name: str, dialect: str = APP_PROVISIONING) -> Function | None:
    """The function that was probably meant by an unknown name.

    First by habit (`Concat` is Join), then by spelling; of a name with dots, as in
    `String.Join`, the last part counts.
    """
    name = name.rpartition(".")[2]
    exact = find_function(name)
    if exact and dialect in exact.dialects:
        return exact
    habit = functions_data.HABITS.get(name.lower())
    if habit:
        function = _named(habit)
        if dialect in function.dialects:
            return function
    entries: Mapping[str, Any] = functions_data.FUNCTIONS
    known = (known for known, data in entries.items() if dialect in data["dialects"])
    found = nearest(name, known)
    return _named(found) if found else None


def habit_hint(name: str) -> str | None:
    """What to do for a name that is an operator elsewhere: `AND(...)`, `OR(...)`, `IN(...)`."""
    return functions_data.HABIT_HINTS.get(name.lower())
