"""The version of the package, and the date of the language it implements."""

VERSION = "0.1.0"
__version__ = VERSION

LANGUAGE_DATE = "2026-11-22"
"""Microsoft's documentation of filters and expressions was read as it stood on this day."""
