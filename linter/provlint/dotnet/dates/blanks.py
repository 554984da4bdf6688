"""White space around dates and their formats.

Source: https://learn.microsoft.com/dotnet/api/system.globalization.datetimestyles
"""

from __future__ import annotations

from provlint.dotnet.strings.units import is_white_space


def white_space_end(text: str, start: int) -> int:
    """Return the place after the white space that begins at a place."""
    while start < len(text) and is_white_space(text[start]):
        start += 1
    return start


def trim_end(text: str) -> str:
    """Drop white space at the end."""
    end = len(text)
    while end and is_white_space(text[end - 1]):
        end -= 1
    return text[:end]


def trim_quoted_end(pattern: str) -> str:
    """Drop blanks before a closing quote at the end of a format."""
    if len(pattern) < 3 or pattern[-1] not in "'\"":
        return pattern
    return trim_end(pattern[:-1]) + pattern[-1]


def trim_quoted_start(pattern: str, start: int) -> str:
    """Drop blanks after an opening quote at the start of a format."""
    if len(pattern) - start < 3 or pattern[start] not in "'\"":
        return pattern
    return pattern[: start + 1] + pattern[white_space_end(pattern, start + 1) :]
