"""Matching values as numbers, and the bucket of each, in SQL."""

from __future__ import annotations

LOW = (1 << 64) - 1


def high_of(number: str) -> str:
    """The upper half of a matching value, which Parquet can hold."""
    return f"CAST({number} >> 64 AS UBIGINT)"


def low_of(number: str) -> str:
    """The lower half."""
    return f"CAST({number} & CAST({LOW} AS UHUGEINT) AS UBIGINT)"


def bucket_of(high: str, count: int) -> str:
    """The bucket of a matching value."""
    return f"CAST({high} % {count} AS INTEGER)"
