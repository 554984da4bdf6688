"""A syntax tree becomes nested closures, once; they are then run for each user.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.evaluation import readings
from provlint.evaluation.closures import (
    attribute,
    constant,
    guarded_call,
    keyword,
    located,
    macro,
    noting,
    null,
    number,
    plain_call,
)
from provlint.evaluation.comparison import comparison
from provlint.evaluation.functions import FUNCTIONS
from provlint.evaluation.state import Failure
from provlint_grammar.catalogue import CONNECT, find_function, suggest
from provlint_grammar.span import Span
from provlint_grammar.syntax import (
    Attribute,
    BareLiteral,
    Call,
    Comparison,
    Enumeration,
    Keyword,
    Macro,
    Number,
    Omitted,
    Text,
    children,
    text_offset,
)

if TYPE_CHECKING:
    from provlint.evaluation.state import Run
    from provlint_grammar.catalogue import Function
    from provlint_grammar.syntax import Expression

RISKY = frozenset(
    {
        "BitAnd",
        "CBool",
        "CDate",
        "DateAdd",
        "DateDiff",
        "DateFromNum",
        "FormatDateTime",
        "Item",
        "NumFromDate",
    }
)
"""Functions that fail on some values; a branch with one of them may fail where it is not taken."""

PRINTED_OTHERWISE = frozenset({"Instr"})
"""Spellings that stand in a default mapping of Microsoft's.
https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/how-to-configure-entra-to-active-directory"""

DEPTH_LIMIT = 200
"""Nodes may be nested so deep; the parser allows 100 calls."""


class CallSite:
    """A call that is being compiled.

    Attributes:
        node: The call.
        name: Name of the function in the right capitals.
        nodes: The argument nodes.
        runs: The closures of the arguments; None for an omitted one.
        outermost: Whether nothing stands around the call.
        conditional: Whether the call is the condition of IIF, directly or below Not.
        trusted: Whether the expression can only stand where Entra ID or Active Directory is the
            source.
        dialect: The dialect of the expression.
    """

    __slots__ = (
        "_doubtful", "_text", "conditional", "dialect", "name", "node", "nodes", "outermost",
        "runs", "trusted",
    )  # fmt: skip

    def __init__(self, compiler: Compiler, node: Call, name: str) -> None:
        self.node = node
        self.name = name
        self.nodes: tuple[Expression, ...] = node.arguments
        self.runs: list[Run | None] = []
        self.outermost = False
        self.conditional = False
        self.trusted = compiler.trusted
        self.dialect = compiler.dialect
        self._text = compiler.text
        self._doubtful = [
            argument.span
            for argument in node.arguments
            if any(_within(span, argument.span) for span, _ in compiler.doubtful)
        ]

    def run(self, index: int) -> Run:
        """The closure of an argument that is there; an omitted one gives null."""
        found = self.runs[index] if index < len(self.runs) else None
        return found if found is not None else null

    def literal(self, index: int) -> str | None:
        """The text of an argument that is a text constant."""
        node = self.nodes[index] if index < len(self.nodes) else None
        if type(node) is not Text or node.span in self._doubtful:
            return None
        return node.value

    def span_in(self, index: int, position: int) -> Span | None:
        """The place of one character of an argument that is a text constant."""
        node = self.nodes[index]
        if type(node) is not Text or not self._text:
            return None
        position = min(max(position, 0), max(len(node.value) - 1, 0))
        start = text_offset(node, self._text, position)
        end = text_offset(node, self._text, min(position + 1, len(node.value)))
        return Span(start, max(end, start + 1))

    def given(self, index: int) -> bool:
        """Whether an argument is there."""
        return index < len(self.runs) and self.runs[index] is not None

    def risky(self, index: int) -> bool:
        """Whether an argument may fail where it is not taken."""
        return _is_risky(self.nodes[index])


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _is_risky(node: Expression) -> bool:
    if type(node) is Call:
        function = find_function(node.name)
        if function is not None and function.name in RISKY:
            return True
    return any(map(_is_risky, children(node)))


class Compiler:
    """Compiles one expression.

    Attributes:
        text: The expression; empty where only the tree is known.
        dialect: `app-provisioning` or `cloud-sync`.
        trusted: See `CallSite`.
        doubtful: Ranges of characters that rest on a reading, with its name.
    """

    def __init__(
        self,
        text: str,
        dialect: str,
        trusted: bool,
        doubtful: list[tuple[Span, str]],
        trace: bool,
    ) -> None:
        self.text = text
        self.dialect = dialect
        self.trusted = trusted
        self.doubtful = doubtful
        self._trace = trace

    def whole(self, node: Expression) -> Run:
        """The closure of a whole expression.

        Raises:
            Failure: The expression cannot be evaluated, whatever the values.
        """
        run = self._node(node, outermost=True)
        if type(node) is Comparison:
            return noting(run, readings.COMPARISON_OUTSIDE)
        return run if type(node) is Call else noting(run, readings.LONE_OPERAND)

    def _node(
        self,
        node: Expression,
        *,
        outermost: bool = False,
        conditional: bool = False,
        depth: int = 0,
    ) -> Run:
        if depth > DEPTH_LIMIT:
            raise located(
                Failure(f"the expression nests deeper than {DEPTH_LIMIT} levels", "split it"),
                node.span,
            )
        if type(node) is Call:
            run = self._call(node, outermost, conditional, depth)
        elif type(node) is Comparison:
            run = comparison(
                node,
                self._node(node.left, depth=depth + 1),
                self._node(node.right, depth=depth + 1),
            )
        else:
            run = self._operand(node)
        for span, reading in self.doubtful:
            where = node.name_span if type(node) is Call else node.span
            if type(node) is not Comparison and _within(span, where):
                run = noting(run, reading)
        if self._trace:
            from provlint.evaluation.trace import traced

            run = traced(run, node)
        return run

    def _operand(self, node: Expression) -> Run:
        if type(node) is Attribute:
            return attribute(node)
        if type(node) is Text:
            return constant(node.value)
        if type(node) is Number:
            return constant(number(node.text))
        if type(node) is Macro:
            return macro(node)
        if type(node) is Enumeration:
            return constant(node.name)
        if type(node) is Keyword:
            return keyword(node)
        if type(node) is BareLiteral:
            value = None if node.name.lower() == "null" else node.name.lower() == "true"
            return noting(constant(None if value is None else str(value)), readings.BARE_LITERAL)
        if type(node) is Omitted:
            raise located(Failure("a value is missing here", "write a value"), node.span)
        raise located(Failure("this part is not well-formed", "correct the expression"), node.span)

    # ------------------------------------------------------------------ calls

    def _call(self, node: Call, outermost: bool, conditional: bool, depth: int) -> Run:
        function = self._function(node)
        name = function.name
        site = CallSite(self, node, name)
        site.outermost, site.conditional = outermost, conditional
        notes = []
        if node.name != name and node.name not in PRINTED_OTHERWISE:
            notes.append(readings.FUNCTION_NAME_CASE)
        if (
            self.dialect not in function.dialects and "cloud-sync" in function.dialects
        ) or "documented" not in function.dialects.values():
            notes.append(readings.DIALECT)
        arguments = list(node.arguments)
        maximum = function.maximum
        if self.dialect == "cloud-sync" and name == "FormatDateTime" and len(arguments) == 3:
            # The form of the cloud sync page, without dateTimeStyles.
            arguments.insert(1, Omitted(arguments[1].span._replace(end=arguments[1].span.start)))
        while maximum is not None and len(arguments) > maximum and _is_empty(arguments[-1]):
            arguments.pop()
            notes.append(readings.EXTRA_PLACES)
        site.nodes = tuple(arguments)
        self._check_arguments(node, function, arguments)
        module, builder, special = FUNCTIONS[name]
        for index, argument in enumerate(arguments):
            if type(argument) is Omitted:
                parameter = function.parameter(index)
                required = parameter is not None and parameter.required
                site.runs.append(noting(null, readings.EMPTY_PLACE) if required else None)
                continue
            condition = (name == "IIF" and index == 0) or (conditional and name in ("Not", "CBool"))
            run = self._node(argument, conditional=condition, depth=depth + 1)
            if type(argument) is Comparison and not (index == 0 and name in ("IIF", "CBool")):
                run = noting(run, readings.COMPARISON_OUTSIDE)
            site.runs.append(run)
        build = _load(module, builder)
        spans = [argument.span for argument in arguments]
        if special:
            try:
                run = guarded_call(build(site), node.span, spans)
            except Failure as failure:
                raise located(failure, node.span) from None
        else:
            run = plain_call(
                build, [site.run(index) for index in range(len(arguments))], node, spans
            )
        for note in notes:
            run = noting(run, note)
        return run

    def _function(self, node: Call) -> Function:
        function = find_function(node.name)
        if function is not None and function.name in FUNCTIONS:
            return function
        if function is not None and set(function.dialects) == {CONNECT}:
            message = f"`{node.name}` cannot be evaluated: it belongs to Connect sync rules"
            hint = f"write {function.replacement}" if function.replacement else "remove it"
        elif function is not None:
            message = f"`{node.name}` cannot be evaluated: no page says what it gives"
            hint = f"write {function.replacement}" if function.replacement else "remove it"
        else:
            near = suggest(node.name, self.dialect)
            message = f"`{node.name}` cannot be evaluated: no such function is known"
            hint = f"did you mean `{near.name}`?" if near else "see `provlint explain functions`"
        raise located(Failure(message, hint), node.name_span)

    def _check_arguments(self, node: Call, function: Function, arguments: list[Expression]) -> None:
        count = len(arguments)
        if not function.accepts(count):
            raise located(
                Failure(
                    f"`{function.name}` has {count} argument{'' if count == 1 else 's'};"
                    f" expected {_expected(function)}",
                    f"write it like `{function.example}`" if function.example else "",
                ),
                node.span,
            )
        for index, argument in enumerate(arguments):
            parameter = function.parameter(index)
            if (
                type(argument) is Omitted
                and parameter is not None
                and parameter.required
                and not self._may_stand_empty(function, arguments, index)
            ):
                raise located(
                    Failure(
                        f"`{function.name}` has no {parameter.name}; expected a value in this"
                        " place",
                        f"give the {parameter.name}",
                    ),
                    argument.span,
                )

    def _may_stand_empty(self, function: Function, arguments: list[Expression], index: int) -> bool:
        """Whether an empty required place is read as null."""
        if function.name == "FormatDateTime" and self.dialect == "cloud-sync":
            # A default mapping reads a date without a format: only the last place is filled.
            return index == 2 and type(arguments[1]) is Omitted
        return function.may_stand_empty(index)


def _expected(function: Function) -> str:
    if function.maximum is None:
        steps = {1: "", 2: ", in pairs"}[function.step]
        return f"at least {function.minimum}{steps}"
    if function.maximum == function.minimum:
        return str(function.minimum) if function.minimum else "none"
    return f"{function.minimum} to {function.maximum}"


def _is_empty(node: Expression) -> bool:
    return type(node) is Omitted


def _load(module: str, name: str) -> Any:
    from importlib import import_module

    return getattr(import_module(f"provlint.evaluation.functions.{module}"), name)
