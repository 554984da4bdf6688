"""Values of target accounts by the name of a target attribute.

A name may be plain, or a SCIM path: `name.givenName`, `emails[type eq "work"].value`,
`urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department`.
Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_STEP = re.compile(r'([^.\[\]]+)(?:\.?\[\s*([\w$-]+)\s+eq\s+"?([^"\]]*)"?\s*\])?', re.IGNORECASE)

STEPS = 16
"""Steps of the longest path that is followed."""


def value_at(values: Mapping[str, object], attribute: str) -> object:
    """The value of a target attribute; None where there is none.

    A key that is the whole name wins. Names of SCIM are compared without regard to letter case.
    """
    if attribute in values:
        return values[attribute]
    urn, name = split_schema(attribute)
    found: object = values
    if urn:
        found = _member(values, urn)
        if found is None:
            return _member(values, name) if isinstance(_member(values, name), str) else None
    for key, filter_key, wanted in steps_of(name):
        if isinstance(found, (list, tuple)):
            found = [_member(item, key) for item in found if isinstance(item, Mapping)] or None
        else:
            found = _member(found, key)
        if filter_key and isinstance(found, (list, tuple)):
            found = next(
                (item for item in found if _matches(item, filter_key, wanted)),
                None,
            )
        if found is None:
            return None
    return found


def split_schema(attribute: str) -> tuple[str, str]:
    """The schema of a name in URN form, and the name within it."""
    if not attribute.lower().startswith("urn:"):
        return "", attribute
    head, bracket, tail = attribute.partition("[")
    schema, _, name = head.rpartition(":")
    return schema, name + bracket + tail


@lru_cache(maxsize=4096)
def steps_of(name: str) -> tuple[tuple[str, str, str], ...]:
    """Key, key of the filter and wanted value of each step of a path."""
    found = [match.groups(default="") for match in _STEP.finditer(name)]
    return tuple((str(a), str(b), str(c)) for a, b, c in found[:STEPS])


def _member(value: object, key: str) -> object:
    if not isinstance(value, Mapping):
        return None
    if key in value:
        return value[key]
    wanted = key.lower()
    return next((item for name, item in value.items() if str(name).lower() == wanted), None)


def _matches(item: object, key: str, wanted: str) -> bool:
    return str(_member(item, key)).lower() == wanted.lower()
