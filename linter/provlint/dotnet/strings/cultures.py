"""Names of cultures: which ones .NET takes, and which of them change letter case.

.NET with ICU takes almost any well-formed name and falls back to the invariant rules.

Source: https://learn.microsoft.com/dotnet/api/system.globalization.cultureinfo
"""

from __future__ import annotations

from typing import Final

from provlint.dotnet.failure import DotNetError

_LONGEST_NAME: Final = 85
_LONGEST_LANGUAGE: Final = 11
_INVARIANT_LANGUAGES: Final = frozenset({"c", "und", "root"})
_TURKIC_LANGUAGES: Final = frozenset({"tr", "tur", "az", "aze"})


def canonical_culture(culture: str) -> str:
    """Return a culture name, "" when it means the invariant culture.

    Raises:
        DotNetError: `CultureNotFoundException` when the name is not well formed.
    """
    if not culture or (len(culture) == 1 and culture in "cC"):
        return ""
    if not _is_well_formed(culture):
        raise DotNetError(
            "CultureNotFoundException",
            "Culture is not supported. (Parameter 'name')\n"
            f"{culture} is an invalid culture identifier.",
        )
    return culture


def _is_well_formed(culture: str) -> bool:
    if not 1 < len(culture) <= _LONGEST_NAME or culture.count("_") > 1:
        return False
    parts = culture.replace("_", "-").split("-")
    return len(parts[0]) <= _LONGEST_LANGUAGE and all(
        part.isascii() and part.isalnum() for part in parts
    )


def language_of(culture: str) -> str:
    """Return the language part of a culture name in lower case."""
    return culture.lower().replace("_", "-").partition("-")[0]


def has_invariant_casing(culture: str) -> bool:
    """Tell whether a culture changes letter case as the invariant culture does.

    Every other culture also maps the dotted and the dotless i of Turkish.
    """
    if not culture:
        return True
    lower = culture.lower()
    return lower in _INVARIANT_LANGUAGES or lower.startswith("x-")


def is_turkic(culture: str) -> bool:
    """Tell whether a culture pairs i with dotted I: Turkish and Azerbaijani."""
    return language_of(culture) in _TURKIC_LANGUAGES


def is_dutch(culture: str) -> bool:
    """Tell whether a culture writes the two letters ij as one capital."""
    return culture.lower().startswith("nl-")
