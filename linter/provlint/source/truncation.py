"""Strings that PowerShell's ConvertTo-Json writes in place of what was too deep."""

from __future__ import annotations

import re
from typing import Any

from provlint.source.pointer import escape

_TEXTS = ("System.", "Microsoft.Graph.", "@{")
_TYPE_NAMES = (
    r"(?:System\.(?:Object|String|Byte|Int32)(?:\[\])?"
    r"|System\.(?:Collections|Management\.Automation)\.[\w.`+]+(?:\[[^\"]*\])?(?:\[\])?"
    r"|Microsoft\.(?:Graph\.)[\w.`+]+(?:\[\])?)"
)
_TRUNCATED = rf"@\{{|{_TYPE_NAMES}(?:\s+{_TYPE_NAMES})*\s*\Z"


def find_truncations(
    value: Any, text: str | None = None, limit: int = 100
) -> list[tuple[str, str]]:
    """Return `(pointer, string)` of values that are the name of a .NET type or `@{...}`.

    ConvertTo-Json writes `ToString()` of whatever lies below its `-Depth`, 2 unless told.
    Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertto-json

    Args:
        value: What was read.
        text: The text it was read from; when it holds no such name the value is not searched.
        limit: Most places that are returned.
    """
    if text is not None and not any(part in text for part in _TEXTS):
        return []
    matches = re.compile(_TRUNCATED).match
    found: list[tuple[str, str]] = []
    stack: list[tuple[str, Any]] = [("", value)]
    while stack:
        pointer, item = stack.pop()
        if isinstance(item, str):
            if item.startswith(_TEXTS) and matches(item):
                found.append((pointer, item))
                if len(found) >= limit:
                    break
        elif isinstance(item, dict):
            stack += [(f"{pointer}/{escape(key)}", item[key]) for key in reversed(item)]
        elif isinstance(item, list):
            stack += [(f"{pointer}/{index}", item[index]) for index in range(len(item))][::-1]
    return found
