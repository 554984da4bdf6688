"""Parse distinct expressions, against a hand-written recursive-descent parser.

The hand-written parser knows well-formed texts only, keeps positions as bare numbers in plain
tuples, and says nothing useful of mistakes: it is the least that such a parser can do.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, from_times, in_turns

from provlint_grammar.expression import parse_expression

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNT = 1500
HAND_WRITTEN = "a hand-written parser"

TOKEN = re.compile(
    r'\s*(?:("(?:[^"\\]|\\.)*")|\[([^\]]*)\]|([A-Za-z]\w*)|(-?\d+(?:\.\d+)?|&H[0-9A-Fa-f]+)'
    r"|(<>|<=|>=|[=<>])|([(),])|(\Z))",
    re.DOTALL,
)
TEXT, ATTRIBUTE, NAME, NUMBER, OPERATOR, SIGN, END = range(1, 8)


class HandWritten:
    """One expression into tuples: (kind, value, start, end) and ("call", name, arguments, ...)."""

    def __init__(self, text: str) -> None:
        self.tokens = [(m.lastindex, m[m.lastindex], m.start(), m.end()) for m in _matches(text)]
        self.position = 0

    def parse(self) -> tuple[Any, ...]:
        node = self.operand()
        if self.tokens[self.position][0] != END:
            raise ValueError("text after the end")
        return node

    def operand(self) -> tuple[Any, ...]:
        kind, value, start, end = self.tokens[self.position]
        self.position += 1
        if kind == TEXT:
            value = value[1:-1]
            if "\\" in value:
                value = re.sub(r'\\(["\\])', r"\1", value)
            return ("text", value, start, end)
        if kind == ATTRIBUTE:
            return ("attribute", value, start, end)
        if kind == NUMBER:
            return ("number", value, start, end)
        if kind != NAME:
            raise ValueError("a value is missing")
        if self.tokens[self.position][1] != "(":
            return ("word", value, start, end)
        self.position += 1
        arguments: list[Any] = []
        if self.tokens[self.position][1] == ")":
            self.position += 1
            return ("call", value, arguments, start, end)
        while True:
            arguments.append(self.argument())
            sign = self.tokens[self.position][1]
            self.position += 1
            if sign == ")":
                return ("call", value, arguments, start, self.tokens[self.position - 1][3])
            if sign != ",":
                raise ValueError("a comma is missing")

    def argument(self) -> tuple[Any, ...] | None:
        if self.tokens[self.position][1] in (",", ")"):
            return None
        left = self.operand()
        kind, operator, _, _ = self.tokens[self.position]
        if kind != OPERATOR:
            return left
        self.position += 1
        return ("comparison", operator, left, self.operand())


def _matches(text: str) -> Sequence[Any]:
    return list(TOKEN.finditer(text))


def make_expressions(count: int = COUNT, seed: int = 7) -> list[str]:
    """Distinct, well-formed, of the shapes that real schemas have; about 106 characters each."""
    chance = random.Random(seed)
    names = ["mail", "givenName", "surname", "department", "userPrincipalName", "country"]
    names += ["extensionAttribute1", "onPremisesExtensionAttributes.extensionAttribute13"]
    words = [
        "Sales",
        "NO",
        "true",
        " ",
        ".",
        "@fjord.example",
        "Research and Development",
        "\\\\d+",
    ]

    def value(depth: int) -> str:
        if depth <= 0 or chance.random() < 0.2:
            return chance.choice(
                [f"[{chance.choice(names)}]", f'"{chance.choice(words)}{chance.randint(1, 99)}"']
            )
        a, b, c = (value(depth - 1) for _ in range(3))
        shapes = [
            f"Append({a}, {b})",
            f'Join("{chance.choice(words)}", {a}, {b})',
            f"Mid({a}, {chance.randint(1, 9)}, {chance.randint(1, 64)})",
            f'IIF({a}="{chance.choice(words)}", {b}, {c})',
            f'Switch({a}, , "{chance.choice(words)}", {b}, "x{chance.randint(1, 9)}", {c})',
            f'Replace({a}, "{chance.choice(words)}", , , {b}, , )',
            f"ToLower({a}, )",
            f"IIF(IsPresent({a}), {a}, {b})",
        ]
        return chance.choice(shapes)

    found: dict[str, None] = {}
    while len(found) < count:
        text = value(chance.choice([1, 2, 2, 3]))
        if 40 <= len(text) <= 230:
            found[text] = None
    return list(found)


def figures(rounds: int) -> list[Figure]:
    """All texts by both parsers, in turns."""
    texts = make_expressions()
    for text in texts:
        assert not parse_expression(text).problems, text
    tasks = {
        "parsing": lambda: [parse_expression(text) for text in texts],
        HAND_WRITTEN: lambda: [HandWritten(text).parse() for text in texts],
    }
    times = in_turns(tasks, rounds)
    return [from_times("parsing", times["parsing"], times[HAND_WRITTEN], HAND_WRITTEN)]
