"""Documents around the samples of rules: the smallest file in which the thing can stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def schema_with(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with one synchronization rule."""
    return {"synchronizationRules": [rule], "directories": []}


def object_mapping(sample: Mapping[str, Any]) -> dict[str, Any]:
    """A document with an object mapping."""
    return schema_with({"name": "sample", "objectMappings": [sample]})


def attribute_mapping(sample: Mapping[str, Any]) -> dict[str, Any]:
    """A document with an attribute mapping."""
    return object_mapping({"name": "sample", "attributeMappings": [sample]})


def filter_group(sample: Mapping[str, Any]) -> dict[str, Any]:
    """A document with a filter group."""
    return object_mapping({"name": "sample", "scope": {"groups": [sample]}})


def clause(sample: Mapping[str, Any]) -> dict[str, Any]:
    """A document with a clause."""
    return filter_group({"name": "sample", "clauses": [sample]})


def directory(sample: Mapping[str, Any]) -> dict[str, Any]:
    """A document with a directory."""
    return {"synchronizationRules": [], "directories": [sample]}


def attribute_definition(sample: Mapping[str, Any]) -> dict[str, Any]:
    """A document with the definition of an attribute."""
    return directory({"name": "sample", "objects": [{"name": "sample", "attributes": [sample]}]})


def job(sample: Mapping[str, Any]) -> dict[str, Any]:
    """A document with a job."""
    return {"id": "sample", "synchronizationJobSettings": [], **sample}
