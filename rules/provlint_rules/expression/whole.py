"""Expressions as a whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Fix, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.syntax import Attribute, Call, Keyword, Number, Text
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit, ExpressionUnit

TOO_LONG = RuleInfo(
    "PL338", "expression-too-long", "An expression is longer than the service takes", ERROR,
    sources.KNOWN_ISSUES,
)  # fmt: skip
LONE_VALUE = RuleInfo(
    "PL339", "expression-without-function", "An expression mapping holds no function", WARNING,
    sources.CUSTOMIZE,
)  # fmt: skip
NOT_OUTERMOST = RuleInfo(
    "PL340", "nested-ignore-flow", "IgnoreFlowIfNullOrEmpty stands inside another call", WARNING,
    sources.FUNCTIONS + "#ignoreflowifnullorempty",
)  # fmt: skip
NEW_EACH_TIME = RuleInfo(
    "PL341", "new-value-each-time", "A random value is written again at every update", WARNING,
    sources.CUSTOMIZE,
)  # fmt: skip
SEPARATOR = RuleInfo(
    "PL342", "attribute-as-separator", "The separator of Join is meant as its first part", WARNING,
    sources.FUNCTIONS + "#join", confidence="medium",
)  # fmt: skip
GUEST_NAME = RuleInfo(
    "PL343", "stripped-guest-name", "The part of a guest's name that is looked for is stripped",
    WARNING, sources.HOW_PROVISIONING_WORKS,
)  # fmt: skip
UNREDACTED = RuleInfo(
    "PL344", "unredacted-secret", "A generated secret is written to the provisioning log", NOTE,
    sources.FUNCTIONS + "#redact",
)  # fmt: skip

FLOW_WORD = RuleInfo(
    "PL365", "flow-keyword", "A word that decides about the flow is not in the reference", NOTE,
    sources.WORKDAY_EXPRESSIONS, confidence="medium",
)  # fmt: skip
QUOTED_ATTRIBUTE = RuleInfo(
    "PL345", "quoted-attribute", "A name in quotation marks flows as plain text", WARNING,
    sources.FUNCTIONS, fixable=True,
)  # fmt: skip

LONGEST = 10_000
"""Characters that the service takes, from known-issues."""
LONG = 8_000
PASSWORDS = ("password", "passwd", "pwd", "secret", "pin")


def too_long(unit: ExpressionUnit) -> Iterator[Finding]:
    """The limit is 10,000 characters."""
    number = len(unit.text)
    if number > LONGEST:
        yield Finding(
            f"the expression has {number:,} characters, and the service takes {LONGEST:,}",
            "split it over two attributes, or move a table of values into the source",
            unit.place(LONGEST, number),
        )
    elif number >= LONG:
        yield Finding(
            f"the expression has {number:,} characters, near the limit of {LONGEST:,}",
            "move a table of values into the source before it grows",
            unit.place(LONG - 1, number),
            severity=WARNING,
        )


def lone_value(unit: ExpressionUnit) -> Iterator[Finding]:
    """The page wants functions; the portal has direct and constant mappings for the rest."""
    source = unit.attribute_mapping.mapping.source
    if source is None or source.type != "Function" or unit.parsed.problems:
        return
    if isinstance(unit.tree, Attribute):
        yield Finding(
            f"the expression is the attribute {quote(unit.tree.name)} alone",
            "make it a direct mapping",
            unit.place(),
            contested="lone-attribute",
        )
    elif isinstance(unit.tree, (Text, Number)):
        yield Finding(
            "the expression is a constant alone",
            "make it a constant mapping",
            unit.place(),
            contested="lone-attribute",
        )


def not_outermost(unit: CallUnit) -> Iterator[Finding]:
    """It decides about the flow of the attribute, so it belongs around the whole."""
    if unit.parent is not None:
        yield Finding(
            f"`{unit.call.name}` stands inside {quote(unit.parent.call.name)}, and what it does"
            " there is documented nowhere",
            "put it around the whole expression",
            unit.name_place(),
            contested="nested-ignore-flow",
        )


def new_each_time(unit: CallUnit) -> Iterator[Finding]:
    """With `Always` the value changes at every evaluation."""
    mapping = unit.expression.attribute_mapping.mapping
    if mapping.flow_type == "Always":
        yield Finding(
            f"{quote(unit.call.name)} gives a new value at every evaluation, and the mapping writes"
            " it each time",
            "set `flowType` to `ObjectAddOnly`, in the portal *Only during object creation*",
            unit.name_place(),
        )


def separator(unit: CallUnit) -> Iterator[Finding]:
    """The first argument stands between all the others."""
    arguments = unit.call.arguments
    if len(arguments) > 2 and isinstance(arguments[0], (Attribute, Call)):
        yield Finding(
            "the first argument of `Join` is the separator: it is repeated between all the others",
            'begin with a separator, such as `""`',
            unit.place(arguments[0]),
        )
    elif len(arguments) > 2 and isinstance(arguments[0], Text):
        text = arguments[0].value
        # `" - department of "` between two values is meant; `"Employee: "` belongs before them.
        if re.match(r"\w{3}", text) or (len(arguments) > 3 and re.search(r"\w{5}", text)):
            yield Finding(
                f"the first argument of `Join` is the separator: {quote(text)} does not begin the"
                " result, it stands between the others",
                f'begin with a separator: `Join("", {unit.text(arguments[0])}, …)`',
                unit.place(arguments[0]),
            )


def guest_name(unit: CallUnit) -> Iterator[Finding]:
    """`#EXT#` and the tenant's domain are cut off before the expression sees the name."""
    if unit.expression.rule.source_system != "entra":
        return
    reads = any(
        isinstance(node, Attribute) and node.name == "userPrincipalName"
        for node in unit.call.arguments
    )
    for node in unit.call.arguments[1:]:
        if reads and isinstance(node, Text) and "#EXT#" in node.value.upper():
            yield Finding(
                "`[userPrincipalName]` of a guest has lost its `#EXT#` part before it gets here",
                "read `[originalUserPrincipalName]`",
                unit.place(node),
            )


def unredacted(unit: CallUnit) -> Iterator[Finding]:
    """`Redact` keeps the value out of the provisioning log."""
    target = unit.expression.attribute_mapping.mapping.target_attribute_name.lower()
    parent = unit.parent
    while parent is not None:
        if parent.call.name.lower() == "redact":
            return
        parent = parent.parent
    if any(word in target for word in PASSWORDS):
        yield Finding(
            f"the generated value of"
            f" {quote(unit.expression.attribute_mapping.mapping.target_attribute_name)} is written"
            " to the provisioning log",
            "wrap it: `Redact(RandomString(…))`",
            unit.name_place(),
        )


FLOW_WORDS = frozenset({"IgnoreAttributeFlow", "IgnoreObjectFlow"})


def flow_word(unit: CallUnit) -> Iterator[Finding]:
    """One guide shows the two words; the reference of functions knows neither."""
    for node in unit.call.arguments:
        if isinstance(node, Keyword):
            yield Finding(
                f"`{node.name}` stands in the Workday guide only, not in the reference",
                "test it with the expression builder before it goes live",
                unit.place(node),
                contested="flow-keywords",
            )


def quoted_attribute(unit: CallUnit) -> Iterator[Finding]:
    """`"[mail]"` is six characters; `[mail]` is the value of the attribute."""
    if unit.call.name.lower() == "replace":
        return
    for node in unit.call.arguments:
        if isinstance(node, Text) and node.value in FLOW_WORDS:
            yield Finding(
                f"{quote(node.value)} in quotation marks flows as plain text",
                f"write `{node.value}` without quotation marks",
                unit.place(node),
                fix=Fix(
                    "remove the quotation marks",
                    (TextEdit(unit.place(node), node.value),),
                    "unsafe",
                ),
            )
        if isinstance(node, Text) and re.fullmatch(r"\[[A-Za-z][\w.:]{2,}\]", node.value):
            yield Finding(
                f"{quote(node.value)} in quotation marks is plain text, not the attribute",
                f"write `{node.value}` without quotation marks",
                unit.place(node),
                fix=Fix(
                    "remove the quotation marks",
                    (TextEdit(unit.place(node), node.value),),
                    "unsafe",
                ),
            )


RULES = (
    Rule(TOO_LONG, "expression", too_long),
    Rule(LONE_VALUE, "expression", lone_value),
    Rule(NOT_OUTERMOST, "call", not_outermost, frozenset({"IgnoreFlowIfNullOrEmpty"})),
    Rule(NEW_EACH_TIME, "call", new_each_time, frozenset({"Guid", "RandomString"})),
    Rule(SEPARATOR, "call", separator, frozenset({"Join"})),
    Rule(GUEST_NAME, "call", guest_name, frozenset({"InStr", "Replace", "Split"})),
    Rule(UNREDACTED, "call", unredacted, frozenset({"RandomString"})),
    Rule(QUOTED_ATTRIBUTE, "call", quoted_attribute),
    Rule(FLOW_WORD, "call", flow_word, frozenset({"IIF", "Switch"})),
)
