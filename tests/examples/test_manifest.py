"""Every planted mistake names a place that exists in the file beside it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
MISTAKES = EXAMPLES / "mistakes"
LISTS = sorted(MISTAKES.rglob("*.expected.toml"))
BROKEN = [path for path in LISTS if path.parent.name == "broken"]
WHOLE = [path for path in LISTS if path.parent.name != "broken"]


def planted(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("mistake", [])
    return found


def subject(path: Path) -> Path:
    stem = path.name.removesuffix(".expected.toml")
    (found,) = [
        each for each in path.parent.iterdir() if each != path and each.name.split(".")[0] == stem
    ]
    return found


def resolve(document: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        document = document[int(key)] if isinstance(document, list) else document[key]
    return document


def name_of(path: Path) -> str:
    return str(path.relative_to(MISTAKES))


@pytest.mark.parametrize("path", WHOLE, ids=name_of)
def test_pointers_resolve(path: Path) -> None:
    document = json.loads(subject(path).read_text("utf-8"))
    for entry in planted(path):
        assert set(entry) - {"start", "text"} == {"mistake", "pointer", "why"}
        assert entry["mistake"]
        assert entry["why"]
        value = resolve(document, entry["pointer"])
        if "text" in entry:
            assert value.startswith(entry["text"], entry["start"])


@pytest.mark.parametrize("path", WHOLE, ids=name_of)
def test_no_mistake_is_listed_twice(path: Path) -> None:
    places = [(entry["mistake"], entry["pointer"]) for entry in planted(path)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("path", BROKEN, ids=name_of)
def test_places_exist_in_broken_files(path: Path) -> None:
    lines = subject(path).read_text("utf-8").split("\n")
    entries = planted(path)
    assert entries
    for entry in entries:
        assert set(entry) == {"mistake", "line", "column", "why"}
        assert 1 <= entry["column"] <= len(lines[entry["line"] - 1]) + 1


@pytest.mark.parametrize("path", BROKEN, ids=name_of)
def test_broken_files_are_broken(path: Path) -> None:
    text = subject(path).read_text("utf-8")
    if path.name.startswith("duplicate-keys"):
        with pytest.raises(KeyError, match="targetAttributeName"):
            json.loads(text, object_pairs_hook=_refuse_duplicates)
        return
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise KeyError(key)
        found[key] = value
    return found


def is_input(path: Path) -> bool:
    """Whether a file is given beside a configuration."""
    starts = ("users", "target", "assignments", "groups")
    return "evidence" in path.parts and path.name.startswith(starts)


def test_every_document_has_a_list() -> None:
    documents = {
        path
        for path in MISTAKES.rglob("*")
        if path.is_file() and not path.name.endswith(".expected.toml") and not is_input(path)
    }
    listed = {subject(path) for path in LISTS}
    assert {path.name for path in documents - listed} == {"empty.json", "not-json.json"}


def test_every_number_is_explained() -> None:
    catalogue = tomllib.loads((EXAMPLES / "mistake-catalogue.toml").read_text("utf-8"))
    explained = {name for part in catalogue.values() for name in part}
    found = {entry["mistake"] for path in LISTS for entry in planted(path)}
    numbered = {name for name in found if re.fullmatch("[ML][0-9]{2}", name)}
    assert numbered <= explained
    assert {int(name[1:]) for name in explained - numbered} == ELSEWHERE


ELSEWHERE = {1, 55, 30, 32, 37, 56, 57, 60}
"""Mistakes that need a second export, a named application, or people of whom some are left out."""


def test_every_visible_mistake_of_the_catalogue_is_planted() -> None:
    found = {entry["mistake"] for path in LISTS for entry in planted(path)}
    expected = {f"M{number:02d}" for number in range(1, 98) if number not in ELSEWHERE}
    assert sorted(expected - found) == []
