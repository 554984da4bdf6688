"""What the default rules say of the examples: nothing of the clean ones, nothing unplanned else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from provlint.diagnostic import NOTE
from provlint.lint import lint_text

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
CLEAN = sorted(path for path in (EXAMPLES / "clean").rglob("*.json"))
PLANTED = sorted(
    path.with_name(path.name.replace(".expected.toml", ".json"))
    for path in (EXAMPLES / "mistakes").rglob("*.expected.toml")
    if path.parent.name != "broken" and not path.name.startswith("secrets")
)
# The parts of a configuration that a finding is about.
UNIT = re.compile(
    r"(.*?/attributeMappings/\d+|.*?/groups/\d+/clauses/\d+|.*?/groups/\d+|.*?/attributes/\d+)(/|$)"
)


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8")


def unit(pointer: str) -> str:
    found = UNIT.match(pointer)
    return found.group(1) if found else pointer


def name_of(path: Path) -> str:
    return str(path.relative_to(EXAMPLES))


@pytest.mark.parametrize("path", CLEAN, ids=name_of)
def test_clean_examples_give_no_warning(path: Path) -> None:
    found = lint_text(text_of(path), name=path.name)
    assert [(each.rule, each.message) for each in found if each.severity > NOTE] == []


@pytest.mark.parametrize("path", PLANTED, ids=name_of)
def test_findings_are_about_what_was_planted(path: Path) -> None:
    listed = tomllib.loads(path.with_name(f"{path.stem}.expected.toml").read_text("utf-8"))
    planted = {unit(entry["pointer"]) for entry in listed.get("mistake", [])}
    found = lint_text(text_of(path), name=path.name)
    unplanned = [
        (each.rule, each.place.pointer, each.message)
        for each in found
        if each.severity > NOTE and not _near(unit(each.place.pointer), planted)
    ]
    assert unplanned == []


def _near(here: str, planted: set[str]) -> bool:
    """Whether a place is one that was planted, lies in it or holds it; the root holds nothing."""
    return any(
        here == each
        or (each and here.startswith(f"{each}/"))
        or (here and each.startswith(f"{here}/"))
        for each in planted
    )


def test_carets_touch_the_culprits() -> None:
    path = EXAMPLES / "mistakes" / "expressions.json"
    listed = tomllib.loads(path.with_name("expressions.expected.toml").read_text("utf-8"))
    found: dict[str, list[tuple[int, int]]] = {}
    for each in lint_text(text_of(path), name=path.name):
        if each.severity > NOTE and each.place.part == "text":
            found.setdefault(each.place.pointer, []).append((each.place.start, each.place.end))
    beside = [
        (entry["text"], entry["pointer"], found[entry["pointer"]])
        for entry in listed["mistake"]
        if "start" in entry and entry["pointer"] in found
        if not any(
            start < entry["start"] + len(entry["text"]) and entry["start"] < end
            for start, end in found[entry["pointer"]]
        )
    ]
    assert beside == []
    assert len(found) > 50
