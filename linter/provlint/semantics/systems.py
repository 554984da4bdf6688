"""Which system a directory of a schema stands for.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-directorydefinition
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from provlint.model.tree import Directory

System = Literal[
    "entra", "active-directory", "workday", "successfactors", "api-driven", "application", "unknown"
]

_WELL_KNOWN_IDS: dict[str, System] = {
    "66e4a8cc-1b7b-435e-95f8-f06cea133828": "entra",
    "ba5b00eb-4c24-41a7-9d57-cd305d47d540": "active-directory",
}

_WELL_KNOWN_NAMES: tuple[tuple[str, System], ...] = (
    ("azure active directory", "entra"),
    ("microsoft entra id", "entra"),
    ("active directory", "active-directory"),
    ("on-premises active directory", "active-directory"),
)

_NAME_PARTS: tuple[tuple[str, System], ...] = (
    ("azure active directory", "entra"),
    ("active directory", "active-directory"),
    ("workday", "workday"),
    ("successfactors", "successfactors"),
    ("api-driven", "api-driven"),
    ("api driven", "api-driven"),
    ("inbound api", "api-driven"),
    ("api2a", "api-driven"),
)

_DOMAIN_ATTRIBUTES = (
    "sAMAccountName",
    "objectGUID",
    "parentDistinguishedName",
    "distinguishedName",
)
"""Attributes of which only Active Directory has two; its directory may bear the domain's name."""

_TEMPLATE_SOURCES: tuple[tuple[str, System], ...] = (
    ("workdaywriteback", "entra"),
    ("successfactorswriteback", "entra"),
    ("workday", "workday"),
    ("successfactors", "successfactors"),
    ("api2a", "api-driven"),
    ("azure2azure", "entra"),
    ("ad2aad", "active-directory"),
    ("aad2ad", "entra"),
)

_ALIASES: dict[str, System] = {
    "ad": "active-directory",
    "aad": "entra",
    "azure-ad": "entra",
    "entra-id": "entra",
    "api": "api-driven",
    "api-inbound": "api-driven",
    "inbound-api": "api-driven",
    "hr": "workday",
    "sap-successfactors": "successfactors",
    "saas": "application",
    "scim": "application",
    "app": "application",
}

SYSTEMS: tuple[System, ...] = (
    "entra",
    "active-directory",
    "workday",
    "successfactors",
    "api-driven",
    "application",
)

HR_SYSTEMS: frozenset[System] = frozenset({"workday", "successfactors", "api-driven"})
"""Systems of record that provision inbound."""

ALWAYS_PRESENT = frozenset({"objectId", "userPrincipalName", "id", "displayName"})
"""Attributes that every Entra user has."""


def system_from_word(word: str) -> System | None:
    """The system that a user's word such as `saas` or `ad` means; None for an unknown word."""
    folded = word.strip().lower().replace("_", "-").replace(" ", "-")
    for system in SYSTEMS:
        if folded == system:
            return system
    return _ALIASES.get(folded)


def directory_system(name: str, directory: Directory | None) -> System:
    """The system behind the directory called `name`; `unknown` without a name."""
    if not name.strip():
        return "unknown"
    if directory is not None and directory.id.lower() in _WELL_KNOWN_IDS:
        return _WELL_KNOWN_IDS[directory.id.lower()]
    folded = name.strip().lower()
    for known, system in _WELL_KNOWN_NAMES:
        if folded == known or folded.startswith(known + " ("):
            return system
    for part, system in _NAME_PARTS:
        if part in folded:
            return system
    if directory is not None and _is_domain(directory):
        return "active-directory"
    return "application"


def _is_domain(directory: Directory) -> bool:
    """Whether an object of the directory has what only users and groups of a domain have."""
    for definition in directory.objects:
        names = {attribute.name for attribute in definition.attributes}
        if sum(name in names for name in _DOMAIN_ATTRIBUTES) > 1:
            return True
    return False


def template_source(template_id: str) -> System | None:
    """The source system that a template id tells, where it tells one."""
    folded = template_id.lower()
    for part, system in _TEMPLATE_SOURCES:
        if folded.startswith(part):
            return system
    return None
