"""The contract between the engine and a rule.

A rule is metadata and one function. The engine walks a configuration once and hands each rule
the smallest unit that it asks for; the rule yields findings and never sees a line number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.diagnostic import Fix, Place, Related, Severity
    from provlint.semantics.evidence import Question

Unit = Literal[
    "document",
    "schema",
    "synchronization-rule",
    "object-mapping",
    "scope",
    "filter-group",
    "clause",
    "attribute-mapping",
    "expression",
    "call",
]
"""What a rule may ask for; `provlint.semantics` has one class per unit."""

Need = Literal["configuration", "users", "targets", "assignments", "groups", "job", "secrets"]

API_VERSION = 1
"""Grows when a rule written for an older provlint would no longer work."""


class RuleInfo(NamedTuple):
    """What is known of a rule before it runs.

    Attributes:
        id: `PL`, a group digit, a two-digit serial; never reused, says nothing of severity. The id
            of a rule that does not ship with provlint begins with other letters.
        name: Kebab-case; reads well after "allow".
        summary: One line for lists.
        severity: The default.
        source: The Microsoft page or issue thread that states the fact behind the rule.
        profile: `default` for mistakes, `strict` for advice.
        confidence: How sure a finding is.
        since: First version with the rule.
        status: `stable`, `preview` or `deprecated`.
        fixable: Whether findings may carry a fix.
        needs: Inputs without which the rule cannot run.
    """

    id: str
    name: str
    summary: str
    severity: Severity
    source: str
    profile: Literal["default", "strict"] = "default"
    confidence: Literal["high", "medium", "low"] = "high"
    since: str = "0.1.0"
    status: Literal["stable", "preview", "deprecated"] = "stable"
    fixable: bool = False
    needs: tuple[Need, ...] = ("configuration",)

    @property
    def group(self) -> str:
        """Name of the group that the digit of the id stands for."""
        return group_of(self.id)


GROUPS = {
    "0": "file",
    "1": "scope",
    "2": "matching",
    "3": "expression",
    "4": "mapping",
    "5": "application",
    "6": "job",
    "7": "evidence",
    "9": "internal",
}
"""Group digit of a rule id to the name of the group."""

OWN = "own"
"""Group of the rules that do not ship with provlint: their ids begin with something else."""


OWN_ID = "[A-Z][A-Z]+[0-9]{3}"
"""Pattern of the id of such a rule; it does not begin with `PL`."""

OWN_NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
"""Pattern of the name of such a rule."""


def group_of(rule: str) -> str:
    """Name of the group that a rule with this id is in."""
    return GROUPS.get(rule[2:3], OWN) if rule.startswith("PL") else OWN


class Finding(NamedTuple):
    """What a rule found.

    Attributes:
        message: See the message law of `Diagnostic`.
        help: What to do, as an imperative.
        place: Where.
        related: Other places that explain it.
        fix: A change that removes it.
        severity: Overrides the rule's default for this finding.
        contested: Name of the open reading that the finding rests on.
    """

    message: str
    help: str
    place: Place
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None
    contested: str | None = None


class Rule(NamedTuple):
    """A rule: metadata, the unit that it looks at, and the function that looks.

    Attributes:
        info: Metadata.
        unit: The class of `provlint.semantics` that `check` is called with.
        check: Yields findings; must not keep state between calls.
        functions: For the unit `call`: only calls of these functions, empty for all.
        asks: What `check` will look up in the evidence of the same unit; None for nothing. Not for
            the units `expression` and `call`.
    """

    info: RuleInfo
    unit: Unit
    check: Callable[[Any], Iterator[Finding]]
    functions: frozenset[str] = frozenset()
    asks: Callable[[Any], Iterable[Question[Any]]] | None = None
