"""Conditions made ready: names checked, facts filled in, and what remains is asked of things."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from provlint.declarative.expression_tests import attribute_named, nesting_of
from provlint.declarative.nouns import NOUNS
from provlint.declarative.nouns.expressions import argument_numbers, argument_place, argument_text
from provlint.declarative.operands import FactOperand, raise_if_no_pattern
from provlint.declarative.operators import OPERATORS, escape, holds, number_of, text_of
from provlint.declarative.published import DEEPEST
from provlint.validation import FaultError
from provlint.wording import alternatives, did_you_mean, quote

if TYPE_CHECKING:
    from provlint.declarative.nouns.noun import Noun, Thing, Value
    from provlint.declarative.operands import Operators
    from provlint.declarative.published import Calls, Condition, Contents
    from provlint.diagnostic import Place
    from provlint.validation import Path

Facts = Mapping[str, Any]
"""Facts by name: a value, or a tuple of values."""


class Judgement(NamedTuple):
    """Whether a condition holds for a thing, and what decided it.

    Attributes:
        holds: Whether it does.
        at: The field, or the key of the condition, that decided.
        place: Where that stands.
    """

    holds: bool
    at: str
    place: Callable[[], Place]


Check = Callable[["Thing"], Judgement]


class Compiler:
    """Makes conditions ready.

    Attributes:
        facts: What `{fact: …}` stands for.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def condition(self, condition: Condition, noun: Noun, path: Path, depth: int = 1) -> Check:
        """What a condition on a noun asks.

        Args:
            condition: The condition.
            noun: What the things are.
            path: Where it stands in the rule.
            depth: How many conditions are around it, with itself.

        Raises:
            FaultError: It asks for what is not there; the path leads to it.
        """
        if depth > DEEPEST:
            raise FaultError(
                f"conditions stand more than {DEEPEST} deep in one another",
                "make two rules of it",
                path,
            )
        (form,) = condition.forms()
        below = (*path, form)
        if form == "field":
            return self._field(condition, noun, path)
        if form in ("allOf", "anyOf"):
            parts = (condition.all_of if form == "allOf" else condition.any_of) or []
            checks = [
                self.condition(part, noun, (*below, index), depth + 1)
                for index, part in enumerate(parts)
            ]
            return _all_of(checks) if form == "allOf" else _any_of(checks)
        if form == "not":
            assert condition.not_ is not None
            return _not(self.condition(condition.not_, noun, below, depth + 1))
        if form in ("usesAttribute", "nested"):
            if noun.tree is None:
                raise _without_expression(noun, form, below)
            return (
                self._nested(condition, path) if form == "nested" else self._uses(condition, below)
            )
        if form not in noun.inside:
            if form == "calls":
                raise _without_expression(noun, form, below)
            known = [key for key in noun.inside if key != "calls"]
            raise FaultError(
                f"`{noun.name}` holds no `{form}`",
                f"it holds {alternatives(known, 'and')}" if known else "ask for a `field`",
                below,
            )
        if condition.calls is not None:
            return self._calls(condition.calls, below, depth)
        contents: Contents = getattr(condition, _attribute_of(form))
        return self._contents(contents, form, noun, below, depth)

    def _operators(self, condition: Operators, path: Path) -> Callable[[Value], bool]:
        """Whether all operators hold for a value."""
        tests = [
            (name, self._operand(name, operand, (*path, name)))
            for name, operand in condition.operators()
        ]
        sensitive = condition.case_sensitive
        return lambda value: all(
            holds(name, value, operand, case_sensitive=sensitive) for name, operand in tests
        )

    def _operand(self, name: str, operand: Any, path: Path) -> Any:
        takes = OPERATORS[name].takes
        if isinstance(operand, FactOperand):
            operand = self._fact(operand, path, literally=takes == "pattern")
            if isinstance(operand, tuple) and takes in ("value", "number"):
                raise FaultError(
                    f"a fact with several values stands after `{name}`",
                    "write `in`, or give the fact one value",
                    path,
                )
            if takes == "list" and not isinstance(operand, tuple):
                operand = (operand,)
            if takes == "pattern":
                raise_if_no_pattern(operand, path)
        if takes == "number" and number_of(operand) is None:
            raise FaultError(
                f"{quote(text_of(operand))} stands after `{name}`; expected a number",
                "write a number without quotation marks",
                path,
            )
        return operand

    def _fact(self, operand: FactOperand, path: Path, *, literally: bool) -> Any:
        """The values of a fact; `literally`, so that a pattern finds them as they are."""
        if operand.fact not in self.facts:
            raise FaultError(
                f"there is no fact {quote(operand.fact)}",
                did_you_mean(operand.fact, self.facts)
                or f"add `{operand.fact}` to `facts:` of this file, or to `[facts]` of the"
                " configuration file",
                (*path, "fact"),
            )
        fact = self.facts[operand.fact]
        keep = escape if literally else text_of
        if not (operand.prefix or operand.suffix or literally):
            return fact

        def around(value: Any) -> str:
            return operand.prefix + keep(value) + operand.suffix

        return tuple(map(around, fact)) if isinstance(fact, tuple) else around(fact)

    def _field(self, condition: Condition, noun: Noun, path: Path) -> Check:
        name = condition.field
        assert name is not None
        field = noun.field(name)
        if field is None:
            raise unknown_field(noun, name, (*path, "field"))
        for operator, _ in condition.operators():
            if field.kind == "list" and operator in ("equals", "notEquals"):
                raise FaultError(
                    f"`{name}` is a list, and `{operator}` asks for one value",
                    "write `contains` or `notContains`, or `in` with all values that may be there",
                    (*path, operator),
                )
            if field.kind != "list" and operator == "count":
                raise FaultError(
                    f"`{name}` is no list, so its items cannot be counted",
                    "write `length` for the characters of a text",
                    (*path, operator),
                )
        test = self._operators(condition, path)
        return lambda thing: Judgement(test(thing.value(name)), name, lambda: thing.place(name))

    def _uses(self, condition: Condition, path: Path) -> Check:
        wanted = self._operand("contains", condition.uses_attribute, path)
        names = {text_of(name) for name in (wanted if isinstance(wanted, tuple) else (wanted,))}

        def check(thing: Thing) -> Judgement:
            place = attribute_named(thing, names)
            return Judgement(place is not None, "expression", lambda: place or thing.place())

        return check

    def _nested(self, condition: Condition, path: Path) -> Check:
        function = condition.nested or ""
        test = self._operators(condition, path)

        def check(thing: Thing) -> Judgement:
            depth, place = nesting_of(thing, function)
            return Judgement(test(depth), "expression", lambda: place or thing.place())

        return check

    def _contents(self, contents: Contents, key: str, noun: Noun, path: Path, depth: int) -> Check:
        where = None
        if contents.where is not None:
            inner = NOUNS[noun.inside[key][0]]
            where = self.condition(contents.where, inner, (*path, "where"), depth + 1)

        def check(thing: Thing) -> Judgement:
            found = [each for each in thing.inside(key) if where is None or where(each).holds]
            return _counted(found, contents.count, key, thing, lambda each: each.place())

        return check

    def _calls(self, calls: Calls, path: Path, depth: int) -> Check:
        where = None
        if calls.where is not None:
            noun = NOUNS["functionCall"]
            where = self.condition(calls.where, noun, (*path, "where"), depth + 1)
        test = self._operators(calls, path)
        chosen = calls.argument
        function = None
        if calls.function is not None:
            function = self._operand("contains", calls.function, (*path, "function"))

        def passing(call: Thing) -> str | None:
            numbers = argument_numbers(call.unit, chosen) if chosen is not None else ()
            return next((each for each in numbers if test(argument_text(call.unit, each))), None)

        def fits(call: Thing) -> bool:
            if function is not None and not holds(
                "like", call.unit.call.name, function, case_sensitive=False
            ):
                return False
            if chosen is not None and passing(call) is None:
                return False
            return where is None or where(call).holds

        def place(call: Thing) -> Place:
            number = passing(call)
            return call.place() if number is None else argument_place(call.unit, number)

        def check(thing: Thing) -> Judgement:
            found = [each for each in thing.inside("calls") if fits(each)]
            return _counted(found, calls.count, "calls", thing, place)

        return check


def unknown_field(noun: Noun, name: str, path: Path) -> FaultError:
    """The fault that a noun has no such field."""
    return FaultError(f"`{noun.name}` has no field {quote(name)}", noun.hint(name), path)


def _without_expression(noun: Noun, form: str, path: Path) -> FaultError:
    having = [each.name for each in NOUNS.values() if each.tree is not None]
    return FaultError(
        f"`{form}` asks about an expression, and `{noun.name}` has none",
        f"write it in a rule for {alternatives(having)}",
        path,
    )


def _attribute_of(form: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in form)


def _counted(
    found: Sequence[Thing], count: Any, at: str, thing: Thing, place: Callable[[Thing], Place]
) -> Judgement:
    """Whether so many things were found as were asked for, at least one if nothing was."""
    wanted = {"greaterOrEquals": 1} if count is None else count
    enough = holds("count", tuple("" for _ in found), wanted, case_sensitive=True)
    return Judgement(enough, at, lambda: place(found[-1]) if found else thing.place())


def _all_of(checks: Sequence[Check]) -> Check:
    def check(thing: Thing) -> Judgement:
        judgements = []
        for each in checks:
            judgements.append(each(thing))
            if not judgements[-1].holds:
                return judgements[-1]
        return judgements[0]

    return check


def _any_of(checks: Sequence[Check]) -> Check:
    def check(thing: Thing) -> Judgement:
        judgements = []
        for each in checks:
            judgements.append(each(thing))
            if judgements[-1].holds:
                return judgements[-1]
        return judgements[0]

    return check


def _not(inner: Check) -> Check:
    def check(thing: Thing) -> Judgement:
        judgement = inner(thing)
        return judgement._replace(holds=not judgement.holds)

    return check
