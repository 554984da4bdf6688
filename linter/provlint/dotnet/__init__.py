"""The behaviour of .NET 8 to 10 in Python: regular expressions, dates, strings and numbers."""

from __future__ import annotations

ROOMS = ("dates", "numbers", "regex", "strings")
"""Modules that are imported when they are asked for: `dotnet.regex.compile(…)`."""


def __getattr__(name: str) -> object:
    if name not in ROOMS:
        raise AttributeError(f"module `provlint.dotnet` has no attribute `{name}`")
    from importlib import import_module

    return import_module(f"{__name__}.{name}")
