"""Files, encodings, JSON and YAML with the place of every value. Knows nothing of provisioning."""

from __future__ import annotations

from provlint.source.document import Document, read_document, read_text
from provlint.source.edits import apply_edits, newline_of, write_text
from provlint.source.encoding import Decoded, decode, encode
from provlint.source.json_text import read_json
from provlint.source.lines import LineIndex
from provlint.source.positions import Positions
from provlint.source.problem import SourceProblem
from provlint.source.reading import Reading
from provlint.source.sniff import might_hold_configuration
from provlint.source.truncation import find_truncations

__all__ = [
    "Decoded",
    "Document",
    "LineIndex",
    "Positions",
    "Reading",
    "SourceProblem",
    "apply_edits",
    "decode",
    "encode",
    "find_truncations",
    "might_hold_configuration",
    "newline_of",
    "read_document",
    "read_json",
    "read_text",
    "write_text",
]
