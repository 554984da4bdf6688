"""What is known about a run and about one user beside the user's attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from provlint.simulate.scope import NullPolicy

Account = Literal["active", "disabled", "soft-deleted", "hard-deleted"]
Mode = Literal["on-demand", "cycle"]

ASSIGNED: dict[str, bool] = {
    "none": False,
    "direct": True,
    "group-member": True,
    "direct-group-member": True,
    "dynamic-group-member": True,
    "group": True,
    "dynamic-group": True,
    "nested-group-member": False,
    "nested-group": False,
}
"""Ways to be assigned, and whether they count: those in a nested group are not assigned.
https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works#assignment-based-scoping"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the target; None where nothing is.

    Attributes:
        application: Name of the application, for messages.
        matching: The only target attributes that the application can match on.
        filterable: The target attributes that the target can filter on.
        matching_case: Whether the target regards letter case when it filters.
        soft_delete: Whether the target can disable an account.
        required: Target attributes that must have a value, beside those of the schema.
        case_exact: Target attributes of which a change of letter case is a change.
        default_access: Whether the role Default Access provisions, by the application's page.
    """

    application: str = ""
    matching: tuple[str, ...] | None = None
    filterable: tuple[str, ...] | None = None
    matching_case: bool | None = None
    soft_delete: bool | None = None
    required: tuple[str, ...] = ()
    case_exact: frozenset[str] | None = None
    default_access: bool | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a job and its secrets; None where they are not given.

    Attributes:
        sync_all: Whether all users are synchronized, not only those assigned.
        skip_out_of_scope_deletions: Whether those who fall out of scope are left alone.
        base_address: The tenant URL.
        has_secret: Whether a credential is stored.
        delete_threshold: Deletions of a cycle above which the job stops.
        null_policy: What negative operators do on empty attributes.
        mode: `on-demand` for one user, `cycle` for all.
        configured: ISO date on which the configuration was made.
        as_of: ISO date of the run.
    """

    sync_all: bool | None = None
    skip_out_of_scope_deletions: bool | None = None
    base_address: str | None = None
    has_secret: bool | None = None
    delete_threshold: int | None = None
    null_policy: NullPolicy = "documented"
    mode: Mode = "on-demand"
    configured: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known about one user beside the attributes; None where nothing is.

    Attributes:
        account: State of the account in the source; told from the attributes if left out.
        assignment: A key of `ASSIGNED`.
        role: Name of the application role; `default-access` for the role without a name.
        roles: Names of all application roles, those without a name left out.
        link: Id of the target user that the service has linked.
        was_in_scope: Whether the user was in scope when last looked at.
        left_earlier: Whether the user was unassigned in an earlier cycle.
        kind: `internal member`, or what else the user is.
    """

    account: Account | None = None
    assignment: str | None = None
    role: str | None = None
    roles: tuple[str, ...] = ()
    link: str | None = None
    was_in_scope: bool | None = None
    left_earlier: bool = False
    kind: str | None = None


NO_FACTS = Facts()
NO_SETTINGS = Settings()
NO_SITUATION = Situation()
