"""Which applications may be provisioned at all."""

from collections.abc import Iterator

from provlint.diagnostic import ERROR, Place
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.configuration import ConfigurationUnit

UNAPPROVED = RuleInfo(
    "CONTOSO101",
    "unapproved-application",
    "The application is not on the list of approved ones",
    ERROR,
    "https://learn.microsoft.com/entra/identity/app-provisioning/user-provisioning",
)


def unapproved(unit: ConfigurationUnit) -> Iterator[Finding]:
    """The list stands in the configuration file, under `[facts]`."""
    approved = unit.facts.get("approved-applications", ())
    if unit.application and isinstance(approved, tuple) and unit.application not in approved:
        yield Finding(
            f"`{unit.application}` is not an approved application",
            "ask for its approval, and add it to `approved-applications` under `[facts]`",
            Place(""),
        )


RULES = (Rule(UNAPPROVED, "document", unapproved),)
