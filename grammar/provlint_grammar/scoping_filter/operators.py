"""The operators of scoping filters, and what to write instead of those that do not exist.

The data stands in `operators.toml`. Source:
https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.operators_data import INSTEAD, OPERATOR

if TYPE_CHECKING:
    from collections.abc import Mapping


class Operator(NamedTuple):
    """One operator of scoping filters.

    Attributes:
        name: Canonical `operatorName` in the JSON of Microsoft Graph.
        portal_name: How the portal and the documentation write it.
        other_spellings: Spellings seen besides that differ in more than letter case.
        spelling: How sure the JSON spelling is: `documented`, `seen` or `not-seen`.
        arity: `unary`, `binary` or `unknown`.
        operand: `none`, `text`, `regex`, `integer`, `mask` or `unknown`.
        supported_types: Attribute types that the operator is for.
        refused_types: Attribute types that it is not for; a type in neither is not settled.
        opposite: The operator that is true where this one is false on a value that is there, or "".
        negative: Whether it tests that something is not so.
        null_documented: Result on an unset attribute as documented: `true`, `false`, `unknown`.
        null_negatives_true: The same when negative operators hold on unset attributes.
        null_stated: Whether the page says it for this operator by name.
        case: `sensitive`, `not-stated` or `none`.
        support: `supported`, `unsupported` or `undocumented`.
        meaning: One sentence.
        note: What else an administrator should know, or "".
        example: A clause in the text form.
        source: Microsoft's page.
        date: The date that the page bears, ISO 8601.
    """

    name: str
    portal_name: str
    other_spellings: tuple[str, ...]
    spelling: str
    arity: str
    operand: str
    supported_types: tuple[str, ...]
    refused_types: tuple[str, ...]
    opposite: str
    negative: bool
    null_documented: str
    null_negatives_true: str
    null_stated: bool
    case: str
    support: str
    meaning: str
    note: str
    example: str
    source: str
    date: str


class Suggestion(NamedTuple):
    """What to write instead of an operator that does not exist.

    Attributes:
        operator: The operator with the same meaning and the same operand, or None.
        advice: What to do, as an imperative fragment.
    """

    operator: Operator | None
    advice: str


def fold(spelling: str) -> str:
    """The form in which spellings are compared: no case, no `_`, no blanks."""
    return "".join(spelling.replace("_", " ").split()).casefold()


OPERATORS: Mapping[str, Operator] = {
    str(entry["name"]): Operator._make(entry[field] for field in Operator._fields)
    for entry in OPERATOR
}
"""Every operator by its canonical spelling."""

_BY_FOLDED_SPELLING: Mapping[str, Operator] = {
    fold(spelling): operator
    for operator in OPERATORS.values()
    for spelling in (operator.name, operator.portal_name, *operator.other_spellings)
}


def find_operator(spelling: str) -> Operator | None:
    """The operator of that spelling; letter case, `_` and blanks do not matter."""
    return OPERATORS.get(spelling) or _BY_FOLDED_SPELLING.get(fold(spelling))


def is_canonical_spelling(spelling: str) -> bool:
    """Whether an `operatorName` is spelt as Microsoft Graph spells it."""
    return spelling in OPERATORS


_instead: dict[str, Suggestion] = {}


def _fill_instead() -> None:
    for entry in INSTEAD:
        suggestion = Suggestion(OPERATORS.get(str(entry["operator"])), str(entry["advice"]))
        for spelling in entry["spellings"]:
            _instead[fold(spelling)] = suggestion


def find_instead(spelling: str) -> Suggestion | None:
    """What to write instead of an operator that people expect, by the catalogue."""
    # Folding two hundred spellings is for those who ask.
    if not _instead:
        _fill_instead()
    return _instead.get(fold(spelling))


def suggest_operator(spelling: str) -> Suggestion | None:
    """What to write instead of an operator that does not exist.

    First by the catalogue of what people expect, then by the nearest spelling. None for an operator
    that exists, and where nothing is near.
    """
    if find_operator(spelling):
        return None
    instead = find_instead(spelling)
    if instead:
        return instead
    from provlint_grammar.spelling import nearest

    found = nearest(fold(spelling), _BY_FOLDED_SPELLING)
    if found is None:
        return None
    operator = _BY_FOLDED_SPELLING[found]
    return Suggestion(operator, f"write `{operator.name}`")
