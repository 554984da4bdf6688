"""What the author of a valid pattern may not have meant.

Source: https://learn.microsoft.com/dotnet/standard/base-types/backtracking-in-regular-expressions
and the pages on character classes, anchors and quantifiers beside it.
"""

from __future__ import annotations

from provlint.dotnet.regex.queries import (
    always_matches,
    is_anchored_end,
    is_anchored_start,
    walk,
)
from provlint.dotnet.regex.support import (
    HASTY_LOOP,
    LAZY_EMPTY,
    LOOP_OR_NOTHING,
    unstable_constructs,
)
from provlint.dotnet.regex.tree import (
    Alternation,
    Anchor,
    Backreference,
    CharacterClass,
    Conditional,
    Dot,
    Empty,
    Literal,
    Look,
    Node,
    Pattern,
    Quantified,
)
from provlint_grammar.named_tuple import NamedTuple

_UNSTABLE_HELP = {
    LAZY_EMPTY: "use a greedy quantifier, or a part that cannot match empty text",
    LOOP_OR_NOTHING: "use `*` in place of the choice",
    HASTY_LOOP: "put something other than the word boundary after the loop",
}
_LETTERS_I = "iI\u0130\u0131"


class Advice(NamedTuple):
    """One remark about a pattern.

    `code` is kebab-case. `start` and `end` are code point indices into the pattern, half-open.
    """

    code: str
    message: str
    start: int
    end: int
    help: str


def advice(pattern: Pattern) -> tuple[Advice, ...]:
    """Return the remarks about a pattern, in the order of the text.

    Codes: `always-matches`, `unanchored`, `unanchored-start`, `unanchored-end`,
    `final-line-feed`, `catastrophic`, `unstable`, `culture`, `conditional-without-else`,
    `empty-alternative`, `posix-class`, `literal-brace`, `delimiters`, `word-edge-escape`,
    `class-operator`, `backspace-in-class`, `digits-of-all-scripts`, `words-of-all-scripts`,
    `surrogates`, `surrogates-in-class`.
    """
    adviser = _Adviser(pattern)
    adviser.look_at_whole()
    for node in walk(pattern.root):
        adviser.look_at(node)
    return tuple(sorted(adviser.found, key=lambda each: (each.start, each.end, each.code)))


class _Adviser:
    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self.units = pattern.units
        self.found: list[Advice] = []
        self.seen: set[str] = set()
        self.nodes = walk(pattern.root)
        # A dot that repeats without limit does not care how many units a character has.
        self.free_dots = {
            node.body for node in self.nodes if isinstance(node, Quantified) and not node.maximum
        }

    def add(self, code: str, message: str, help_text: str, start: int, end: int) -> None:
        place = self.pattern.position
        self.found.append(Advice(code, message, place(start), place(end), help_text))

    def once(self, code: str, message: str, help_text: str, start: int, end: int) -> None:
        """Add a remark of a kind that is worth saying once per pattern."""
        if code not in self.seen:
            self.seen.add(code)
            self.add(code, message, help_text, start, end)

    def text(self, node: Node) -> str:
        return self.units[node.start : node.end]

    # The whole pattern

    def look_at_whole(self) -> None:
        pattern, length = self.pattern, len(self.units)
        if always_matches(pattern):
            self.add(
                "always-matches",
                "the pattern can match empty text anywhere, so it matches every text",
                "require at least one character, or anchor the pattern with `^` and `$`",
                0,
                length,
            )
        else:
            self._anchoring(length)
        for problem in unstable_constructs(pattern):
            self.add(
                "unstable",
                f"`{self.units[problem.start : problem.end]}` is a {problem.construct}: "
                f"{problem.reason}",
                _UNSTABLE_HELP[problem.construct],
                problem.start,
                problem.end,
            )
        self._delimiters()
        self._nested_loops()

    def _anchoring(self, length: int) -> None:
        start, end = is_anchored_start(self.pattern), is_anchored_end(self.pattern)
        if start and end:
            return
        if not start and not end:
            code, where, fix = "unanchored", "anywhere in", "`^` and `$`"
        elif end:
            code, where, fix = "unanchored-start", "at the end of", "`^`"
        else:
            code, where, fix = "unanchored-end", "at the beginning of", "`$`"
        self.add(
            code,
            f"the pattern matches {where} the text, not only the whole text",
            f"add {fix} if the whole text shall match",
            0,
            length,
        )

    def _delimiters(self) -> None:
        units = self.units
        last = units.rfind("/")
        flags = units[last + 1 :]
        if (
            units[:1] == "/"
            and last > 1
            and units[last - 1] != "\\"
            and set(flags) <= set("gimsuxy")
        ):
            self.add(
                "delimiters",
                f"the `/` at both ends{' and the flags' if flags else ''} are part of the pattern",
                "remove them, and write flags as `(?i)`",
                0,
                len(units),
            )

    def _nested_loops(self) -> None:
        leaves = [
            node
            for node in self.nodes
            if isinstance(node, (Literal, Dot, CharacterClass, Anchor, Look, Backreference))
        ]
        for node in self.nodes:
            if not isinstance(node, Quantified) or not _has_inner_loop(node):
                continue
            # A loop with nothing after it never has to give back what it took.
            if any(leaf.start >= node.end for leaf in leaves) and _is_explosive(node):
                self.once(
                    "catastrophic",
                    f"`{self.text(node)}` can match one text in very many ways: on a long "
                    "text that does not match, the search takes exponential time",
                    "make the parts of the loop exclude each other, or use an atomic group `(?>…)`",
                    node.start,
                    node.end,
                )

    # Single nodes

    def look_at(self, node: Node) -> None:
        if isinstance(node, CharacterClass):
            self._class(node)
        elif isinstance(node, Literal):
            self._literal(node)
        elif isinstance(node, Dot):
            if node not in self.free_dots:
                self._surrogates(node)
        elif isinstance(node, Anchor):
            self._anchor(node)
        elif isinstance(node, Conditional):
            if node.no is None:
                self.add(
                    "conditional-without-else",
                    f"`{self.text(node)}` has no second branch: it matches empty text when the "
                    "condition does not hold",
                    "write the second branch, as in `(?(1)yes|no)`",
                    node.start,
                    node.end,
                )
        elif isinstance(node, Alternation):
            self._alternation(node)

    def _class(self, node: CharacterClass) -> None:
        text = self.text(node)
        if text.startswith("[[:") and text.endswith(":]"):
            # To .NET the class ends at the first bracket; the second is a character of its own.
            end = node.end + self.units.startswith("]", node.end)
            self.add(
                "posix-class",
                f"`{self.units[node.start : end]}` is not a POSIX class in .NET: it is a set of "
                "single characters",
                "use a class such as `[a-zA-Z]` or `\\p{L}`",
                node.start,
                end,
            )
        if text.startswith("[") and ("&&" in text or "~~" in text):
            self.add(
                "class-operator",
                f"`{text}` holds no set operator: .NET reads `&&` and `~~` as characters",
                "write a subtraction as in `[a-z-[aeiou]]`",
                node.start,
                node.end,
            )
        if text.startswith("[") and "\\b" in text.replace("\\\\", ""):
            self.add(
                "backspace-in-class",
                f"`\\b` inside `{text}` is the backspace character, not the edge of a word",
                "move `\\b` out of the class",
                node.start,
                node.end,
            )
        self._culture(node, node.ignore_case and _holds_i(node))
        for item in node.items:
            if item == ("d", False):
                self.once(
                    "digits-of-all-scripts",
                    "`\\d` matches the digits of all scripts, not only 0 to 9",
                    "write `[0-9]` if only these are meant",
                    node.start,
                    node.end,
                )
            elif item == ("w", False):
                self.once(
                    "words-of-all-scripts",
                    "`\\w` matches letters and digits of all scripts, and combining marks",
                    "write `[A-Za-z0-9_]` if only these are meant",
                    node.start,
                    node.end,
                )
        if not node.items or not text.startswith("["):
            return
        if any("\ud800" <= unit <= "\udfff" for unit in text):
            self.add(
                "surrogates-in-class",
                f"`{self._shown(node)}` holds a character of two UTF-16 units: .NET reads each "
                "half as a member of the class",
                "write the characters as alternatives, as in `(?:a|b)`",
                node.start,
                node.end,
            )

    def _shown(self, node: Node) -> str:
        place = self.pattern.position
        return self.pattern.text[place(node.start) : place(node.end)]

    def _literal(self, node: Literal) -> None:
        self._culture(node, node.ignore_case and any(unit in _LETTERS_I for unit in node.units))
        at = self.units.find("{,", node.start, node.end)
        if at >= 0:
            end = self.units.find("}", at, node.end)
            if end > at + 2 and self.units[at + 2 : end].isdecimal():
                text = self.units[at : end + 1]
                self.add(
                    "literal-brace",
                    f"`{text}` is no quantifier in .NET: it matches these characters",
                    f"write `{{0{text[1:]}`",
                    at,
                    end + 1,
                )
        if self.text(node) in ("\\<", "\\>"):
            self.add(
                "word-edge-escape",
                f"`{self.text(node)}` matches the character `{self.text(node)[1]}`, not the edge "
                "of a word",
                "write `\\b`",
                node.start,
                node.end,
            )

    def _culture(self, node: Node, concerned: bool) -> None:
        if concerned:
            self.once(
                "culture",
                "without regard to case, `i` and `I` depend on the culture of the host "
                "(Turkish pairs them differently)",
                "write both letters in a class such as `[iI]` if it matters",
                node.start,
                node.end,
            )

    def _anchor(self, node: Anchor) -> None:
        if node.kind == "final-line-end":
            self.once(
                "final-line-feed",
                f"`{self.text(node)}` also matches before a final line feed",
                "write `\\z` for the very end",
                node.start,
                node.end,
            )

    def _alternation(self, node: Alternation) -> None:
        for branch in node.branches:
            if isinstance(branch, Empty):
                self.add(
                    "empty-alternative",
                    "an alternative of the pattern is empty: it matches everywhere",
                    "remove the extra `|`, or write `(?:…)?` if that is meant",
                    max(0, branch.start - 1),
                    min(len(self.units), max(branch.start, 1)),
                )

    def _surrogates(self, node: Node) -> None:
        self.once(
            "surrogates",
            "`.` matches one UTF-16 unit: a character such as an emoji counts as two",
            "allow for two, or leave such characters out of the data",
            node.start,
            node.end,
        )


def _holds_i(node: CharacterClass) -> bool:
    return any(
        isinstance(low, int) and isinstance(high, int) and (low <= 73 <= high or low <= 105 <= high)
        for low, high in node.items
    )


def _has_inner_loop(node: Quantified) -> bool:
    if node.maximum is not None:
        return False
    return any(
        isinstance(inner, Quantified) and inner.maximum != 1 for inner in walk(node.body)
    ) or any(isinstance(inner, Alternation) for inner in walk(node.body))


def _is_explosive(node: Quantified) -> bool:
    from provlint.dotnet.regex.automaton import Automaton, TooComplex

    try:
        return Automaton(node).is_explosive()
    except TooComplex:
        return False
