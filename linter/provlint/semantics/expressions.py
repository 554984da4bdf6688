"""Attribute mappings, their expressions, and the calls in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provlint.diagnostic import Place, Subject

if TYPE_CHECKING:
    from provlint.model.tree import AttributeDefinition, AttributeMapping
    from provlint.semantics.configuration import ObjectMappingUnit, SynchronizationRuleUnit
    from provlint_grammar.syntax import Call, Expression, ParsedExpression


class AttributeMappingUnit:
    """An attribute mapping, its parsed expression, and the definition of its target."""

    __slots__ = ("_expression", "mapping", "parent")

    def __init__(self, parent: ObjectMappingUnit, mapping: AttributeMapping) -> None:
        self.parent = parent
        self.mapping = mapping
        self._expression: ExpressionUnit | None = None

    @property
    def target(self) -> AttributeDefinition | None:
        """The definition of the target attribute, if the file has it."""
        attributes = self.parent.target_attributes
        return attributes.get(self.mapping.target_attribute_name) if attributes else None

    @property
    def expression(self) -> ExpressionUnit | None:
        """The parsed source; None for a mapping without source, or one that is a plain value."""
        source = self.mapping.source
        if self._expression is None and source is not None:
            text = source.expression
            if text is not None and (source.type != "Constant" or _is_call(text)):
                self._expression = ExpressionUnit(self, text, source.pointer + "/expression")
        return self._expression

    @property
    def source_attribute(self) -> str | None:
        """The name of the source attribute of a direct mapping."""
        source = self.mapping.source
        if source is None or source.type != "Attribute":
            return None
        if source.expression is None:
            return source.name
        return None if self.expression is None else self.expression.lone_attribute

    @property
    def source_attributes(self) -> tuple[str, ...]:
        """The names of the source attributes that the mapping reads, each once."""
        if self.expression is not None:
            return self.expression.attribute_names
        name = self.source_attribute
        return () if name is None else (name,)

    @property
    def stored_tree(self) -> bool:
        """Whether the file also holds the parsed expression, which an edit leaves behind."""
        source = self.mapping.source
        return source is not None and bool(source.parameters)

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.parent.subject._replace(target=self.mapping.target_attribute_name)

    @property
    def source_place(self) -> Place:
        """What the value comes from: the expression, or the name of the source attribute."""
        if self.expression is not None:
            return self.expression.place()
        return self.place("source/name")

    def place(self, member: str = "") -> Place:
        """The mapping, or one member of it."""
        return Place(self.mapping.pointer + (f"/{member}" if member else ""))


def _is_call(text: str) -> bool:
    stripped = text.rstrip()
    return stripped.endswith(")") and not stripped.startswith('"')


class ExpressionUnit:
    """A mapping expression in its mapping."""

    __slots__ = ("attribute_mapping", "parsed", "pointer", "text")

    def __init__(self, attribute_mapping: AttributeMappingUnit, text: str, pointer: str) -> None:
        self.attribute_mapping = attribute_mapping
        self.text = text
        self.pointer = pointer
        self.parsed: ParsedExpression = parse_once(text)

    @property
    def tree(self) -> Expression | None:
        """The syntax tree; None for an empty text."""
        return self.parsed.tree

    @property
    def dialect(self) -> str:
        """The dialect that the expression is read in."""
        return self.rule.dialect

    @property
    def rule(self) -> SynchronizationRuleUnit:
        """The synchronization rule around the expression."""
        return self.attribute_mapping.parent.rule

    @property
    def attribute_names(self) -> tuple[str, ...]:
        """Names of the source attributes that the expression reads, each once, in order."""
        from provlint_grammar.syntax import attributes

        tree = self.tree
        return () if tree is None else tuple(dict.fromkeys(a.name for a in attributes(tree)))

    @property
    def lone_attribute(self) -> str | None:
        """The name, where the whole expression is one attribute."""
        from provlint_grammar.syntax import Attribute

        return self.tree.name if isinstance(self.tree, Attribute) else None

    @property
    def stored_tree(self) -> bool:
        """Whether the file also holds the parsed form of the expression."""
        return self.attribute_mapping.stored_tree

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.attribute_mapping.subject

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """The whole expression, or the characters from `start` to `end` of it."""
        if start is None or end is None:
            return Place(self.pointer, "text", 0, max(len(self.text), 1))
        return Place(self.pointer, "text", start, end)

    def calls(self) -> Iterator[CallUnit]:
        """Every call, the outermost first."""
        from provlint_grammar import syntax

        if self.tree is None:
            return
        pending: list[tuple[Expression, CallUnit | None]] = [(self.tree, None)]
        while pending:
            node, parent = pending.pop()
            if isinstance(node, syntax.Call):
                parent = CallUnit(self, node, parent)
                yield parent
            pending.extend((child, parent) for child in reversed(syntax.children(node)))


class CallUnit:
    """A call of a function in an expression."""

    __slots__ = ("call", "expression", "parent")

    def __init__(self, expression: ExpressionUnit, call: Call, parent: CallUnit | None) -> None:
        self.expression = expression
        self.call = call
        self.parent = parent

    @property
    def stored_tree(self) -> bool:
        """Whether the file also holds the parsed form of the expression."""
        return self.expression.stored_tree

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.expression.subject

    def place(self, node: Expression | None = None) -> Place:
        """Where `node` stands, or the whole call."""
        span = (self.call if node is None else node).span
        return self.expression.place(span.start, max(span.end, span.start + 1))

    def text(self, node: Expression) -> str:
        """The characters of `node` as the user wrote them."""
        return self.expression.text[node.span.start : node.span.end]

    def name_place(self) -> Place:
        """Where the name of the function stands."""
        return self.expression.place(*self.call.name_span)


_PARSED: dict[str, ParsedExpression] = {}
_PARSED_LIMIT = 20_000


def parse_once(text: str) -> ParsedExpression:
    """Parse an expression; each distinct text once in a process."""
    parsed = _PARSED.get(text)
    if parsed is None:
        from provlint_grammar.expression import parse_expression

        if len(_PARSED) >= _PARSED_LIMIT:
            _PARSED.clear()
        parsed = _PARSED[text] = parse_expression(text)
    return parsed
