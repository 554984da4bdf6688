"""Compile `names.toml` to `names_tables.py`: `python -m provlint.simulate.inputs.generate`.

A test fails when the written module differs from what this makes.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from pprint import pformat

FOLDER = Path(__file__).parent


def tables() -> str:
    """Return the text of `names_tables.py`."""
    with (FOLDER / "names.toml").open("rb") as file:
        document = tomllib.load(file)
    sources = document["sources"]
    attributes = {
        each["name"]: (
            each.get("graph", ""),
            each.get("kind", "text"),
            bool(each.get("portal", False)),
            tuple(sources[key] for key in each["from"]),
        )
        for each in document["attribute"]
    }
    written = pformat(attributes, width=100, sort_dicts=False)
    return (
        '"""Written by `provlint.simulate.inputs.generate` from `names.toml`; do not edit."""\n\n'
        "ATTRIBUTES: dict[str, tuple[str, str, bool, tuple[str, ...]]] = " + written + "\n"
    )


if __name__ == "__main__":
    (FOLDER / "names_tables.py").write_text(tables(), encoding="utf-8")
