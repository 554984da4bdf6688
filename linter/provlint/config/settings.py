"""What may stand in a configuration file.

Imported only when a configuration file was found, because pydantic costs more at start than the
whole of a lint.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class _Table(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=_kebab, validate_by_name=False
    )


FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
FactValue = str | int | float | bool
Fact = FactValue | tuple[FactValue, ...]
SeverityName = Literal["error", "warning", "note"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Application(_Table):
    """Says which application the configurations in some files belong to; the first match counts."""

    files: Text = Field(description="Glob of files, relative to the configuration file.")
    name: Text = Field(description="Name or alias of the application, such as `Box`.")


class Suppression(_Table):
    """Silences findings, with the reason why that is right.

    All conditions that are given must hold. None of them is a line number or a message, so a
    suppression survives every reformatting.
    """

    rule: Text = Field(description="Id or name of the rule.")
    reason: Text = Field(description="Why the finding is acceptable.")
    files: Text = Field(
        default="**", description="Glob of files, relative to the configuration file."
    )
    application: Text | None = Field(
        default=None,
        description="Name of the application, or of the target directory if none is given.",
    )
    mapping: Text | None = Field(default=None, description="Name of the object mapping.")
    target: Text | None = Field(default=None, description="Name of the target attribute.")
    filter_group: Text | None = Field(default=None, description="Title of the scoping filter.")
    expires: date | None = Field(
        default=None, description="Day from which the suppression no longer works."
    )


class Settings(_Table):
    """Settings of provlint for a folder and everything below it."""

    profile: Literal["default", "strict"] = Field(
        default="default", description="`default` reports mistakes, `strict` adds advice."
    )
    select: tuple[Text, ...] = Field(
        default=(), description="Run only these rules: ids, names, id prefixes or groups."
    )
    extend_select: tuple[Text, ...] = Field(default=(), description="Run these rules too.")
    ignore: tuple[Text, ...] = Field(default=(), description="Never run these rules.")
    fail_on: Literal["error", "warning", "note", "never"] = Field(
        default="warning", description="Exit with status 1 from this severity on; or `never`."
    )
    dialect: Literal["app-provisioning", "cloud-sync"] | None = Field(
        default=None, description="Dialect of the expressions; told from the file if left out."
    )
    baseline: Text | None = Field(
        default=None,
        description="File of accepted findings, relative to the configuration file; made with"
        " `provlint lint --write-baseline`.",
    )
    exclude: tuple[Text, ...] = Field(
        default=(),
        description="Globs of files and folders, relative to the configuration file, that a walk"
        " through a folder leaves out.",
    )
    cache: bool = Field(
        default=True, description="Whether findings on unchanged files are kept between runs."
    )
    severity: dict[Text, SeverityName] = Field(
        default_factory=dict, description="Severity by rule id or name."
    )
    application: tuple[Application, ...] = Field(
        default=(), description="Which application the configurations in some files belong to."
    )
    suppress: tuple[Suppression, ...] = Field(default=(), description="Findings to silence.")
    rules: tuple[Text, ...] = Field(
        default=(),
        description="Files of own rules, and globs of them, relative to the configuration file.",
    )
    plugins: tuple[Text, ...] = Field(
        default=(), description="Installed packages whose rules run too."
    )
    facts: dict[FactName, Fact] = Field(
        default_factory=dict,
        description="What own rules may ask about the organization: values, and lists of them.",
    )
    unsuppressible: tuple[Text, ...] = Field(
        default=(), description="Rules that no suppression may silence: ids, names or groups."
    )
