"""Random filters, and users made of what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

TYPES = {"s": "String", "i": "Integer", "b": "Boolean"}
"""Declared types; `t` and `userPrincipalName` are declared nowhere."""

TEXTS = ("a", "b", "ab", "Sales", "sales", "Sales North", "1", "7", "12", "a@b.c", "", "É", "😀")
NUMBERS = ("0", "1", "5", "7", "12", "-3", "100")
MASKS = ("1", "2", "6", "12", "512", "-8")
_UNITS = ("a", "b", "1", "7", "S", "sales", "Sales", r"\.", "@", " ", "É", "-")
_CLASSES = ("[ab]", "[^a]", "[0-9]", r"\d", r"\w", ".", "[a-zS]", r"\s", "(?i:s)", r"[^\W\d]")
_ANCHORS = ("^", "$", r"\z", r"\b", r"\B", r"\A", "(?=.)", "(?!a)", "(?=.*1)", "(?!.*b$)")
_BEYOND = ("(?<=a)", "(?<!b)", r"(?:(a|b)\1)", "(?>a*)", "(?<x>a)?(?(x)b|1)", "(?s:.)", "(?m:^)a")
_TIMES = ("?", "*", "+", "{2}", "{0,3}", "{1,2}", "*?", "??", "{3,}")


def pattern(chance: random.Random, depth: int = 2) -> str:
    """A pattern of .NET; one in eight holds what automata do not carry."""
    parts = []
    for _ in range(chance.randint(1, 3)):
        roll = chance.random()
        if depth and roll < 0.2:
            part = f"({pattern(chance, depth - 1)}|{pattern(chance, depth - 1)})"
        elif depth and roll < 0.3:
            part = f"(?:{pattern(chance, depth - 1)})"
        elif roll < 0.6:
            part = chance.choice(_UNITS)
            part = f"(?:{part})" if len(part) > 2 else part
        elif roll < 0.8:
            part = chance.choice(_CLASSES)
        elif roll < 0.98:
            parts.append(chance.choice(_ANCHORS))
            continue
        else:
            part = chance.choice(_BEYOND)
        parts.append(part + chance.choice(_TIMES) if chance.random() < 0.35 else part)
    found = "".join(parts)
    if depth == 2:
        roll = chance.random()
        if roll < 0.5:
            found = f"^{found}$" if roll < 0.25 else f"^(?:{found})"
        elif roll < 0.55:
            found = f"(?i){found}"
    return found


def clause(chance: random.Random) -> dict[str, object]:
    """A clause that is valid, on an attribute that its operator is for, or nearly so."""
    attribute = chance.choice(("s", "s", "s", "i", "b", "t", "t", "userPrincipalName"))
    kinds = {
        "i": ("number", "number", "text", "null", "mask"),
        "b": ("boolean", "boolean", "null", "text"),
        "t": ("text", "text", "null", "number", "boolean", "regex", "regex"),
    }.get(attribute, ("text", "text", "regex", "regex", "regex", "null", "number", "boolean"))
    kind = chance.choice(kinds)
    values: list[str] = []
    if kind == "number":
        operator = chance.choice(("Greater_Than", "Greater_Than_OR_EQUALS", "EQUALS", "NOT EQUALS"))
        values = [chance.choice(NUMBERS)]
    elif kind == "mask":
        operator, values = chance.choice(("&", "!&")), [chance.choice(MASKS)]
    elif kind == "boolean":
        operator = chance.choice(("IS TRUE", "IS FALSE"))
    elif kind == "null":
        operator = chance.choice(("IS NULL", "IS NOT NULL"))
    elif kind == "regex":
        operator = chance.choice(("REGEX MATCH", "NOT REGEX MATCH"))
        values = [pattern(chance)]
    else:
        operator = chance.choice(("EQUALS", "EQUALS", "NOT EQUALS", "Includes", "ENDS_WITH"))
        values = [chance.choice(("True", "False") if attribute == "b" else TEXTS)]
        if chance.random() < 0.1:
            values.append(chance.choice(TEXTS))
    return {
        "sourceOperandName": attribute,
        "operatorName": operator,
        "targetOperand": {"values": values} if values else None,
    }


def scope(chance: random.Random) -> dict[str, object]:
    """A scope, mostly with `groups` alone."""

    def groups(most: int) -> list[dict[str, object]]:
        return [
            {"name": "", "clauses": [clause(chance) for _ in range(chance.randint(1, 3))]}
            for _ in range(chance.randint(0, most))
        ]

    several = chance.random() < 0.2
    return {
        "groups": groups(3),
        "inputFilterGroups": groups(2) if several else [],
        "categoryFilterGroups": [],
    }


def changed(chance: random.Random, old: dict[str, object]) -> dict[str, object]:
    """The scope after somebody edited it: what pairs of filters look like."""
    groups = [
        {"name": "", "clauses": list(group["clauses"])}  # type: ignore[index, call-overload]
        for group in old["groups"]  # type: ignore[attr-defined]
    ]
    roll = chance.random()
    if not groups or roll < 0.25:
        groups.append({"name": "", "clauses": [clause(chance)]})
    elif roll < 0.5:
        group = chance.choice(groups)
        group["clauses"].insert(0, clause(chance))  # type: ignore[attr-defined]
    elif roll < 0.75:
        group = chance.choice(groups)
        at = chance.randrange(len(group["clauses"]))  # type: ignore[arg-type]
        group["clauses"][at] = clause(chance)  # type: ignore[index]
    elif len(groups) > 1:
        groups.pop(chance.randrange(len(groups)))
        groups.reverse()
    else:
        groups *= 2
    return {**old, "groups": groups}


def clauses_of(*scopes: dict[str, object]) -> list[dict[str, object]]:
    """Every clause of some scopes."""
    return [
        clause
        for each in scopes
        for groups in each.values()
        for group in groups  # type: ignore[attr-defined]
        for clause in group["clauses"]
    ]


def users(chance: random.Random, count: int, *scopes: dict[str, object]) -> list[dict[str, object]]:
    """Users whose values come from the operands, each of a kind that its attribute can have."""
    asked: dict[str, set[str]] = {}
    operands: dict[str, list[str]] = {}
    for each in clauses_of(*scopes):
        name = str(each["sourceOperandName"])
        asked.setdefault(name, set()).add(str(each["operatorName"]))
        values = (each["targetOperand"] or {"values": []})["values"]  # type: ignore[index]
        operands.setdefault(name, []).extend(values)
    return [
        {name: _value(chance, name, asked[name], operands[name]) for name in asked}
        for _ in range(count)
    ]


def _value(chance: random.Random, name: str, operators: set[str], operands: list[str]) -> object:
    kind = TYPES.get(name, "")
    if chance.random() < 0.15:
        return None
    tests = operators - {"IS NULL", "IS NOT NULL"}
    if kind == "Boolean" or (not kind and tests and tests <= {"IS TRUE", "IS FALSE"}):
        return chance.choice((True, False))
    if kind == "Integer" or tests & {"&", "!&"} or (kind != "String" and chance.random() < 0.2):
        numbers = [int(each) for each in operands if each.lstrip("-").isdigit()]
        base = chance.choice((*numbers, 0, 3))
        return base + chance.choice((-1, 0, 0, 1, 8, 512))
    roll = chance.random()
    if roll < 0.3 and operands:
        text = _text_of(chance, chance.choice(operands))
    elif roll < 0.6:
        text = chance.choice(TEXTS)
    else:
        text = "".join(chance.choice("ab17S @.-Éx\n") for _ in range(chance.randint(0, 5)))
    if chance.random() < 0.3:
        text = chance.choice(("Pre", "1", "")) + text + chance.choice(("", " ", "\n", "b"))
    return chance.choice((text, text.lower(), text.upper(), text))


def _text_of(chance: random.Random, operand: str) -> str:
    """The operand itself, or what a pattern may be found in."""
    for sign in "^$()?*+|\\":
        operand = operand.replace(sign, "")
    return operand[chance.randint(0, 1) :]
