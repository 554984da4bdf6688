"""Runs one case."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from provlint.cases.expected import difference
from provlint.cases.shapes import (
    AttributeCase,
    ContestedScopeCase,
    ExpressionCase,
    HRProvisioningCase,
    LintCase,
    MatchActionCase,
    ScopeCase,
)
from provlint.evaluation import evaluate
from provlint.wording import quote

if TYPE_CHECKING:
    from pydantic import BaseModel

    from provlint.cases.configuration import Expressions
    from provlint.cases.read import Read
    from provlint.evaluation import Evaluation

Status = Literal["passed", "failed", "error"]


class Result(NamedTuple):
    """What came of a case.

    Attributes:
        id: Name of the case.
        status: `passed`, `failed`, or `error` when the case cannot be run.
        message: What differs, or why it cannot be run; may have several lines.
        where: File and line of the case.
    """

    id: str
    status: Status
    message: str = ""
    where: str = ""


class CaseError(Exception):
    """The case cannot be run as it is written."""


def run(read: Read, expressions: Expressions) -> Result:
    """Run a case that was read.

    Args:
        read: The case.
        expressions: Gives the expressions of the configuration under test.
    """
    if read.case is None:
        return Result(read.id, "error", read.problem, read.where)
    try:
        message = _message(read.case, expressions, read.config)
    except CaseError as error:
        return Result(read.id, "error", str(error), read.where)
    return Result(read.id, "failed" if message else "passed", message or "", read.where)


@singledispatch
def _message(case: BaseModel, expressions: Expressions, config: str | None) -> str | None:
    """What differs; None when the case agrees."""
    raise CaseError(f"there is no way to run a case of shape {type(case).__name__}")


@_message.register(ExpressionCase)
def _(case: ExpressionCase, expressions: Expressions, config: str | None) -> str | None:
    return _evaluated(case.expression, case, case.dialect)


@_message.register(AttributeCase)
def _(case: AttributeCase, expressions: Expressions, config: str | None) -> str | None:
    found = expressions.find(case.target, case.mapping, config)
    return _evaluated(found.expression, case, case.dialect or found.dialect, found.source)


@_message.register(HRProvisioningCase)
def _(case: HRProvisioningCase, expressions: Expressions, config: str | None) -> str | None:
    got = evaluate(case.Expression, case.InputAttributes or {})
    return _shown(case.Expression, difference(case.ExpectedResult, got))


@_message.register(LintCase)
def _(case: LintCase, expressions: Expressions, config: str | None) -> str | None:
    from provlint.lint import lint_expression

    around = case.context
    try:
        found = lint_expression(
            case.expression,
            source=around.source,
            target=around.target or around.app,
            attributes=around.attributeTypes or around.attributes,
            matching_priority=around.matchingPriority,
            flow_type=around.flowType,
        )
    except ValueError as error:
        raise CaseError(f"`context`: {error}") from None
    if any(each.severity >= case.severity for each in found):
        return None
    told = [f"{each.severity}[{each.rule}]: {each.message}" for each in found] or ["no finding"]
    return _shown(
        case.expression,
        "\n     ".join([f"expected: {case.severity}\n     got: {told[0]}", *told[1:]]),
    )


def _evaluated(
    expression: str,
    case: ExpressionCase | AttributeCase,
    dialect: str | None,
    source: str | None = None,
) -> str | None:
    from provlint_grammar.expression import parse_expression
    from provlint_grammar.syntax import Macro, walk

    macros = case.variables
    if dialect is None:
        tree = parse_expression(expression).tree
        uses_macro = tree is not None and any(isinstance(node, Macro) for node in walk(tree))
        dialect = "cloud-sync" if uses_macro else "app-provisioning"
    got = evaluate(
        expression,
        case.inputs,
        source=source,
        now=case.now,
        taken=case.taken,
        macros=macros,
        dialect=dialect,
    )
    return _shown(expression, difference(case.output, got) or _uncontested(case.certain, got))


def _uncontested(certain: bool, got: Evaluation) -> str | None:
    if certain or got.contested:
        return None
    return "the case says that no documentation settles it, and the outcome is not contested"


def _shown(expression: str, message: str | None) -> str | None:
    if message is None:
        return None
    return f"{quote(expression)}\n{message}"


def _scope(filter_: dict[str, Any] | str | None) -> dict[str, Any] | None:
    if not isinstance(filter_, str):
        return filter_
    from provlint_grammar.scoping_filter.graph import to_graph
    from provlint_grammar.scoping_filter.parser import parse_filter

    parsed = parse_filter(filter_)
    if parsed.problems:
        raise CaseError(f"the filter is not well-formed: {parsed.problems[0].message}")
    return to_graph(parsed.filter)


def _flow_case(case: ScopeCase | ContestedScopeCase | MatchActionCase) -> dict[str, Any]:
    """The case as the flow takes it, its filter as an object of Microsoft Graph."""
    raw = case.model_dump(exclude_unset=True)
    if "filter" in raw:
        raw["filter"] = _scope(raw["filter"])
    return raw


@_message.register(ScopeCase)
def _(case: ScopeCase, expressions: Expressions, config: str | None) -> str | None:
    from provlint.simulate.cases import decide_scope

    decision, step = decide_scope(_flow_case(case))
    raw = case.model_extra or {}
    code = raw.get("skip", step.code)
    if step.in_scope is case.in_scope and step.code == code:
        return None
    lines = [f"expected: {_in(case.in_scope)}", f"     got: {_in(step.in_scope)}"]
    if step.code != code:
        lines = [f"expected: code {code}", f"     got: code {step.code}"]
    lines += [
        f"          {clause.attribute} {clause.operator} {clause.value}: {clause.reason}"
        for clause in decision.clauses
    ]
    return "\n".join(line.rstrip() for line in lines)


@_message.register(ContestedScopeCase)
def _(case: ContestedScopeCase, expressions: Expressions, config: str | None) -> str | None:
    from provlint.simulate.scope import in_scope

    decision = in_scope(_scope(case.filter), case.user)
    possible = dict.fromkeys(
        (decision.in_scope, *(other.in_scope for other in decision.alternatives))
    )
    readings = (case.reading_1, case.reading_2)
    wanted = dict.fromkeys(reading.get("in_scope") for reading in readings)
    if decision.contested and wanted.keys() <= possible.keys():
        return None
    doubt = "" if decision.contested else ", not contested"
    return (
        f"expected: {' or '.join(map(_in, wanted))}, contested\n"
        f"     got: {' or '.join(map(_in, possible))}{doubt}"
    )


def _in(in_scope: bool | None) -> str:
    if in_scope is None:
        return "undecided"
    return "in scope" if in_scope else "out of scope"


PRESENT = "2026-11-22T00:00:00Z"
"""The clock of match and action cases, which name none."""


@_message.register(MatchActionCase)
def _(case: MatchActionCase, expressions: Expressions, config: str | None) -> str | None:
    from provlint.simulate.cases import run_match_action

    got = run_match_action(_flow_case(case), matching_facts=_matching_facts, now=PRESENT)
    different = [
        f"{name}: expected {wanted!r}, got {got.get(name)!r}"
        for name, wanted in case.outcome.items()
        if not _same(name, wanted, got.get(name))
    ]
    return "\n".join(different) or None


def _same(name: str, wanted: Any, got: Any) -> bool:
    if name == "values" and isinstance(got, dict) and isinstance(wanted, dict):
        return all(got.get(key) == value for key, value in wanted.items())
    if name == "step" and isinstance(wanted, str):
        return got in wanted.split(" / ")
    return bool(got == wanted)


def _matching_facts(application: str) -> tuple[str, ...] | None:
    from provlint_rules.applications import named

    known = (found.users_matching for found in named(application))
    return next((names for names in known if names), None)
