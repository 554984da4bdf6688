"""What attribute mappings give to the users in scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.diagnostic import ERROR, NOTE, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.evidence import (
    AttributeWith,
    EmptyValues,
    Failing,
    LookupsOf,
    ScopeOf,
    Uncleared,
    ValuesWith,
)
from provlint.wording import counted, quote
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.syntax import calls
from provlint_rules import sources
from provlint_rules.applications import recognise
from provlint_rules.evidence_wording import of_users, such_as, who
from provlint_rules.expression.lengths import limit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.rule import Need
    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit
    from provlint.semantics.evidence import Question
    from provlint_rules.application_facts import Application

USERS: tuple[Need, ...] = ("configuration", "users")

REQUIRED = RuleInfo(
    "PL721", "required-value-missing", "Users in scope lack a value that the target requires",
    WARNING, sources.PROVISIONING_LOGS, needs=USERS,
)  # fmt: skip
REFUSED = RuleInfo(
    "PL722", "value-refused-by-target", "Users in scope have values that the target refuses",
    WARNING, sources.PROVISIONING_LOGS, needs=USERS,
)  # fmt: skip
GUESTS = RuleInfo(
    "PL723", "stripped-guest-names", "Guests in scope get a name without their `#EXT#`", NOTE,
    sources.HOW_PROVISIONING_WORKS, needs=USERS,
)  # fmt: skip
FAILING = RuleInfo(
    "PL724", "failing-expression", "An expression fails for users in scope", WARNING,
    sources.FUNCTIONS, needs=USERS,
)  # fmt: skip
UNCLEARED = RuleInfo(
    "PL725", "value-left-in-target", "An empty value does not clear what the target has", NOTE,
    sources.KNOWN_ISSUES, needs=(*USERS, "targets"),
)  # fmt: skip
UNKNOWN_LOOKUP = RuleInfo(
    "PL726", "unknown-reference-value", "Users in scope have values that the target does not know",
    WARNING, sources.SERVICENOW, needs=(*USERS, "targets"),
)  # fmt: skip

UNFIT: dict[tuple[str, str], tuple[str, str]] = {
    ("active-directory", "samaccountname"): (
        r"""["/\\\[\]:;|=,+*?<>@]|\.$""",
        r"""names without `" / \ [ ] : ; | = , + * ? < > @` and without a dot at the end""",
    ),
    ("active-directory", "c"): (r"^.$|...|[^A-Za-z]", "a country code of two letters"),
    ("entra", "mailnickname"): (
        r"""[@()\\\[\]";:<>, ]|[^\x00-\x7f]""",
        r"""ASCII without blanks and without `@ ( ) \ [ ] " ; : < > ,`""",
    ),
    ("entra", "usagelocation"): (r"^.$|...|[^A-Za-z]", "a country code of two letters"),
    ("entra", "userprincipalname"): (
        r"[^A-Za-z0-9'._!#^~@-]", "letters from A to Z, digits and `' . - _ ! # ^ ~`",
    ),
}  # fmt: skip
"""Target system and attribute in lower case to a pattern that is found in what the target refuses,
and words for what it takes.

Sources: https://learn.microsoft.com/windows/win32/adschema/a-samaccountname and
https://learn.microsoft.com/graph/api/resources/user
"""

GUEST_MARK = "#EXT#"

FALLIBLE = frozenset(
    {"cbool", "cdate", "cnum", "dateadd", "datediff", "datefromnum", "formatdatetime", "item",
     "numfromdate", "convertfrombase64", "convertfromutf8hex"}
)  # fmt: skip
"""Functions, in lower case, that fail for some values."""


def _application(unit: AttributeMappingUnit) -> Application | None:
    found = recognise(unit.parent.rule, generic=False) if unit.parent.maps_users else None
    return found.application if found is not None else None


def _is_alive(unit: AttributeMappingUnit) -> bool:
    return unit.parent.maps_users and unit.parent.mapping.enabled


def _is_required(unit: AttributeMappingUnit) -> bool:
    if unit.mapping.default_value or unit.mapping.source is None or not _is_alive(unit):
        return False
    if len(unit.parent.matching) == 1 and unit.mapping.matching_priority > 0:
        return False  # told by the rule on matching
    definition = unit.target
    if definition is not None and definition.required and not definition.default_value:
        return True
    application = _application(unit)
    name = unit.mapping.target_attribute_name.lower()
    return application is not None and name in map(str.lower, application.users_required)


def _asks_empty(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    if _is_required(unit):
        yield EmptyValues(unit.mapping.pointer)
        yield ScopeOf(unit.parent.mapping.pointer)


def required(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The account is not created: MandatoryFieldsMissing."""
    evidence = unit.parent.evidence
    if evidence is None or not _is_required(unit):
        return
    found = evidence.answer(EmptyValues(unit.mapping.pointer))
    results = evidence.answer(ScopeOf(unit.parent.mapping.pointer))
    if found is None or results is None or not found.number:
        return
    yield Finding(
        f"{quote(unit.mapping.target_attribute_name)} is required, and its mapping gives nothing to"
        f" {of_users(found.number, results.in_scope)} in scope{such_as(found)}",
        "set a default value, or fill the source attribute",
        unit.source_place,
        severity=ERROR if found.number == results.in_scope else None,
    )


class Refusal(NamedTuple):
    """Values that a target refuses.

    Attributes:
        question: Asks who has them.
        rule: What the target takes or refuses.
        owned: What users have of it.
    """

    question: ValuesWith
    rule: str
    owned: str


def _refusals(unit: AttributeMappingUnit) -> Iterator[Refusal]:
    if unit.mapping.source is None or not _is_alive(unit):
        return
    at, target = unit.mapping.pointer, unit.mapping.target_attribute_name
    application = _application(unit)
    if application is not None:
        for each in application.refused():
            if each.target in ("*", target):
                question = ValuesWith(at, each.pattern, each.longer_than or None)
                rule = f"{quote(application.name)} refuses {each.words} in {quote(target)}"
                yield Refusal(question, rule, "such a value")
    unfit = UNFIT.get((unit.parent.rule.target_system, target.lower()))
    if unfit is not None:
        pattern, words = unfit
        yield Refusal(ValuesWith(at, pattern), f"{quote(target)} takes {words}", "another value")
    limit = limit_of(unit)
    if limit is not None:
        most = counted(limit[0], "character")
        question = ValuesWith(at, longer_than=limit[0])
        yield Refusal(question, f"{quote(target)} takes {most} at most", "more")


def _asks_refused(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    yield from (refusal.question for refusal in _refusals(unit))


def refused(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The user is skipped or fails, whatever else is right."""
    evidence = unit.parent.evidence
    if evidence is None:
        return
    for refusal in _refusals(unit):
        found = evidence.answer(refusal.question)
        if found is None or not found.number:
            continue
        owners = who(found.number, "in scope has", "in scope have")
        yield Finding(
            f"{refusal.rule}, and {owners} {refusal.owned}{such_as(found)}",
            "change the expression so that it gives what the target takes, or clean the data",
            unit.source_place,
        )


def _asks_guests(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    if _reader_of_names(unit) is not None:
        yield AttributeWith(unit.mapping.pointer, "userPrincipalName", GUEST_MARK)


def _reader_of_names(unit: ObjectMappingUnit) -> AttributeMappingUnit | None:
    """The first mapping that reads the name of a user of Entra ID."""
    if unit.rule.source_system != "entra" or unit.rule.target_system != "application":
        return None
    return next(
        (each for each in unit.attribute_mappings if "userPrincipalName" in each.source_attributes),
        None,
    )


def guests(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """The name of a guest comes as that of the home tenant."""
    reader = _reader_of_names(unit)
    if reader is None or unit.evidence is None:
        return
    question = AttributeWith(unit.mapping.pointer, "userPrincipalName", GUEST_MARK)
    found = unit.evidence.answer(question)
    if found is not None and found.number:
        verb = "gets" if found.number == 1 else "get"
        yield Finding(
            f"{counted(found.number, 'guest')} in scope {verb} the name of the home tenant, because"
            f" the part from `#EXT#` on is stripped{such_as(found)}",
            "map `originalUserPrincipalName` if the application needs the whole name",
            reader.source_place,
        )


def _may_fail(unit: AttributeMappingUnit) -> bool:
    expression = unit.expression
    if expression is None or expression.tree is None or not _is_alive(unit):
        return False
    return any(call.name.lower() in FALLIBLE for call in calls(expression.tree))


def _asks_failing(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    if _may_fail(unit):
        yield Failing(unit.mapping.pointer)


def failing(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The object is put into escrow and tried again, until the job is quarantined."""
    evidence = unit.parent.evidence
    found = evidence.answer(Failing(unit.mapping.pointer)) if evidence is not None else None
    if found is None or not found.number:
        return
    reason = f": {found.examples[0]}" if found.examples else ""
    yield Finding(
        f"the expression of {quote(unit.mapping.target_attribute_name)} fails for"
        f" {counted(found.number, 'user')} in scope{reason}",
        'guard it against such values, as with `Switch([a], [a], "", "9999-12-31")`',
        unit.source_place,
    )


def _may_stay(unit: AttributeMappingUnit) -> bool:
    direct = unit.source_attribute is not None and unit.mapping.matching_priority == 0
    outbound = unit.parent.rule.source_system == "entra"
    return direct and outbound and _is_alive(unit) and unit.mapping.flow_type == "Always"


def _asks_uncleared(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    if _may_stay(unit):
        yield Uncleared(unit.mapping.pointer)


def uncleared(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Null is not provisioned, so the old value stays for good."""
    evidence = unit.parent.evidence
    if evidence is None or not _may_stay(unit):
        return
    found = evidence.answer(Uncleared(unit.mapping.pointer))
    if found is not None and found.number:
        yield Finding(
            f"{quote(unit.mapping.target_attribute_name)} keeps its value in the target for"
            f" {who(found.number, 'who has', 'who have')} none for"
            f" {quote(unit.source_attribute or '')}{such_as(found)}",
            "give a placeholder by an expression if the target must not keep old values",
            unit.place("targetAttributeName"),
        )


def _is_lookup(unit: AttributeMappingUnit) -> bool:
    application = _application(unit)
    return (
        application is not None
        and _is_alive(unit)
        and (unit.mapping.target_attribute_name.lower() in application.users_lookups)
    )


def _asks_lookups(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    if _is_lookup(unit):
        yield LookupsOf(unit.mapping.pointer)


def unknown_lookup(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """ServiceNow refuses the user with InvalidLookupReference."""
    evidence = unit.parent.evidence
    if evidence is None or not _is_lookup(unit):
        return
    found = evidence.answer(LookupsOf(unit.mapping.pointer))
    if found is None or not found.values.number:
        return
    where = "the lookup table" if found.sure else "any account of the target"
    yield Finding(
        f"{counted(found.values.number, 'value')} of {quote(unit.mapping.target_attribute_name)},"
        f" which {who(found.users, 'in scope has', 'in scope have')},"
        f" {'is' if found.values.number == 1 else 'are'} not in {where}{such_as(found.values)}",
        "add the values to the target, or write those that it has",
        unit.source_place,
        severity=None if found.sure else NOTE,
    )


RULES = (
    Rule(REQUIRED, "attribute-mapping", required, asks=_asks_empty),
    Rule(REFUSED, "attribute-mapping", refused, asks=_asks_refused),
    Rule(GUESTS, "object-mapping", guests, asks=_asks_guests),
    Rule(FAILING, "attribute-mapping", failing, asks=_asks_failing),
    Rule(UNCLEARED, "attribute-mapping", uncleared, asks=_asks_uncleared),
    Rule(UNKNOWN_LOOKUP, "attribute-mapping", unknown_lookup, asks=_asks_lookups),
)
