"""The published format of rule files, version 1; its JSON Schema is made from these models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from provlint.declarative.operands import (
    LIST_SCHEMA,
    VALUE_SCHEMA,
    Count,
    FactName,
    Operators,
    Part,
    Text,
    Texts,
    is_scalar,
)
from provlint.rule import OWN_ID, OWN_NAME
from provlint.validation import FaultError
from provlint.wording import alternatives, quote

DEEPEST = 12
"""How deep conditions may stand in one another."""

LAST_ARGUMENT = 999
"""The highest number of an argument that may be asked about."""

MOST_RULES = 500
"""How many rules one file may hold, and a run may load."""


_CONTENTS = "It holds things of this kind, so many and such as are asked for."

FORMS = (
    "allOf", "anyOf", "not", "field", "usesAttribute", "nested", "calls", "synchronizationRules",
    "objectMappings", "attributeMappings", "scopingGroups", "clauses", "directories",
    "attributeDefinitions",
)  # fmt: skip
"""What a condition may be; one of them stands in each."""

WITH_OPERATORS = ("field", "nested")
"""Forms that operators stand beside."""


class Condition(Operators):
    """Something that holds for a thing or does not: one form, with operators or without."""

    all_of: list[Condition] | None = Field(
        default=None, min_length=1, description="All of these must hold."
    )
    any_of: list[Condition] | None = Field(
        default=None, min_length=1, description="One of these must hold."
    )
    not_: Condition | None = Field(default=None, description="This must not hold.")
    field: Text | None = Field(
        default=None, description="The field that the operators beside it look at."
    )
    uses_attribute: Texts = Field(
        default=None, description="The expression reads one of these source attributes."
    )
    nested: Text | None = Field(
        default=None,
        description="The operators beside it look at how many calls of this function stand inside"
        " one another.",
    )
    calls: Calls | None = Field(
        default=None, description="The expression calls a function in a certain way."
    )
    synchronization_rules: Contents | None = Field(default=None, description=_CONTENTS)
    object_mappings: Contents | None = Field(default=None, description=_CONTENTS)
    attribute_mappings: Contents | None = Field(default=None, description=_CONTENTS)
    scoping_groups: Contents | None = Field(default=None, description=_CONTENTS)
    clauses: Contents | None = Field(default=None, description=_CONTENTS)
    directories: Contents | None = Field(default=None, description=_CONTENTS)
    attribute_definitions: Contents | None = Field(default=None, description=_CONTENTS)

    @model_validator(mode="before")
    @classmethod
    def _is_not_reserved(cls, value: Any) -> Any:
        if isinstance(value, dict) and "expression" in value:
            raise FaultError(
                "`expression` is reserved for conditions of a later version",
                "write `field` and an operator; to ask about the expression of a mapping, write"
                " `field: expression`",
                ("expression",),
                key=True,
            )
        return value

    @model_validator(mode="after")
    def _has_one_form(self) -> Condition:
        operators = [name for name, _ in self.operators()]
        forms = self.forms()
        if not forms:
            raise FaultError(
                "the condition has no `field`" if operators else "the condition is empty",
                "add `field`" if operators else f"write one of {alternatives(FORMS[:4])}",
            )
        if len(forms) > 1:
            raise FaultError(
                f"{alternatives(forms, 'and')} stand in one condition",
                "make a condition of each, and put them under `allOf` or `anyOf`",
                (forms[1],),
                key=True,
            )
        (form,) = forms
        if form in WITH_OPERATORS and not operators:
            raise FaultError(
                f"no operator stands beside `{form}`",
                "add one, such as `equals`, `in`, `match` or `exists`",
                (form,),
            )
        if form not in WITH_OPERATORS and operators:
            raise FaultError(
                f"`{operators[0]}` stands beside `{form}`, which takes no operator",
                "put it beside a `field`",
                (operators[0],),
                key=True,
            )
        return self

    def forms(self) -> list[str]:
        """The forms that are given."""
        given = {
            field.alias: getattr(self, name)
            for name, field in type(self).model_fields.items()
            if field.alias in FORMS
        }
        return [form for form in FORMS if given[form] is not None]


class Contents(Part):
    """A condition on the things that a thing holds."""

    where: Condition | None = Field(
        default=None, description="Which of them count; all, if left out."
    )
    count: Count = Field(
        default=None, description="How many must count; at least one, if left out."
    )


def _argument(value: Any) -> Any:
    numbers = value if isinstance(value, list) else [value]
    if value in ("any", "last"):
        return value
    if not numbers or not all(type(each) is int and 1 <= each <= LAST_ARGUMENT for each in numbers):
        raise FaultError(
            f"`argument` is {quote(str(value))}; expected a number from 1, or a list of numbers",
            "write the number, `last`, or `any`",
        )
    return tuple(numbers) if isinstance(value, list) else value


_NUMBER_SCHEMA = {"type": "integer", "minimum": 1, "maximum": LAST_ARGUMENT}

Argument = Annotated[
    int | tuple[int, ...] | str,
    BeforeValidator(_argument),
    WithJsonSchema(
        {
            "anyOf": [
                _NUMBER_SCHEMA,
                {"type": "array", "minItems": 1, "items": _NUMBER_SCHEMA},
                {"enum": ["any", "last"]},
            ]
        }
    ),
]


class Calls(Operators):
    """A condition on the calls in an expression; operators look at the argument."""

    function: Texts = Field(
        default=None, description="Name of the function, or several; any, if left out."
    )
    argument: Argument | None = Field(
        default=None,
        description="Which argument the operators look at: its number, from 1; one of several"
        " numbers; `last`, or `any`.",
    )
    where: Condition | None = Field(
        default=None, description="What else must hold for the call; fields of `functionCall`."
    )
    count: Count = Field(
        default=None, description="How many such calls there must be; at least one, if left out."
    )

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Calls:
        operators = [name for name, _ in self.operators()]
        if operators and self.argument is None:
            raise FaultError(
                f"`{operators[0]}` does not say of which argument",
                "add `argument` with its number, from 1, or `any` or `last`",
                (operators[0],),
                key=True,
            )
        if self.argument is not None and not operators:
            raise FaultError(
                "no operator stands beside `argument`",
                "add one, such as `equals` or `exists`",
                ("argument",),
            )
        return self

    def operators(self) -> Iterator[tuple[str, Any]]:
        """Names and operands; `count` counts calls and is none of them."""
        return (each for each in super().operators() if each[0] != "count")


class Sample(Part):
    """A thing that the rule must find, or must leave alone."""

    good: Any = Field(default=None, description="A thing that breaks no rule.")
    bad: Any = Field(default=None, description="A thing that the rule must find.")
    at: Text | None = Field(
        default=None, description="The field that the finding must stand at; only for `bad`."
    )
    message: Text | None = Field(
        default=None, description="The message that the finding must have; only for `bad`."
    )

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Sample:
        given = [name for name in ("good", "bad") if name in self.model_fields_set]
        if len(given) != 1:
            found = "neither `good` nor `bad`" if not given else "both `good` and `bad`"
            raise FaultError(f"the sample has {found}", "write `good: {…}` or `bad: {…}`")
        for name in ("at", "message"):
            if name in self.model_fields_set and given == ["good"]:
                raise FaultError(
                    f"`{name}` stands beside `good`, of which nothing is found",
                    f"remove `{name}`, or write `bad`",
                    (name,),
                    key=True,
                )
        return self


def _fits(key: str, pattern: str, expected: str) -> Any:
    """A text of a certain form after a key."""

    def check(value: Any) -> Any:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise FaultError(
                f"`{key}` is {quote(str(value))}; expected {expected}", "write it in this form"
            )
        return value

    return BeforeValidator(check), WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


Identity = Annotated[
    str, *_fits("id", OWN_ID, "capital letters and three digits, such as `CONTOSO001`")
]
RuleName = Annotated[
    str,
    *_fits("name", OWN_NAME, "small letters, digits and hyphens, such as `title-from-job-title`"),
]


class OwnRule(Part):
    """A rule of one's own."""

    id: Identity = Field(
        description="Capital letters and three digits, such as `CONTOSO001`; `PL` is provlint's."
    )
    name: RuleName = Field(description="In small letters with hyphens; reads well after `allow`.")
    synopsis: Text | None = Field(default=None, description="One line for lists.")
    severity: Literal["error", "warning", "note"] = "warning"
    profile: Literal["default", "strict"] = Field(
        default="default", description="`strict` for advice that runs with `--profile strict`."
    )
    for_: Text = Field(description="The kind of thing that the rule is for.")
    where: Condition | None = Field(default=None, description="Which of them; all, if left out.")
    require: Condition = Field(description="What must hold for them.")
    message: Text = Field(
        description="What was found; `{field}` is the value of a field of the thing."
    )
    help: Text | None = Field(default=None, description="What to do; takes fields too.")
    see: str | None = Field(
        default=None, pattern=r"^https://\S+$", description="Address of a page that says why."
    )
    tests: list[Sample] = Field(description="At least one good and one bad sample.")

    @model_validator(mode="after")
    def _is_complete(self) -> OwnRule:
        if self.id.startswith("PL"):
            raise FaultError(
                f"{quote(self.id)} begins with `PL`, which is for the rules of provlint",
                "begin it with the name of your organization, such as `CONTOSO001`",
                ("id",),
            )
        for kind in ("good", "bad"):
            if not any(kind in sample.model_fields_set for sample in self.tests):
                raise FaultError(
                    f"the rule {quote(self.id)} has no {kind} sample",
                    f"add `- {kind}: {{…}}` to `tests`, so that it is seen to work",
                    ("tests",),
                )
        return self


def _facts(value: Any) -> Any:
    items = value if isinstance(value, list) else [value]
    if not all(map(is_scalar, items)):
        raise FaultError("a fact is neither a value nor a list of values", "write a text or a list")
    return tuple(items) if isinstance(value, list) else value


Fact = Annotated[
    Any, BeforeValidator(_facts), WithJsonSchema({"anyOf": [VALUE_SCHEMA, LIST_SCHEMA]})
]


class RuleFile(Part):
    """A file of rules of one's own, in YAML or JSON."""

    schema_address: str | None = Field(
        default=None, alias="$schema", description="For editors: the JSON Schema of the file."
    )
    version: Literal[1] = Field(description="Version of the format.")
    facts: Mapping[FactName, Fact] = Field(
        default_factory=dict,
        description="Facts that rules use; those of the configuration file win over them.",
    )
    rules: list[OwnRule] = Field(min_length=1, max_length=MOST_RULES)

    @model_validator(mode="before")
    @classmethod
    def _is_a_file_of_rules(cls, value: Any) -> Any:
        if isinstance(value, dict) and "rules" not in value and {"for", "require"} & value.keys():
            raise FaultError(
                "the file holds a rule by itself",
                "write `version: 1` and `rules:`, and put the rule below as `- id: …`",
            )
        if not isinstance(value, dict):
            raise FaultError(
                "the file holds no mapping with `version` and `rules`",
                "begin it with `version: 1` and `rules:`",
            )
        return value


Condition.model_rebuild()


def rules_schema() -> dict[str, Any]:
    """Return the JSON Schema of the format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **RuleFile.model_json_schema(),
    }
