"""Reads a file of provlint's own into a pydantic model, and says what is wrong in it and where.

For files in JSON and YAML; `provlint.config` does the same for TOML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from provlint.model.keys import TRUNCATED
from provlint.source.discovery import read_bytes
from provlint.source.pointer import join
from provlint.source.problem import SourceProblem
from provlint.source.source_file import read_source
from provlint.wording import alternatives, did_you_mean, quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint.source.source_file import SourceFile

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int, ...]

_EXPECTED = {
    "bool_parsing": "`true` or `false`",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "string_pattern_mismatch": "a text that matches `{pattern}`",
    "string_too_long": "at most {max_length} characters",
    "too_long": "at most {max_length} items",
    "too_short": "at least {min_length} item",
    "bool_type": "`true` or `false`",
    "dict_type": "a mapping of names to values",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_attributes_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "string_too_short": "a text that is not empty",
    "string_type": "a text",
    "tuple_type": "a list",
}
"""Kind of pydantic's error to what was expected; the names in braces are of its context."""

_KINDS = {bool: "`true` or `false`", dict: "a mapping", list: "a list", type(None): "nothing"}


class InvalidFileError(Exception):
    """A file cannot be used.

    Attributes:
        path: The file.
        line: 1-based, or 0 if the fault has no place.
        column: 1-based.
        help: What to do.
    """

    def __init__(self, path: str, line: int, column: int, message: str, help: str) -> None:  # noqa: A002
        super().__init__(message)
        self.path = path
        self.line = line
        self.column = column
        self.help = help

    @property
    def place(self) -> str:
        """The file, with line and column where they are known."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class FaultError(ValueError):
    """What a validator of a model raises: a message, and what to do.

    Attributes:
        help: What to do.
        path: Where below the value that is validated.
        key: Whether the key there is at fault, not its value.
    """

    def __init__(
        self,
        message: str,
        help: str = "",  # noqa: A002
        path: Path = (),
        *,
        key: bool = False,
    ) -> None:
        super().__init__(message)
        self.help = help
        self.path = path
        self.key = key


def read_file(path: str) -> SourceFile:
    """Read a file of provlint's own.

    Raises:
        InvalidFileError: It cannot be read, or is neither JSON nor YAML.
    """
    data = read_bytes(path)
    if isinstance(data, SourceProblem):
        raise InvalidFileError(path, 0, 0, data.message, data.help)
    source = read_source(data, path)
    faults = [*source.problems, *source.reading.duplicates]
    for problem in sorted(faults, key=lambda each: each.start):
        if problem.level == "error":
            line, column = source.lines.position(problem.start)
            hint = "write it" if problem.code == "empty-file" else problem.help
            message = problem.message.removesuffix(", the last one counts")
            raise InvalidFileError(path, line, column, message, hint)
    return source


def validated(source: SourceFile, model: type[Model]) -> Model:
    """The value of a file as a model.

    Raises:
        InvalidFileError: It is not what the model wants; the first fault is told.
    """
    try:
        return model.model_validate(source.reading.value)
    except ValidationError as error:
        raise _invalid(source, model, error) from None


def invalid(source: SourceFile, path: Sequence[str | int], fault: FaultError) -> InvalidFileError:
    """The error for a fault at a path of a file, such as `("rules", 0, "id")`."""
    return _placed(source, (*path, *fault.path), str(fault), fault.help, key=fault.key)


def _placed(
    source: SourceFile, path: Path, message: str, hint: str, *, key: bool
) -> InvalidFileError:
    pointer = join(path)
    positions = source.positions
    value = _at(source.reading.value, path)
    # A mapping or a list begins somewhere below its key, which is what people look for.
    key = key or isinstance(value, dict | list)
    start = (positions.key(pointer) if key else positions.value(pointer)).start
    return InvalidFileError(source.name, *source.lines.position(start), message, hint)


def _at(value: Any, path: Path) -> Any:
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        else:
            inside = isinstance(value, list) and isinstance(step, int) and step < len(value)
            value = value[step] if inside else None
    return value


def _invalid(
    source: SourceFile, model: type[BaseModel], error: ValidationError
) -> InvalidFileError:
    return invalid(source, (), _first(error, source.reading.value, model))


def fault_of(error: ValidationError, value: Any, model: type[BaseModel]) -> FaultError:
    """The first fault of a value that is validated within another."""
    return _first(error, value, model)


def _first(error: ValidationError, value: Any, model: type[BaseModel]) -> FaultError:
    """The first fault, with its path from the value."""
    # A key with a slip of the pen is both unknown and missing; the first is what to say.
    faults = error.errors(include_url=False)
    first = next((each for each in faults if each["type"] == "extra_forbidden"), faults[0])
    path = _path_in(value, first["loc"])
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, FaultError):
        return FaultError(str(cause), cause.help, (*path, *cause.path), key=cause.key)
    message, hint = _explain(first, path, model)
    return FaultError(message, hint, path, key=first["type"] == "extra_forbidden")


def _path_in(value: Any, location: Path) -> Path:
    """The part of pydantic's location that leads through the value; the rest names models."""
    path: list[str | int] = []
    for step in location:
        here = isinstance(value, dict) and step in value
        if not here and isinstance(value, list) and isinstance(step, int):
            here = step < len(value)
        if here:
            value = value[step]
        elif step != location[-1]:
            continue
        path.append(step)
    return tuple(path)


def _explain(first: Any, path: Path, model: type[BaseModel]) -> tuple[str, str]:
    kind, value = first["type"], first["input"]
    key = str(next((step for step in reversed(path) if isinstance(step, str)), "the file"))
    if kind == "extra_forbidden":
        known = keys_of(model, path[:-1])
        hint = did_you_mean(key, known) or (f"known are {alternatives(known, 'and')}")
        return f"unknown key {quote(key)}", hint
    if kind == "missing":
        return f"{_owner(path[:-1])} has no {quote(key)}", f"add {quote(key)}"
    found = _KINDS.get(type(value), "") or quote(str(value))
    if isinstance(value, bool):
        found = f"`{str(value).lower()}`"
    name = quote(key) if key != "the file" else key
    if kind == "literal_error":
        allowed = [each.strip("'") for each in _words(first["ctx"]["expected"])]
        hint = did_you_mean(str(value), allowed) or f"write {alternatives(allowed)}"
        return f"{name} is {found}; expected {alternatives(allowed)}", hint
    expected = _EXPECTED.get(kind, first["msg"][:1].lower() + first["msg"][1:])
    expected = expected.format_map(first.get("ctx", {})) if kind in _EXPECTED else expected
    cut = isinstance(value, str) and value.startswith(TRUNCATED)
    hint = "give ConvertTo-Json `-Depth 20`, which cut this short" if cut else f"write {expected}"
    return f"{name} is {found}; expected {expected}", hint


def _owner(path: Path) -> str:
    """What to call the value at a path: `rule`, or item 2 of `rules`."""
    if not path:
        return "the file"
    last = path[-1]
    return quote(last) if isinstance(last, str) else f"item {last + 1} of {_owner(path[:-1])}"


def _words(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").split(", ")


def keys_of(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that a model allows at a path below it."""
    for step in path:
        if isinstance(step, str):
            field = next(
                (f for name, f in model.model_fields.items() if step in (f.alias, name)), None
            )
            inner = None if field is None else _model_in(field.annotation)
            model = model if inner is None else inner
    return sorted(field.alias or name for name, field in model.model_fields.items())


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The first model that a type speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found is not None:
            return found
    return None
