"""Expressions ready to run, and what comes of a run.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from provlint.evaluation.readings import (
    CHAINED_COMPARISON,
    FUNCTION_NAME_CASE,
    TOLERATED,
    UNKNOWN_BACKSLASH,
)
from provlint.evaluation.state import DEFAULT_CONTEXT, Context, Failure, Signal, State
from provlint.evaluation.values import Date, Kind, Reference, Roles, Value, kind_of, plain_text
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from provlint.dotnet.dates.moment import DateTime
    from provlint.evaluation.state import Run
    from provlint.evaluation.trace import Step
    from provlint_grammar.span import Span
    from provlint_grammar.syntax import Expression

Outcome = Literal["value", "list", "null", "dropped", "object-skipped", "error", "escrow"]

DIALECTS = ("app-provisioning", "cloud-sync")


class EvaluationProblem(NamedTuple):
    """Why there is no value.

    Attributes:
        message: What was found and what was expected.
        help: What to do.
        span: The characters of the expression at fault.
    """

    message: str
    help: str
    span: Span


class Evaluation(NamedTuple):
    """What an expression gives for one set of inputs.

    Attributes:
        outcome: `value`; `list` for several values; `null`: nothing flows; `dropped`: the
            attribute is left as it is (IgnoreFlowIfNullOrEmpty, IgnoreAttributeFlow);
            `object-skipped` (IgnoreObjectFlow); `error`; `escrow`: SelectUniqueValue found no
            free value.
        value: A text, a number (`int` or `Decimal`) or a truth value; a date as its text; a tuple
            for `list`; None for the other outcomes.
        contested: Names of the open readings that the outcome rests on, in the order met; see
            `provlint.evaluation.readings`.
        trace: The steps, where they were asked for.
        type: The type of the value inside the language.
        problem: Why there is no value, for `error` and `escrow`.
        nondeterministic: Whether the value is random.
        time_dependent: Whether the value depends on the present.
        redacted: Whether the provisioning log hides the value.
        patch: For roles, whether a PATCH will `add` or `replace`; else "".
    """

    outcome: Outcome
    value: Any = None
    contested: tuple[str, ...] = ()
    trace: Step | None = None
    type: Kind = "null"
    problem: EvaluationProblem | None = None
    nondeterministic: bool = False
    time_dependent: bool = False
    redacted: bool = False
    patch: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What flows, as the service writes it: one text, several, or none."""
        if self.outcome == "value":
            return (plain_text(self.value),)
        if self.outcome == "list":
            return tuple(
                plain_text(item.value if self.type == "roles" else item) for item in self.value
            )
        return ()


_new = tuple.__new__


class Program:
    """A compiled expression; it may be run any number of times.

    Attributes:
        text: The expression.
        tree: Its syntax tree; None for a text that is empty.
        attributes: Names of the attributes that it reads, each once, in order.
        problem: Why it can never be evaluated, or None.
    """

    __slots__ = ("_problem_notes", "_run", "_traced", "attributes", "problem", "text", "tree")

    def __init__(
        self,
        text: str,
        tree: Expression | None,
        run: Run | None,
        problem: EvaluationProblem | None,
        traced: bool,
        problem_notes: tuple[str, ...] = (),
    ) -> None:
        self.text = text
        self.tree = tree
        self.problem = problem
        self._run = run
        self._traced = traced
        self._problem_notes = problem_notes
        self.attributes: tuple[str, ...] = ()
        if tree is not None:
            from provlint_grammar.syntax import attributes

            self.attributes = tuple(dict.fromkeys(node.name for node in attributes(tree)))

    def run(self, inputs: Mapping[str, Any], context: Context = DEFAULT_CONTEXT) -> Evaluation:
        """Evaluate for one set of inputs; never raises on bad values.

        Args:
            inputs: Attribute name to None (absent), a text, a truth value, a number, or a list of
                them. A missing name is absent. Names are case-sensitive.
            context: Clock, seed, names in use and job variables.
        """
        run = self._run
        if run is None:
            return Evaluation("error", contested=self._problem_notes, problem=self.problem)
        state = State(inputs, context)
        if self._traced:
            return self._run_traced(run, state)
        try:
            value = run(state)
        except (Signal, Failure) as error:
            return _ended(state, error)
        if type(value) is str and state.notes is None and state.flags is None:
            return _new(
                Evaluation, ("value", value, (), None, "text", None, False, False, False, "")
            )
        return _finished(state, value)

    def _run_traced(self, run: Run, state: State) -> Evaluation:
        from provlint.evaluation.trace import Frame, steps

        assert self.tree is not None
        state.frame = root = Frame(self.tree)
        try:
            found = _finished(state, run(state))
        except (Signal, Failure) as error:
            found = _ended(state, error)
        return found._replace(trace=steps(root, self.tree))


def _finished(state: State, value: Value) -> Evaluation:
    kind = kind_of(value)
    outcome: Outcome = "value"
    patch = ""
    if value is None:
        outcome = "null"
    elif kind == "date":
        if value.doubt:
            state.note(value.doubt)
        value = plain_text(value)
    elif kind == "reference":
        value = plain_text(value)
    elif kind == "roles":
        outcome, patch = "list", value.patch
        value = value.roles
    elif kind == "list":
        outcome = "list"
        value = tuple(_item(state, item) for item in value)
    flags = state.flags or ()
    return Evaluation(
        outcome,
        value,
        tuple(state.notes or ()),
        None,
        kind,
        None,
        "random" in flags,
        "time" in flags,
        "redacted" in flags,
        patch,
    )


def _item(state: State, value: Value) -> Value:
    if type(value) is Date and value.doubt:
        state.note(value.doubt)
    return plain_text(value) if type(value) in (Date, Reference, Roles, list) else value


def _ended(state: State, error: Signal | Failure) -> Evaluation:
    flags = state.flags or ()
    outcome: Any
    problem = None
    if isinstance(error, Signal):
        outcome = error.outcome
    else:
        outcome = "escrow" if error.escrow else "error"
        assert error.span is not None
        problem = EvaluationProblem(error.message, error.help, error.span)
    return Evaluation(
        outcome,
        contested=tuple(state.notes or ()),
        problem=problem,
        nondeterministic="random" in flags,
        time_dependent="time" in flags,
        redacted="redacted" in flags,
    )


def compile_expression(
    expression: str | Expression, *, dialect: str = "app-provisioning", trace: bool = False
) -> Program:
    """Compile an expression; never raises on bad expressions, `Program.problem` tells of them.

    Args:
        expression: The text, or a syntax tree of `provlint_grammar`.
        dialect: `app-provisioning` or `cloud-sync`.
        trace: Whether each run records its steps, at several times the cost.

    Raises:
        ValueError: The dialect is unknown.
    """
    if dialect not in DIALECTS:
        raise ValueError(f"unknown dialect `{dialect}`; known are {', '.join(DIALECTS)}")
    if isinstance(expression, str):
        key = (expression, dialect, trace)
        program = _PROGRAMS.get(key)
        if program is None:
            if len(_PROGRAMS) >= _PROGRAMS_LIMIT:
                _PROGRAMS.clear()
            program = _PROGRAMS[key] = _compile_text(expression, dialect, trace)
        return program
    from provlint_grammar.printer import print_expression

    try:
        text = print_expression(expression)
    except (ValueError, RecursionError):
        text = ""
    return _compile_tree(text, expression, dialect, trace, [])


_PROGRAMS: dict[tuple[str, str, bool], Program] = {}
_PROGRAMS_LIMIT = 10_000


def _compile_text(text: str, dialect: str, trace: bool) -> Program:
    from provlint_grammar.expression import parse_expression
    from provlint_grammar.span import Span
    from provlint_grammar.syntax import LENIENT_CODES

    parsed = parse_expression(text)
    for problem in parsed.problems:
        if problem.code not in LENIENT_CODES:
            why = EvaluationProblem(problem.message, problem.help, problem.span)
            notes = (CHAINED_COMPARISON,) if problem.code == "chained-comparison" else ()
            return Program(text, parsed.tree, None, why, trace, notes)
    if parsed.tree is None:
        why = EvaluationProblem(
            "the expression is empty", "write a function such as `ToLower([mail])`",
            Span(0, len(text)),
        )  # fmt: skip
        return Program(text, None, None, why, trace)
    doubtful = [
        (problem.span, _DOUBTS[problem.code])
        for problem in parsed.problems
        if problem.code in _DOUBTS
    ]
    tolerated = any(problem.code in _TOLERATED for problem in parsed.problems)
    return _compile_tree(
        text, parsed.tree, dialect, trace, doubtful, source=text, tolerated=tolerated
    )


_DOUBTS = {"unknown-backslash": UNKNOWN_BACKSLASH, "wrong-case-word": FUNCTION_NAME_CASE}
"""Codes of the parser and the readings that they mean."""

_TOLERATED = frozenset({"comment", "line-break-in-string", "unusual-space"})


def _compile_tree(
    text: str,
    tree: Expression,
    dialect: str,
    trace: bool,
    doubtful: list[tuple[Span, str]],
    *,
    source: str = "",
    tolerated: bool = False,
) -> Program:
    from provlint.evaluation.compiler import Compiler
    from provlint_grammar.syntax import Macro, walk

    trusted = dialect == "cloud-sync" or any(type(node) is Macro for node in walk(tree))
    try:
        run = Compiler(source, dialect, trusted, doubtful, trace).whole(tree)
    except Failure as failure:
        why = EvaluationProblem(failure.message, failure.help, failure.span or tree.span)
        return Program(text, tree, None, why, trace)
    if tolerated:
        from provlint.evaluation.closures import noting

        run = noting(run, TOLERATED)
    return Program(text, tree, run, None, trace)


def evaluate(
    expression: str | Expression,
    inputs: Mapping[str, Any] | None = None,
    *,
    source: str | None = None,
    now: datetime | str | DateTime | None = None,
    seed: int | None = None,
    taken: Collection[str] | Callable[[str], bool] = (),
    macros: Mapping[str, str] | None = None,
    dialect: str = "app-provisioning",
    trace: bool = True,
) -> Evaluation:
    """Evaluate a mapping expression for one user.

    Args:
        expression: The text, or a syntax tree of `provlint_grammar`.
        inputs: Attribute name to None (absent), a text, a truth value, a number, or a list of
            them. A missing name is absent. Names are case-sensitive.
        source: The source system: `entra`, `active-directory` (`ad`), `workday`,
            `successfactors`, `api-driven`, `application`. Some readings are open for some only.
        now: The present; without offset it is UTC. The clock's if left out.
        seed: Start of the random numbers; unpredictable if left out.
        taken: Values in use in the target, without regard to case, or a function that tells
            whether one is; for SelectUniqueValue.
        macros: Values of job variables, such as `{"DomainFQDN": "corp.contoso.com"}`.
        dialect: `app-provisioning` or `cloud-sync`.
        trace: Whether to record the steps.

    Raises:
        ValueError: `source`, `dialect` or `now` cannot be understood.
    """
    program = compile_expression(expression, dialect=dialect, trace=trace)
    return program.run(
        inputs or {},
        make_context(source=source, now=now, seed=seed, taken=taken, macros=macros),
    )


def make_context(
    *,
    source: str | None = None,
    now: datetime | str | DateTime | None = None,
    seed: int | None = None,
    taken: Collection[str] | Callable[[str], bool] = (),
    macros: Mapping[str, str] | None = None,
) -> Context:
    """The context of many runs; arguments and errors are those of `evaluate`."""
    system: str | None = None
    if source is not None:
        from provlint.semantics.systems import SYSTEMS, system_from_word

        system = system_from_word(source)
        if system is None:
            raise ValueError(f"unknown source system `{source}`; known are {', '.join(SYSTEMS)}")
    moment = None
    if now is not None:
        from provlint.evaluation.moments import moment_of

        moment = moment_of(now)
    return Context(now=moment, seed=seed, taken=taken, macros=macros, source=system)
