"""Names of people, which human resources types by hand."""

from collections.abc import Iterator

from provlint.diagnostic import WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.configuration import AttributeMappingUnit

UNTRIMMED = RuleInfo(
    "CONTOSO102",
    "untrimmed-name",
    "A name of a person is mapped without `Trim`",
    WARNING,
    "https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#trim",
)

NAMES = frozenset({"displayname", "givenname", "surname"})


def untrimmed(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """A blank at the end of a name is seen by nobody and found by no search."""
    name = unit.source_attribute
    if name is not None and name.lower() in NAMES and unit.expression is not None:
        yield Finding(
            f"`{name}` is mapped as it is typed",
            f"write `Trim([{name}])`",
            unit.expression.place(),
        )


RULES = (Rule(UNTRIMMED, "attribute-mapping", untrimmed),)
