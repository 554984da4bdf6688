"""What is planted in jobs, people and groups is found at the configuration, by the right rule."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from provlint.diagnostic import NOTE
from provlint.engine import ruleset
from provlint.lint import Options, all_rules, lint_file
from provlint.lint_inputs import LintInputs
from provlint.selection import Selection, choose
from provlint.simulate.evidence.source import EvidenceFiles
from provlint.source.source_file import read_source

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
MISTAKES = EXAMPLES / "mistakes"

RULES = {
    "M04": "PL704", "M05": "PL714", "M06": "PL712", "M07": "PL715", "M11": "PL701", "M13": "PL601",
    "M16": "PL602", "M17": "PL603", "M18": "PL705", "M19": "PL705", "M25": "PL113", "M29": "PL731",
    "M31": "PL711", "M36": "PL713", "M39": "PL721", "M42": "PL732", "M43": "PL733", "M44": "PL605",
    "M47": "PL604", "M49": "PL425", "M50": "PL727", "M51": "PL728", "M58": "PL734", "M59": "PL741",
    "M62": "PL725", "M64": "PL723", "M67": "PL735", "M71": "PL703", "M78": "PL701", "M84": "PL726",
    "M85": "PL722", "M86": "PL722", "M89": "PL607", "M90": "PL606", "M91": "PL608", "M97": "PL742",
}  # fmt: skip
"""What finds a mistake, where users, targets, assignments, groups or secrets show it."""

FOLDERS = sorted(
    {path.parent for path in MISTAKES.rglob("*.expected.toml")}
    - {MISTAKES, MISTAKES / "broken", MISTAKES / "jobs" / "inbound-open"}
)


def inputs(folder: Path) -> dict[str, tuple[str, ...]]:
    """The files of a folder by the option that they are for."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.iterdir()):
        for start, field in (
            ("users", "users"),
            ("target", "targets"),
            ("assignments", "assignments"),
            ("groups", "groups"),
            ("secrets", "secrets"),
        ):
            if path.name.startswith(start) and path.suffix != ".toml":
                found[field] = (*found.get(field, ()), str(path))
    return found


def lint(folder: Path) -> dict[str, list[tuple[str, str, str]]]:
    """Rule, severity and place of what is found in each configuration of a folder."""
    given = inputs(folder)
    files = EvidenceFiles(**given)
    needs = {"configuration", "job", *files.given}
    rules = [rule for rule in choose(all_rules(), Selection()) if needs.issuperset(rule.info.needs)]
    options = Options(ruleset(rules), inputs=LintInputs(files))
    taken = {path for paths in given.values() for path in paths}
    found = {}
    for path in sorted(folder.glob("*.json")):
        if str(path) not in taken:
            source = read_source(path.read_bytes(), path.name)
            diagnostics = lint_file(source, options).diagnostics
            found[path.stem] = [
                (each.rule, each.severity, each.place.pointer) for each in diagnostics
            ]
    return found


def planted(path: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(path.read_text("utf-8")).get("mistake", [])
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(MISTAKES)))
def test_what_is_planted_is_found_and_nothing_else(folder: Path) -> None:
    found = lint(folder)
    assert found
    secrets = folder / "secrets.expected.toml"
    in_secrets = planted(secrets) if secrets.exists() else []
    for name, findings in found.items():
        listed = planted(folder / f"{name}.expected.toml")
        missed = [
            (entry["mistake"], entry["pointer"])
            for entry in listed
            if not any(
                rule == RULES[entry["mistake"]] and pointer == entry["pointer"]
                for rule, _, pointer in findings
            )
        ]
        assert missed == []
        told = {rule for rule, _, _ in findings}
        assert {RULES[entry["mistake"]] for entry in in_secrets} <= told
        expected = {RULES[entry["mistake"]] for entry in (*listed, *in_secrets)}
        assert {rule for rule, severity, _ in findings if severity > NOTE} <= expected
