"""`python -m provlint`, for machines whose folder of scripts is not in the path."""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    # Python puts the current folder first, from where nothing may be imported: it is linted.
    if not sys.flags.safe_path and sys.path[:1] == [os.getcwd()]:
        del sys.path[0]
    from provlint.cli import main

    main()
