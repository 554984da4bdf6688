"""One file that was read: its text, its value, and the places in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.source.encoding import decode
from provlint.source.json_text import read_json, read_valid_json
from provlint.source.reading import Reading

if TYPE_CHECKING:
    from provlint.source.lines import LineIndex
    from provlint.source.positions import Positions
    from provlint.source.problem import SourceProblem

YAML_SUFFIXES = (".yaml", ".yml")


class SourceFile:
    """A file in memory. Lines, positions and truncations are worked out when they are asked for.

    Attributes:
        name: How the file is called in messages.
        text: The decoded text without byte order mark.
        encoding: Codec of the bytes.
        bom: Whether the bytes began with a byte order mark.
        reading: The value and the defects of the text.
        problems: All problems: of the encoding, of the text, of templates, in this order.
    """

    __slots__ = (
        "_lines", "_positions", "_truncations", "bom", "encoding", "name", "problems", "reading",
        "text",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        text: str,
        reading: Reading,
        *,
        encoding: str = "utf-8",
        bom: bool = False,
        problems: tuple[SourceProblem, ...] = (),
    ) -> None:
        self.name = name
        self.text = text
        self.encoding = encoding
        self.bom = bom
        self.reading = reading
        self.problems = problems + reading.problems
        self._lines: LineIndex | None = None
        self._positions: Positions | None = None
        self._truncations: list[tuple[str, str]] | None = None

    @property
    def lines(self) -> LineIndex:
        """Lines and columns of the text."""
        if self._lines is None:
            from provlint.source.lines import LineIndex

            self._lines = LineIndex(self.text)
        return self._lines

    @property
    def positions(self) -> Positions:
        """Places of values by their pointers; ask `locate` for many of them at once.

        A file without a value has one place, which is all of its text.
        """
        if self._positions is None:
            from provlint.source.node import Node
            from provlint.source.positions import Positions

            root = self.reading.root
            if root is None and not self.reading.found:
                root = Node(0, len(self.text))
            self._positions = Positions(self.text, root, unique=True)
        return self._positions

    @property
    def truncations(self) -> list[tuple[str, str]]:
        """Places where ConvertTo-Json wrote a type name in place of a value."""
        if self._truncations is None:
            from provlint.source.truncation import find_truncations

            self._truncations = find_truncations(self.reading.value, self.text)
        return self._truncations


def read_source(data: bytes, name: str) -> SourceFile:
    """Decode and read a file; never raises.

    Args:
        data: The bytes of the file.
        name: Its path or `-`; the suffix says whether it is YAML or a Terraform template. A text
            of another name that looks like YAML and not like JSON is read as YAML.
    """
    decoded = decode(data)
    text = decoded.text
    problems: tuple[SourceProblem, ...] = (decoded.problem,) if decoded.problem else ()
    if decoded.problem is not None and not text:
        reading = Reading(None, found=False)
    else:
        reading = read_text(text, name)
    lowered = name.lower()
    if lowered.endswith(".tftpl") or "${" in text or "%{" in text:
        from provlint.source.template import find_directives

        problems += find_directives(text, template=lowered.endswith(".tftpl"))
    return SourceFile(
        name, text, reading, encoding=decoded.encoding, bom=decoded.bom, problems=problems
    )


def read_text(text: str, name: str) -> Reading:
    """Read a decoded text as YAML or JSON, as `read_source` does."""
    lowered = name.lower().removesuffix(".tftpl")
    if lowered.endswith(YAML_SUFFIXES) or (
        not lowered.endswith((".json", ".jsonc")) and _looks_like_yaml(text)
    ):
        reading = read_valid_json(text) if text.lstrip()[:1] in ("{", "[") else None
        if reading is not None:
            return reading
        from provlint.source.yaml_text import read_yaml

        return read_yaml(text)
    if name.lower().endswith(".tftpl"):
        return read_json(text, dialect="template")
    return read_json(text, dialect="jsonc" if lowered.endswith(".jsonc") else "json")


def _looks_like_yaml(text: str) -> bool:
    """Tell whether a text without brackets at its beginning has keys and values of YAML."""
    import re

    if text.lstrip()[:1] in ("{", "[", '"', ""):
        return False
    beginning = re.compile(r"(?:\s*(?:#[^\n]*|---[^\n]*)?\n)*\s*(?:- +)*[\w@.]+:(?:[ \r\n]|\Z)")
    return beginning.match(text) is not None
