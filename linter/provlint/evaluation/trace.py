"""What was evaluated, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.evaluation.state import Failure, Signal
from provlint_grammar import syntax
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.printer import print_expression

if TYPE_CHECKING:
    from provlint.evaluation.state import Run, State
    from provlint.evaluation.values import Value
    from provlint_grammar.span import Span
    from provlint_grammar.syntax import Expression


class Step(NamedTuple):
    """One part of an expression and what it gave.

    Attributes:
        text: The part in the canonical form.
        kind: `call`, `comparison`, `attribute`, `constant`, `omitted`.
        name: The function, the operator or the attribute.
        state: `value`, `error`, `dropped`, `object-skipped`, or `not-evaluated`.
        value: What it gave, where `state` is `value`; for a constant always its value.
        message: What went wrong, where `state` is `error`.
        arguments: The parts of it, in order.
        span: Where it stands in the expression.
    """

    text: str
    kind: str
    name: str
    state: str
    value: Value
    message: str
    arguments: tuple[Step, ...]
    span: Span


class Frame:
    """One evaluation of one node, while it goes on."""

    __slots__ = ("children", "message", "node", "state", "value")

    def __init__(self, node: Expression) -> None:
        self.node = node
        self.children: dict[int, Frame] = {}
        self.state = "value"
        self.value: Any = None
        self.message = ""


def traced(run: Run, node: Expression) -> Run:
    """The same closure, which leaves a frame behind."""

    def record(state: State) -> Value:
        parent = state.frame
        if parent is None:
            return run(state)
        frame = Frame(node)
        parent.children[id(node)] = frame
        state.frame = frame
        try:
            frame.value = run(state)
        except Failure as failure:
            frame.state, frame.message = "error", failure.message
            raise
        except Signal as signal:
            frame.state = signal.outcome
            raise
        finally:
            state.frame = parent
        return frame.value

    return record


def steps(frame: Frame, node: Expression) -> Step:
    """The trace of a node below a frame."""
    found = frame.children.get(id(node))
    kind, name = _KINDS.get(type(node), ("constant", ""))
    if name:
        name = getattr(node, name)
    below = found if found is not None else frame
    arguments = tuple(
        steps(below if found is not None else _NOTHING, child) for child in syntax.children(node)
    )
    state = "omitted" if kind == "omitted" else "not-evaluated"
    value, message = None, ""
    if found is not None:
        state, value, message = found.state, found.value, found.message
    elif type(node) is syntax.Text:
        value = node.value
    elif type(node) is syntax.Number:
        value = node.text
    return Step(print_expression(node), kind, name, state, value, message, arguments, node.span)


_NOTHING = Frame(None)  # type: ignore[arg-type]

_KINDS: dict[Any, tuple[str, str]] = {
    syntax.Call: ("call", "name"),
    syntax.Comparison: ("comparison", "operator"),
    syntax.Attribute: ("attribute", "name"),
    syntax.Macro: ("constant", "name"),
    syntax.Enumeration: ("constant", "name"),
    syntax.Keyword: ("constant", "name"),
    syntax.BareLiteral: ("constant", "name"),
    syntax.Omitted: ("omitted", ""),
}
