"""Exit statuses of every verb.

A CI job may rely on them: 0 and 1 say that the work was done.
"""

from __future__ import annotations

CLEAN = 0
FINDINGS = 1
FAILED = 2
NOTHING_TO_CHECK = 3
