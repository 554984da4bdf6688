"""The things that a rule may be for, and the fields that it may ask of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from provlint.declarative.nouns import expressions, filters, jobs, mappings, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.declarative.nouns.noun import Noun

NOUNS: Mapping[str, Noun] = MappingProxyType(
    {
        noun.name: noun
        for noun in (
            jobs.JOB,
            schemas.SCHEMA,
            schemas.SYNCHRONIZATION_RULE,
            mappings.OBJECT_MAPPING,
            mappings.ATTRIBUTE_MAPPING,
            filters.SCOPING_GROUP,
            filters.CLAUSE,
            expressions.EXPRESSION,
            expressions.FUNCTION_CALL,
            schemas.DIRECTORY,
            schemas.ATTRIBUTE_DEFINITION,
        )
    }
)
"""Noun by the word after `for:`."""
