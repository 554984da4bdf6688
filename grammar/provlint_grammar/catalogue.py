"""The functions of all provisioning dialects."""

from __future__ import annotations


def find_function(name: str) -> str | None:
    """The name, if there is such a function."""
    return None
