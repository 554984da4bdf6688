"""Names of functions and macros."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Fix, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import nearest, quote
from provlint_grammar.catalogue import find_function, habit_hint, suggest
from provlint_grammar.syntax import Macro, walk
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit, ExpressionUnit
    from provlint_grammar.catalogue import Function

UNKNOWN = RuleInfo(
    "PL310", "unknown-function", "An expression calls a function that does not exist", ERROR,
    sources.FUNCTIONS, fixable=True,
)  # fmt: skip
CASE = RuleInfo(
    "PL311", "function-case", "The name of a function has the wrong capitals", WARNING,
    sources.FUNCTIONS, fixable=True,
)  # fmt: skip
DIALECT = RuleInfo(
    "PL312", "wrong-dialect-function", "A function belongs to another kind of synchronization",
    ERROR, sources.CONNECT_FUNCTIONS,
)  # fmt: skip
MACRO = RuleInfo(
    "PL313", "wrong-dialect-macro", "A macro belongs to cloud sync", WARNING,
    sources.CLOUD_SYNC_EXPRESSIONS,
)  # fmt: skip

_DIALECT_WORDS = {
    "app-provisioning": "application provisioning",
    "cloud-sync": "cloud sync",
    "connect": "Connect sync rules",
}


def unknown(unit: CallUnit) -> Iterator[Finding]:
    """The name is in no list of Microsoft's."""
    name = unit.call.name
    if find_function(name) is not None:
        return
    hint = habit_hint(name)
    meant = None if hint else suggest(name, unit.expression.dialect)
    fix = None
    # A name that is near in spelling only: the places of `Concat` are not those of `Join`.
    near = meant is not None and nearest(name, (meant.name,)) is not None
    if meant is not None and near and meant.accepts(len(unit.call.arguments)):
        fix = Fix(f"call {quote(meant.name)}", (TextEdit(unit.name_place(), meant.name),), "unsafe")
    yield Finding(
        f"there is no function {quote(name)}",
        hint or (f"did you mean {quote(meant.name)}?" if meant else "see the list of functions"),
        unit.name_place(),
        fix=fix,
    )


def case(unit: CallUnit) -> Iterator[Finding]:
    """Microsoft calls the syntax case-sensitive, and prints some names in several cases."""
    name = unit.call.name
    known = find_function(name)
    if known is not None and known.name != name:
        yield Finding(
            f"function {quote(name)} is spelt {quote(known.name)}",
            f"write {quote(known.name)}",
            unit.name_place(),
            fix=Fix(f"write {quote(known.name)}", (TextEdit(unit.name_place(), known.name),)),
            contested="function-name-case",
        )


def _instead(known: Function, otherwise: str) -> str:
    """The replacement of the catalogue as the help of a finding."""
    text = known.replacement
    if not text:
        return otherwise
    return f"use {text}" if "; " in text or ", or " in text else f"write {quote(text)}"


_TEST_FIRST = "test it with the expression builder before it goes live"


def dialect(unit: CallUnit) -> Iterator[Finding]:
    """The older sync-rule dialect has functions that provisioning does not know."""
    known = find_function(unit.call.name)
    asked = unit.expression.dialect
    if known is None:
        return
    status = known.dialects.get(asked)
    if status == "documented":
        return
    here = _DIALECT_WORDS.get(asked, asked)
    if status is None and set(known.dialects) == {"connect"}:
        yield Finding(
            f"{quote(known.name)} exists in Connect sync rules only, not in {here}",
            _instead(known, "write it with other functions"),
            unit.name_place(),
        )
    elif status is None:
        where = " and ".join(_DIALECT_WORDS[name] for name in known.dialects)
        yield Finding(
            f"{quote(known.name)} is documented for {where}, not for {here}",
            _instead(known, _TEST_FIRST),
            unit.name_place(),
            severity=WARNING,
        )
    elif status == "undocumented" and "documented" not in known.dialects.values():
        yield Finding(
            f"{quote(known.name)} is known to the service and documented nowhere",
            _instead(known, _TEST_FIRST),
            unit.name_place(),
            severity=WARNING,
        )
    elif status == "undocumented" and asked == "app-provisioning":
        yield Finding(
            f"{quote(known.name)} is not on the page for {here}",
            _instead(known, _TEST_FIRST),
            unit.name_place(),
            severity=WARNING if known.name == "Trim" else NOTE,
        )


def macro(unit: ExpressionUnit) -> Iterator[Finding]:
    """`%DomainFQDN%` and its kin are filled in by cloud sync only."""
    if unit.dialect != "app-provisioning" or unit.tree is None:
        return
    for node in walk(unit.tree):
        if isinstance(node, Macro):
            yield Finding(
                f"macro `%{node.name}%` is filled in by cloud sync only",
                "write the text itself",
                unit.place(*node.span),
            )


RULES = (
    Rule(UNKNOWN, "call", unknown),
    Rule(CASE, "call", case),
    Rule(DIALECT, "call", dialect),
    Rule(MACRO, "expression", macro),
)
