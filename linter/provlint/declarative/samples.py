"""Samples of rules: small things that are read like a file and shown to the rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from provlint.declarative.nouns.noun import Thing
from provlint.declarative.operands import is_scalar
from provlint.model import read_document
from provlint.semantics.configuration import ConfigurationUnit
from provlint.validation import FaultError
from provlint.wording import did_you_mean, quote

if TYPE_CHECKING:
    from provlint.declarative.nouns.noun import Field, Noun, Value
    from provlint.validation import Path

_ABOUT_WHAT_IS_MISSING = frozenset(
    {"missing-directories", "missing-key", "missing-source-name", "no-schema", "unchecked-member"}
)
"""Codes of defects that a sample may have, since it is small."""


def things_of(noun: Noun, sample: Any, path: Path) -> list[Thing]:
    """The things that a sample stands for: one, or for `functionCall` each call in it.

    Raises:
        FaultError: It has a key that the noun has not, or a value of the wrong kind.
    """
    if isinstance(sample, str) and noun.keys == {"expression"}:
        sample = {"expression": sample}
    if not isinstance(sample, dict):
        raise FaultError(
            f"the sample is no mapping of fields of `{noun.name}`",
            f"write some of {', '.join(noun.names()[:4])}, …",
            path,
        )
    members, given = _sorted(noun, sample, path)
    document = read_document(noun.sample(members))
    for defect in document.defects:
        if defect.code not in _ABOUT_WHAT_IS_MISSING:
            raise FaultError(f"in the sample, {defect.message}", defect.help, path)
    configuration = ConfigurationUnit(document)
    things = [
        Thing(noun, each, given)
        for unit in _units(configuration, noun.unit)
        for each in noun.things(unit)
    ]
    if not things:
        raise FaultError(
            f"the sample holds no `{noun.name}`", "write the members that it needs", path
        )
    return things


def _sorted(
    noun: Noun, sample: Mapping[Any, Any], path: Path
) -> tuple[dict[str, Any], dict[str, Value]]:
    """Members by Microsoft's names, and values that stand in for those of fields."""
    members: dict[str, Any] = {}
    given: dict[str, Value] = {}
    for key, value in sample.items():
        field = noun.field(key)
        if key in noun.written:
            _merge(members, noun.written[key](value))
        elif field is not None and field.key and "." in key:
            _merge(members, _nested(field.key.split("."), value))
        elif key in noun.keys and (field is None or not _stands_in(field, key, value)):
            _merge(members, {key: value})
        elif field is not None:
            given[key] = _value(value, (*path, key))
        else:
            known = [*noun.names(), *noun.keys]
            raise FaultError(
                f"`{noun.name}` has no field {quote(str(key))}",
                did_you_mean(str(key), known) or noun.hint(str(key)),
                (*path, key),
                key=True,
            )
    return members, given


def _stands_in(field: Field, key: str, value: Any) -> bool:
    """Whether the value is that of the field, and not of the member that Microsoft calls so."""
    if isinstance(value, list):
        return field.kind == "list" and all(map(is_scalar, value))
    return field.key != key and is_scalar(value)


def _value(value: Any, path: Path) -> Value:
    if isinstance(value, list) and all(map(is_scalar, value)):
        return tuple(str(each) for each in value) or None
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise FaultError("the field has no such value", "write a value, or a list of values", path)


def _nested(steps: list[str], value: Any) -> dict[str, Any]:
    first, *others = steps
    return {first: _nested(others, value) if others else value}


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        held = into.get(key)
        if isinstance(held, dict) and isinstance(value, Mapping):
            _merge(held, value)
        else:
            into[key] = dict(value) if isinstance(value, Mapping) else value


def _units(configuration: ConfigurationUnit, name: str) -> Iterator[Any]:
    """The units of a sample's document by their name."""
    if name == "document":
        yield configuration
    for schema in configuration.schemas:
        if name == "schema":
            yield schema
        for rule in schema.rules:
            if name == "synchronization-rule":
                yield rule
            for mapping in rule.object_mappings:
                if name == "object-mapping":
                    yield mapping
                groups = () if mapping.scope_unit is None else mapping.scope_unit.groups
                if name == "filter-group":
                    yield from groups
                if name == "clause":
                    yield from (clause for group in groups for clause in group.clauses)
                for attribute_mapping in mapping.attribute_mappings:
                    if name == "attribute-mapping":
                        yield attribute_mapping
                    expression = attribute_mapping.expression
                    if name == "expression" and expression is not None:
                        yield expression
                    if name == "call" and expression is not None:
                        yield from expression.calls()
