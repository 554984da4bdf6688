"""Exit statuses of every verb.

A CI job may rely on them: 0 and 1 say that the work was done. What a signal ends has 128 and the
number of the signal.
"""

from __future__ import annotations

CLEAN = 0
FINDINGS = 1
FAILED = 2
NOTHING_TO_CHECK = 3
INTERRUPTED = 130
BROKEN_PIPE = 141
