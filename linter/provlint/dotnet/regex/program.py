"""Compiles a syntax tree into instructions for the exact matcher.

An instruction is a tuple: operation, then its operands. All state that backtracking must restore
lives in registers: what each group captured (a linked stack of captures), where an open capture
began, and the state of each loop.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from provlint.dotnet.regex import classes
from provlint.dotnet.regex.emit import class_text
from provlint.dotnet.regex.loops import Loop, bare, merged
from provlint.dotnet.regex.queries import is_anchored_start, is_nullable
from provlint.dotnet.regex.tree import (
    Alternation,
    Anchor,
    Atomic,
    Backreference,
    Capture,
    CharacterClass,
    Concatenation,
    Conditional,
    Dot,
    Empty,
    Group,
    Literal,
    Look,
    Node,
    Pattern,
    Quantified,
)

(
    TEXT,
    SET,
    RUN,
    LAZY_RUN,
    SPLIT,
    JUMP,
    OPEN,
    CLOSE,
    LOOP_START,
    LOOP_TEST,
    LOOP_AGAIN,
    ANCHOR,
    REFERENCE,
    TEXT_BACK,
    SET_BACK,
    RUN_BACK,
    LAZY_RUN_BACK,
    REFERENCE_BACK,
    ENTER,
    ENTER_NEGATIVE,
    LEAVE,
    LEAVE_LOOK,
    LEAVE_NEGATIVE,
    HAS_GROUP,
    FOUND,
) = range(25)

UNLIMITED = 1 << 62

Instruction = tuple[Any, ...]


class Program:
    """The instructions of one pattern."""

    __slots__ = ("code", "first", "from_beginning", "group_slots", "registers")

    def __init__(self, code: list[Instruction], group_slots: dict[int, int], registers: int):
        self.code = code
        self.group_slots = group_slots
        self.registers = registers
        self.first: re.Pattern[str] | None = None
        self.from_beginning = False


@lru_cache(maxsize=256)
def membership(ranges: classes.Ranges) -> bytes:
    """Return a table of 65,536 bytes: 1 for each unit in the set."""
    table = bytearray(0x10000)
    for low, high in ranges:
        table[low : high + 1] = b"\1" * (high - low + 1)
    return bytes(table)


def unit_set(node: Node) -> classes.Ranges | None:
    """Return the set of units when a node always matches exactly one unit, else None."""
    if isinstance(node, CharacterClass):
        return classes.resolve(node)
    if isinstance(node, Dot):
        return classes.ANY if node.newline else classes.NOT_LINE_FEED
    if isinstance(node, Literal) and len(node.units) == 1:
        units = classes.equivalents(node.units) if node.ignore_case else node.units
        return classes.union([(ord(unit), ord(unit)) for unit in units])
    if isinstance(node, Group):
        return unit_set(node.body)
    return None


def first_units(node: Node) -> classes.Ranges:
    """Return the units with which a match that is not empty can begin (possibly too many)."""
    ranges = unit_set(node)
    if ranges is not None:
        return ranges
    if isinstance(node, Literal):
        unit = node.units[0]
        units = classes.equivalents(unit) if node.ignore_case else unit
        return classes.union([(ord(unit), ord(unit)) for unit in units])
    if isinstance(node, Concatenation):
        result: list[tuple[int, int]] = []
        for part in node.parts:
            result += first_units(part)
            if not is_nullable(part):
                break
        return classes.union(result)
    if isinstance(node, Alternation):
        return classes.union([item for branch in node.branches for item in first_units(branch)])
    if isinstance(node, (Capture, Group, Atomic, Quantified)):
        return first_units(node.body)
    if isinstance(node, (Empty, Anchor, Look)):
        return ()
    return classes.ANY


def build(pattern: Pattern) -> Program:
    """Compile a pattern that `check_supported` accepts."""
    compiler = _Compiler(pattern)
    compiler.emit(pattern.root, False)
    compiler.add(FOUND)
    program = Program(compiler.code, compiler.group_slots, compiler.registers)
    program.from_beginning = is_anchored_start(pattern)
    if not is_nullable(pattern.root):
        first = first_units(pattern.root)
        if first != classes.ANY:
            program.first = re.compile(class_text(first))
    return program


class _Compiler:
    def __init__(self, pattern: Pattern) -> None:
        self.code: list[Instruction] = []
        self.group_slots = {
            number: slot for slot, number in enumerate(pattern.group_numbers.values())
        }
        self.registers = len(self.group_slots)

    def add(self, *instruction: Any) -> int:
        self.code.append(instruction)
        return len(self.code) - 1

    def register(self) -> int:
        self.registers += 1
        return self.registers - 1

    def emit(self, node: Node, backward: bool) -> None:
        if isinstance(node, Literal):
            self._literal(node, backward)
        elif isinstance(node, (CharacterClass, Dot)):
            ranges = unit_set(node)
            assert ranges is not None
            self.add(SET_BACK if backward else SET, membership(ranges))
        elif isinstance(node, Concatenation):
            for part in reversed(node.parts) if backward else node.parts:
                self.emit(part, backward)
        elif isinstance(node, Quantified):
            self._quantified(node, backward)
        elif isinstance(node, Alternation):
            self._alternation(node, backward)
        elif isinstance(node, Capture):
            self._capture(node, backward)
        elif isinstance(node, Group):
            self.emit(node.body, backward)
        elif isinstance(node, Anchor):
            self.add(ANCHOR, node.kind)
        elif isinstance(node, Backreference):
            slot = self.group_slots[node.number]
            self.add(REFERENCE_BACK if backward else REFERENCE, slot, node.ignore_case)
        elif isinstance(node, Atomic):
            height = self.register()
            self.add(ENTER, height)
            self.emit(node.body, backward)
            self.add(LEAVE, height)
        elif isinstance(node, Look):
            self._look(node)
        elif isinstance(node, Conditional):
            self._conditional(node, backward)
        else:
            assert isinstance(node, Empty)

    def _literal(self, node: Literal, backward: bool) -> None:
        units = node.units
        if not node.ignore_case:
            self.add(TEXT_BACK if backward else TEXT, units, len(units))
            return
        for unit in reversed(units) if backward else units:
            equal = classes.equivalents(unit)
            if len(equal) == 1:
                self.add(TEXT_BACK if backward else TEXT, unit, 1)
            else:
                ranges = classes.union([(ord(member), ord(member)) for member in equal])
                self.add(SET_BACK if backward else SET, membership(ranges))

    def _alternation(self, node: Alternation, backward: bool) -> None:
        jumps = []
        for branch in node.branches[:-1]:
            split = self.add(SPLIT)
            self.emit(branch, backward)
            jumps.append(self.add(JUMP))
            self.code[split] = (SPLIT, len(self.code))
        self.emit(node.branches[-1], backward)
        for jump in jumps:
            self.code[jump] = (JUMP, len(self.code))

    def _capture(self, node: Capture, backward: bool) -> None:
        start = self.register()
        number = None if node.number is None else self.group_slots[node.number]
        balances = None if node.balances is None else self.group_slots[node.balances]
        self.add(OPEN, start)
        self.emit(node.body, backward)
        self.add(CLOSE, start, number, balances)

    def _look(self, node: Look) -> None:
        height = self.register()
        place = self.register()
        if node.negative:
            enter = self.add(ENTER_NEGATIVE)
            self.emit(node.body, not node.ahead)
            self.add(LEAVE_NEGATIVE, height)
            self.code[enter] = (ENTER_NEGATIVE, height, len(self.code))
        else:
            self.add(OPEN, place)
            self.add(ENTER, height)
            self.emit(node.body, not node.ahead)
            self.add(LEAVE_LOOK, height, place)

    def _conditional(self, node: Conditional, backward: bool) -> None:
        if isinstance(node.condition, int):
            test = self.add(HAS_GROUP)
            slot = self.group_slots[node.condition]
            self.emit(node.yes, backward)
            jump = self.add(JUMP)
            self.code[test] = (HAS_GROUP, slot, len(self.code))
        else:
            height = self.register()
            place = self.register()
            self.add(OPEN, place)
            self.add(ENTER, height)
            split = self.add(SPLIT)
            self.emit(node.condition, backward)
            self.add(LEAVE_LOOK, height, place)
            self.emit(node.yes, backward)
            jump = self.add(JUMP)
            self.code[split] = (SPLIT, len(self.code))
        if node.no is not None:
            self.emit(node.no, backward)
        self.code[jump] = (JUMP, len(self.code))

    def _quantified(self, node: Quantified, backward: bool) -> None:
        loop = merged(node)
        if loop.maximum == 0:
            return
        if loop.minimum == 1 and loop.maximum == 1:
            self.emit(loop.body, backward)
            return
        ranges = unit_set(bare(loop.body))
        if ranges is None:
            if loop.minimum == 0 and loop.maximum == 1:
                self._optional(loop, backward)
            else:
                self._loop(loop, backward)
        elif loop.atomic:
            height = self.register()
            self.add(ENTER, height)
            self._run(loop, ranges, backward)
            self.add(LEAVE, height)
        else:
            self._run(loop, ranges, backward)

    def _run(self, loop: Loop, ranges: classes.Ranges, backward: bool) -> None:
        minimum = loop.minimum
        maximum = UNLIMITED if loop.maximum is None else loop.maximum
        table = membership(ranges)
        if backward:
            operation = LAZY_RUN_BACK if loop.lazy else RUN_BACK
            self.add(operation, table, minimum, maximum)
        elif loop.lazy:
            self.add(LAZY_RUN, table, minimum, maximum)
        else:
            self.add(RUN, _run_finder(ranges, loop.maximum), minimum)

    def _optional(self, loop: Loop, backward: bool) -> None:
        split = self.add(SPLIT)
        if loop.lazy:
            jump = self.add(JUMP)
            self.code[split] = (SPLIT, len(self.code))
            self.emit(loop.body, backward)
            self.code[jump] = (JUMP, len(self.code))
        else:
            self.emit(loop.body, backward)
            self.code[split] = (SPLIT, len(self.code))

    def _loop(self, loop: Loop, backward: bool) -> None:
        state = self.register()
        # The count is kept relative to the minimum: from 0 on the loop may end.
        limit = UNLIMITED if loop.maximum is None else loop.maximum - loop.minimum
        self.add(LOOP_START, state, 1 - loop.minimum if loop.minimum else None)
        jump = self.add(JUMP) if loop.minimum == 0 else None
        body = len(self.code)
        self.emit(loop.body, backward)
        test = self.add(LOOP_TEST)
        if jump is not None:
            self.code[jump] = (JUMP, test)
        again = self.add(LOOP_AGAIN, state, body, limit)
        self.code[test] = (LOOP_TEST, state, body, limit, loop.lazy, again)


@lru_cache(maxsize=256)
def _run_finder(ranges: classes.Ranges, maximum: int | None) -> Any:
    limit = "*" if maximum is None or maximum > 0x7FFFFFFF else f"{{0,{maximum}}}"
    return re.compile(class_text(ranges) + limit).match
