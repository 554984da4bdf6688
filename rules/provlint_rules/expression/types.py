"""Results that do not fit the target attribute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.diagnostic import NOTE, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.syntax import (
    Attribute,
    Call,
    Omitted,
    Text,
)
from provlint_rules import sources
from provlint_rules.expression.inferred import of, results, type_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.diagnostic import Place, Severity
    from provlint.semantics.configuration import AttributeMappingUnit, ExpressionUnit
    from provlint_grammar.syntax import Expression

DATE_AS_TEXT = RuleInfo(
    "PL349", "date-as-text", "A date is written to the target as US-style text", WARNING,
    sources.FUNCTIONS + "#formatdatetime",
)  # fmt: skip
UNFIT_VALUE = RuleInfo(
    "PL350", "value-outside-target", "A result is none of the values that the target takes",
    WARNING, sources.ATTRIBUTE_DEFINITION,
)  # fmt: skip


ATTRIBUTE_IN_PATH = RuleInfo(
    "PL370", "attribute-in-path", "A container is named by an attribute as it stands", NOTE,
    "https://learn.microsoft.com/previous-versions/windows/desktop/ldap/distinguished-names",
    profile="strict",
)  # fmt: skip


class Closed(NamedTuple):
    """The values that a target attribute takes.

    Attributes:
        kind: `words`, `letters` (two of them), `digits` or `path` (of a directory).
        words: The values, where `kind` is `words`.
        case: Whether capitals count.
        source: The Microsoft page that says so.
    """

    kind: str
    words: tuple[str, ...]
    case: bool
    source: str


_SCHEMA = "https://learn.microsoft.com/windows/win32/adschema/"

CLOSED: dict[tuple[str, str], Closed] = {
    ("active-directory", "c"): Closed("letters", (), False, _SCHEMA + "a-c"),
    ("active-directory", "countrycode"): Closed("digits", (), False, _SCHEMA + "a-countrycode"),
    ("active-directory", "msexchhidefromaddresslists"): Closed(
        "words", ("TRUE", "FALSE"), True, sources.WORKDAY_EXPRESSIONS
    ),
    ("active-directory", "parentdistinguishedname"): Closed(
        "path",
        (),
        False,
        "https://learn.microsoft.com/entra/identity/saas-apps/workday-inbound-tutorial",
    ),
    ("entra", "usertype"): Closed(
        "words",
        ("Member", "Guest"),
        False,
        "https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/how-to-map-usertype",
    ),
    ("entra", "usagelocation"): Closed(
        "letters", (), False, "https://learn.microsoft.com/graph/api/resources/user"
    ),
}
"""Target system and attribute in lower case to what it takes."""

_NAME = ' ,;:()<>[]\\"'
REFUSED: dict[tuple[str, str], tuple[str, str]] = {
    ("active-directory", "samaccountname"): (
        '"/\\[]:;|=,+*?<>',
        _SCHEMA + "a-samaccountname",
    ),
    ("active-directory", "userprincipalname"): (_NAME, sources.USER_PRINCIPAL_NAME),
    ("entra", "userprincipalname"): (_NAME, sources.USER_PRINCIPAL_NAME),
    ("entra", "mailnickname"): (
        "@" + _NAME,
        "https://learn.microsoft.com/graph/api/resources/user",
    ),
}
"""Target system and attribute in lower case to the characters that it refuses, and who says so."""

_KEEPING = {"join": None, "append": None, "left": 1, "tolower": 1, "toupper": 1,
            "normalizediacritics": 1}  # fmt: skip
"""Functions, in lower case, that hand on the characters of their first arguments, or of all."""

_BY_TYPE = {
    "Boolean": Closed("words", ("True", "False"), False, sources.ATTRIBUTE_DEFINITION),
    "Integer": Closed("digits", (), False, sources.ATTRIBUTE_DEFINITION),
}

_KINDS = {"letters": "a code of two letters", "digits": "a number in digits",
          "path": "a distinguished name such as `OU=Staff,DC=contoso,DC=com`"}  # fmt: skip
_WRONG = {"words": ("date", "number"), "letters": ("date", "number", "boolean"),
          "digits": ("date", "boolean"), "path": ("date", "number", "boolean")}  # fmt: skip
"""Types whose results are never of a kind."""


def date_as_text(unit: ExpressionUnit) -> Iterator[Finding]:
    """CDate, DateAdd, DateFromNum and Now print `M/d/yyyy h:mm:ss tt`."""
    target = unit.attribute_mapping.mapping.target_attribute_name
    if not target or unit.tree is None:
        return
    for node in results(unit.tree):
        if isinstance(node, Call) and type_of(unit, node) == "date":
            yield Finding(
                f"{quote(node.name)} writes a date such as `3/16/2026 7:00:00 AM` into"
                f" {quote(target)}",
                'wrap it: `FormatDateTime(…, , "M/d/yyyy h:mm:ss tt", "yyyy-MM-dd")`',
                unit.place(*node.name_span),
            )


def _closed(unit: AttributeMappingUnit) -> Closed | None:
    system, name = unit.parent.rule.target_system, unit.mapping.target_attribute_name
    found = CLOSED.get((system, name.lower()))
    if found is not None:
        return found
    definition = unit.target
    if definition is None or definition.multivalued:
        return None
    return _BY_TYPE.get(definition.type)


def unfit_value(mapping: AttributeMappingUnit) -> Iterator[Finding]:
    """Booleans, numbers, country codes, `userType` and the like take a closed set of values."""
    closed = _closed(mapping)
    if closed is None:
        yield from _empty_text(mapping)
        yield from _refused(mapping)
        return
    unit, source = mapping.expression, mapping.mapping.source
    if mapping.mapping.default_value:
        place = mapping.place("defaultValue")
        yield from _unfit_constant(mapping, closed, "default value", place)
    if unit is None:
        if source is not None and source.type == "Constant" and source.name:
            yield from _unfit_constant(mapping, closed, "constant", mapping.source_place)
        yield from _other_form(mapping, closed, mapping.source_attribute, mapping.source_place)
    elif unit.tree is not None:
        for node in results(unit.tree):
            yield from _unfit_result(mapping, unit, closed, node)


def _takes(mapping: AttributeMappingUnit, closed: Closed) -> tuple[str, str]:
    """What the target attribute takes, to end a message, and the help."""
    name = mapping.mapping.target_attribute_name
    takes = _KINDS.get(closed.kind) or " or ".join(quote(word) for word in closed.words)
    return f"and target attribute {quote(name)} takes {takes}", f"give {takes}; see {closed.source}"


def _unfit_constant(
    mapping: AttributeMappingUnit, closed: Closed, what: str, place: Place
) -> Iterator[Finding]:
    value = (mapping.mapping.default_value if what == "default value" else None) or ""
    if what == "constant" and mapping.mapping.source is not None:
        value = mapping.mapping.source.name or ""
    if not _fits(closed, value):
        takes, advice = _takes(mapping, closed)
        severity = _severity(closed, value)
        yield Finding(f"the {what} is {quote(value)}, {takes}", advice, place, severity=severity)
    elif closed.kind == "path":
        from provlint.semantics.distinguished_names import fault

        found = fault(value)
        if found is not None:
            yield Finding(found.message, found.advice(), place)


def _unfit_result(
    mapping: AttributeMappingUnit, unit: ExpressionUnit, closed: Closed, node: Expression
) -> Iterator[Finding]:
    takes, advice = _takes(mapping, closed)
    place = unit.place(*node.span)
    if isinstance(node, Omitted):
        return
    if isinstance(node, Attribute):
        yield from _other_form(mapping, closed, node.name, place)
        return
    if closed.kind == "path" and isinstance(node, (Call, Text)):
        from provlint_rules.expression.paths import broken

        yield from broken(unit, node)
    found = of(unit, node)
    values = (node.value,) if isinstance(node, Text) else found.values or ()
    if found.type in _WRONG[closed.kind]:
        from provlint.semantics.inference import article

        gives = f"{quote(written(unit, node))} gives {article(found.type)}"
        yield Finding(f"{gives}, {takes}", advice, place)
        return
    longest = found.maximum_length
    if closed.kind == "letters" and not values and longest is not None and longest < 2:
        yield Finding(
            f"{quote(written(unit, node))} has {longest} character, {takes}", advice, place
        )
    for value in values:
        if value and not _fits(closed, value):
            severity = _severity(closed, value)
            yield Finding(f"{_gives(unit, node, value)}, {takes}", advice, place, severity=severity)


_NAMES_OF_COUNTRIES = sources.WORKDAY_ATTRIBUTES
FORMS: dict[tuple[str, str], tuple[str, str, str]] = {
    ("workday", "CountryReference"): ("three letters", "", _NAMES_OF_COUNTRIES),
    ("workday", "CountryReferenceFriendly"): ("the name of a country", "", _NAMES_OF_COUNTRIES),
    ("workday", "CountryReferenceNumeric"): ("three digits", "digits", _NAMES_OF_COUNTRIES),
    ("workday", "CountryReferenceTwoLetter"): ("two letters", "letters", _NAMES_OF_COUNTRIES),
    ("entra", "usageLocation"): (
        "two letters", "letters", "https://learn.microsoft.com/graph/api/resources/user",
    ),
}  # fmt: skip
"""Source system and attribute to its form, the kind of target that it fits, and who says so."""


def _other_form(
    mapping: AttributeMappingUnit, closed: Closed, name: str | None, place: Place
) -> Iterator[Finding]:
    """An attribute of which Microsoft says that it holds the other code of a country."""
    known = FORMS.get((mapping.parent.rule.source_system, name or ""))
    if known is None or closed.kind not in ("letters", "digits") or known[1] == closed.kind:
        return
    form, _, source = known
    takes, _ = _takes(mapping, closed)
    yield Finding(
        f"{quote(name or '')} holds {form}, {takes}",
        f"map the attribute that holds {_KINDS[closed.kind]}; see {source}",
        place,
    )


def _severity(closed: Closed, value: str) -> Severity | None:
    """Some applications take 0 and 1 for a Boolean."""
    return NOTE if closed.kind == "words" and value in ("0", "1") else None


def _refused(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """A blank or a plus that the expression itself puts into a name."""
    name, expression = unit.mapping.target_attribute_name, unit.expression
    known = REFUSED.get((unit.parent.rule.target_system, name.lower()))
    if known is None or expression is None or expression.tree is None:
        return
    characters, source = known
    stack = list(results(expression.tree))
    while stack:
        node = stack.pop()
        if isinstance(node, Call) and node.name.lower() in _KEEPING:
            given = [each for each in node.arguments if not isinstance(each, Omitted)]
            separates = node.name.lower() == "join" and len(given) < 3
            stack.extend(given[1:] if separates else given[: _KEEPING[node.name.lower()]])
        elif isinstance(node, Text):
            bad = next((each for each in node.value if each in characters), None)
            if bad is not None:
                shown = "a blank" if bad == " " else quote(bad)
                yield Finding(
                    f"the result holds {shown}, which target attribute {quote(name)} refuses",
                    f"leave it out, or write another; see {source}",
                    expression.place(*node.span),
                )


def _empty_text(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Active Directory takes no empty text: `InvalidAttributeSyntax` fails the whole user."""
    rule, expression = unit.parent.rule, unit.expression
    if not rule.from_hr or rule.target_system != "active-directory":
        return
    tree = None if expression is None else expression.tree
    kept_out = isinstance(tree, Call) and tree.name.lower() == "ignoreflowifnullorempty"
    if expression is None or tree is None or kept_out:
        return
    for node in results(tree):
        if isinstance(node, Text) and not node.value:
            yield Finding(
                f"the result can be the empty text, which Active Directory refuses for"
                f" {quote(unit.mapping.target_attribute_name)}",
                "wrap the whole in `IgnoreFlowIfNullOrEmpty`, or give a value",
                expression.place(*node.span),
            )


def attribute_in_path(unit: ExpressionUnit) -> Iterator[Finding]:
    """`OU=` and a department: `Sales, Norway` ends the name after `Sales`."""
    target = unit.attribute_mapping.mapping.target_attribute_name.lower()
    if target == "parentdistinguishedname" and unit.tree is not None:
        from provlint_rules.expression.paths import named_by_attribute

        for node in results(unit.tree):
            yield from named_by_attribute(unit, node)


def _gives(unit: ExpressionUnit, node: Expression, value: str) -> str:
    if isinstance(node, Call):
        return f"{quote(node.name)} can give {quote(value)}"
    return f"the result can be {quote(value)}"


def _fits(closed: Closed, value: str) -> bool:
    if closed.kind == "letters":
        return len(value) == 2 and value.isascii() and value.isalpha()
    if closed.kind == "path":
        from provlint.semantics.distinguished_names import PATH

        return re.match(PATH, value) is not None
    if closed.kind == "digits":
        return value.removeprefix("-").isascii() and value.removeprefix("-").isdigit()
    if closed.case:
        return value in closed.words
    return value.lower() in (word.lower() for word in closed.words)


RULES = (
    Rule(DATE_AS_TEXT, "expression", date_as_text),
    Rule(UNFIT_VALUE, "attribute-mapping", unfit_value),
    Rule(ATTRIBUTE_IN_PATH, "expression", attribute_in_path),
)
