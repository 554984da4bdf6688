"""Text for Python's `re`: sets of units as explicit classes."""

from __future__ import annotations

from provlint.dotnet.regex.classes import ANY, Ranges


def unit_text(unit: int) -> str:
    """Return a unit as `re` reads it, inside and outside a class."""
    if 48 <= unit <= 57 or 65 <= unit <= 90 or 97 <= unit <= 122:
        return chr(unit)
    return f"\\x{unit:02x}" if unit < 256 else f"\\u{unit:04x}"


def class_text(ranges: Ranges) -> str:
    """Return a class that matches exactly one unit of a set."""
    if ranges == ANY:
        return r"[\x00-\uffff]"
    if not ranges:
        return r"[^\x00-\uffff]"
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return unit_text(ranges[0][0])
    parts = []
    for low, high in ranges:
        parts.append(unit_text(low))
        if high > low:
            parts.append("-" + unit_text(high) if high > low + 1 else unit_text(high))
    return "[" + "".join(parts) + "]"
