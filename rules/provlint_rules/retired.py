"""Ids that were published once and are never given again."""

from __future__ import annotations

RETIRED: dict[str, str] = {}
"""Id to the name that the rule had. A rule that goes leaves a line here."""
