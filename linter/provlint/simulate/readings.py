"""The open readings of scoping filters: what Microsoft's pages leave undecided.

A decision is taken with the first option of each reading. Where another option would decide
otherwise, the decision is contested and names the reading.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Option(NamedTuple):
    """One way to read what is open: its word, and what it means in a sentence's second half."""

    word: str
    meaning: str


class Reading(NamedTuple):
    """One open question.

    Attributes:
        name: Kebab-case; stands in `contested`.
        question: What is open, in one line.
        options: The ways to read it; the first is what provlint does unless told otherwise.
    """

    name: str
    question: str
    options: tuple[Option, ...]

    def meaning(self, word: str) -> str:
        """What an option means."""
        return next(option.meaning for option in self.options if option.word == word)


NULL = "null"
INPUT_NULL = "input-null"
REGEX = "regex"
MASK = "mask"
TAIL_CASE = "tail-case"
EMPTY_GROUP = "empty-group"
SEVERAL_VALUES = "several-values"
GUEST_NAME = "guest-name"
NUMBER_AS_TEXT = "number-as-text"
BOOLEAN_AS_TEXT = "boolean-as-text"
BLANK = "blank"
EQUALITY = "equality"
REFUSED_TYPE = "refused-type"
MULTIVALUED = "multivalued"
INVALID = "invalid"
UNDOCUMENTED = "undocumented"
UNMAPPED = "unmapped"

DOCUMENTED = "documented"
NEGATIVES_TRUE = "negatives-true"

_NULL = Reading(
    "null-and-negation",
    "whether a negative operator holds on an empty attribute",
    (
        Option(
            DOCUMENTED, "every filter but IS NULL is false on an empty attribute, as documented"
        ),
        Option(
            NEGATIVES_TRUE,
            "negative operators are true on an empty attribute, as Microsoft's own default filter"
            " of cloud sync needs",
        ),
    ),
)

READINGS: Mapping[str, Reading] = MappingProxyType(
    {
        NULL: _NULL,
        INPUT_NULL: _NULL,
        REGEX: Reading(
            "regex-search",
            "whether a pattern must match the whole value",
            (
                Option("search", "a pattern matches anywhere in the value"),
                Option("whole", "a pattern must match the whole value"),
            ),
        ),
        MASK: Reading(
            "bit-mask",
            "whether `&` and `!&` compare bits or texts",
            (
                Option("bits", "`&` and `!&` compare the bits of two integers"),
                Option(
                    "text",
                    "`&` and `!&` look a text up in another, as the page's words go, and what is"
                    " looked up is not said",
                ),
            ),
        ),
        TAIL_CASE: Reading(
            "ends-with-case",
            "whether letter case counts in ENDS_WITH",
            (
                Option("sensitive", "ENDS_WITH compares with regard to letter case"),
                Option("ignored", "ENDS_WITH ignores letter case"),
            ),
        ),
        EMPTY_GROUP: Reading(
            "empty-filter-group",
            "whom a group without clauses admits",
            (
                Option("everybody", "a group without clauses admits everybody"),
                Option("nobody", "a group without clauses admits nobody"),
            ),
        ),
        SEVERAL_VALUES: Reading(
            "several-values",
            "what several values in one clause mean",
            (
                Option("any", "one of several values is enough"),
                Option("all", "all of several values must hold"),
                Option("first", "only the first of several values counts"),
            ),
        ),
        GUEST_NAME: Reading(
            "guest-user-principal-name",
            "which form of a guest's userPrincipalName a filter sees",
            (
                Option("home", "a filter sees a guest's userPrincipalName without `#EXT#`"),
                Option("stored", "a filter sees a guest's userPrincipalName as it is stored"),
            ),
        ),
        NUMBER_AS_TEXT: Reading(
            "number-in-text-attribute",
            "what an integer operator does with a text attribute",
            (
                Option("false", "an integer operator is false on a text attribute"),
                Option("parsed", "an integer operator reads the number out of a text attribute"),
            ),
        ),
        BOOLEAN_AS_TEXT: Reading(
            "boolean-in-text-attribute",
            "what IS TRUE and IS FALSE do with a text that spells a Boolean",
            (
                Option("parsed", "a text `True` or `False` counts as Boolean"),
                Option("false", "IS TRUE and IS FALSE are false on a text attribute"),
            ),
        ),
        BLANK: Reading(
            "blank-value",
            "whether a value of nothing but blanks is empty",
            (
                Option("value", "a blank is a value"),
                Option("empty", "a value of nothing but blanks is empty"),
            ),
        ),
        EQUALITY: Reading(
            "text-comparison",
            "whether texts are compared character by character",
            (
                Option("ordinal", "values are compared character by character"),
                Option(
                    "equivalent",
                    "equivalent values are equal: composed and decomposed letters, numbers with"
                    " leading zeros",
                ),
            ),
        ),
        REFUSED_TYPE: Reading(
            "operator-for-other-type",
            "what an operator does with an attribute of a type that it is not for",
            (
                Option("text", "an operator that is not for the type compares the value as text"),
                Option("false", "an operator that is not for the type is false"),
            ),
        ),
        MULTIVALUED: Reading(
            "multi-valued-attribute",
            "what a filter does with several values of one attribute",
            (
                Option("all", "all values of the attribute must pass"),
                Option("any", "one value of the attribute is enough"),
                Option("false", "filters are false on attributes of several values"),
            ),
        ),
        INVALID: Reading(
            "invalid-clause",
            "what an invalid clause does",
            (
                Option("fails", "an invalid clause makes the scope step fail"),
                Option("false", "an invalid clause is false"),
            ),
        ),
        UNDOCUMENTED: Reading(
            "undocumented-operator",
            "what an undocumented operator tests",
            (
                Option("unknown", "nothing says what the operator tests"),
                Option("true", "the operator happens to be true"),
                Option("false", "the operator happens to be false"),
            ),
        ),
        UNMAPPED: Reading(
            "filter-attribute-not-mapped",
            "whether the service reads an attribute that no mapping uses",
            (
                Option("read", "the service reads the attribute for the filter"),
                Option("empty", "the attribute arrives empty, as no mapping asks for it"),
            ),
        ),
    }
)
"""By the key under which a decision looks them up."""

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {key: reading.options[0].word for key, reading in READINGS.items()}
)
"""What provlint does."""
