"""Which findings of a file its baseline accepts, and which entries match none any more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from provlint.baseline.baseline_file import Accepted
    from provlint.baseline.fingerprint import Fingerprint


class Matched(NamedTuple):
    """The outcome for one file.

    Attributes:
        known: Whether each finding is accepted, in the order given.
        left: The entries that match no finding.
    """

    known: list[bool]
    left: Accepted


def match(found: Sequence[Fingerprint], accepted: Accepted, *, same_version: bool) -> Matched:
    """Match findings with what is accepted; an entry accepts as many findings as it counts.

    Args:
        found: Fingerprints of the findings of one file.
        accepted: What the baseline accepts in that file.
        same_version: Whether this version of the program wrote the baseline. If not, messages may
            quote other things than they did, so those do not count.
    """
    matching = _Matching(found, accepted)
    matching.pair(lambda fingerprint: fingerprint)
    if not same_version:
        matching.pair(lambda fingerprint: (fingerprint.rule, fingerprint.about))
    # Of three equal things the second and third are found, in the order of the file. Sorted
    # otherwise they make other pairs, which the same three things hold together.
    circles = _circles(accepted)

    def circle(fingerprint: Fingerprint) -> Hashable:
        around = {circles.get((fingerprint.rule, name)) for name in fingerprint.about}
        return around.pop() if len(fingerprint.about) > 1 and len(around) == 1 else None

    matching.pair(circle)
    return Matched(matching.known, +matching.left)


class _Matching:
    def __init__(self, found: Sequence[Fingerprint], accepted: Accepted) -> None:
        self.found = found
        self.known = [False] * len(found)
        self.left: Accepted = Counter(accepted)

    def pair(self, key: Callable[[Fingerprint], Hashable]) -> None:
        """Take what has the same key and is not matched yet; the key None matches nothing."""
        entries: dict[Hashable, list[Fingerprint]] = {}
        for entry, count in sorted(self.left.items()):
            entries.setdefault(key(entry), []).extend([entry] * count)
        entries.pop(None, None)
        for index, fingerprint in enumerate(self.found):
            if self.known[index]:
                continue
            waiting = entries.get(key(fingerprint))
            if waiting:
                self.left[waiting.pop(0)] -= 1
                self.known[index] = True


def _circles(accepted: Accepted) -> dict[tuple[str, str], tuple[str, str]]:
    """Rule and thing to one name for three or more things that findings of the rule connect."""
    above: dict[tuple[str, str], tuple[str, str]] = {}

    def top(node: tuple[str, str]) -> tuple[str, str]:
        while above.setdefault(node, node) != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for fingerprint in accepted:
        nodes = [(fingerprint.rule, name) for name in fingerprint.about]
        for node in nodes[1:]:
            above[top(node)] = top(nodes[0])
    tops = {node: top(node) for node in list(above)}
    sizes = Counter(tops.values())
    return {node: found for node, found in tops.items() if sizes[found] > 2}
