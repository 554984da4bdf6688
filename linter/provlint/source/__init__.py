"""Files, encodings, JSON and YAML with the place of every value. Knows nothing of provisioning.

Names are loaded when they are first asked for, because a clean file needs few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provlint.source.discovery import Found, discover, read_bytes
    from provlint.source.edits import apply_edits, newline_of, write_text
    from provlint.source.encoding import Decoded, decode, encode
    from provlint.source.json_text import read_json
    from provlint.source.lines import LineIndex
    from provlint.source.positions import Positions
    from provlint.source.problem import SourceProblem
    from provlint.source.reading import Reading
    from provlint.source.sniff import might_hold_configuration
    from provlint.source.source_file import SourceFile, read_source, read_text
    from provlint.source.truncation import find_truncations
    from provlint.source.yaml_text import read_yaml

__all__ = [
    "Decoded",
    "Found",
    "LineIndex",
    "Positions",
    "Reading",
    "SourceFile",
    "SourceProblem",
    "apply_edits",
    "decode",
    "discover",
    "encode",
    "find_truncations",
    "might_hold_configuration",
    "newline_of",
    "read_bytes",
    "read_json",
    "read_source",
    "read_text",
    "read_yaml",
    "write_text",
]

_HOMES = {
    "Decoded": "encoding",
    "SourceFile": "source_file",
    "Found": "discovery",
    "LineIndex": "lines",
    "Positions": "positions",
    "Reading": "reading",
    "SourceProblem": "problem",
    "apply_edits": "edits",
    "decode": "encoding",
    "discover": "discovery",
    "encode": "encoding",
    "find_truncations": "truncation",
    "might_hold_configuration": "sniff",
    "newline_of": "edits",
    "read_bytes": "discovery",
    "read_source": "source_file",
    "read_json": "json_text",
    "read_text": "source_file",
    "read_yaml": "yaml_text",
    "write_text": "edits",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
