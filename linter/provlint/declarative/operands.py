"""What stands after an operator in a rule file, and the operators together, as models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from provlint.declarative.operators import BOUNDS, OPERATORS, pattern_problem
from provlint.validation import FaultError, Path, fault_of
from provlint.wording import alternatives, quote

LONGEST_PATTERN = 1_000
"""Characters of a regular expression."""


def _camel(name: str) -> str:
    first, *others = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in others)


class Part(BaseModel):
    """A part of a rule file: no other keys, names as Microsoft writes them."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=_camel, validate_by_name=False
    )


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
FactName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]


class FactOperand(Part):
    """A fact of the configuration file in the place of a value."""

    fact: FactName = Field(description="Name of the fact.")
    prefix: str = Field(default="", description="What to write before each of its values.")
    suffix: str = Field(default="", description="What to write after each of its values.")


Inner = TypeVar("Inner", bound=BaseModel)


def _inner(model: type[Inner], value: Any) -> Inner:
    """A value in the place of an operand as a model."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise fault_of(error, value, model) from None


def is_scalar(value: Any) -> bool:
    """Whether a value is a text, a number, `true` or `false`."""
    return isinstance(value, str | int | float | bool)


def _operand(value: Any) -> Any:
    if isinstance(value, dict):
        return _inner(FactOperand, value)
    if value is None:
        raise FaultError("the operand is nothing", "write `exists: false` to ask for nothing")
    if not is_scalar(value):
        raise FaultError("the operand is a list", "write `in` to ask for one of several values")
    return value


def _operands(value: Any) -> Any:
    if isinstance(value, dict):
        return _inner(FactOperand, value)
    if not isinstance(value, list) or not value or not all(map(is_scalar, value)):
        raise FaultError(
            "the operand is no list of values", "write a list, such as `[Add, Update]`"
        )
    return tuple(value)


def _texts(value: Any) -> Any:
    return _operands(value) if isinstance(value, list) else _operand(value)


def _patterns(value: Any) -> Any:
    found = _texts(value)
    if not isinstance(found, FactOperand):
        raise_if_no_pattern(found)
    return found


def raise_if_no_pattern(value: Any, path: Path = ()) -> None:
    """Refuse patterns that .NET refuses.

    Raises:
        FaultError: One of them cannot be used.
    """
    for pattern in value if isinstance(value, tuple) else (value,):
        problem = pattern_problem(pattern) if isinstance(pattern, str) else ""
        if isinstance(pattern, str) and len(pattern) > LONGEST_PATTERN:
            problem = f"it has more than {LONGEST_PATTERN:,} characters"
        if problem:
            raise FaultError(
                f"{quote(str(pattern))} is no regular expression of .NET: {problem}",
                "correct the pattern; `like` takes `*` and `?`",
                path,
            )


def _flag(value: Any) -> Any:
    if not isinstance(value, bool):
        raise FaultError("the operand is neither `true` nor `false`", "write `true` or `false`")
    return value


VALUE_SCHEMA = {"type": ["string", "number", "boolean"]}
FACT_SCHEMA = FactOperand.model_json_schema()
LIST_SCHEMA = {"type": "array", "minItems": 1, "items": VALUE_SCHEMA}

Operand = Annotated[
    Any, BeforeValidator(_operand), WithJsonSchema({"anyOf": [VALUE_SCHEMA, FACT_SCHEMA]})
]
Operands = Annotated[
    Any, BeforeValidator(_operands), WithJsonSchema({"anyOf": [LIST_SCHEMA, FACT_SCHEMA]})
]
Texts = Annotated[
    Any,
    BeforeValidator(_texts),
    WithJsonSchema({"anyOf": [VALUE_SCHEMA, LIST_SCHEMA, FACT_SCHEMA]}),
]
Patterns = Annotated[
    Any,
    BeforeValidator(_patterns),
    WithJsonSchema({"anyOf": [VALUE_SCHEMA, LIST_SCHEMA, FACT_SCHEMA]}),
]
Flag = Annotated[Any, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Bounds(Part):
    """Numbers that a count or a length is compared with; all must hold."""

    equals: Number | None = None
    not_equals: Number | None = None
    less: Number | None = None
    less_or_equals: Number | None = None
    greater: Number | None = None
    greater_or_equals: Number | None = None

    @model_validator(mode="after")
    def _has_one(self) -> Bounds:
        if not self.model_fields_set:
            raise FaultError("there is no bound", f"write one of {alternatives(BOUNDS)}")
        return self

    def table(self) -> dict[str, float]:
        """The bounds by the names of their operators."""
        return self.model_dump(by_alias=True, exclude_unset=True)


def _bounds(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | dict):
        raise FaultError(
            "the operand is neither a number nor bounds",
            "write a number, or bounds such as `{greaterOrEquals: 2}`",
        )
    return value if isinstance(value, int) else _inner(Bounds, value).table()


Count = Annotated[
    Any,
    BeforeValidator(_bounds),
    WithJsonSchema({"anyOf": [{"type": "integer"}, Bounds.model_json_schema()]}),
]


class Operators(Part):
    """Operators on a field or an argument; all that stand together must hold."""

    equals: Operand = Field(default=None, description=OPERATORS["equals"].about)
    not_equals: Operand = Field(default=None, description=OPERATORS["notEquals"].about)
    in_: Operands = Field(default=None, description=OPERATORS["in"].about)
    not_in: Operands = Field(default=None, description=OPERATORS["notIn"].about)
    like: Texts = Field(default=None, description=OPERATORS["like"].about)
    not_like: Texts = Field(default=None, description=OPERATORS["notLike"].about)
    match: Patterns = Field(default=None, description=OPERATORS["match"].about)
    not_match: Patterns = Field(default=None, description=OPERATORS["notMatch"].about)
    contains: Texts = Field(default=None, description=OPERATORS["contains"].about)
    not_contains: Texts = Field(default=None, description=OPERATORS["notContains"].about)
    starts_with: Texts = Field(default=None, description=OPERATORS["startsWith"].about)
    not_starts_with: Texts = Field(default=None, description=OPERATORS["notStartsWith"].about)
    ends_with: Texts = Field(default=None, description=OPERATORS["endsWith"].about)
    not_ends_with: Texts = Field(default=None, description=OPERATORS["notEndsWith"].about)
    less: Operand = Field(default=None, description=OPERATORS["less"].about)
    less_or_equals: Operand = Field(default=None, description=OPERATORS["lessOrEquals"].about)
    greater: Operand = Field(default=None, description=OPERATORS["greater"].about)
    greater_or_equals: Operand = Field(default=None, description=OPERATORS["greaterOrEquals"].about)
    exists: Flag = Field(default=None, description=OPERATORS["exists"].about)
    has_value: Flag = Field(default=None, description=OPERATORS["hasValue"].about)
    count: Count = Field(default=None, description=OPERATORS["count"].about)
    length: Count = Field(default=None, description=OPERATORS["length"].about)
    case_sensitive: bool = Field(default=False, description="Whether letter case counts.")

    def operators(self) -> Iterator[tuple[str, Any]]:
        """Names and operands, in the order of the table."""
        for name, field in type(self).model_fields.items():
            alias = field.alias or name
            if alias in OPERATORS and name in self.model_fields_set:
                yield alias, getattr(self, name)
