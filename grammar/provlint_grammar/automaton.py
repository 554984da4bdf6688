"""The parser that runs the generated tables: a plain LALR(1) automaton over one master regex.

`provlint_grammar.generate` writes the tables from a `.lark` file; Lark itself is not needed here.
A token is the match object of the master regex: `token.lastindex` is the number of its terminal,
`token.span(token.lastindex)` its place. White space before a token belongs to the match, not to
the group.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Protocol, TypeAlias

    Token: TypeAlias = re.Match[str]
    Reducer: TypeAlias = Callable[[list[Any]], Any]
    Recovery: TypeAlias = Callable[[Token, tuple[int, ...]], int]

    class Tables(Protocol):
        """What a generated module holds.

        Attributes:
            PATTERN: The master regex: one group per terminal, in order of priority; the last group
                matches the end of the text.
            TERMINALS: Name by number; number 0 is unused.
            NONTERMINALS: Name by number.
            RULES: By number from 1: nonterminal, length of the right side, name of the reducer.
                The name is "" where the children themselves are the value, and "+" where the first
                child is a list that the others are appended to.
            ACTIONS: By state and terminal: positive is a shift to that state, negative the rule to
                reduce by, `APPEND` puts the token at the end of the list on top of the stack.
            GOTOS: By state and nonterminal: the next state, `APPEND`, or `ACCEPT`.
        """

        PATTERN: str
        TERMINALS: tuple[str, ...]
        NONTERMINALS: tuple[str, ...]
        RULES: tuple[tuple[int, int, str], ...]
        ACTIONS: tuple[tuple[int, ...], ...]
        GOTOS: tuple[tuple[int, ...], ...]


ERROR = 0
APPEND = 1
ACCEPT = 2
FIRST_STATE = 3


def _collect(children: list[Any]) -> list[Any]:
    return children


def _extend(children: list[Any]) -> list[Any]:
    values: list[Any] = children[0]
    values.extend(children[1:])
    return values


class Automaton:
    """A parser for one language.

    Args:
        tables: The generated module.
        reducers: By rule name (or alias): makes the value of a rule from the values of its
            children. A child is a token, the value of a rule, or, for rules whose name begins
            with `_`, the list of the children of that rule.
        pattern: Another master regex with the same groups.
    """

    __slots__ = ("_reducers", "_tables", "tokens")

    def __init__(
        self, tables: Tables, reducers: Mapping[str, Reducer], pattern: str | None = None
    ) -> None:
        hidden: dict[str, Reducer] = {"": _collect, "+": _extend}
        self._tables = tables
        self.tokens = re.compile(pattern or tables.PATTERN).finditer
        self._reducers = [
            (nonterminal, length, hidden.get(name) or reducers[name])
            for nonterminal, length, name in tables.RULES
        ]

    def parse(self, text: str, recover: Recovery) -> Any:
        """The value of the start rule for `text`.

        Args:
            text: What is read.
            recover: Called with a token that does not fit and the terminals that would. Gives
                the terminal to suppose before the token (the token stands for it among the
                children), or 0 to leave the token out; or raises. The end of the text cannot
                be left out.

        Raises:
            RecursionError: `recover` supposed more terminals than the text has characters.
        """
        actions, gotos, reducers = self._tables.ACTIONS, self._tables.GOTOS, self._reducers
        states = [FIRST_STATE]
        values: list[Any] = []
        row = actions[FIRST_STATE]
        supposed, patience = 0, len(text) + 100
        for token in self.tokens(text):
            terminal = token.lastindex or 0
            while True:
                code = row[terminal]
                if code > ACCEPT:
                    states.append(code)
                    values.append(token)
                    row = actions[code]
                elif code < ERROR:
                    nonterminal, length, reducer = reducers[-code]
                    if length:
                        children = values[-length:]
                        del values[-length:], states[-length:]
                    else:
                        children = []
                    value = reducer(children)
                    code = gotos[states[-1]][nonterminal]
                    if code > ACCEPT:
                        states.append(code)
                        values.append(value)
                        row = actions[code]
                    elif code == APPEND:
                        values[-1].append(value)
                        row = actions[states[-1]]
                    else:
                        return value
                    continue
                elif code == APPEND:
                    values[-1].append(token)
                else:
                    expected = tuple(n for n, action in enumerate(row) if action)
                    terminal = supposed = recover(token, expected)
                    patience -= 1
                    if patience < 0:
                        raise RecursionError("the recovery of a parser does not end")
                    if terminal:
                        continue
                if not supposed:
                    break
                supposed, terminal = 0, token.lastindex or 0
        raise AssertionError("a master regex ends with the end of the text")
