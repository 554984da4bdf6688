"""`python -m provlint`, for machines whose folder of scripts is not in the path."""

from __future__ import annotations

from provlint.cli import main

if __name__ == "__main__":
    main()
