"""Group 6: the job and its secrets."""

from __future__ import annotations

RULES = ()
