"""Names of cultures.

Source: https://learn.microsoft.com/dotnet/api/system.globalization.cultureinfo
"""

from __future__ import annotations


def canonical_culture(culture: str) -> str:
    return culture
