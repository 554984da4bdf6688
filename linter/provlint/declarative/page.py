"""The page of an own rule: what `provlint explain` prints, made from the rule itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import yaml

from provlint.declarative.published import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.declarative.own_rule import ReadyRule
    from provlint.rule import Rule


def page_of(rule: ReadyRule) -> str:
    """The rule as Markdown, with its samples as examples."""
    return "".join(f"{row}\n" for row in _rows(rule))


def page_of_plugin_rule(rule: Rule, package: str) -> str:
    """The page that lies beside the module of a rule; what its metadata says, if there is none."""
    from provlint.rule_page import page_path

    path = page_path(rule)
    if os.path.isfile(path):
        with open(path, encoding="utf-8") as file:
            return file.read()
    info = rule.info
    severity = f"{info.severity.value.capitalize()} in the {info.profile} profile"
    rows = [
        f"# {info.name} ({info.id})",
        "",
        f"{info.summary}.",
        "",
        f"{severity}, of `{package}`.",
    ]
    rows += ["", "## Source", "", info.source] if info.source else []
    return "".join(f"{row}\n" for row in rows)


def _rows(rule: ReadyRule) -> Iterator[str]:
    text, info = rule.text, rule.rule.info
    yield f"# {info.name} ({info.id})"
    yield ""
    yield f"{info.summary}."
    yield ""
    yield f"{info.severity.value.capitalize()} in the {info.profile} profile, in `{rule.file}`."
    yield ""
    yield "## What it finds"
    yield ""
    yield f"For each `{rule.noun.name}`, {rule.noun.about}:"
    yield ""
    asked = {"where": text.where, "require": text.require}
    conditions = {
        key: _form_first(each.model_dump(by_alias=True, exclude_unset=True, mode="json"))
        for key, each in asked.items()
        if each is not None
    }
    yield from _block("yaml", conditions)
    yield ""
    yield "## Example"
    for sample in text.tests:
        kind = "good" if "good" in sample.model_fields_set else "bad"
        yield ""
        yield from _block(f"yaml {kind}", sample.good if kind == "good" else sample.bad)
    if text.help:
        yield ""
        yield "## How to fix"
        yield ""
        yield text.help
    if text.see:
        yield ""
        yield "## Source"
        yield ""
        yield text.see


def _form_first(value: Any) -> Any:
    """A condition with its form before its operators, as people write it."""
    if isinstance(value, list):
        return [_form_first(item) for item in value]
    if not isinstance(value, dict):
        return value
    keys = sorted(value, key=lambda key: key not in FORMS)
    return {key: _form_first(value[key]) for key in keys}


def _block(info: str, value: Any) -> Iterator[str]:
    yield f"```{info}"
    dumped = value if isinstance(value, str) else yaml.safe_dump(value, sort_keys=False, width=90)
    yield from dumped.rstrip("\n").split("\n")
    yield "```"
