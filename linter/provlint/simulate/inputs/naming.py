"""Records of users in the names of their source, translated to provisioning names.

Source: https://learn.microsoft.com/graph/migrate-azure-ad-graph-property-differences
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from provlint.semantics.attribute_values import GUEST_MARK, guest_home_name
from provlint.simulate.inputs.names import BOOLEANS, EXTENSION_ATTRIBUTES, RENAMED
from provlint.simulate.inputs.scim import flatten_scim

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Json = dict[str, Any]
Naming = Literal[
    "graph", "provisioning", "powershell-graph", "powershell-azuread", "scim", "case",
    "expression-test", "column-map",
]  # fmt: skip

NAMINGS: dict[Naming, str] = {
    "graph": "Microsoft Graph names, translated (`id` to `objectId`, `mobilePhone` to `mobile`, …)",
    "provisioning": "provisioning names, taken as they are",
    "powershell-graph": "names of the Microsoft Graph PowerShell SDK, translated",
    "powershell-azuread": "names of the AzureAD PowerShell module, translated",
    "scim": "SCIM attributes, as paths such as `name.familyName`",
    "case": "provisioning names of a test case, taken as they are",
    "expression-test": "provisioning names of a `testInputObject`, taken as they are",
    "column-map": "columns renamed by the column map",
}
"""What is said of each way of naming."""

GRAPH_ONLY = (
    "businessPhones", "mobilePhone", "officeLocation", "onPremisesExtensionAttributes",
    "faxNumber", "onPremisesSyncEnabled", "onPremisesImmutableId", "employeeOrgData",
)  # fmt: skip
_TYPE_NAME = re.compile(r"(?:System|Microsoft)\.[\w.+`]+(?:\[[^\]]*\])?")
_DEEPEST = 8
_TRUTH = {"true": True, "false": False}


def naming_of(record: Mapping[str, Any]) -> Naming | None:
    """How a record names its attributes; None when it is no user."""
    if "userPrincipalName" not in record:
        if "UserPrincipalName" in record or "AdditionalProperties" in record:
            return "powershell-azuread" if "ObjectId" in record else "powershell-graph"
        if "InputAttributes" in record:
            return "case"
        if isinstance(record.get("properties"), list):
            return "expression-test"
        if "schemas" in record or "userName" in record or "username" in record or "data" in record:
            return "scim"
        if what_else(record):
            return None
    for name in GRAPH_ONLY:
        if name in record:
            return "graph"
    return "graph" if "id" in record and "objectId" not in record else "provisioning"


def is_powershell(naming: Naming) -> bool:
    """Whether names are those of a module of PowerShell.

    It writes properties that were not asked for as null, so that null tells nothing there.
    """
    return naming.startswith("powershell")


def what_else(record: Mapping[str, Any]) -> str:
    """What a record is that is no user: `app role assignments`, `groups`, …; empty if unknown."""
    for marks, what in _OTHERS:
        if all(mark in record for mark in marks):
            return what
    return ""


_OTHERS = (
    (("principalId", "resourceId"), "app role assignments"),
    (("principalId", "appRoleId"), "app role assignments"),
    (("synchronizationRules",), "a synchronization schema"),
    (("appRoles",), "a service principal"),
    (("securityEnabled",), "groups"),
    (("groupTypes",), "groups"),
    (("members", "displayName"), "groups"),
    (("templateId", "schedule"), "a provisioning job"),
    (("key", "value"), "secrets"),
)

OTHER_MARKS = frozenset(
    {
        "UserPrincipalName", "AdditionalProperties", "InputAttributes", "properties", "schemas",
        "userName", "username", "data", *(mark for marks, _ in _OTHERS for mark in marks),
    }
) - {"displayName", "value"}  # fmt: skip
"""Members of which one is in every record that is no user in provisioning or Graph names."""


def translate(record: Json, naming: Naming) -> Json:
    """The attributes of a record in provisioning names. The record may be changed.

    Values are texts, Booleans, numbers, None, and lists of them. Objects become paths with dots;
    a reference becomes the id of its object.
    """
    values = _TRANSLATIONS[naming](record)
    for name in BOOLEANS:
        text = values.get(name)
        if type(text) is str:
            values[name] = _TRUTH.get(text.lower(), text)
    principal = values.get("userPrincipalName")
    if type(principal) is str and "originalUserPrincipalName" not in values:
        # Members keep their name, guests have that of their home.
        home = guest_home_name(principal) if GUEST_MARK in principal else principal
        values["originalUserPrincipalName"] = home
    return values


def type_names(record: Mapping[str, Any]) -> list[str]:
    """The attributes in which PowerShell wrote the name of a type in place of a value."""
    return [name for name, value in record.items() if is_type_name(value)]


def is_type_name(value: object) -> bool:
    """Whether a value is the name of a .NET type, as `Export-Csv` writes collections."""
    return (
        type(value) is str
        and value.startswith(("System.", "Microsoft."))
        and _TYPE_NAME.fullmatch(value) is not None
    )


def _graph(record: Json) -> Json:
    for key, names in RENAMED:
        if key in record:
            value = record.pop(key)
            for name in names:
                record[name] = value
    if "businessPhones" in record:
        phones = record.pop("businessPhones")
        if isinstance(phones, list):
            phones = phones[0] if phones else None
        record["telephoneNumber"] = phones
    if "employeeOrgData" in record and record["employeeOrgData"] is None:
        record["employeeOrgData"] = {"costCenter": None, "division": None}
    if "onPremisesExtensionAttributes" in record:
        extensions = record.pop("onPremisesExtensionAttributes")
        _flat(record)
        if isinstance(extensions, dict):
            record.update(extensions)
        elif extensions is None:
            for name in EXTENSION_ATTRIBUTES:
                record.setdefault(name, None)
        return record
    return _flat(record)


def _flat(record: Json) -> Json:
    """The record without annotations of OData, objects turned to paths with dots."""
    if dict not in map(type, record.values()) and "@" not in "".join(record):
        return record
    for key in [key for key, value in record.items() if type(value) is dict or "@" in key]:
        value = record.pop(key)
        if "@" in key:
            continue
        if key == "manager":
            if "id" in value:
                record[key] = value["id"]
        else:
            _spread(record, key, value, 0)
    return record


def _spread(record: Json, path: str, value: Json, depth: int) -> None:
    for key, inner in value.items():
        if "@" in key:
            continue
        if isinstance(inner, dict) and depth < _DEEPEST:
            _spread(record, f"{path}.{key}", inner, depth + 1)
        else:
            record[f"{path}.{key}"] = inner


def _powershell_graph(record: Json) -> Json:
    return _graph(_camel(record, "AdditionalProperties"))


def _powershell_azuread(record: Json) -> Json:
    return _flat(_camel(record, "ExtensionProperty"))


def _camel(record: Json, rest: str) -> Json:
    """The record with the first letters lowered; the members of `rest` belong to it as they are."""
    lowered: Json = {}
    for key, value in record.items():
        if key == rest or key == "AdditionalProperties":
            if isinstance(value, dict):
                lowered.update(value)
        elif not is_type_name(value):
            inner = isinstance(value, dict)
            if key == "Manager" and inner and not value.get("Id"):
                # Without -ExpandProperty the SDK writes an empty object for every user.
                continue
            lowered[_lower(key)] = _camel(value, rest) if inner else value
    return lowered


@lru_cache(4096)
def _lower(key: str) -> str:
    return key[:1].lower() + key[1:]


def _case(record: Json) -> Json:
    inner = record["InputAttributes"]
    return dict(inner) if isinstance(inner, dict) else {}


def _expression_test(record: Json) -> Json:
    return {
        str(each.get("key", "")): each.get("value")
        for each in record["properties"]
        if isinstance(each, dict)
    }


def _scim(record: Json) -> Json:
    inner = record.get("data")
    return flatten_scim(inner if isinstance(inner, dict) else record)


_TRANSLATIONS: dict[Naming, Callable[[Json], Json]] = {
    "graph": _graph,
    "provisioning": _flat,
    "powershell-graph": _powershell_graph,
    "powershell-azuread": _powershell_azuread,
    "scim": _scim,
    "case": _case,
    "expression-test": _expression_test,
    "column-map": _flat,
}
