"""The exact matcher: backtracks as .NET does, over UTF-16 units, with a step limit.

It uses no recursion. Backtracking restores registers from a trail, so memory is bounded by the
step limit.
"""

from __future__ import annotations

from typing import Any

from provlint.dotnet.regex import classes
from provlint.dotnet.regex.errors import RegexTimeout
from provlint.dotnet.regex.program import (
    ANCHOR,
    CLOSE,
    ENTER,
    ENTER_NEGATIVE,
    FOUND,
    HAS_GROUP,
    JUMP,
    LAZY_RUN,
    LAZY_RUN_BACK,
    LEAVE,
    LEAVE_LOOK,
    LEAVE_NEGATIVE,
    LOOP_AGAIN,
    LOOP_START,
    LOOP_TEST,
    OPEN,
    REFERENCE,
    REFERENCE_BACK,
    RUN,
    RUN_BACK,
    SET,
    SET_BACK,
    SPLIT,
    TEXT,
    TEXT_BACK,
    Program,
    membership,
)

# Entries of the trail: a place to go on from, an old register value, a run that can be made
# shorter or longer by one unit.
_CHOICE, _UNDO, _SHORTER, _LONGER, _SHORTER_BACK, _LONGER_BACK = range(6)

# What one group captured: (start, end, the captures before), or None.
Captures = tuple[int, int, Any] | None


class Budget:
    """The steps that a call may still use."""

    __slots__ = ("left", "limit")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit

    def spend(self, steps: int) -> None:
        """Take steps away.

        Raises:
            RegexTimeout: None are left.
        """
        self.left -= steps
        if self.left <= 0:
            raise RegexTimeout(self.limit)


def search(
    program: Program, text: str, start: int, origin: int, budget: Budget
) -> list[Captures] | None:
    r"""Return the captures of the first match at or after `start`, by slot, or None.

    Slot 0 is the whole match. `origin` is where `\G` holds: the end of the match before.

    Raises:
        RegexTimeout: The budget is used up.
    """
    if program.from_beginning:
        return _run(program, text, 0, origin, budget) if start == 0 else None
    length = len(text)
    first = program.first
    while start <= length:
        if first is not None:
            candidate = first.search(text, start)
            if candidate is None:
                return None
            start = candidate.start()
        found = _run(program, text, start, origin, budget)
        if found is not None:
            return found
        start += 1
    return None


def _run(
    program: Program, text: str, start: int, origin: int, budget: Budget
) -> list[Captures] | None:
    code = program.code
    registers: list[Any] = [None] * program.registers
    trail: list[tuple[Any, ...]] = []
    length = len(text)
    position = start
    at = 0
    for steps in range(1, budget.left + 1):
        instruction = code[at]
        operation = instruction[0]
        # An instruction that succeeds continues the loop; one that fails falls out of this chain.
        if operation == TEXT:
            if text.startswith(instruction[1], position):
                position += instruction[2]
                at += 1
                continue
        elif operation == SET:
            if position < length and instruction[1][ord(text[position])]:
                position += 1
                at += 1
                continue
        elif operation == RUN:
            end = instruction[1](text, position).end()
            low = position + instruction[2]
            if end >= low:
                at += 1
                if end > low:
                    trail.append((_SHORTER, at, end, low))
                position = end
                continue
        elif operation == SPLIT:
            trail.append((_CHOICE, instruction[1], position))
            at += 1
            continue
        elif operation == JUMP:
            at = instruction[1]
            continue
        elif operation == OPEN:
            register = instruction[1]
            trail.append((_UNDO, register, registers[register]))
            registers[register] = position
            at += 1
            continue
        elif operation == CLOSE:
            if _close(instruction, position, registers, trail):
                at += 1
                continue
        elif operation == LOOP_TEST:
            _, register, body, maximum, lazy, again = instruction
            mark, count = registers[register]
            if count >= 0:
                if lazy:
                    trail.append((_CHOICE, again, position))
                    at = again + 1
                    continue
                if count >= maximum or position == mark:
                    at = again + 1
                    continue
                trail.append((_CHOICE, again + 1, position))
            trail.append((_UNDO, register, (mark, count)))
            registers[register] = (position, count + 1)
            at = body
            continue
        elif operation == LOOP_START:
            register, count = instruction[1], instruction[2]
            trail.append((_UNDO, register, registers[register]))
            registers[register] = (-1, 0) if count is None else (position, count)
            at += 1
            continue
        elif operation == LOOP_AGAIN:
            _, register, body, maximum = instruction
            mark, count = registers[register]
            if count < maximum and position != mark:
                trail.append((_UNDO, register, (mark, count)))
                registers[register] = (position, count + 1)
                at = body
                continue
        elif operation == ANCHOR:
            if _holds(instruction[1], text, position, origin):
                at += 1
                continue
        elif operation == FOUND:
            budget.spend(steps)
            registers[0] = (start, position, None)
            return registers[: len(program.group_slots)]
        elif operation == LAZY_RUN:
            _, table, minimum, maximum = instruction
            end = position + minimum
            if end <= length and all(table[ord(unit)] for unit in text[position:end]):
                position = end
                at += 1
                if maximum > minimum:
                    trail.append((_LONGER, at, position, maximum - minimum, table))
                continue
        elif operation in (REFERENCE, REFERENCE_BACK):
            captured = registers[instruction[1]]
            if captured is not None:
                size = captured[1] - captured[0]
                low = position if operation == REFERENCE else position - size
                if low >= 0 and low + size <= length:
                    expected = text[captured[0] : captured[1]]
                    if _same(expected, text[low : low + size], instruction[2]):
                        position = low if operation == REFERENCE_BACK else low + size
                        at += 1
                        continue
        elif operation == ENTER:
            register = instruction[1]
            trail.append((_UNDO, register, registers[register]))
            registers[register] = len(trail)
            at += 1
            continue
        elif operation == ENTER_NEGATIVE:
            register = instruction[1]
            trail.append((_UNDO, register, registers[register]))
            registers[register] = len(trail)
            trail.append((_CHOICE, instruction[2], position))
            at += 1
            continue
        elif operation in (LEAVE, LEAVE_LOOK):
            height = registers[instruction[1]]
            trail[height:] = [entry for entry in trail[height:] if entry[0] == _UNDO]
            if operation == LEAVE_LOOK:
                position = registers[instruction[2]]
            at += 1
            continue
        elif operation == LEAVE_NEGATIVE:
            height = registers[instruction[1]]
            while len(trail) > height:
                entry = trail.pop()
                if entry[0] == _UNDO:
                    registers[entry[1]] = entry[2]
        elif operation == HAS_GROUP:
            at = at + 1 if registers[instruction[1]] is not None else instruction[2]
            continue
        elif operation == TEXT_BACK:
            size = instruction[2]
            if position >= size and text.startswith(instruction[1], position - size):
                position -= size
                at += 1
                continue
        elif operation == SET_BACK:
            if position > 0 and instruction[1][ord(text[position - 1])]:
                position -= 1
                at += 1
                continue
        elif operation == RUN_BACK:
            _, table, minimum, maximum = instruction
            low = max(0, position - maximum)
            end = position
            while end > low and table[ord(text[end - 1])]:
                end -= 1
            if position - end >= minimum:
                at += 1
                if position - end > minimum:
                    trail.append((_SHORTER_BACK, at, end, position - minimum))
                position = end
                continue
        elif operation == LAZY_RUN_BACK:
            _, table, minimum, maximum = instruction
            end = position - minimum
            if end >= 0 and all(table[ord(unit)] for unit in text[end:position]):
                position = end
                at += 1
                if maximum > minimum:
                    trail.append((_LONGER_BACK, at, position, maximum - minimum, table))
                continue

        # Backtrack to the last place that has another way to go on.
        while trail:
            entry = trail.pop()
            kind = entry[0]
            if kind == _UNDO:
                registers[entry[1]] = entry[2]
                continue
            at = entry[1]
            position = entry[2]
            if kind == _CHOICE:
                break
            if kind == _SHORTER:
                position -= 1
                if position > entry[3]:
                    trail.append((_SHORTER, at, position, entry[3]))
                break
            if kind == _SHORTER_BACK:
                position += 1
                if position < entry[3]:
                    trail.append((_SHORTER_BACK, at, position, entry[3]))
                break
            if kind == _LONGER:
                if position < length and entry[4][ord(text[position])]:
                    position += 1
                    if entry[3] > 1:
                        trail.append((_LONGER, at, position, entry[3] - 1, entry[4]))
                    break
            elif position > 0 and entry[4][ord(text[position - 1])]:
                position -= 1
                if entry[3] > 1:
                    trail.append((_LONGER_BACK, at, position, entry[3] - 1, entry[4]))
                break
        else:
            budget.spend(steps)
            return None
    raise RegexTimeout(budget.limit)


def _close(
    instruction: tuple[Any, ...],
    position: int,
    registers: list[Any],
    trail: list[tuple[Any, ...]],
) -> bool:
    """Record a capture; false when a balancing group has nothing to take away."""
    _, opened, slot, balanced = instruction
    start, end = registers[opened], position
    if end < start:
        start, end = end, start
    if balanced is not None:
        taken = registers[balanced]
        if taken is None:
            return False
        # A balancing group captures what lies between the two captures.
        if start >= taken[1]:
            start, end = taken[1], start
        elif end <= taken[0]:
            start = taken[0]
        else:
            start, end = max(start, taken[0]), min(end, taken[1])
        trail.append((_UNDO, balanced, taken))
        registers[balanced] = taken[2]
    if slot is not None:
        before = registers[slot]
        trail.append((_UNDO, slot, before))
        registers[slot] = (start, end, before)
    return True


def _holds(kind: str, text: str, position: int, origin: int) -> bool:
    """Tell whether an anchor holds at a position."""
    if kind == "beginning":
        return position == 0
    if kind == "end":
        return position == len(text)
    if kind == "final-line-end":
        return position >= len(text) - 1 and (position == len(text) or text[position] == "\n")
    if kind == "line-beginning":
        return position == 0 or text[position - 1] == "\n"
    if kind == "line-end":
        return position == len(text) or text[position] == "\n"
    if kind == "search-start":
        return position == origin
    words = membership(classes.boundary_words())
    before = position > 0 and words[ord(text[position - 1])]
    after = position < len(text) and words[ord(text[position])]
    return bool(before) != bool(after) if kind == "boundary" else bool(before) == bool(after)


def _same(expected: str, found: str, ignore_case: bool) -> bool:
    if expected == found:
        return True
    return ignore_case and all(
        unit == other or other in classes.equivalents(unit)
        for unit, other in zip(expected, found, strict=True)
    )
