"""Lists of rules: for a terminal, as JSON, as the page `docs/rules.md`."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from provlint.program_rules import PROGRAM_RULES
from provlint.request import OPTIONS
from provlint.rule import OWN
from provlint.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.report.style import Look
    from provlint.rule import Rule, RuleInfo

TITLES = {
    "file": "File and schema",
    "scope": "Scoping filters",
    "matching": "Matching",
    "expression": "Expressions",
    "mapping": "Attribute and object mappings",
    "application": "Applications",
    "job": "Jobs and secrets",
    "evidence": "Evidence from data",
    "internal": "Internal",
    "own": "Rules of one's own",
}
"""Name of a group to its title."""

FORMAT_VERSION = 1
"""Of the JSON list."""

REPEATED = "provlint rules --format markdown > docs/rules.md"


def as_text(rules: Sequence[Rule], look: Look) -> str:
    """A table for each group, cut to the width of the terminal, and a line that counts."""
    lines: list[str] = []
    width = max((len(rule.info.name) for rule in rules), default=0)
    longest = max((len(rule.info.id) for rule in rules), default=0)
    for title, infos in _groups(rules):
        inputs = _inputs(infos)
        lines.append(look.paint("message", f"{title}: with {inputs}" if inputs else title))
        for info in infos:
            before = f"  {info.id:<{longest}}  {info.name:<{width}}  "
            profile = "strict" if info.profile == "strict" else ""
            after = f"  {profile:<6}  {'fix' if info.fixable else '':<3}  "
            room = look.width - len(before) - 7 - len(after)
            severity = look.severity(info.severity, f"{info.severity:<7}")
            lines.append(f"{before}{severity}{after}{_cut(info.summary, room)}")
        lines.append("")
    lines.append(look.paint("quiet", _counts(rules)))
    return "".join(f"{line}\n" for line in lines)


def as_json(rules: Sequence[Rule]) -> str:
    """One object with the version of the format, and the rules in the order of their ids."""
    listed = [
        {
            "id": rule.info.id,
            "name": rule.info.name,
            "group": rule.info.group,
            "summary": rule.info.summary,
            "severity": rule.info.severity.value,
            "profile": rule.info.profile,
            "confidence": rule.info.confidence,
            "fixable": rule.info.fixable,
            "since": rule.info.since,
            "status": rule.info.status,
            "needs": list(rule.info.needs),
            "source": rule.info.source,
        }
        for rule in rules
    ]
    return json.dumps({"version": FORMAT_VERSION, "rules": listed}, indent=2) + "\n"


def as_markdown(rules: Sequence[Rule]) -> str:
    """The page of all rules, which links to the page of each."""
    lines = [
        "# Rules",
        "",
        f"{_counts(rules)}. Strict rules are advice: they run with `--profile strict`.",
        "The severity is the default one. A rule that needs an input runs when it is given.",
        "`provlint explain PL113` prints the page of a rule.",
        "",
        f"Written by `{REPEATED}`.",
    ]
    for title, infos in _groups(rules):
        lines += [
            "",
            f"## {title}",
            "",
            "| id | name | severity | profile | fix | needs | finds |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ]
        lines += (
            f"| {info.id} | {_linked(info)} |"
            f" {info.severity} | {info.profile} | {'yes' if info.fixable else ''} |"
            f" {_inputs([info], '`')} | {info.summary} |"
            for info in infos
        )
    return "".join(f"{line}\n" for line in lines)


def _linked(info: RuleInfo) -> str:
    if info.group == OWN:
        return info.name
    return f"[{info.name}](../{_folder(info)}/{info.name}.md)"


def _folder(info: RuleInfo) -> str:
    own = any(rule.info is info for rule in PROGRAM_RULES)
    return "linter/provlint/program_rules" if own else f"rules/provlint_rules/{info.group}"


def _groups(rules: Sequence[Rule]) -> Iterator[tuple[str, list[RuleInfo]]]:
    for group, members in groupby(rules, key=lambda rule: rule.info.group):
        yield TITLES[group], [rule.info for rule in members]


def _inputs(infos: Sequence[RuleInfo], quotes: str = "") -> str:
    """Options that give what these rules need beside the configuration."""
    needs = {need for info in infos for need in info.needs}
    options = (option for need, option in OPTIONS.items() if need in needs)
    return ", ".join(f"{quotes}{option}{quotes}" for option in options)


def _counts(rules: Sequence[Rule]) -> str:
    fixable = sum(rule.info.fixable for rule in rules)
    strict = sum(rule.info.profile == "strict" for rule in rules)
    return f"{counted(len(rules), 'rule')}, {strict} of them strict, {fixable} with fixes"


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room or room < 20 else f"{text[: room - 1]}…"
