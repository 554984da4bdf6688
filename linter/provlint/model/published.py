"""The canonical form as pydantic models: its JSON Schema, and validation of canonical values.

The models are derived from the tuples of `provlint.model.tree`, field by field, so that there is
one definition. Whoever lints does not import this module: pydantic costs start-up time.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model

from provlint.model import tree

_KINDS = (
    tree.AttributeDefinition,
    tree.ObjectDefinition,
    tree.Directory,
    tree.MappingSource,
    tree.AttributeMapping,
    tree.FilterClause,
    tree.FilterGroup,
    tree.Scope,
    tree.ObjectMapping,
    tree.SynchronizationRule,
    tree.Job,
    tree.StoredSecret,
    tree.Template,
    tree.Schema,
    tree.Defect,
    tree.Document,
)

_STRICT = ConfigDict(extra="forbid", frozen=True)


def _model(kind: Any, known: dict[Any, Any]) -> type[BaseModel]:
    """The pydantic model of one tuple class."""
    hints = get_type_hints(kind)
    fields: dict[str, Any] = {}
    for name in kind._fields:
        default = kind._field_defaults.get(name, ...)
        fields[name] = (_translated(hints[name], kind, known), default)
    description = (kind.__doc__ or "").partition("\n")[0]
    return create_model(
        kind.__name__, __config__=_STRICT, __doc__=description, __module__=__name__, **fields
    )


def _translated(hint: Any, owner: Any, known: dict[Any, Any]) -> Any:
    """A type with every tuple class replaced by its model."""
    if hint is owner:
        return owner.__name__
    if hint in known:
        return known[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is None or origin is Literal:
        return hint
    inner = tuple(
        argument if argument is Ellipsis else _translated(argument, owner, known)
        for argument in arguments
    )
    if origin in (types.UnionType, Union):
        return Union[inner]  # noqa: UP007
    if origin is Mapping:
        return dict[inner]  # type: ignore[misc,valid-type]
    return origin[inner]


def _models() -> dict[Any, type[BaseModel]]:
    known: dict[Any, type[BaseModel]] = {}
    for kind in _KINDS:
        known[kind] = _model(kind, known)
    for model in known.values():
        model.model_rebuild(_types_namespace={found.__name__: found for found in known.values()})
    return known


MODELS = _models()
"""The model of each tuple class of `provlint.model.tree`."""


def model_of(kind: Any) -> type[BaseModel]:
    """The model of a tuple class.

    Raises:
        KeyError: The class is none of `provlint.model.tree`.
    """
    return MODELS[kind]


def to_plain(value: Any) -> Any:
    """A value of the tree as dictionaries and lists, the way JSON writes it."""
    if isinstance(value, tuple):
        names = getattr(value, "_fields", None)
        if names is None:
            return [to_plain(item) for item in value]
        return {name: to_plain(item) for name, item in zip(names, value, strict=True)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    return value


def from_plain(kind: Any, plain: Any) -> Any:
    """Validate dictionaries and lists, and return the value of the tree.

    Raises:
        pydantic.ValidationError: The value is not of the canonical form.
    """
    return _tuple(MODELS[kind].model_validate(plain))


_KIND_OF_MODEL = {model: kind for kind, model in MODELS.items()}


def _tuple(value: Any) -> Any:
    kind = _KIND_OF_MODEL.get(type(value))
    if kind is not None:
        return kind(*(_tuple(getattr(value, name)) for name in kind._fields))
    if isinstance(value, tuple):
        return tuple(_tuple(item) for item in value)
    return value


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a document in canonical form."""
    return MODELS[tree.Document].model_json_schema()
