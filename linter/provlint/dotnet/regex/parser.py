"""The parser of .NET's regular expression syntax.

Two passes, as in .NET: the first numbers the groups, the second builds the tree. It uses no
recursion for groups, so the depth of a pattern is limited only by `DEEPEST_GROUP`.
Source: https://learn.microsoft.com/dotnet/standard/base-types/regular-expression-language-quick-reference
"""

from __future__ import annotations

from provlint.dotnet.regex import tree
from provlint.dotnet.regex.brackets import named_item, scan_class
from provlint.dotnet.regex.errors import RegexUnsupported
from provlint.dotnet.regex.groups import Groups, Reference, find_groups, read_reference
from provlint.dotnet.regex.scanner import (
    EXPLICIT_CAPTURE,
    GREATEST_NUMBER,
    IGNORE_CASE,
    IGNORE_WHITESPACE,
    MULTILINE,
    SINGLELINE,
    Scanner,
    is_word,
)
from provlint.dotnet.regex.units import to_units

DEEPEST_GROUP = 100

_STOPPERS = frozenset("\\[()*+?{|^$.")
_STOPPERS_SPACED = _STOPPERS | frozenset("#\t\n\f\r ")
_ANCHORS = {
    "A": "beginning",
    "Z": "final-line-end",
    "z": "end",
    "b": "boundary",
    "B": "not-boundary",
    "G": "search-start",
}


def parse(pattern: str) -> tree.Pattern:
    """Parse a pattern as .NET 8 to 10 would, without options.

    Raises:
        RegexSyntaxError: .NET refuses the pattern.
        RegexUnsupported: Groups or class subtractions are nested deeper than the limit.
    """
    units = to_units(pattern)
    groups = find_groups(units)
    return tree.Pattern(pattern, units, _Parser(units, groups).run(), groups.table())


class _Frame:
    """A group that is still open."""

    __slots__ = ("branches", "close", "condition", "data", "options", "parts", "start")

    def __init__(self, close: str, start: int, options: int, data: tuple[int | None, ...]) -> None:
        self.close = close
        self.start = start
        self.options = options
        self.data = data
        self.parts: list[tree.Node] = []
        self.branches: list[tree.Node] = []
        self.condition: tree.Node | None = None


def is_quantifier(units: str, at: int) -> bool:
    """Tell whether a quantifier stands here: `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`.

    A brace that starts anything else, such as `{,n}`, is an ordinary character.
    """
    unit = units[at]
    if unit != "{":
        return unit in "*+?"
    end = at + 1
    length = len(units)
    while end < length and "0" <= units[end] <= "9":
        end += 1
    if end == at + 1 or end == length:
        return False
    if units[end] == ",":
        end += 1
        while end < length and "0" <= units[end] <= "9":
            end += 1
    return end < length and units[end] == "}"


class _Parser(Scanner):
    def __init__(self, units: str, groups: Groups) -> None:
        super().__init__(units)
        self.groups = groups
        self.next_number = 1
        self.is_condition = False
        self.frames = [_Frame("root", 0, 0, ())]
        self.unit: tree.Node | None = None
        self.deepest = 0

    @property
    def frame(self) -> _Frame:
        return self.frames[-1]

    def run(self) -> tree.Node:
        quantified = False
        while self.at < self.length:
            after_quantifier = quantified
            quantified = False
            self.skip_blank()
            run_start = self.at
            run_end = self._skip_ordinary()
            self.skip_blank()
            control = ""
            if self.at < self.length and self.units[self.at] in _STOPPERS:
                control = self.units[self.at]
                self.at += 1
            if run_start < run_end:
                after_quantifier = False
                self._add_literal(run_start, run_end, control != "" and control in "*+?{")
            if control == "":
                continue
            if control == "(":
                self._open_group()
                continue
            if control == "|":
                self._end_branch()
                continue
            if control in "*+?{":
                if self.unit is None:
                    raise self.error(
                        "NestedQuantifiersNotParenthesized"
                        if after_quantifier
                        else "QuantifierAfterNothing"
                    )
                self.at -= 1
            elif control == ")":
                if len(self.frames) == 1:
                    raise self.error("InsufficientOpeningParentheses")
                if not self._close_group():
                    continue
            else:
                self._read_atom(control)
            self.skip_blank()
            quantified = self.at < self.length and is_quantifier(self.units, self.at)
            if quantified:
                self._quantify()
            assert self.unit is not None
            self.frame.parts.append(self.unit)
            self.unit = None
        if len(self.frames) > 1:
            raise self.error("InsufficientClosingParentheses")
        if self.deepest > DEEPEST_GROUP:
            raise RegexUnsupported(
                "deep nesting", f"groups are nested more than {DEEPEST_GROUP} deep"
            )
        frame = self.frame
        frame.branches.append(self._concatenation(frame))
        return self._alternation(frame, frame.branches)

    def _skip_ordinary(self) -> int:
        units = self.units
        stoppers = _STOPPERS_SPACED if self.options & IGNORE_WHITESPACE else _STOPPERS
        at = self.at
        while at < self.length and (
            units[at] not in stoppers or (units[at] == "{" and not is_quantifier(units, at))
        ):
            at += 1
        self.at = at
        return at

    def _place(self, node: tree.Node, start: int, end: int) -> tree.Node:
        node.start, node.end = start, end
        return node

    def _add_literal(self, start: int, end: int, quantified: bool) -> None:
        ignore_case = bool(self.options & IGNORE_CASE)
        whole = end - 1 if quantified else end
        if whole > start:
            literal = tree.Literal(self.units[start:whole], ignore_case)
            self.frame.parts.append(self._place(literal, start, whole))
        if quantified:
            self.unit = self._place(tree.Literal(self.units[whole], ignore_case), whole, end)

    def _read_atom(self, control: str) -> None:
        start = self.at - 1
        if control == "[":
            self.unit = scan_class(self, bool(self.options & IGNORE_CASE))
            return
        if control == "\\":
            if self.at == self.length:
                raise self.error("UnescapedEndingBackslash")
            node = self._read_escape()
        elif control == ".":
            node = tree.Dot(bool(self.options & SINGLELINE))
        elif control == "^":
            node = tree.Anchor("line-beginning" if self.options & MULTILINE else "beginning")
        else:
            node = tree.Anchor("line-end" if self.options & MULTILINE else "final-line-end")
        self.unit = self._place(node, start, self.at)

    def _read_escape(self) -> tree.Node:
        unit = self.units[self.at]
        ignore_case = bool(self.options & IGNORE_CASE)
        if unit in _ANCHORS:
            self.at += 1
            return tree.Anchor(_ANCHORS[unit])
        if unit in "wWsSdD":
            self.at += 1
            return tree.CharacterClass(((unit.lower(), unit.isupper()),), False, False, None)
        if unit in "pP":
            self.at += 1
            name = self.scan_property()
            item = named_item(self, name, unit == "P")
            return tree.CharacterClass((item,), False, ignore_case, None)
        start = self.at
        read = read_reference(self)
        if isinstance(read, str):
            return tree.Literal(read, ignore_case)
        angled = not "1" <= unit <= "9"
        number: int | None
        if read.name is not None:
            number = self.groups.number_of(read.name)
            if number is None:
                raise self.error("UndefinedNamedReference")
        else:
            number = self._known_number(read)
            if number is None:
                assert read.number is not None
                if angled or read.number <= 9:
                    raise self.error("UndefinedNumberedReference")
                # Not a group: two or three digits are then an octal code.
                self.at = start
                return tree.Literal(self.scan_escaped_unit(), ignore_case)
        return tree.Backreference(number, ignore_case)

    def _known_number(self, reference: Reference) -> int | None:
        return reference.number if reference.number in self.groups.numbers else None

    def _quantify(self) -> None:
        unit = self.units[self.at]
        self.at += 1
        minimum, maximum = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(unit, (0, 0))
        if unit == "{":
            minimum = self.scan_number()
            maximum = minimum
            if self.units[self.at] == ",":
                self.at += 1
                maximum = None if self.units[self.at] == "}" else self.scan_number()
            self.at += 1
        end = self.at
        self.skip_blank()
        lazy = self.is_at("?")
        if lazy:
            self.at += 1
            end = self.at
        if maximum is not None and minimum > maximum:
            raise self.error("ReversedQuantifierRange")
        if maximum == GREATEST_NUMBER:
            maximum = None
        assert self.unit is not None
        node = tree.Quantified(self.unit, minimum, maximum, lazy)
        self.unit = self._place(node, self.unit.start, end)

    # Groups

    def _concatenation(self, frame: _Frame) -> tree.Node:
        parts = frame.parts
        frame.parts = []
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return self._place(tree.Empty(), self.at, self.at)
        node = tree.Concatenation(tuple(parts))
        return self._place(node, parts[0].start, parts[-1].end)

    def _alternation(self, frame: _Frame, branches: list[tree.Node]) -> tree.Node:
        if len(branches) == 1:
            return branches[0]
        return self._place(tree.Alternation(tuple(branches)), branches[0].start, branches[-1].end)

    def _end_branch(self) -> None:
        frame = self.frame
        frame.branches.append(self._concatenation(frame))

    def _close_group(self) -> bool:
        """Close the innermost group; tell whether it is a unit that a quantifier may follow."""
        self._end_branch()
        frame = self.frame
        if frame.close in ("test", "reference") and len(frame.branches) > 2:
            raise self.error("AlternationHasTooManyConditions")
        self.frames.pop()
        self.options = frame.options
        node = self._place(self._make_group(frame), frame.start, self.at)
        outer = self.frame
        if outer.close == "test" and outer.condition is None:
            outer.condition = node
            return False
        self.unit = node
        return True

    def _make_group(self, frame: _Frame) -> tree.Node:
        branches = frame.branches
        if frame.close in ("test", "reference"):
            condition = frame.condition if frame.close == "test" else frame.data[0]
            assert condition is not None
            no = branches[1] if len(branches) > 1 else None
            return tree.Conditional(condition, branches[0], no)
        body = self._alternation(frame, branches)
        if frame.close == "capture":
            return tree.Capture(frame.data[0], frame.data[1], body)
        if frame.close == "atomic":
            return tree.Atomic(body)
        if frame.close == "group":
            return tree.Group(body)
        ahead, negative = {
            "=": (True, False),
            "!": (True, True),
            "<=": (False, False),
            "<!": (False, True),
        }[frame.close]
        return tree.Look(ahead, negative, body)

    def _open_group(self) -> None:
        start = self.at - 1
        options = self.options
        opened = self._read_opening()
        if opened is None:
            return
        close, data = opened
        self.frames.append(_Frame(close, start, options, data))
        self.deepest = max(self.deepest, len(self.frames) - 1)

    def _read_opening(self) -> tuple[str, tuple[int | None, ...]] | None:
        """Read what follows `(`; None for inline options, which open no group."""
        if not self.is_at("?") or self.is_at("?)"):
            if self.options & EXPLICIT_CAPTURE or self.is_condition:
                self.is_condition = False
                return "group", ()
            number = self.next_number
            self.next_number += 1
            return "capture", (number, None)
        self.at += 1
        unit = self._next()
        if unit in ":>":
            return ("group" if unit == ":" else "atomic"), ()
        if unit in "=!":
            return unit, ()
        if unit == "(":
            return self._read_condition()
        if unit in "<'":
            if unit == "<" and self.at < self.length and self.units[self.at] in "=!":
                self.at += 1
                return unit + self.units[self.at - 1], ()
            return self._read_name(">" if unit == "<" else "'")
        self.at -= 1
        if self.frame.close != "test":
            self.scan_options()
        unit = self._next()
        if unit == ")":
            return None
        if unit != ":":
            raise self.error("InvalidGroupingConstruct")
        return "group", ()

    def _next(self) -> str:
        if self.at == self.length:
            raise self.error("InvalidGroupingConstruct")
        self.at += 1
        return self.units[self.at - 1]

    def _read_condition(self) -> tuple[str, tuple[int | None, ...]]:
        start = self.at
        unit = self.units[start] if start < self.length else ""
        if "0" <= unit <= "9":
            number = self.scan_number()
            if self.at == self.length:
                raise self.error("AlternationHasMalformedReference")
            self.at += 1
            if self.units[self.at - 1] != ")":
                raise self.error("AlternationHasMalformedReference")
            if number not in self.groups.numbers:
                raise self.error("AlternationHasUndefinedReference")
            return "reference", (number,)
        if unit and is_word(unit):
            named = self.groups.number_of(self.scan_name())
            if named is not None and self.is_at(")"):
                self.at += 1
                return "reference", (named,)
        # The parenthesis of the condition is read again, as a group that captures nothing.
        self.at = start - 1
        self.is_condition = True
        if self.units.startswith("(?#", self.at):
            raise self.error("AlternationHasComment")
        if self.units.startswith(("(?'", "(?<"), self.at) and not self.units.startswith(
            ("(?<=", "(?<!"), self.at
        ):
            after = self.units[self.at + 2 : self.at + 4]
            if after != "<":
                raise self.error("AlternationHasNamedCapture")
        return "test", ()

    def _read_name(self, close: str) -> tuple[str, tuple[int | None, ...]]:
        if self.at == self.length:
            raise self.error("InvalidGroupingConstruct")
        unit = self.units[self.at]
        number: int | None = None
        balances: int | None = None
        if "0" <= unit <= "9":
            number = self.scan_number()
            if number not in self.groups.numbers:
                number = None
            self._expect_name_end(close + "-")
            if number == 0:
                raise self.error("CaptureGroupOfZero")
        elif is_word(unit):
            number = self.groups.number_of(self.scan_name())
            self._expect_name_end(close + "-")
        elif unit != "-":
            raise self.error("CaptureGroupNameInvalid")
        if (number is not None or unit == "-") and self.is_at("-") and self.at + 1 < self.length:
            self.at += 1
            balances = self._read_balanced(close)
        if (number is not None or balances is not None) and self.at < self.length:
            self.at += 1
            if self.units[self.at - 1] == close:
                return "capture", (number, balances)
        raise self.error("InvalidGroupingConstruct")

    def _expect_name_end(self, allowed: str) -> None:
        if self.at < self.length and self.units[self.at] not in allowed:
            raise self.error("CaptureGroupNameInvalid")

    def _read_balanced(self, close: str) -> int:
        unit = self.units[self.at]
        if "0" <= unit <= "9":
            number = self.scan_number()
            if number not in self.groups.numbers:
                raise self.error("UndefinedNumberedReference")
        elif is_word(unit):
            named = self.groups.number_of(self.scan_name())
            if named is None:
                raise self.error("UndefinedNamedReference")
            number = named
        else:
            raise self.error("CaptureGroupNameInvalid")
        self._expect_name_end(close)
        return number
