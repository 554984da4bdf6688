"""The small closures that compiled expressions are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.evaluation import readings
from provlint.evaluation.state import Failure, Signal
from provlint.evaluation.values import received

if TYPE_CHECKING:
    from provlint.evaluation.state import Run, State
    from provlint.evaluation.values import Value
    from provlint_grammar.span import Span
    from provlint_grammar.syntax import Attribute, Call, Keyword, Macro


def null(_: State) -> Value:
    """An argument that is left out."""
    return None


def constant(value: Value) -> Run:
    """Always the same value."""
    return lambda _: value


def number(text: str) -> Value:
    """A number; one that is not written in the usual way stays a text, as the service keeps it."""
    if text[:2].upper() == "&H":
        return int(text[2:], 16)
    digits = text.removeprefix("-")
    if digits.isdigit():
        return int(text) if len(digits) <= 30 and str(int(text)) == text else text
    from decimal import Decimal

    return Decimal(text) if len(text) <= 30 and digits[0] != "." else text


def attribute(node: Attribute) -> Run:
    """The value of an attribute."""
    name, span = node.name, node.span

    def run(state: State) -> Value:
        value = state.inputs.get(name)
        if value is None or type(value) is str:
            return value
        try:
            return received(value)
        except TypeError as error:
            raise located(
                Failure(
                    f"the input of `[{name}]` is {error}; expected a text, a number, a truth value"
                    " or a list of them",
                    "give the value as text",
                ),
                span,
            ) from None

    return run


def macro(node: Macro) -> Run:
    """The value of a job variable."""
    name, span = node.name, node.span

    def run(state: State) -> Value:
        value = state.context.macros.get(name)
        if value is None:
            raise located(
                Failure(
                    f"the job variable `%{name}%` has no value here",
                    f"give it: `--macro {name}=contoso.com`",
                ),
                span,
            )
        return value

    return run


def keyword(node: Keyword) -> Run:
    """The end of an evaluation without a value."""
    outcome = "dropped" if node.name == "IgnoreAttributeFlow" else "object-skipped"

    def run(state: State) -> Value:
        state.note(readings.FLOW_KEYWORDS)
        raise Signal(outcome)

    return run


def noting(run: Run, reading: str) -> Run:
    """The same closure, whose outcome rests on a reading."""

    def noted(state: State) -> Value:
        state.note(reading)
        return run(state)

    return noted


def located(failure: Failure, span: Span) -> Failure:
    """The failure, which stands at the span if it has no place yet."""
    if failure.span is None:
        failure.span = span
    return failure


def place(error: Exception, span: Span, spans: list[Span]) -> Failure:
    """An error of a function as a failure with its place.

    Raises:
        Exception: The error is none that a function may raise.
    """
    if not isinstance(error, Failure):
        from provlint.evaluation.foreign import failure_of

        error = failure_of(error)
    if error.span is None:
        index = error.argument
        error.span = spans[index] if index is not None and index < len(spans) else span
    return error


def guarded_call(run: Run, span: Span, spans: list[Span]) -> Run:
    """A call that evaluates its arguments itself; errors get their places."""

    def guarded(state: State) -> Value:
        try:
            return run(state)
        except Signal:
            raise
        except Exception as error:
            raise place(error, span, spans) from None

    return guarded


def plain_call(function: Any, runs: list[Run], node: Call, spans: list[Span]) -> Run:
    """A call whose arguments are all evaluated, from left to right."""
    span = node.span
    if len(runs) == 1:
        first = runs[0]

        def one(state: State) -> Value:
            try:
                return function(state, first(state))
            except Signal:
                raise
            except Exception as error:
                raise place(error, span, spans) from None

        return one
    if len(runs) == 2:
        first, second = runs

        def two(state: State) -> Value:
            try:
                return function(state, first(state), second(state))
            except Signal:
                raise
            except Exception as error:
                raise place(error, span, spans) from None

        return two

    def several(state: State) -> Value:
        try:
            return function(state, *[run(state) for run in runs])
        except Signal:
            raise
        except Exception as error:
            raise place(error, span, spans) from None

    return several
