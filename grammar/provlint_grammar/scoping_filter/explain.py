"""An operator in plain words, from the catalogue alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provlint_grammar.scoping_filter.operators import Operator

_SUPPORT = {
    "supported": "",
    "unsupported": "Microsoft does not support it.",
    "undocumented": "Microsoft does not document it.",
}
_OPERAND = {
    "none": "no value",
    "text": "one text",
    "regex": "one .NET regular expression",
    "integer": "one whole number, written as text",
    "mask": "one whole number whose bits are the mask, written as text",
    "unknown": "not documented",
}
_CASE = {"sensitive": "counts", "not-stated": "not documented", "none": ""}
_SPELLING = {
    "documented": "documented",
    "seen": "seen in a real export, not documented",
    "not-seen": "taken from the portal; never seen in an export",
}


def explain_operator(operator: Operator) -> tuple[tuple[str, str], ...]:
    """Headings and texts, in the order in which they should be read.

    Empty texts are left out. The caller lays them out.
    """
    facts = (
        ("meaning", f"{operator.meaning} {_SUPPORT[operator.support]}".strip()),
        ("note", operator.note),
        ("example", operator.example),
        ("value", _OPERAND[operator.operand]),
        ("attribute types", _types(operator)),
        ("unset attribute", _null(operator)),
        ("letter case", _CASE[operator.case]),
        ("opposite", operator.opposite),
        ("JSON spelling", f"{operator.name} ({_SPELLING[operator.spelling]})"),
        ("also seen as", ", ".join(operator.other_spellings)),
        ("source", f"{operator.source} ({operator.date})"),
    )
    return tuple((heading, text) for heading, text in facts if text)


def _types(operator: Operator) -> str:
    if not operator.supported_types:
        return "none" if operator.refused_types else "not documented"
    text = ", ".join(operator.supported_types)
    if operator.refused_types:
        text += f"; not {', '.join(operator.refused_types)}"
    return text + "; not multi-valued"


def _null(operator: Operator) -> str:
    documented, other = operator.null_documented, operator.null_negatives_true
    if documented == "unknown":
        return "not documented"
    text = documented if operator.null_stated else f"{documented}, by the page's general note"
    return text if documented == other else f"{text}; {other} under the reading negatives-true"
