"""A cheap look at a file: might it hold a provisioning configuration?"""

from __future__ import annotations

MARKERS = (
    "ynchronizationRules",
    "bjectMappings",
    "ttributeMappings",
    "argetAttributeName",
    "ynchronizationJobSettings",
    "ynchronizationSchema",
    "emplateId",
    "piExpressions",
    "lowNullValues",
)
"""Parts of key names that configurations have and unrelated files seldom do.

The first letter is missing because Microsoft Graph writes camelCase and the PowerShell SDK
PascalCase. Source: https://learn.microsoft.com/graph/api/resources/synchronization-schema
"""


def might_hold_configuration(content: bytes | str) -> bool:
    """Tell whether a file is worth reading as a provisioning configuration.

    Looks for `MARKERS` only, in UTF-8 and UTF-16 alike, at the speed of `bytes.find`. A wrong yes
    is sorted out by whoever recognises shapes; a wrong no loses a file, so the list is generous.
    """
    if isinstance(content, bytes):
        if b"\0" in content[:4096]:
            content = content.replace(b"\0", b"")
        return any(marker in content for marker in _BYTES)
    return any(marker in content for marker in MARKERS)


_BYTES = tuple(marker.encode() for marker in MARKERS)
