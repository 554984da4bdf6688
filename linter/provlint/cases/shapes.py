"""What a test case may look like.

Several shapes, told apart by what they hold. The published JSON Schema is generated from here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Scalar = str | int | float | bool | None
Input = Scalar | list[Scalar] | list[dict[str, Any]]


class _Case(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    id: str = Field(default="", description="Name of the case; its place in the file if left out.")
    fact: str = Field(default="", description="The fact that the case states, in words.")
    source: str = Field(default="", description="Where the fact is documented.")


class _Expectation(_Case):
    inputs: dict[str, Input] = Field(
        default_factory=dict,
        description="Values of the source attributes; null for an attribute that is absent.",
    )
    output: Any = Field(
        description="What flows: a text, a number, a boolean, a list, null for nothing, or an"
        " object with $flow, $error, $escrow, $pattern, $one_of or $roles."
    )
    now: str | None = Field(default=None, description="The present, ISO 8601, in UTC.")
    taken: list[str] = Field(default_factory=list, description="Names that are in use.")
    variables: dict[str, str] = Field(
        default_factory=dict, alias="vars", description="Values of macros such as DomainFQDN."
    )
    dialect: Literal["app-provisioning", "cloud-sync"] | None = Field(
        default=None, description="Dialect of the expression."
    )
    certain: bool = Field(
        default=True,
        description="False when no documentation settles the result: it must then be marked as"
        " contested.",
    )


class ExpressionCase(_Expectation):
    """A free-standing expression and what it gives."""

    expression: str = Field(description="The mapping expression.")


class Surroundings(BaseModel):
    """The mapping around a free-standing expression; what is left out is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str | None = Field(default=None, description="The source system, such as `entra`.")
    target: str | None = Field(default=None, description="The target system, such as `ad`.")
    app: str | None = Field(default=None, description="The same as `target`.")
    attributes: list[str] | None = Field(
        default=None, description="The names of all source attributes."
    )
    attributeTypes: dict[str, str] | None = Field(  # noqa: N815 - a key of the file
        default=None, description="The same with the type of each."
    )
    matchingPriority: int = Field(  # noqa: N815
        default=0, description="Above 0 for a matching attribute."
    )
    flowType: str | None = Field(  # noqa: N815
        default=None, description="The `flowType` of the mapping."
    )


class LintCase(_Case):
    """A free-standing expression in which provlint finds a mistake."""

    expression: str = Field(description="The mapping expression.")
    severity: Literal["error", "warning", "note"] = Field(
        description="At least one finding is so grave, or graver."
    )
    why: str = Field(default="", description="What is wrong, in words.")
    context: Surroundings = Field(
        default=Surroundings(), description="The mapping around the expression."
    )


class AttributeCase(_Expectation):
    """What the configuration under test writes to one target attribute."""

    target: str = Field(description="Name of the target attribute.")
    mapping: str | None = Field(
        default=None, description="Name of the object mapping, where several write the attribute."
    )


class _FlowCase(_Case):
    """A case of the provisioning flow; the flow reads more members than are named here."""

    model_config = ConfigDict(extra="allow", frozen=True)


class ScopeCase(_FlowCase):
    """A scoping filter, a user, and whether the user is in scope."""

    filter: dict[str, Any] | str | None = Field(
        description="The scope object of Microsoft Graph, the text form of a filter, or null."
    )
    user: dict[str, Any] = Field(description="Values of the user's attributes.")
    in_scope: bool = Field(description="Whether the user passes.")
    context: dict[str, Any] = Field(
        default_factory=dict,
        description="What else decides: `sync_all`, `assigned`, `active`, `app_role` and more.",
    )


class ContestedScopeCase(_FlowCase):
    """A filter and a user on whom two readings of the documentation disagree."""

    filter: dict[str, Any] | str | None = Field(
        description="The scope object of Microsoft Graph, the text form of a filter, or null."
    )
    user: dict[str, Any] = Field(description="Values of the user's attributes.")
    reading_1: dict[str, Any] = Field(description="One outcome, with `in_scope`.")
    reading_2: dict[str, Any] = Field(description="The other outcome, with `in_scope`.")


class MatchActionCase(_FlowCase):
    """A source user, the users of the target, and what the service would do."""

    config: dict[str, Any] = Field(description="Mappings, flow types, settings, state, target.")
    source_user: dict[str, Any] | None = Field(default=None, description="The user in the source.")
    target_users: list[dict[str, Any]] | None = Field(
        default=None, description="The users in the target."
    )
    outcome: dict[str, Any] = Field(description="`action` and `code`, and more where given.")


class HRProvisioningCase(BaseModel):
    """A case of the PowerShell module HRProvisioningTests, unchanged."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    TargetAttributeName: str = Field(description="Name of the target attribute.")
    Description: str | None = Field(default=None, description="What the case is about.")
    ExpectedResult: Any = Field(description="The text that is to flow.")
    Expression: str = Field(description="The mapping expression.")
    InputAttributes: dict[str, Any] | None = Field(
        default=None, description="Values of the source attributes."
    )


Case = (
    ExpressionCase
    | LintCase
    | AttributeCase
    | ScopeCase
    | ContestedScopeCase
    | MatchActionCase
    | HRProvisioningCase
)

BY_KEYS: tuple[tuple[frozenset[str], type[BaseModel]], ...] = (
    (frozenset({"TargetAttributeName", "Expression"}), HRProvisioningCase),
    (frozenset({"config", "outcome"}), MatchActionCase),
    (frozenset({"user", "reading_1"}), ContestedScopeCase),
    (frozenset({"user", "in_scope"}), ScopeCase),
    (frozenset({"expression", "output"}), ExpressionCase),
    (frozenset({"target", "output"}), AttributeCase),
    (frozenset({"expression", "severity"}), LintCase),
)
"""Keys that tell a shape, the most telling first."""


class CaseFile(BaseModel):
    """A file of test cases, in JSON or YAML; a list of cases, or one case, may stand alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1] = 1
    config: str | None = Field(
        default=None,
        description="The configuration under test, relative to this file; for cases with `target`.",
    )
    cases: Annotated[list[Case], Field(min_length=1)]
