"""Writes `mistakes/`: the catalogue's mistakes, one file per theme."""

from __future__ import annotations

from pathlib import Path

import mistakes_evidence
import mistakes_expressions
import mistakes_filters
import mistakes_inbound
import mistakes_jobs
import mistakes_mappings
import mistakes_shape


def write(examples: Path) -> None:
    """Write the folder."""
    folder = examples / "mistakes"
    for theme in (
        mistakes_filters,
        mistakes_mappings,
        mistakes_expressions,
        mistakes_inbound,
        mistakes_shape,
        mistakes_jobs,
        mistakes_evidence,
    ):
        theme.write(folder)
