"""The bounds of what is read. Each is reported when it is reached, never passed in silence."""

from __future__ import annotations

MAXIMUM_BYTES = 64 * 1024 * 1024
"""Largest file that is read. The largest public schema has 2.3 MB."""

MAXIMUM_DEPTH = 200
"""Deepest nesting of objects and arrays. Real schemas nest about 15 deep."""

MAXIMUM_PROBLEMS = 200
"""Most problems that are listed for one file."""

MAXIMUM_OF_ONE_CODE = 25
"""Most problems of one code that are listed for one file."""

MAXIMUM_DEFECTS = 5_000
"""Most defects of one file before the reading stops, since the text is then something else."""

MAXIMUM_YAML_VALUES = 2_000_000
"""Most values of a YAML file after its aliases are followed."""
