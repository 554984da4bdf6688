"""Branches that nothing reaches, and tables that say the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import NOTE, WARNING, Related
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.printer import equal, print_expression
from provlint_grammar.syntax import Call, Comparison, Invalid, Number, Omitted, Text, calls, walk
from provlint_rules import sources
from provlint_rules.expression.inferred import known, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit, ExpressionUnit
    from provlint.semantics.inference import Inference
    from provlint_grammar.syntax import Expression

SETTLED = RuleInfo(
    "PL346", "settled-condition", "An inner condition is settled by what stands around it",
    WARNING, sources.FUNCTIONS + "#iif",
)  # fmt: skip
SAME_RESULTS = RuleInfo(
    "PL347", "equal-switch-results", "A Switch gives the same for every key and without one",
    WARNING, sources.FUNCTIONS + "#switch",
)  # fmt: skip
CASE_KEYS = RuleInfo(
    "PL348", "keys-differing-in-case", "Keys of a Switch differ in their capitals only", NOTE,
    sources.FUNCTIONS + "#switch", profile="strict", confidence="medium",
)  # fmt: skip

FACT_LIMIT = 100
"""Conditions around a place that are remembered."""
_CHANGING = frozenset({"guid", "now", "randomstring"})


class Test(NamedTuple):
    """A condition: `subject operator constant`; `holds` for one that is no such comparison."""

    subject: str
    operator: str
    constant: str
    node: Expression
    number: bool


class Fact(NamedTuple):
    """What is known of a test inside a branch."""

    test: Test
    truth: bool


def settled(unit: ExpressionUnit) -> Iterator[Finding]:
    """A nested IIF that asks again what an outer IIF or Switch has decided."""
    if unit.tree is None:
        return
    names = [call.name.lower() for call in calls(unit.tree)]
    if "iif" not in names or names.count("iif") + names.count("switch") < 2:
        return
    if any(isinstance(node, Invalid) for node in walk(unit.tree)):
        return
    inference = known(unit)
    stack: list[tuple[Expression, tuple[Fact, ...]]] = [(unit.tree, ())]
    while stack:
        node, facts = stack.pop()
        if isinstance(node, Comparison):
            stack.extend(((node.left, facts), (node.right, facts)))
        if not isinstance(node, Call):
            continue
        name, arguments = node.name.lower(), node.arguments
        if name == "iif" and len(arguments) == 3:
            test, positive = _test(arguments[0], inference)
            for fact in facts if test is not None else ():
                assert test is not None
                decided = _decided(fact, test)
                if decided is not None:
                    yield _finding(unit, arguments[0], fact, decided is positive)
                    break
            stack.append((arguments[0], facts))
            for branch, truth in ((arguments[1], positive), (arguments[2], not positive)):
                more = () if test is None else (Fact(test, truth),)
                stack.append((branch, (*facts, *more)[-FACT_LIMIT:]))
        elif name == "switch" and len(arguments) >= 4 and len(arguments) % 2 == 0:
            stack.append((arguments[0], facts))
            stack.extend(_branches(arguments, facts, inference))
        else:
            stack.extend((argument, facts) for argument in arguments)


def _branches(
    arguments: tuple[Expression, ...], facts: tuple[Fact, ...], inference: Inference
) -> Iterator[tuple[Expression, tuple[Fact, ...]]]:
    """The values of a Switch, each with what its key says."""
    missed = []
    for key, value in zip(arguments[2::2], arguments[3::2], strict=True):
        test = _equality("=", arguments[0], key, inference)
        if test is None:
            yield value, facts
        else:
            yield value, (*facts, Fact(test, True))[-FACT_LIMIT:]
            missed.append(Fact(test, False))
    yield arguments[1], (*facts, *missed)[-FACT_LIMIT:]


def _finding(unit: ExpressionUnit, condition: Expression, fact: Fact, holds: bool) -> Finding:
    outer = fact.test.node
    outcome = "true" if holds else "false"
    return Finding(
        f"{quote(written(unit, condition))} is always {outcome} here, because"
        f" {quote(written(unit, outer))} decided it",
        f"write the {'first' if holds else 'second'} branch alone, or correct the condition",
        unit.place(*condition.span),
        related=(Related("decided here", unit.place(*outer.span)),),
    )


def _test(node: Expression, inference: Inference) -> tuple[Test | None, bool]:
    """A condition in its plain form, and whether it is meant as it stands or negated."""
    positive = True
    while isinstance(node, Call) and node.name.lower() == "not" and len(node.arguments) == 1:
        node, positive = node.arguments[0], not positive
    if any(isinstance(each, Call) and each.name.lower() in _CHANGING for each in walk(node)):
        return None, positive
    if isinstance(node, Comparison):
        test = _equality(node.operator, node.left, node.right, inference)
        return (test._replace(node=node) if test else _whole(node)), positive
    if isinstance(node, Call) and len(node.arguments) == 1:
        function = node.name.lower()
        if function in ("ispresent", "isnullorempty"):
            subject = print_expression(node.arguments[0])
            test = Test(subject, "present", "", node, False)
            return test, positive is (function == "ispresent")
    return _whole(node), positive


def _whole(node: Expression) -> Test:
    return Test(print_expression(node), "holds", "", node, False)


def _equality(
    operator: str, left: Expression, right: Expression, inference: Inference
) -> Test | None:
    """A comparison with a constant; "" is left out, for which equality is not documented."""
    constant = right.value if isinstance(right, Text) else None
    if isinstance(right, Number):
        constant = right.text
    if not constant or isinstance(left, (Text, Number)):
        return None
    if any(isinstance(each, Call) and each.name.lower() in _CHANGING for each in walk(left)):
        return None
    number = inference.of(left).type == "number"
    return Test(print_expression(left), operator, constant, right, number)


def _decided(fact: Fact, test: Test) -> bool | None:
    """What a fact says of a test; None where it leaves it open.

    A comparison with null fails whatever its operator, so the contrary of `=` does not hold
    where `=` fails.
    """
    other = fact.test
    if other.subject != test.subject:
        return None
    if (other.operator, other.constant) == (test.operator, test.constant):
        return fact.truth
    if other.operator == "=" and fact.truth:
        if test.operator == "present":
            return True
        if test.operator in ("=", "<>"):
            if test.number and _number(other.constant) == _number(test.constant):
                return None
            same = other.constant == test.constant
            if not same and other.constant.lower() == test.constant.lower():
                return None
            return same is (test.operator == "=")
    if other.operator == "<>" and fact.truth:
        if test.operator == "=" and other.constant == test.constant:
            return False
        return True if test.operator == "present" else None
    if other.operator == "present" and not fact.truth:
        return False if test.operator in ("=", "<>") else None
    return _ordered(fact, test) if test.number else None


def _number(text: str) -> int | None:
    digits = text.strip().removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def _range(operator: str, value: int) -> tuple[int | None, int | None]:
    """The whole numbers that a comparison lets through, as bounds that are included."""
    return {
        "=": (value, value), ">": (value + 1, None), ">=": (value, None),
        "<": (None, value - 1), "<=": (None, value),
    }.get(operator, (None, None))  # fmt: skip


_CONTRARY = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}


def _ordered(fact: Fact, test: Test) -> bool | None:
    """The same for whole numbers, which are never null."""
    bound, value = _number(fact.test.constant), _number(test.constant)
    operator = fact.test.operator if fact.truth else _CONTRARY.get(fact.test.operator)
    if bound is None or value is None or operator is None:
        return None
    low, high = _range(operator, bound)
    least, greatest = _range(test.operator, value)
    if (low, high) == (None, None) or (least, greatest) == (None, None):
        return None
    above = least is not None and high is not None and high < least
    below = greatest is not None and low is not None and low > greatest
    if above or below:
        return False
    inside = (least is None or (low is not None and low >= least)) and (
        greatest is None or (high is not None and high <= greatest)
    )
    return True if inside else None


def equal_results(unit: CallUnit) -> Iterator[Finding]:
    """All values and the default alike: usually one of them was meant to be another."""
    arguments = unit.call.arguments
    if len(arguments) < 4 or len(arguments) % 2:
        return
    default, values = arguments[1], arguments[3::2]
    if isinstance(default, (Omitted, Invalid)):
        return
    if all(equal(default, value) for value in values):
        yield Finding(
            f"this `Switch` gives {quote(unit.text(default))} whatever its source is",
            "write the value without `Switch`, or correct one of them",
            unit.place(values[-1]),
            related=(Related("the default", unit.place(default)),),
        )


def case_keys(unit: CallUnit) -> Iterator[Finding]:
    """Keys mind case; a table with both spellings and different values is seldom meant."""
    arguments = unit.call.arguments
    if len(arguments) < 4 or len(arguments) % 2:
        return
    seen: dict[str, tuple[Text, Expression]] = {}
    for key, value in zip(arguments[2::2], arguments[3::2], strict=True):
        if not isinstance(key, Text):
            continue
        other, result = seen.setdefault(key.value.lower(), (key, value))
        if other.value != key.value and not equal(result, value):
            yield Finding(
                f"key {quote(key.value)} differs from {quote(other.value)} in its capitals only,"
                " and gives another value",
                "lower the source with `ToLower`, and keep one key in small letters",
                unit.place(key),
                related=(Related("the other key", unit.place(other)),),
            )


_SWITCH = frozenset({"Switch"})

RULES = (
    Rule(SETTLED, "expression", settled),
    Rule(SAME_RESULTS, "call", equal_results, _SWITCH),
    Rule(CASE_KEYS, "call", case_keys, _SWITCH),
)
