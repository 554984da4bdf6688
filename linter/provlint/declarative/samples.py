"""Samples of rules: small things that are read like a file and shown to the rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from provlint.declarative.nouns.noun import Thing
from provlint.declarative.sample_members import members_of
from provlint.model import read_document
from provlint.semantics.configuration import ConfigurationUnit
from provlint.validation import FaultError
from provlint_grammar.syntax import LENIENT_CODES

if TYPE_CHECKING:
    from provlint.declarative.nouns.noun import Noun, Value
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
    members, given = members_of(noun, sample, path)
    document = read_document(_surrounded(noun.sample(members), given))
    for defect in document.defects:
        if defect.code not in _ABOUT_WHAT_IS_MISSING:
            raise FaultError(f"in the sample, {defect.message}", defect.help, path)
    configuration = ConfigurationUnit(document)
    if noun.unit in ("expression", "call"):
        _refuse_broken(configuration, path)
    things = [
        Thing(noun, each, given)
        for unit in units_of(configuration, noun.unit)
        for each in noun.things(unit)
    ]
    if not things:
        raise FaultError(
            f"the sample holds no `{noun.name}`", "write the members that it needs", path
        )
    return things


_OF_OBJECT_MAPPING = {
    "sourceObjectName": "sourceObjectName",
    "targetObjectName": "targetObjectName",
    "objectMapping": "name",
}
"""Field of what stands in an object mapping to the member of the object mapping."""


def _surrounded(document: dict[str, Any], given: Mapping[str, Value]) -> dict[str, Any]:
    """The document with what a sample says of the object mapping around the thing."""
    around = {key: given[field] for field, key in _OF_OBJECT_MAPPING.items() if field in given}
    for rule in document.get("synchronizationRules", ()):
        for mapping in rule.get("objectMappings", ()):
            for key, value in around.items():
                mapping[key] = value
    return document


def _refuse_broken(configuration: ConfigurationUnit, path: Path) -> None:
    for unit in units_of(configuration, "expression"):
        for problem in unit.parsed.problems:
            if problem.code not in LENIENT_CODES:
                raise FaultError(
                    f"the sample is no expression: {problem.message}", problem.help, path
                )


def units_of(configuration: ConfigurationUnit, name: str) -> Iterator[Any]:
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
