"""Writes every example: `python examples/generate` from the root of the repository."""

from __future__ import annotations

import sys
from pathlib import Path

import applications
import broken
import changes
import clean
import mistakes
import people

if __name__ == "__main__":
    examples = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent
    for part in (clean, changes, applications, mistakes, broken, people):
        part.write(examples)
