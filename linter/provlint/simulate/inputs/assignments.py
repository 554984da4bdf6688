"""App role assignments: who is assigned to an application, and with which role.

Source: https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignedto
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provlint.simulate.inputs.containers import records_of
from provlint.simulate.inputs.fields import incomplete, member, side_records, text_member, truth
from provlint.simulate.inputs.problem import InputProblem, Ledger
from provlint.simulate.inputs.text import find_files
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

PrincipalKind = Literal["User", "Group", "ServicePrincipal"]

DEFAULT_ROLE = "00000000-0000-0000-0000-000000000000"
"""The id of Default Access.
https://learn.microsoft.com/graph/api/resources/approleassignment"""

_KINDS: dict[str, PrincipalKind] = {
    "user": "User",
    "group": "Group",
    "serviceprincipal": "ServicePrincipal",
}


class Assignment(NamedTuple):
    """One assignment.

    Attributes:
        principal: Object id of who is assigned, in lower case.
        kind: What that is.
        role: Id of the application role, in lower case; `DEFAULT_ROLE` for Default Access.
        resource: Object id of the application's service principal.
        name: Display name of who is assigned, for messages.
        where: Place of the record.
    """

    principal: str
    kind: PrincipalKind
    role: str
    resource: str
    name: str
    where: str


class Role(NamedTuple):
    """A role of the application.

    Attributes:
        identity: Its id, in lower case.
        value: What is sent to the application; empty where it has none.
        name: Its display name.
        enabled: Whether it can be assigned.
    """

    identity: str
    value: str
    name: str
    enabled: bool


def read_assignments(paths: Iterable[str], ledger: Ledger) -> tuple[Assignment, ...]:
    """Read pages of `appRoleAssignedTo`, lists, lines, CSV, or output of PowerShell.

    Raises:
        InputError: A file holds something else, or a record is broken and the ledger says to stop.
    """
    found = []
    for record, where in side_records(paths, ledger, "app role assignments"):
        principal = text_member(record, "principalId").lower()
        kind = _KINDS.get(text_member(record, "principalType").lower())
        if not principal:
            needed = ("principalId", "appRoleId")
            ledger.leave_out(incomplete(where, "app role assignments", needed, record))
        elif kind is None:
            ledger.leave_out(_kindless(where, text_member(record, "principalType")))
        else:
            role = text_member(record, "appRoleId", "id").lower() or DEFAULT_ROLE
            resource = text_member(record, "resourceId").lower()
            name = text_member(record, "principalDisplayName")
            found.append(Assignment(principal, kind, role, resource, name, where))
    resources = {assignment.resource for assignment in found if assignment.resource}
    if len(resources) > 1:
        ledger.note(
            InputProblem(
                "several-applications",
                found[0].where,
                f"the assignments are those of {len(resources)} applications; all are counted",
                "give the assignments of one application",
            )
        )
    return tuple(found)


def read_roles(paths: Iterable[str], ledger: Ledger) -> dict[str, Role]:
    """Read the roles of an application from its service principal.

    Raises:
        InputError: A file holds something else.
    """
    roles = {}
    for record, where in side_records(paths, ledger, "a service principal"):
        listed = member(record, "appRoles")
        if not isinstance(listed, list):
            ledger.leave_out(incomplete(where, "a service principal", ("appRoles",), record))
            continue
        for each in listed:
            if isinstance(each, dict):
                identity = text_member(each, "id").lower()
                enabled = truth(member(each, "isEnabled"))
                roles[identity] = Role(
                    identity,
                    text_member(each, "value"),
                    text_member(each, "displayName"),
                    enabled is not False,
                )
    return roles


def split_service_principals(paths: Iterable[str]) -> tuple[list[str], list[str]]:
    """Tell files of assignments from those of a service principal.

    Returns:
        The files of assignments, and those with `appRoles`.
    """
    assignments: list[str] = []
    principals: list[str] = []
    for path in find_files(paths):
        first = next(iter(records_of(path, Ledger("skip"))), None)
        has_roles = first is not None and member(first[0], "appRoles") is not None
        (principals if has_roles else assignments).append(path)
    return assignments, principals


def _kindless(where: str, found: str) -> InputProblem:
    what = f"`{found}`" if found else "nothing"
    return InputProblem(
        "bad-principal-type",
        where,
        f"`principalType` is {what}, expected `User`, `Group` or `ServicePrincipal`",
        "export the assignments with `principalType`",
    )
