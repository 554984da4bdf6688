"""From the text form to a scoping filter, with every problem of the text.

The parser of `scoping_filter.lark` gives the structure; `reading` gives the clauses. Parentheses,
which the language does not have, are written out as the filter that they mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from provlint_grammar import scoping_filter_tables as tables
from provlint_grammar.automaton import Automaton
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.problem import Edit
from provlint_grammar.scoping_filter.notation import write_text
from provlint_grammar.scoping_filter.printer import print_filter
from provlint_grammar.scoping_filter.reading import ConditionReader
from provlint_grammar.scoping_filter.tree import EVERYBODY, Clause, Filter, Group
from provlint_grammar.scoping_filter.words import Item, Report, shown
from provlint_grammar.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint_grammar.automaton import Token
    from provlint_grammar.problem import SyntaxProblem

MAXIMUM_DEPTH = 50
"""Parentheses inside each other that are still written out."""

MAXIMUM_DISTRIBUTED_CLAUSES = 2000
"""Clauses of the filter that parentheses are written out as."""

_LONGEST_HELP = 300
_CLOSE = tables.TERMINALS.index("CLOSE")
_END = tables.TERMINALS.index("$END")
_ITEM_LISTS = frozenset({"TEXT", "UNCLOSED", "WORD", "NAME", "SYMBOL", "ODD"})


class ParsedFilter(NamedTuple):
    """What was read from a text.

    Attributes:
        text: The text.
        filter: The filter; where there are problems, what could be made of the text, for
            messages only.
        problems: What is wrong, in the order of the text; empty when nothing is.
    """

    text: str
    filter: Filter
    problems: tuple[SyntaxProblem, ...]


Condition: TypeAlias = "tuple[Item, ...]"
Alternatives: TypeAlias = "list[Any]"  # conjunction, OR, conjunction, ...


def parse_filter(text: str) -> ParsedFilter:
    """Read a scoping filter from its text form.

    `AND` binds tighter than `OR`; keywords and operators may have any letter case, operators blanks
    or `_`. The exact notation of names and values: `provlint_grammar.scoping_filter.notation`.
    Blank text is a problem; the filter without groups is `everybody`.
    Never raises for any text; time grows with the length of the text.
    """
    reader = _Structure(text)
    tree: Filter = Automaton(tables, reader.reducers()).parse(text, reader.recover)
    return ParsedFilter(text, tree, _in_order(reader.report.problems))


def _in_order(problems: list[SyntaxProblem]) -> tuple[SyntaxProblem, ...]:
    """Problems in the order of the text, without the repairs that overlap earlier ones."""
    end = 0
    ordered: list[SyntaxProblem] = []
    for problem in sorted(problems, key=lambda problem: problem.span):
        kept = problem
        if any(edit.span.start < end for edit in problem.edits):
            kept = problem._replace(edits=())
        ordered.append(kept)
        end = max([end, *(edit.span.end for edit in kept.edits)])
    return tuple(ordered)


def _token_span(token: Token) -> Span:
    return Span(*token.span(token.lastindex or 0))


class _Structure:
    """The reducers of one parse."""

    __slots__ = ("_conditions", "_text", "report")

    def __init__(self, text: str) -> None:
        self._text = text
        self.report = Report(text)
        self._conditions = ConditionReader(self.report)

    def reducers(self) -> dict[str, Any]:
        return {
            "start": self.start,
            "conjunction": lambda children: children[0],
            "condition": self.condition,
            "nested": self.nested,
        }

    def recover(self, token: Token, expected: tuple[int, ...]) -> int:
        if token.lastindex == _END:
            return _CLOSE
        self.report.add(
            "unopened-parenthesis",
            "`)` closes no parenthesis",
            "remove it",
            _token_span(token),
        )
        return 0

    def condition(self, children: list[Any]) -> Condition:
        return tuple(
            child
            if isinstance(child, Item)
            else Item(
                tables.TERMINALS[child.lastindex],
                child[child.lastindex],
                Span(*child.span(child.lastindex)),
            )
            for child in children[0]
        )

    def nested(self, children: list[Any]) -> Item:
        opening, alternatives, closing = children
        span = Span(_token_span(opening).start, _token_span(closing).end)
        # Only for messages, which show less; all of it would cost square time in deep nesting.
        text = self._text[span.start : min(span.end, span.start + _LONGEST_HELP)]
        if closing.lastindex == _END:
            self.report.add(
                "unclosed-parenthesis",
                "`(` is never closed",
                "remove it, or add `)`",
                _token_span(opening),
            )
        if len(alternatives) == 1 and len(alternatives[0]) == 1:
            items: Condition = alternatives[0][0]
            if all(item.kind == "COMMA" for item in items[1::2]) and all(
                item.kind in _ITEM_LISTS for item in items[::2]
            ):
                return Item("nested", text, span, items)
        depth = 1 + max(
            (
                item.depth
                for conjunction in alternatives[::2]
                for condition in conjunction[::2]
                for item in condition
            ),
            default=0,
        )
        if depth > MAXIMUM_DEPTH:
            if depth == MAXIMUM_DEPTH + 1:
                self.report.add(
                    "too-deep",
                    f"more than {MAXIMUM_DEPTH} parentheses stand inside each other",
                    "write the filter as groups joined by `OR`",
                    _token_span(opening),
                )
            return Item("nested", text, span, depth=depth)
        groups, _ = self._alternatives(alternatives)
        return Item("nested", text, span, groups=groups, depth=depth)

    def start(self, children: list[Any]) -> Filter:
        alternatives: Alternatives = children[0]
        if len(alternatives) == 1 and len(alternatives[0]) == 1:
            items: Condition = alternatives[0][0]
            if len(items) == 1 and items[0].kind == "WORD" and items[0].text.lower() == "everybody":
                return EVERYBODY
            if not items:
                self.report.add(
                    "empty-filter",
                    "the filter is empty",
                    "write a condition, or `everybody` for a filter that lets all objects pass",
                    Span(0, len(self._text)),
                )
                return EVERYBODY
        groups, parentheses = self._alternatives(alternatives)
        tree = Filter(groups)
        self._report_parentheses(parentheses, tree)
        return tree

    def _report_parentheses(self, parentheses: Sequence[Item], tree: Filter) -> None:
        written = print_filter(tree)
        exact = bool(tree.groups) and not self.report.problems
        for index, item in enumerate(parentheses):
            self.report.add(
                "parentheses",
                f"{shown(item.text)} stands in parentheses, which filters do not have: a filter is "
                "groups joined by `OR`, each of clauses joined by `AND`",
                f"write `{written}`"
                if exact and len(written) <= _LONGEST_HELP
                else "write each alternative as a group of its own, joined by `OR`",
                item.span,
                *([Edit(Span(0, len(self._text)), written)] if exact and not index else ()),
            )

    def _alternatives(self, alternatives: Alternatives) -> tuple[tuple[Group, ...], list[Item]]:
        """The groups that alternatives mean, and the parentheses that were written out."""
        groups: list[Group] = []
        parentheses: list[Item] = []
        for index in range(0, len(alternatives), 2):
            before = alternatives[index - 1] if index else None
            after = alternatives[index + 1] if index + 1 < len(alternatives) else None
            if after is not None:
                self._check_connector(after, "OR")
            groups += self._conjunction(alternatives[index], before, after, parentheses)
        return tuple(groups), parentheses

    def _check_connector(self, token: Token, keyword: str) -> None:
        span = _token_span(token)
        found = self.report.written(span)
        if not found.isalpha():
            self.report.add(
                "symbolic-connector",
                f"`{found}` stands between two conditions, expected `{keyword}`",
                f"write `{keyword}`",
                span,
                self.report.replacement(span, keyword),
            )

    def _conjunction(
        self,
        conjunction: list[Any],
        before: Token | None,
        after: Token | None,
        parentheses: list[Item],
    ) -> list[Group]:
        title, first = self._title(conjunction[0])
        conditions = [first, *conjunction[2::2]]
        connectors = [before, *conjunction[1::2], after]
        factors: list[Clause | Item] = []
        for index, items in enumerate(conditions):
            following = connectors[index + 1]
            if index + 1 < len(conditions):
                self._check_connector(following, "AND")
            if not items:
                self._missing_condition(connectors[index], following)
            elif index:
                misplaced, items = self._title(items)
                if misplaced:
                    self.report.add(
                        "misplaced-title",
                        f"the title {shown(misplaced)} stands inside a group",
                        "write a title at the beginning of a group, or `OR` before it",
                        conditions[index][0].span,
                    )
            factors += self._conditions.read(items)
        return self._written_out(title, factors, parentheses, _extent(conjunction))

    def _title(self, items: Condition) -> tuple[str, Condition]:
        """The title at the beginning of a condition, "" where there is none, and the rest."""
        for at, item in enumerate(items):
            if item.kind == "COLON" and at:
                break
            if item.kind != "WORD" and (at or item.kind != "TEXT"):
                return "", items
        else:
            return "", items
        if items[0].kind == "TEXT":
            return (self.report.text_of(items[0]), items[2:]) if at == 1 else ("", items)
        span = Span(items[0].span.start, items[at - 1].span.end)
        title = self.report.written(span)
        self.report.add(
            "unquoted-title",
            f"the title {shown(title)} stands without quotes",
            f"write `{write_text(title)}`",
            span,
            Edit(span, write_text(title)),
        )
        return title, items[at + 1 :]

    def _missing_condition(self, before: Token | None, after: Token | None) -> None:
        token = after or before
        if token is None:
            self.report.add(
                "missing-condition",
                "a condition is missing",
                "write a condition, or `()` for a group without clauses",
                Span(len(self._text), len(self._text)),
            )
            return
        span = _token_span(token)
        side = "before" if after else "after"
        found = shown(self.report.written(span))
        self.report.add(
            "missing-condition",
            f"a condition is missing {side} {found}",
            f"write a condition {side} {found}, or remove {found}",
            span,
        )

    def _written_out(
        self, title: str, factors: list[Clause | Item], parentheses: list[Item], span: Span
    ) -> list[Group]:
        """The groups that a conjunction of clauses and parentheses means."""
        if len(factors) == 1 and isinstance(factors[0], Item) and _is_empty(factors[0]):
            return [Group(title, (), span)]
        choices: list[tuple[Group, ...]] = []
        for factor in factors:
            if isinstance(factor, Clause):
                choices.append((Group("", (factor,)),))
            elif _is_empty(factor):
                self.report.add(
                    "empty-group",
                    "`()` is joined to other conditions, but stands for a group without clauses",
                    "remove it",
                    factor.span,
                )
            else:
                parentheses.append(factor)
                choices.append(factor.groups or self._group_of(factor.items))
        choices = [choice for choice in choices if choice]
        if not choices:
            return []
        width = sum(max(len(group.clauses) for group in choice) for choice in choices)
        count = 1
        for choice in choices:
            count = min(count * len(choice), MAXIMUM_DISTRIBUTED_CLAUSES + 1)
        if count > 1 and len(choices) > 1 and count * width > MAXIMUM_DISTRIBUTED_CLAUSES:
            self.report.add(
                "too-many-groups",
                "the parentheses stand for more than "
                f"{MAXIMUM_DISTRIBUTED_CLAUSES} clauses when written out as groups",
                "write fewer alternatives, or one regular expression for them",
                span,
            )
            choices = [choice[:1] for choice in choices]
        rows: list[tuple[str, list[Clause]]] = [(title, [])]
        for choice in choices:
            if len(choice) == 1:
                for _, clauses in rows:
                    clauses += choice[0].clauses
            else:
                rows = [
                    (name or group.name, [*clauses, *group.clauses])
                    for name, clauses in rows
                    for group in choice
                ]
        return [Group(name, tuple(clauses), span) for name, clauses in rows]

    def _group_of(self, items: Condition) -> tuple[Group, ...]:
        clauses = [found for found in self._conditions.read(items) if isinstance(found, Clause)]
        return (Group("", tuple(clauses)),) if clauses else ()


def _is_empty(item: Item) -> bool:
    return not (item.items or item.groups or item.depth)


def _extent(conjunction: list[Any]) -> Span:
    """From the first to the last word of a conjunction."""
    spans = [item.span for condition in conjunction[::2] for item in condition]
    return Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)
