"""SCIM users as flat maps of target attribute names.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_DEEPEST = 8
_SILENT = frozenset({"schemas", "meta"})


def flatten_scim(record: Json) -> Json:
    """The attributes of a SCIM resource by the names that mappings use for them.

    `name.familyName`; `emails[type eq "work"].value` and `emails[primary eq true].value`;
    `urn:…:User:department` for extensions; `active`. Several values of one path are a list. A list
    of objects also stands under its own name, as the list of its `value` members.
    """
    values: Json = {}
    for key, value in record.items():
        if key in _SILENT:
            continue
        if isinstance(value, dict):
            _spread(values, f"{key}{':' if key.lower().startswith('urn:') else '.'}", value, 0)
        elif isinstance(value, list):
            _several(values, key, value)
        else:
            values["userName" if key == "username" else key] = value
    return values


def _spread(values: Json, prefix: str, members: Json, depth: int) -> None:
    for key, value in members.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            if prefix.endswith(":") and key in ("manager", "Manager") and "value" in value:
                values[f"{prefix}{key}"] = value["value"]
            _spread(values, f"{prefix}{key}.", value, depth + 1)
        elif isinstance(value, list):
            _several(values, f"{prefix}{key}", value)
        else:
            values[f"{prefix}{key}"] = value


def _several(values: Json, name: str, items: list[Any]) -> None:
    objects = [item for item in items if isinstance(item, dict)]
    plain = [item.get("value") if isinstance(item, dict) else item for item in items]
    values[name] = [value for value in plain if value is not None]
    for item in objects:
        selectors = []
        if isinstance(item.get("type"), str):
            selectors.append(f'type eq "{item["type"]}"')
        if item.get("primary") is True:
            selectors += ["primary eq true", 'primary eq "True"']
        for selector in selectors:
            for key, value in item.items():
                if key != "type" and not isinstance(value, (dict, list)):
                    _add(values, f"{name}[{selector}].{key}", value)


def _add(values: Json, path: str, value: Any) -> None:
    if path not in values:
        values[path] = value
    elif isinstance(values[path], list):
        values[path].append(value)
    elif values[path] != value:
        values[path] = [values[path], value]


def comparable_name(name: str) -> str:
    """A target attribute name as it is compared: SCIM names differ by no letter case.

    The text inside of quotes keeps its case.
    Source: https://www.rfc-editor.org/rfc/rfc7643#section-2.1
    """
    parts = name.split('"')
    parts[::2] = [part.lower() for part in parts[::2]]
    return '"'.join(parts)
