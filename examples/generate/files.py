"""Writes example files, byte for byte the same on every system."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pieces import in_graph_order


def write_text(path: Path, text: str, encoding: str = "utf-8", newline: str = "\n") -> None:
    """Write text, creating the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.replace("\n", newline).encode(encoding))


def as_json(value: Any, indent: int | str = 2) -> str:
    """Return JSON text, indented as `az` and PowerShell 7 write it, or as asked (`jq --tab`)."""
    return json.dumps(value, indent=indent, ensure_ascii=False) + "\n"


def write_json(path: Path, value: Any, indent: int | str = 2) -> None:
    """Write a Graph answer with the key order of the service."""
    write_text(path, as_json(in_graph_order(value), indent))
