"""The syntax tree of a regular expression.

Every node has `start` and `end`: the half-open range of UTF-16 units of the pattern it stands for.
"""

from __future__ import annotations

from provlint.dotnet.regex.units import code_point_position


class Node:
    """Any part of a pattern."""

    __slots__ = ("end", "start")

    def __init__(self) -> None:
        self.start = 0
        self.end = 0


class Empty(Node):
    """Matches the empty text."""

    __slots__ = ()


class Literal(Node):
    """One or more UTF-16 units that stand for themselves."""

    __slots__ = ("ignore_case", "units")

    def __init__(self, units: str, ignore_case: bool) -> None:
        super().__init__()
        self.units = units
        self.ignore_case = ignore_case


class Dot(Node):
    """`.`: any unit, or any unit except the line feed when `newline` is false."""

    __slots__ = ("newline",)

    def __init__(self, newline: bool) -> None:
        super().__init__()
        self.newline = newline


# A range of units (low, high), or a named class (name, whether negated): `w`, `d`, `s`,
# a general category such as `Lu`, a block such as `IsGreek`.
ClassItem = tuple[int, int] | tuple[str, bool]


class CharacterClass(Node):
    r"""`[…]`, `\w`, `\p{L}`: one unit out of a set.

    `ranges` is the set once `classes.resolve` has computed it.
    """

    __slots__ = ("ignore_case", "items", "negated", "ranges", "subtraction")

    def __init__(
        self,
        items: tuple[ClassItem, ...],
        negated: bool,
        ignore_case: bool,
        subtraction: CharacterClass | None,
    ) -> None:
        super().__init__()
        self.items = items
        self.negated = negated
        self.ignore_case = ignore_case
        self.subtraction = subtraction
        self.ranges: tuple[tuple[int, int], ...] | None = None


class Anchor(Node):
    r"""A place in the text.

    `kind` is one of `beginning` (`^`, `\A`), `line-beginning`, `end` (`\z`), `final-line-end`
    (`$`, `\Z`: the end, or just before a final line feed), `line-end`, `boundary`,
    `not-boundary`, `search-start` (`\G`).
    """

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind


class Backreference(Node):
    """The text that a group captured last."""

    __slots__ = ("ignore_case", "number")

    def __init__(self, number: int, ignore_case: bool) -> None:
        super().__init__()
        self.number = number
        self.ignore_case = ignore_case


class Group(Node):
    """`(?:…)`: a group that captures nothing."""

    __slots__ = ("body",)

    def __init__(self, body: Node) -> None:
        super().__init__()
        self.body = body


class Capture(Node):
    """`(…)`, `(?<name>…)`, and the balancing `(?<name-other>…)`.

    `number` is None in `(?<-other>…)`. `balances` is the number of the group whose last capture
    is taken away, or None.
    """

    __slots__ = ("balances", "body", "number")

    def __init__(self, number: int | None, balances: int | None, body: Node) -> None:
        super().__init__()
        self.number = number
        self.balances = balances
        self.body = body


class Look(Node):
    """`(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`."""

    __slots__ = ("ahead", "body", "negative")

    def __init__(self, ahead: bool, negative: bool, body: Node) -> None:
        super().__init__()
        self.ahead = ahead
        self.negative = negative
        self.body = body


class Atomic(Node):
    """`(?>…)`."""

    __slots__ = ("body",)

    def __init__(self, body: Node) -> None:
        super().__init__()
        self.body = body


class Conditional(Node):
    """`(?(condition)yes|no)`. `condition` is a group number or a tree; `no` may be absent."""

    __slots__ = ("condition", "no", "yes")

    def __init__(self, condition: int | Node, yes: Node, no: Node | None) -> None:
        super().__init__()
        self.condition = condition
        self.yes = yes
        self.no = no


class Alternation(Node):
    """`a|b|c`."""

    __slots__ = ("branches",)

    def __init__(self, branches: tuple[Node, ...]) -> None:
        super().__init__()
        self.branches = branches


class Concatenation(Node):
    """Parts in the order in which they are written."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Node, ...]) -> None:
        super().__init__()
        self.parts = parts


class Quantified(Node):
    """A repeated part. `maximum` is None when there is no upper limit."""

    __slots__ = ("body", "lazy", "maximum", "minimum")

    def __init__(self, body: Node, minimum: int, maximum: int | None, lazy: bool) -> None:
        super().__init__()
        self.body = body
        self.minimum = minimum
        self.maximum = maximum
        self.lazy = lazy


class Pattern:
    """A pattern that .NET accepts.

    Attributes:
        text: The pattern as given.
        units: The same as UTF-16 units; `start` and `end` of the nodes count in it.
        root: The syntax tree.
        group_numbers: The number of every group by name, in .NET's order (by number). An unnamed
            group's name is its number; group 0 is the whole match.
    """

    __slots__ = ("group_numbers", "root", "text", "units")

    def __init__(self, text: str, units: str, root: Node, group_numbers: dict[str, int]) -> None:
        self.text = text
        self.units = units
        self.root = root
        self.group_numbers = group_numbers

    def position(self, offset: int) -> int:
        """Return the index into `text` of an offset in UTF-16 units."""
        return code_point_position(self.units, offset)
