"""Application roles.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes#provisioning-a-role-to-a-scim-app
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provlint.evaluation.coercion import as_text
from provlint.evaluation.readings import NULL_AS_TEXT, SEVERAL_ROLES
from provlint.evaluation.values import Role, Roles

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value


def single_role(state: State, source: Value) -> Value:
    """SingleAppRoleAssignment([appRoleAssignments]): the role of a user who has one."""
    if source is None:
        state.note(NULL_AS_TEXT)
        return None
    names = _names(state, source)
    if len(names) > 1:
        state.note(SEVERAL_ROLES)
    return names[0] if names else None


def added_roles(state: State, source: Value) -> Value:
    """AppRoleAssignmentsComplex([appRoleAssignments]): all roles; a PATCH adds them."""
    return _roles(state, source, "add")


def replaced_roles(state: State, source: Value) -> Value:
    """AssertiveAppRoleAssignmentsComplex([appRoleAssignments]): a PATCH replaces them."""
    return _roles(state, source, "replace")


def role_values(state: State, source: Value) -> Value:
    """AppRoleAssignments(source): the names of the roles, by the name of the function."""
    return _names(state, source) or None


def _roles(state: State, source: Value, patch: Literal["add", "replace"]) -> Roles:
    return Roles(tuple(Role(name) for name in _names(state, source)), patch)


def _names(state: State, source: Value) -> list[str]:
    if source is None:
        return []
    if type(source) is Roles:
        return [role.value for role in source.roles]
    values = source if type(source) is list else [source]
    return [as_text(state, value, 0) for value in values]
