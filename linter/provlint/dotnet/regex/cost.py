"""How long a backtracking run can take: decides whether Python's `re` may run a pattern.

`re` has no time limit. A pattern goes to it only when a bound on its work is known: a polynomial
in the length of the text. Loops that could be walked in more than one way have no such bound here.
"""

from __future__ import annotations

from provlint.dotnet.regex.automaton import Automaton, TooComplex
from provlint.dotnet.regex.program import unit_set
from provlint.dotnet.regex.queries import is_anchored_start
from provlint.dotnet.regex.tree import (
    Alternation,
    Backreference,
    Capture,
    Concatenation,
    Group,
    Look,
    Node,
    Pattern,
    Quantified,
)
from provlint_grammar.named_tuple import NamedTuple

MOST_REPETITIONS = 8
GREATEST_FACTOR = 1_000_000


class Cost(NamedTuple):
    """At most `factor` x (length + 1) ** `degree` steps."""

    factor: int
    degree: int

    def of(self, length: int) -> int:
        """Return the bound for a text of this many units."""
        return int(self.factor * (length + 1) ** self.degree)


def cost_of(pattern: Pattern) -> Cost | None:
    """Return a bound on the work of a search, or None when none is known."""
    one = Cost(1, 1) if _is_deterministic(pattern.root) else _cost(pattern.root)
    if one is None:
        return None
    return one if is_anchored_start(pattern) else Cost(one.factor, one.degree + 1)


def _cost(node: Node) -> Cost | None:
    if isinstance(node, (Capture, Group, Look)):
        return _cost(node.body)
    if isinstance(node, Concatenation):
        factor, degree = 1, 0
        for part in node.parts:
            cost = _cost(part)
            if cost is None:
                return None
            factor *= cost.factor
            degree += cost.degree
        return Cost(factor, degree) if factor <= GREATEST_FACTOR else None
    if isinstance(node, Alternation):
        costs = [_cost(branch) for branch in node.branches]
        known = [cost for cost in costs if cost is not None]
        if len(known) < len(costs):
            return None
        return Cost(sum(cost.factor for cost in known), max(cost.degree for cost in known))
    if isinstance(node, Quantified):
        return _loop_cost(node)
    return Cost(1, 1) if isinstance(node, Backreference) else Cost(1, 0)


def _loop_cost(node: Quantified) -> Cost | None:
    minimum, maximum = node.minimum, node.maximum
    if maximum == 0:
        return Cost(1, 0)
    if minimum == maximum and unit_set(node.body) is not None:
        return Cost(1, 0)
    if maximum == 1:
        body = _cost(node.body)
        return body and Cost(body.factor + 1, body.degree)
    if _is_deterministic(node):
        return Cost(1, 1)
    if maximum is None or maximum > MOST_REPETITIONS:
        return None
    body = _cost(node.body)
    if body is None or (body.factor + 1) ** maximum > GREATEST_FACTOR:
        return None
    return Cost((body.factor + 1) ** maximum, body.degree * maximum)


def _is_deterministic(node: Node) -> bool:
    try:
        return Automaton(node).is_deterministic()
    except TooComplex:
        return False
