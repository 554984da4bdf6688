"""A configuration with planted mistakes, and the list of what was planted where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from files import as_json, write_text
from pieces import in_graph_order

Planted = TypeVar("Planted", dict[str, Any], list[Any])


class Specimen:
    """Collects the mistakes of one file; places are found again in the finished document."""

    def __init__(self) -> None:
        self._planted: list[
            tuple[str, object, tuple[str | int, ...], str, tuple[int, str] | None]
        ] = []

    def wrong(
        self,
        mistake: str,
        why: str,
        part: Planted,
        *steps: str | int,
        culprit: tuple[int, str] | None = None,
    ) -> Planted:
        """Note a mistake in `part`, or in what the steps lead to from there; return the part.

        `culprit` is an offset, in code points, and the text there within a text value.
        """
        self._planted.append((mistake, part, steps, why, culprit))
        return part

    def write(self, path: Path, document: Any, *, sort: bool = True, indent: int | str = 2) -> None:
        """Write the document and the list beside it.

        Raises:
            ValueError: A noted part is not in the document.
        """
        if sort:
            in_graph_order(document)
        write_text(path, as_json(document, indent))
        places = _places(document, ())
        planted = "What is wrong in" if self._planted else "Nothing is wrong in"
        lines = [f"# {planted} {path.name}{', and where' if self._planted else ''}.", ""]
        for mistake, part, steps, why, culprit in self._planted:
            if id(part) not in places:
                raise ValueError(f"{path.name}: {mistake} is not in the document: {why}")
            pointer = "".join(
                "/" + str(step).replace("~", "~0").replace("/", "~1")
                for step in (*places[id(part)], *steps)
            )
            lines += ["[[mistake]]", f"mistake = {quoted(mistake)}", f"pointer = {quoted(pointer)}"]
            if culprit:
                lines += [f"start = {culprit[0]}", f"text = {quoted(culprit[1])}"]
            lines += [f"why = {quoted(why)}", ""]
        write_text(path.with_name(f"{path.stem}.expected.toml"), "\n".join(lines))


def quoted(text: str) -> str:
    """Return a TOML basic string."""
    return json.dumps(text, ensure_ascii=False)


def _places(value: Any, here: tuple[str | int, ...]) -> dict[int, tuple[str | int, ...]]:
    """Return the path of every object and list by identity."""
    if not isinstance(value, dict | list):
        return {}
    found = {id(value): here}
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, each in steps:
        found.update(_places(each, (*here, step)))
    return found
