"""Renderers: pure functions from the outcome of a run to text.

Only the format that is asked for is imported.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from provlint.report.result import Run
    from provlint.report.style import Look

    Renderer = Callable[[Run, Look], str]


def _text() -> Renderer:
    from provlint.report.text import render

    return render


def _concise() -> Renderer:
    from provlint.report.concise import render

    return render


def _json() -> Renderer:
    from provlint.report.published_json import render

    return render


def _sarif() -> Renderer:
    from provlint.report.sarif import render

    return render


def _github() -> Renderer:
    from provlint.report.github import render

    return render


FORMATS: Mapping[str, Callable[[], Renderer]] = MappingProxyType(
    {"text": _text, "concise": _concise, "json": _json, "sarif": _sarif, "github": _github}
)
"""Name of a format to what loads its renderer; the first is the default."""
