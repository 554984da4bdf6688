"""Expectations kept as files: read, run and reported."""
