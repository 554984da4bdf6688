"""The published format of baseline files, version 1; its JSON Schema is made from these models."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from provlint.validation import FaultError

VERSION = 1
"""Grows when an older provlint would misread the file."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Part):
    """Accepted findings: all of one rule on the same things."""

    rule: str = Field(pattern=r"^[A-Z]+\d{3}$", description="Id of the rule.")
    name: str = Field(default="", description="Name of the rule, for readers.")
    about: tuple[str, ...] = Field(
        description="The things that the finding speaks of, by the names that lead to them."
    )
    mentions: tuple[str, ...] = Field(
        default=(), description="What else the message quotes; tells findings on one thing apart."
    )
    count: Annotated[int, Field(ge=1, description="How many findings are accepted.")] = 1


class BaselineFile(_Part):
    """What `provlint lint --write-baseline` writes."""

    version: Literal[1] = Field(description="Version of the format.")
    provlint: str = Field(description="Version of the program that wrote the file.")
    files: dict[str, tuple[Entry, ...]] = Field(
        description="Accepted findings by file, relative to the folder of the baseline."
    )

    @model_validator(mode="before")
    @classmethod
    def _is_a_baseline(cls, value: Any) -> Any:
        if not isinstance(value, dict) or not {"version", "files"} <= value.keys():
            raise FaultError(
                "the file is no baseline of provlint",
                "name a file that `provlint lint --write-baseline FILE` wrote",
            )
        version = value["version"]
        if isinstance(version, int) and version > VERSION:
            raise FaultError(
                f"the baseline has version {version}; this provlint reads version {VERSION}",
                "use the provlint that wrote it, or write it anew with --write-baseline",
                ("version",),
            )
        return value


def baseline_schema() -> dict[str, Any]:
    """Return the JSON Schema of the format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **BaselineFile.model_json_schema(),
    }
