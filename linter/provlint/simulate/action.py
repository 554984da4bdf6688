"""The action step: one decision table, the first row that fits decides.

Sources: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works,
https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes,
https://learn.microsoft.com/entra/identity/app-provisioning/skip-out-of-scope-deletions,
https://learn.microsoft.com/entra/identity/monitoring-health/howto-analyze-provisioning-logs
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from provlint.simulate.matching import Hits
    from provlint.simulate.situation import Account

Action = Literal[
    "create", "update", "create-or-update", "disable", "delete", "skip", "none", "fail", "unknown",
    "staged-delete",
]  # fmt: skip

Link = Literal["none", "yes", "earlier"]
"""Whether a link is stored; `earlier`: the user left management in an earlier cycle."""

REDUNDANT = "RedundantExport"
MISSING = "MandatoryFieldsMissing"

PRESENT: frozenset[Account] = frozenset({"active", "disabled", "soft-deleted"})
INACTIVE: frozenset[Account] = frozenset({"disabled", "soft-deleted"})
ACTIVE: frozenset[Account] = frozenset({"active"})
GONE: frozenset[Account] = frozenset({"hard-deleted"})
ANY_ACCOUNT: frozenset[Account] = PRESENT | GONE

LINK_STORED_READING = "link-without-update"
DELETE_WITHOUT_FLAG_READING = "disable-without-update"
SKIP_INACTIVE_READING = "skip-flag-for-inactive"
SCOPE_BEFORE_MATCH_READING = "match-failure-out-of-scope"


class Case(NamedTuple):
    """What the table asks about one user. A question that needs work is asked when it matters.

    Attributes:
        link: Whether a link is stored.
        account: State of the account in the source.
        in_scope: Whether; None where it cannot be told.
        hits: What matching found.
        facts: Yes-or-no questions by name: `add`, `update`, `delete` (the target object actions),
            `required-present`, `differs`, `skip-flag`, `soft-delete-mapped`, `can-disable`,
            `input-filter`, `invalid-filter`, `over-threshold`.
    """

    link: Link
    account: Account
    in_scope: bool | None
    hits: Hits
    facts: Mapping[str, Callable[[], bool]]


class Row(NamedTuple):
    """One row of the table; a column that is None asks nothing.

    Attributes:
        number: In the published table; a letter marks what its text says beside the row.
        link: States of the link.
        accounts: States of the account.
        in_scope: Whether in scope; `unknown` where it cannot be told.
        hits: What matching found.
        conditions: Names of facts that must hold; a `!` in front: must not hold.
        action: What is done.
        code: Microsoft's code, where one is documented; `scope` takes that of the scope step.
        words: Why.
        contested: Names of the open readings that the row rests on.
    """

    number: str
    link: tuple[Link, ...] | None
    accounts: frozenset[Account] | None
    in_scope: bool | Literal["unknown"] | None
    hits: tuple[Hits, ...] | None
    conditions: tuple[str, ...]
    action: Action
    code: str | None
    words: str
    contested: tuple[str, ...] = ()


_NO: tuple[Link, ...] = ("none",)
_YES: tuple[Link, ...] = ("yes",)
_EARLIER: tuple[Link, ...] = ("earlier",)

TABLE: tuple[Row, ...] = (
    Row("0", None, None, None, None, ("invalid-filter",), "fail", None,
        "the scope step fails"),
    Row("0", None, None, "unknown", None, (), "unknown", None,
        "whether the user is in scope cannot be told"),
    Row("1", _NO, ACTIVE, True, ("none",), ("add", "required-present"), "create", None,
        "no target user matches: the user is created, and the target id is stored as a link"),
    Row("2", _NO, ACTIVE, True, ("none",), ("!add",), "skip", None,
        "no target user matches, and Create is not selected in the target object actions"),
    Row("3", _NO, ACTIVE, True, ("none",), ("!required-present",), "fail", MISSING,
        "a required target attribute would have no value"),
    Row("4", _NO, ACTIVE, True, ("one",), ("update", "differs"), "update", None,
        "one target user matches: it is linked and updated"),
    Row("5", _NO, ACTIVE, True, ("one",), ("update", "!differs"), "skip", REDUNDANT,
        "one target user matches: it is linked, and nothing differs"),
    Row("6", _NO, ACTIVE, True, ("one",), ("!update",), "skip", None,
        "one target user matches, and Update is not selected in the target object actions",
        (LINK_STORED_READING,)),
    Row("7", _NO, ACTIVE, True, ("several",), (), "fail", "DuplicateTargetEntries",
        "several target users have the matching value"),
    Row("7", _NO, None, None, ("several",), (), "fail", "DuplicateTargetEntries",
        "several target users have the matching value", (SCOPE_BEFORE_MATCH_READING,)),
    Row("7a", _NO, ACTIVE, True, ("source-duplicates",), (), "fail", "DuplicateSourceEntries",
        "several source users have the matching value"),
    Row("7b", _NO, ACTIVE, True, ("refused",), (), "fail", None,
        "the target cannot filter on the matching attribute"),
    Row("7c", _NO, ACTIVE, True, ("unknown",), (), "create-or-update", None,
        "the user is created, or updated where a target user matches"),
    Row("8", _NO, ACTIVE, False, None, (), "skip", "scope",
        "out of scope and never managed: the target is not touched"),
    Row("9", _NO, INACTIVE | GONE, None, None, (), "skip", "scope",
        "a disabled or deleted user cannot be provisioned"),
    Row("20", _EARLIER, None, False, None, (), "none", None,
        "the user left management earlier: nothing more is sent"),
    Row("12", None, ACTIVE, True, ("gone",), (), "fail", "InvalidAnchor",
        "the linked target user does not exist any more"),
    Row("10", None, ACTIVE, True, ("linked",), ("update", "differs"), "update", None,
        "linked earlier: the target user is updated by its stored id"),
    Row("11", None, ACTIVE, True, ("linked",), ("update", "!differs"), "skip", REDUNDANT,
        "linked earlier, and nothing differs"),
    Row("10a", None, ACTIVE, True, ("linked",), ("!update",), "skip", None,
        "linked earlier, and Update is not selected in the target object actions"),
    Row("13a", _YES, PRESENT, False, None, ("input-filter",), "none", None,
        "an early filter of the connector leaves the object out: it is not deprovisioned"),
    Row("13", _YES, ACTIVE, False, None, ("skip-flag",), "none", None,
        "SkipOutOfScopeDeletions is true: the user is not disabled, and a message is logged"),
    Row("17", _YES, INACTIVE, False, None, ("skip-flag",), "none", None,
        "SkipOutOfScopeDeletions is true: the user is not disabled", (SKIP_INACTIVE_READING,)),
    Row("14", _YES, PRESENT, False, None, ("!soft-delete-mapped",), "none", None,
        "no mapping reads IsSoftDeleted: nothing is done when a user leaves"),
    Row("15", _YES, PRESENT, False, None, ("can-disable", "update", "differs"), "disable", None,
        "out of scope: the target user is disabled by an update, and leaves management"),
    Row("15a", _YES, PRESENT, False, None, ("can-disable", "update"), "skip", REDUNDANT,
        "out of scope, and the target user is as an update would make it"),
    Row("15b", _YES, PRESENT, False, None, ("can-disable",), "none", None,
        "out of scope, and Update is not selected, so nothing is disabled",
        (DELETE_WITHOUT_FLAG_READING,)),
    Row("16", _YES, PRESENT, False, None, ("delete",), "delete", None,
        "out of scope, and the target cannot disable: the target user is deleted"),
    Row("16a", _YES, PRESENT, False, None, (), "none", None,
        "out of scope, the target cannot disable, and Delete is not selected"),
    Row("18", _YES, GONE, None, None, ("delete",), "delete", None,
        "deleted for good in the source: the target user is deleted"),
    Row("19", _YES, GONE, None, None, (), "none", None,
        "deleted for good in the source, and Delete is not selected: nothing is done"),
)  # fmt: skip
"""Row 21, a user who becomes active again, is row 10: the update writes active again."""

THRESHOLD_ROW = Row(
    "22", None, None, None, None, ("over-threshold",), "staged-delete", "TooManyDeletes",
    "the cycle has more deletions than the threshold: it stops until an administrator allows them",
)  # fmt: skip


def row_for(case: Case) -> Row:
    """The first row that fits.

    Raises:
        LookupError: No row fits; the table covers every case, so this is a fault of the program.
    """
    for row in TABLE:
        if _fits(row, case):
            over = case.facts.get("over-threshold")
            if row.action in ("disable", "delete") and over is not None and over():
                return THRESHOLD_ROW
            return row
    raise LookupError(f"no row of the action table fits {case!r}")


def _fits(row: Row, case: Case) -> bool:
    in_scope = "unknown" if case.in_scope is None else case.in_scope
    if row.link is not None and case.link not in row.link:
        return False
    if row.accounts is not None and case.account not in row.accounts:
        return False
    if row.in_scope is not None and row.in_scope != in_scope:
        return False
    if row.hits is not None and case.hits not in row.hits:
        return False
    for condition in row.conditions:
        ask = case.facts.get(condition.lstrip("!"))
        answer = ask is not None and ask()
        if answer is condition.startswith("!"):
            return False
    return True
