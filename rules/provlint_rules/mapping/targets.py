"""Target attributes of mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Fix, Place, Related, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import did_you_mean, nearest, quote
from provlint_grammar.syntax import Attribute, Call, Text, calls
from provlint_rules import sources
from provlint_rules.expression.inferred import results, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit
    from provlint_grammar.syntax import Expression

UNKNOWN_TARGET = RuleInfo(
    "PL403", "unknown-target-attribute", "A mapping writes an attribute that the target lacks",
    ERROR, sources.PROVISIONING_LOGS, fixable=True,
)  # fmt: skip
DUPLICATE_TARGET = RuleInfo(
    "PL404", "duplicate-target", "Two mappings write one target attribute", ERROR,
    sources.CUSTOMIZE,
)  # fmt: skip
READ_ONLY_TARGET = RuleInfo(
    "PL405", "read-only-target", "A mapping writes an attribute that is read-only", ERROR,
    sources.ATTRIBUTE_DEFINITION,
)  # fmt: skip
PRIMARY_KEY = RuleInfo(
    "PL406", "primary-key-target", "A mapping writes the primary key of the application", ERROR,
    sources.CUSTOMIZE,
)  # fmt: skip
SINGLE_VALUED = RuleInfo(
    "PL407", "list-into-single-value", "A list is mapped into a single-valued attribute", WARNING,
    sources.PROVISIONING_LOGS,
)  # fmt: skip
MAIL_INTO_ENTRA = RuleInfo(
    "PL416", "mail-into-entra", "An inbound mapping writes `mail`, which Entra ID does not take",
    ERROR, sources.HR_UPDATES,
)  # fmt: skip
CROSS_TENANT_TARGET = RuleInfo(
    "PL417", "cross-tenant-target", "Cross-tenant synchronization cannot write this attribute",
    WARNING, sources.KNOWN_ISSUES,
)  # fmt: skip
REQUIRED_UNMAPPED = RuleInfo(
    "PL420", "required-target-unmapped", "A required target attribute has no mapping", NOTE,
    sources.ATTRIBUTE_DEFINITION, confidence="medium",
)  # fmt: skip
EMPTY_INTO_AD = RuleInfo(
    "PL421", "empty-text-into-ad", "An empty text may reach Active Directory, which refuses it",
    NOTE, sources.HR_CREATION, profile="strict", confidence="medium",
)  # fmt: skip

UNVERIFIED_DOMAIN = RuleInfo(
    "PL427", "unverified-domain", "User names end in a domain that is not a verified one",
    WARNING, sources.USER_PRINCIPAL_NAME,
)  # fmt: skip

CROSS_TENANT_REFUSED = frozenset({"proxyaddresses", "othermails"})


def unknown_target(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The export fails with `SchemaAttributeNotFound`."""
    known = unit.parent.target_attributes
    name = unit.mapping.target_attribute_name
    if known is None or name in known:
        return
    place = unit.place("targetAttributeName")
    if not name.strip():
        yield Finding("the mapping names no target attribute", "name one", place)
        return
    near = nearest(name, known)
    fix = None
    if near is not None and near.casefold() == name.casefold():
        message = f"target attribute {quote(name)} is spelt {quote(near)} in the target"
        fix = Fix(f"write {quote(near)}", (TextEdit(place, near),))
    else:
        owner = quote(unit.parent.mapping.target_object_name)
        message = f"the target object {owner} has no attribute {quote(name)}"
    hint = did_you_mean(name, known) or "add the attribute to the schema, or map to another one"
    yield Finding(message, hint, place, fix=fix)


def duplicate_target(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Which of two mappings wins is documented nowhere."""
    first: dict[str, AttributeMappingUnit] = {}
    for found in unit.attribute_mappings:
        name = found.mapping.target_attribute_name
        other = first.setdefault(name, found)
        if other is found or not name:
            continue
        if other.mapping.matching_priority and found.mapping.matching_priority:
            continue
        yield Finding(
            f"target attribute {quote(name)} has two mappings, and which one wins is documented"
            " nowhere",
            "remove one of the two, or join them in one expression",
            found.place("targetAttributeName"),
            related=(Related("the first mapping", other.place("targetAttributeName")),),
        )


def read_only_target(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The schema says that the target does not take values for it."""
    target = unit.target
    if target is not None and target.mutability == "ReadOnly" and not _is_primary_key(unit):
        yield Finding(
            f"target attribute {quote(target.name)} is read-only",
            "remove the mapping",
            unit.place("targetAttributeName"),
            related=(Related("defined here", Place(target.pointer + "/mutability")),),
        )


def _is_primary_key(unit: AttributeMappingUnit) -> bool:
    application = unit.parent.rule.target_system == "application"
    return application and unit.mapping.target_attribute_name.lower() in ("id", "sys_id")


def primary_key(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The application makes its own key; the service stores it after the first match."""
    name = unit.mapping.target_attribute_name
    if _is_primary_key(unit):
        yield Finding(
            f"target attribute {quote(name)} is the primary key, and the application makes it",
            "remove the mapping; to match on your own id, map it to `externalId`",
            unit.place("targetAttributeName"),
        )


def single_valued(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The export fails with `SchemaPropertyCanOnlyAcceptValue`."""
    target = unit.target
    known = unit.parent.source_attributes
    if target is None or target.multivalued:
        return
    expression = unit.expression
    if expression is not None and expression.tree is not None and any(calls(expression.tree)):
        for node in results(expression.tree):
            if type_of(expression, node) != "list":
                continue
            span = node.name_span if isinstance(node, Call) else node.span
            yield Finding(
                f"{quote(expression.text[span.start : span.end])} gives a list, and target"
                f" attribute {quote(target.name)} takes one value",
                "take one value with `Item`, or map to a multi-valued attribute",
                expression.place(*span),
            )
        return
    if known is None:
        return
    for name in unit.source_attributes:
        definition = known.get(name)
        if definition is not None and definition.multivalued:
            yield Finding(
                f"{quote(name)} holds several values, and target attribute {quote(target.name)}"
                " takes one",
                f"take one value with `Item([{name}], 1)`, or map another attribute",
                unit.place("targetAttributeName"),
            )


def mail_into_entra(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """`mail` is not settable on users that provisioning creates in Entra ID."""
    rule = unit.parent.rule
    writes_mail = unit.mapping.target_attribute_name == "mail"
    if writes_mail and rule.from_hr and rule.target_system == "entra":
        yield Finding(
            "`mail` of an Entra ID user cannot be written by inbound provisioning",
            "remove the mapping; the mailbox sets it",
            unit.place("targetAttributeName"),
        )


def cross_tenant_target(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Both are read-only in the target tenant, or overwritten there."""
    template = unit.parent.rule.schema.template_id.lower()
    name = unit.mapping.target_attribute_name
    if template == "azure2azure" and name.lower() in CROSS_TENANT_REFUSED:
        yield Finding(
            f"cross-tenant synchronization cannot write {quote(name)}",
            "remove the mapping",
            unit.place("targetAttributeName"),
        )


def required_unmapped(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """An object cannot be created without it: `MandatoryFieldsMissing`."""
    if unit.target_attributes is None or not unit.mapping.enabled:
        return
    mapped = {found.mapping.target_attribute_name for found in unit.attribute_mappings}
    for definition in unit.target_attributes.values():
        if not definition.required or definition.name in mapped or definition.default_value:
            continue
        if definition.anchor or definition.mutability == "ReadOnly":
            continue
        yield Finding(
            f"target attribute {quote(definition.name)} is required to create an object, and no"
            " mapping writes it",
            "map it, or give the definition a `defaultValue`",
            unit.place("attributeMappings")._replace(part="key"),
            related=(Related("required here", Place(definition.pointer + "/required")),),
        )


def empty_into_ad(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Active Directory refuses "" with `InvalidAttributeSyntax`."""
    rule = unit.parent.rule
    if not rule.from_hr or rule.target_system != "active-directory":
        return
    mapping = unit.mapping
    if mapping.matching_priority or mapping.default_value:
        return
    if mapping.target_attribute_name.lower() == "parentdistinguishedname":
        return  # dropped, it would be missing, which the rule on containers tells
    target = unit.target
    if target is not None and target.type != "String":
        return
    name = unit.source_attribute
    if name is None:
        name = _kept_empty(unit)
    if name is None:
        return
    written = unit.expression.text if unit.expression is not None else f"[{name}]"
    yield Finding(
        f"when {quote(name)} is an empty text, Active Directory refuses the whole user",
        f"wrap it: `IgnoreFlowIfNullOrEmpty({written})`",
        unit.place("targetAttributeName"),
    )


_KEEPING = frozenset(
    {"left", "mid", "replace", "stripspaces", "tolower", "toupper", "pcase", "trim",
     "normalizediacritics"}
)  # fmt: skip
"""Functions, in lower case, that make an empty text of an empty text."""


def _kept_empty(unit: AttributeMappingUnit) -> str | None:
    """The attribute that an expression only rewrites, so that it is empty where that is."""
    node = None if unit.expression is None else unit.expression.tree
    while isinstance(node, Call) and node.name.lower() in _KEEPING and node.arguments:
        node = node.arguments[0]
    return node.name if isinstance(node, Attribute) else None


def unverified_domain(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Entra ID refuses the name or changes it; which domains it has, only the user can tell."""
    rule = unit.parent.rule
    verified = rule.schema.configuration.facts.get("verified-domains")
    name = unit.mapping.target_attribute_name
    into_entra = rule.target_system == "entra" and name.lower() == "userprincipalname"
    if not (verified and into_entra) or unit.expression is None:
        return
    ending = _constant_domain(unit.expression.tree)
    domains = verified if isinstance(verified, tuple) else (verified,)
    if ending is not None and ending[0].casefold() not in {str(d).casefold() for d in domains}:
        domain, text = ending
        yield Finding(
            f"`userPrincipalName` ends in {quote('@' + domain)}, which is none of the verified"
            " domains of the configuration file",
            "write a verified domain, or add this one to `verified-domains` under `[facts]`",
            unit.expression.place(text.span.start, text.span.end),
        )


def _constant_domain(tree: Expression | None) -> tuple[str, Text] | None:
    """The domain that every value of an expression ends in, where it is a constant."""
    if isinstance(tree, Text):
        before, last = "", tree
    elif isinstance(tree, Call) and len(tree.arguments) > 1:
        first, end = tree.arguments[0], tree.arguments[-1]
        joins = tree.name.lower() == "join" and isinstance(first, Text)
        if not isinstance(end, Text) or not (joins or tree.name.lower() == "append"):
            return None
        before, last = (first.value if isinstance(first, Text) else ""), end
    else:
        return None
    _, at, domain = f"{before}{last.value}".rpartition("@")
    return (domain, last) if at and domain else None


RULES = (
    Rule(UNKNOWN_TARGET, "attribute-mapping", unknown_target),
    Rule(DUPLICATE_TARGET, "object-mapping", duplicate_target),
    Rule(READ_ONLY_TARGET, "attribute-mapping", read_only_target),
    Rule(PRIMARY_KEY, "attribute-mapping", primary_key),
    Rule(SINGLE_VALUED, "attribute-mapping", single_valued),
    Rule(MAIL_INTO_ENTRA, "attribute-mapping", mail_into_entra),
    Rule(CROSS_TENANT_TARGET, "attribute-mapping", cross_tenant_target),
    Rule(REQUIRED_UNMAPPED, "object-mapping", required_unmapped),
    Rule(EMPTY_INTO_AD, "attribute-mapping", empty_into_ad),
    Rule(UNVERIFIED_DOMAIN, "attribute-mapping", unverified_domain),
)
