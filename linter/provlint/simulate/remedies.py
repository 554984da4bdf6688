"""What causes a failure or a skip, and what to do about it.

Source: https://learn.microsoft.com/entra/identity/monitoring-health/howto-analyze-provisioning-logs#error-codes
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Remedy(NamedTuple):
    """Why something goes wrong, and what to do, as imperatives."""

    causes: tuple[str, ...]
    remedies: tuple[str, ...]


NOTHING = Remedy((), ())

_NO_UPDATE = Remedy(
    ("Update is not selected in the target object actions",),
    ("select Update, where existing users should be updated",),
)
_NO_DELETE = Remedy(
    ("Delete is not selected in the target object actions",),
    ("select Delete, where leavers should be deleted in the target",),
)
_SKIPS = Remedy(
    ("the secret SkipOutOfScopeDeletions of the job is true",),
    ("set it to false, where leavers should be disabled",),
)

REMEDIES: Mapping[str, Remedy] = MappingProxyType(
    {
        "matching-not-supported": Remedy(
            ("the application matches users on certain attributes only",),
            ("set matching precedence on an attribute that the application supports",),
        ),
        "schemaInvalid": Remedy(
            ("cross-tenant synchronization matches on `alternativeSecurityIdentifier` alone",),
            ("restore the default mappings, or undo the change of the matching attribute",),
        ),
        "refused": Remedy(
            ("the target cannot filter on the matching attribute",),
            (
                "match on an attribute that the target can filter on",
                "ask the vendor of the application to support the filter",
            ),
        ),
        "no-matching": Remedy(
            ("no attribute mapping has a matching precedence",),
            ("give one mapping the matching precedence 1",),
        ),
        "base-address": Remedy(
            ("the tenant URL does not begin with `https://`",),
            ("write the tenant URL of the application's SCIM endpoint, with `https://`",),
        ),
        "secret": Remedy(
            ("no credential is stored for the job",),
            ("enter the secret token, or authorize the application again",),
        ),
        "ImportSkipped": Remedy(
            ("the user has no value for any matching attribute",),
            (
                "fill the source attribute of the user",
                "add a second matching attribute that every user has",
            ),
        ),
        "invalid-filter": Remedy(
            ("a clause of the scoping filter cannot be evaluated",),
            ("correct the clause; `provlint lint` shows the place",),
        ),
        "missing-attributes": Remedy(
            ("the export of the users lacks attributes that the scoping filter asks for",),
            ("export the users with these attributes",),
        ),
        "inactive": Remedy(
            ("the account is disabled or deleted in the source",),
            ("enable the account, where the user should be provisioned",),
        ),
        "not-provisionable": Remedy(
            ("the user is external, or no member",),
            ("synchronize the user from the home tenant",),
        ),
        "unassigned": Remedy(
            ("the user is not assigned, or only through a nested group",),
            (
                "assign the user, or a group of which the user is a direct member",
                "set the scope to all users and groups, where filters alone should decide",
            ),
        ),
        "role": Remedy(
            ("the role of the assignment does not allow provisioning",),
            ("assign another role than Default Access",),
        ),
        "filter": Remedy(
            ("no group of the scoping filter admits the user",),
            ("change the attribute of the user, or the filter",),
        ),
        "filter-on-empty": Remedy(
            ("a negative clause of the scoping filter is false on an empty attribute",),
            (
                "fill the attribute of the user",
                "add a group to the filter with IS NULL on the attribute, where users without a"
                " value should be in scope",
            ),
        ),
        "input-filter": Remedy(
            ("an early filter of the connector leaves the object out",),
            ("change the attribute of the object; the early filter is Microsoft's own",),
        ),
        "DuplicateTargetEntries": Remedy(
            ("two or more target users have the matching value",),
            (
                "delete or rename all but one of the target users",
                "match on an attribute that is unique in the target",
            ),
        ),
        "DuplicateSourceEntries": Remedy(
            ("two or more source users have the matching value",),
            ("give each source user a value of its own", "match on a unique source attribute"),
        ),
        "MandatoryFieldsMissing": Remedy(
            ("a required target attribute has no value and no default",),
            (
                "fill the source attribute of the user",
                "give the mapping a default value, or a constant",
            ),
        ),
        "InvalidAnchor": Remedy(
            ("the linked target user was deleted or moved in the target",),
            (
                "restart provisioning with `resetScope` `Full`, so that all users are matched anew",
                "break the link of this user alone with the beta API `objectConnections`, while"
                " the job is paused",
            ),
        ),
        "InvalidAttributeSyntax": Remedy(
            ("an expression gives the empty text, which Active Directory refuses",),
            ("wrap the expression in `IgnoreFlowIfNullOrEmpty`",),
        ),
        "evaluation": Remedy(
            ("an expression cannot be evaluated for this user",),
            ("correct the expression, or the attribute of the user",),
        ),
        "escrow": Remedy(
            ("every value that SelectUniqueValue may take is in use",),
            ("add another alternative to SelectUniqueValue",),
        ),
        "EntityTypeNotSupported": Remedy(
            ("groups are not provisioned by this connector",),
            ("switch the object mapping of groups off",),
        ),
        "TooManyDeletes": Remedy(
            ("the cycle has more deletions than the threshold",),
            (
                "look through the deletions, then allow them in the portal",
                "undo the change of the filter or of the assignments",
            ),
        ),
        "2": Remedy(
            ("Create is not selected in the target object actions",),
            ("select Create, where new users should be provisioned",),
        ),
        "6": _NO_UPDATE,
        "10a": _NO_UPDATE,
        "13": _SKIPS,
        "17": _SKIPS,
        "14": Remedy(
            ("no mapping reads IsSoftDeleted",),
            (
                "map IsSoftDeleted to the attribute that disables an account, such as `active`,"
                " where leavers should be disabled",
            ),
        ),
        "15b": Remedy(
            ("Update is not selected in the target object actions",),
            ("select Update, where leavers should be disabled",),
        ),
        "16a": _NO_DELETE,
        "19": _NO_DELETE,
    }
)
"""By Microsoft's code, by what the scope step says, or by the number of a row of the table."""


def remedy_for(*keys: str | None) -> Remedy:
    """The remedy of the first key that has one."""
    for key in keys:
        found = REMEDIES.get(key or "")
        if found is not None:
            return found
    return NOTHING
