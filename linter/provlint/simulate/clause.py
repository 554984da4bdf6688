"""One clause of a scoping filter against one value.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from provlint.semantics.attribute_values import (
    GUEST_MARK,
    guest_home_name,
    is_empty,
    provisioned_text,
    whole_number,
)
from provlint.semantics.filter_clauses import PlainClause, defect_of, matches
from provlint.simulate import readings
from provlint.simulate.readings import DEFAULTS
from provlint_grammar.scoping_filter.operators import find_operator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from provlint_grammar.scoping_filter.operators import Operator

UNKNOWN = None
"""The result of a test that cannot be decided."""


class Choices:
    """The options that a decision is taken with, and the readings that it met.

    Attributes:
        options: Option by key of `READINGS`.
        key: The same for comparison.
        met: Keys of the readings that the decision looked up.
    """

    __slots__ = ("key", "met", "options")

    def __init__(self, options: Mapping[str, str] = DEFAULTS) -> None:
        self.options = options
        self.key = tuple(options.values())
        self.met: dict[str, None] = {}

    def __getitem__(self, key: str) -> str:
        self.met[key] = None
        return self.options[key]


class ClauseTest:
    """A clause made ready to run.

    Attributes:
        attribute: Name of the source attribute.
        spelling: The operator as the configuration has it.
        values: The operands.
        operator: What the catalogue knows of the operator, or None.
        defect: Why the clause is invalid, in words; empty where it is not.
    """

    __slots__ = ("attribute", "compare", "defect", "operator", "spelling", "values")

    def __init__(self, attribute: str, spelling: str, values: tuple[str, ...]) -> None:
        self.attribute = attribute
        self.spelling = spelling
        self.operator = find_operator(spelling)
        self.values = () if self.operator is not None and _is_unary(self.operator) else values
        self.defect = defect_of(PlainClause(attribute, spelling, self.values), self.operator)
        self.compare = _comparison(self.operator) if self.operator is not None else None

    @property
    def negative(self) -> bool:
        """Whether the operator tests that something is not so."""
        return self.operator is not None and self.operator.negative

    def run(
        self, value: object, type_name: str | None, choices: Choices, *, null_key: str
    ) -> bool | None:
        """Whether a value passes; None where that cannot be decided.

        Args:
            value: The value of the attribute: None, text, Boolean, number or list of them.
            type_name: Type of the attribute by the schema, if it is known.
            choices: How to read what is open.
            null_key: The reading that settles empty values.
        """
        operator = self.operator
        if operator is None or self.compare is None:
            return {"true": True, "false": False}.get(choices[readings.UNDOCUMENTED])
        if self._is_guest_name(value) and choices[readings.GUEST_NAME] == "home":
            value = guest_home_name(str(value))
        if not is_empty(value) and _is_blank(value) and choices[readings.BLANK] == "empty":
            value = None
        if is_empty(value):
            return self._on_empty(operator, choices, null_key)
        if isinstance(value, (list, tuple)):
            return self._on_list(value, type_name, choices)
        return self._on_value(value, type_name, choices)

    def _is_guest_name(self, value: object) -> bool:
        return (
            self.attribute == "userPrincipalName" and isinstance(value, str) and GUEST_MARK in value
        )

    def _on_empty(self, operator: Operator, choices: Choices, null_key: str) -> bool | None:
        documented = operator.null_documented
        if operator.null_negatives_true == documented:
            return documented == "true"
        lenient = choices[null_key] == readings.NEGATIVES_TRUE
        return (operator.null_negatives_true if lenient else documented) == "true"

    def _on_list(
        self, values: Sequence[object], type_name: str | None, choices: Choices
    ) -> bool | None:
        kept = [value for value in values if not is_empty(value)]
        option = choices[readings.MULTIVALUED]
        if option == "false":
            return False
        results = [self._on_value(value, type_name, choices) for value in kept]
        return conjunction(results) if option == "all" else disjunction(results)

    def _on_value(self, value: object, type_name: str | None, choices: Choices) -> bool | None:
        assert self.compare is not None
        if isinstance(value, dict):
            return UNKNOWN
        if len(self.values) < 2:
            return self.compare(
                self, value, self.values[0] if self.values else "", type_name, choices
            )
        option = choices[readings.SEVERAL_VALUES]
        if option == "first":
            return self.compare(self, value, self.values[0], type_name, choices)
        results = [self.compare(self, value, item, type_name, choices) for item in self.values]
        # A list of excluded values reads as "none of them", the opposite of "one of them".
        return (
            conjunction(results) if (option == "all") is not self.negative else disjunction(results)
        )


def conjunction(results: Sequence[bool | None]) -> bool | None:
    """AND over true, false and undecided."""
    if any(result is False for result in results):
        return False
    return None if any(result is None for result in results) else True


def disjunction(results: Sequence[bool | None]) -> bool | None:
    """OR over true, false and undecided."""
    if any(result is True for result in results):
        return True
    return None if any(result is None for result in results) else False


def _is_unary(operator: Operator) -> bool:
    return operator.arity == "unary"


def _is_blank(value: object) -> bool:
    if isinstance(value, (list, tuple)):
        return all(_is_blank(item) for item in value if item is not None)
    return isinstance(value, str) and not value.strip()


def _comparison(
    operator: Operator,
) -> Callable[[ClauseTest, object, str, str | None, Choices], bool | None] | None:
    """How to run an operator: its own test, or the opposite of that of its positive twin."""
    found = _TESTS.get(operator.name)
    if found is not None:
        return _typed(operator, found)
    twin = _TESTS.get(operator.opposite)
    if twin is None:
        return None

    def opposite(test: ClauseTest, value: object, operand: str, choices: Choices) -> bool | None:
        result = twin(test, value, operand, choices)
        return None if result is None else not result

    return _typed(operator, opposite)


def _typed(
    operator: Operator, run: Callable[[ClauseTest, object, str, Choices], bool | None]
) -> Callable[[ClauseTest, object, str, str | None, Choices], bool | None]:
    """Settle the type of the value before the test runs."""
    convert = _CONVERSIONS.get(operator.operand if operator.operand != "none" else operator.name)

    def typed(
        test: ClauseTest, value: object, operand: str, type_name: str | None, choices: Choices
    ) -> bool | None:
        if convert is not None:
            converted = convert(value, type_name, choices)
            if converted is None:
                return UNKNOWN if operator.operand == "mask" else False
            return run(test, converted, operand, choices)
        type_name = type_name or ("Boolean" if isinstance(value, bool) else None)
        if type_name in operator.refused_types and choices[readings.REFUSED_TYPE] == "false":
            return False
        return run(test, value, operand, choices)

    return typed


def _as_number(value: object, type_name: str | None, choices: Choices) -> int | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and type_name != "String":
        return value
    number = whole_number(provisioned_text(value))
    if number is None or type_name == "Integer":
        return number
    return number if choices[readings.NUMBER_AS_TEXT] == "parsed" else None


def _as_boolean(value: object, type_name: str | None, choices: Choices) -> bool | None:
    if isinstance(value, bool) and type_name in (None, "Boolean"):
        return value
    spelled = {"true": True, "false": False}.get(provisioned_text(value).lower())
    if spelled is None or type_name == "Boolean":
        return spelled
    return spelled if choices[readings.BOOLEAN_AS_TEXT] == "parsed" else None


_CONVERSIONS: Mapping[str, Callable[[object, str | None, Choices], object]] = {
    "integer": _as_number,
    "mask": _as_number,
    "IS TRUE": _as_boolean,
    "IS FALSE": _as_boolean,
}


def _is_true(_: ClauseTest, value: object, __: str, ___: Choices) -> bool:
    return value is True


def _is_null(_: ClauseTest, __: object, ___: str, ____: Choices) -> bool:
    return False


def _equals(_: ClauseTest, value: object, operand: str, choices: Choices) -> bool:
    text = provisioned_text(value)
    if text == operand:
        return True
    if not _are_equivalent(text, operand, isinstance(value, int)):
        return False
    return choices[readings.EQUALITY] == "equivalent"


def _are_equivalent(text: str, operand: str, number: bool) -> bool:
    if number and whole_number(operand) is not None:
        return whole_number(text) == whole_number(operand)
    if text.isascii() and operand.isascii():
        return False
    return normalize("NFC", text) == normalize("NFC", operand)


def _includes(_: ClauseTest, value: object, operand: str, __: Choices) -> bool:
    return operand in provisioned_text(value)


def _ends_with(_: ClauseTest, value: object, operand: str, choices: Choices) -> bool:
    text = provisioned_text(value)
    if text.endswith(operand):
        return True
    if text.lower().endswith(operand.lower()):
        return choices[readings.TAIL_CASE] == "ignored"
    if text.isascii() and operand.isascii():
        return False
    equivalent = normalize("NFC", text).endswith(normalize("NFC", operand))
    return equivalent and choices[readings.EQUALITY] == "equivalent"


def _regex_match(_: ClauseTest, value: object, operand: str, choices: Choices) -> bool | None:
    text = provisioned_text(value)
    found = matches(operand, text)
    if found is False or choices[readings.REGEX] == "search":
        return found
    return matches(operand, text, whole=True)


def _greater_than(_: ClauseTest, value: object, operand: str, __: Choices) -> bool:
    number = whole_number(operand)
    return isinstance(value, int) and number is not None and value > number


def _greater_than_or_equals(_: ClauseTest, value: object, operand: str, __: Choices) -> bool:
    number = whole_number(operand)
    return isinstance(value, int) and number is not None and value >= number


def _shares_bits(_: ClauseTest, value: object, operand: str, choices: Choices) -> bool | None:
    number = whole_number(operand)
    if not isinstance(value, int) or number is None or choices[readings.MASK] == "text":
        return UNKNOWN
    return value & number != 0


_TESTS: Mapping[str, Callable[[ClauseTest, object, str, Choices], bool | None]] = {
    "EQUALS": _equals,
    "IS TRUE": _is_true,
    "IS NULL": _is_null,
    "REGEX MATCH": _regex_match,
    "Greater_Than": _greater_than,
    "Greater_Than_OR_EQUALS": _greater_than_or_equals,
    "Includes": _includes,
    "ENDS_WITH": _ends_with,
    "&": _shares_bits,
}
"""The tests of the catalogue's operators; a negative operator is the opposite of its twin."""
