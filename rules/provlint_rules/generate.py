"""Write what is made from `applications.toml`.

`python -m provlint_rules.generate` writes two modules of plain literals, `applications_data.py` to
recognise applications by and `application_facts_data.py` with what is known of them, and
`docs/applications.md`. A test fails when one of them differs from what this makes.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from pprint import pformat
from typing import TYPE_CHECKING, Any

from provlint_rules.applications import key

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "applications.toml"
DATA = FOLDER / "applications_data.py"
FACTS = FOLDER / "application_facts_data.py"
DOCUMENT = FOLDER.parent.parent / "docs" / "applications.md"

CAPABILITIES = (
    "on-demand", "users", "groups", "roles", "disable", "delete", "matching", "account-discovery",
    "other",
)  # fmt: skip
STATUSES = ("unsupported", "supported", "with-condition", "unknown")
LISTS = (
    "aliases", "templates", "starts", "factory", "gallery", "keys", "directories", "systems",
    "users-matching", "groups-matching", "users-required", "users-single", "users-create-only",
    "users-lookups",
)  # fmt: skip
FLAGS = (
    "generic", "flagged", "single-role", "ignores-filters", "no-default-access",
    "keeps-group-names",
)  # fmt: skip
REFUSED_KEYS = {"target", "pattern", "longer-than", "words"}
KEYS = {"name", "advice", "facts", "users-refused", *LISTS, *FLAGS}
FACT_KEYS = {"capability", "date", "status", "text", "condition", "source"}
HOSTS = ("https://learn.microsoft.com/", "https://registry.terraform.io/")


class ApplicationsError(Exception):
    """`applications.toml` holds something that is not of its form."""


def read(text: str) -> dict[str, Any]:
    """The checked content of `applications.toml`, sources written out.

    Raises:
        ApplicationsError: A key, a status, a date or a source is wrong.
    """
    content = tomllib.loads(text)
    sources = content["sources"]
    used: set[str] = set()
    for owner in (content["history"], *content["application"]):
        name = owner.get("name", "history")
        for fact in owner["facts"]:
            _check(fact, name, sources)
            used.add(fact["source"])
    for name, address in sources.items():
        if not address.startswith(HOSTS) or name not in used:
            raise ApplicationsError(f"source {name!r} is unused or no page of Microsoft's")
    names: set[str] = set()
    for application in content["application"]:
        unknown = set(application) - KEYS
        if unknown or application["name"] in names:
            raise ApplicationsError(f"{application['name']}: twice, or unknown keys {unknown}")
        names.add(application["name"])
        for refused in application.get("users-refused", ()):
            if not {"target", "words"} < set(refused) <= REFUSED_KEYS:
                raise ApplicationsError(f"{application['name']}: wrong keys in {refused}")
    return content


def _check(fact: dict[str, str], name: str, sources: dict[str, str]) -> None:
    where = f"{name}: {fact}"
    if not {"capability", "date", "status", "text", "source"} <= set(fact) <= FACT_KEYS:
        raise ApplicationsError(f"wrong keys in {where}")
    if fact["capability"] not in CAPABILITIES or fact["status"] not in STATUSES:
        raise ApplicationsError(f"wrong capability or status in {where}")
    if not re.fullmatch(r"20\d\d(-\d\d(-\d\d)?)?", fact["date"]):
        raise ApplicationsError(f"wrong date in {where}")
    if fact["source"] not in sources:
        raise ApplicationsError(f"unknown source in {where}")


def data() -> str:
    """The module to recognise applications by: what is looked up, and numbers of applications."""
    names: dict[str, list[int]] = {}
    generic = []
    indexes: dict[str, dict[Any, int]] = {
        name: {} for name in ("TEMPLATES", "STARTS", "FACTORY", "GALLERY", "DIRECTORIES", "SYSTEMS")
    }
    for number, application in enumerate(read(SOURCE.read_text(encoding="utf-8"))["application"]):
        if application.get("generic"):
            generic.append(number)
        words = [application["name"], *application.get("aliases", ())]
        for word in dict.fromkeys(key(word) for word in words):
            names.setdefault(word, []).append(number)
        for name in ("TEMPLATES", "STARTS", "FACTORY", "DIRECTORIES"):
            indexes[name].update((key(word), number) for word in application.get(name.lower(), ()))
        for word in (*application.get("gallery", ()), *application.get("keys", ())):
            indexes["GALLERY"][word.lower()] = number
        if "systems" in application:
            indexes["SYSTEMS"][tuple(application["systems"])] = number
    starts = sorted(indexes["STARTS"].items(), key=lambda item: -len(item[0]))
    annotation = "dict[str, int]"
    return _module(
        ("NAMES", "dict[str, tuple[int, ...]]", {word: tuple(f) for word, f in names.items()}),
        ("GENERIC", "tuple[int, ...]", tuple(generic)),
        ("TEMPLATES", annotation, indexes["TEMPLATES"]),
        ("STARTS", "tuple[tuple[str, int], ...]", tuple(starts)),
        ("FACTORY", annotation, indexes["FACTORY"]),
        ("GALLERY", annotation, indexes["GALLERY"]),
        ("DIRECTORIES", annotation, indexes["DIRECTORIES"]),
        ("SYSTEMS", "dict[tuple[str, str], int]", indexes["SYSTEMS"]),
    )


def facts_data() -> str:
    """The module of what is known, in the order of the fields of `Application`."""
    content = read(SOURCE.read_text(encoding="utf-8"))
    sources = content["sources"]
    rows = tuple(
        (
            application["name"],
            *(tuple(application.get(entry, ())) for entry in LISTS),
            *(application.get(flag, False) for flag in FLAGS),
            tuple(
                (each["target"], each.get("pattern", ""), each.get("longer-than", 0), each["words"])
                for each in application.get("users-refused", ())
            ),
            application.get("advice", ""),
            tuple(_fact(fact, sources) for fact in application["facts"]),
        )
        for application in content["application"]
    )
    history = tuple(_fact(fact, sources) for fact in content["history"]["facts"])
    return _module(
        ("HISTORY", "tuple[tuple[str, ...], ...]", history),
        ("APPLICATIONS", "tuple[tuple[Any, ...], ...]", rows),
    )


def _fact(fact: dict[str, str], sources: dict[str, str]) -> tuple[str, ...]:
    return (
        fact["capability"],
        fact["date"],
        fact["status"],
        fact["text"],
        sources[fact["source"]],
        fact.get("condition", ""),
    )


def _module(*constants: tuple[str, str, object]) -> str:
    lines = ['"""Written by `python -m provlint_rules.generate` from `applications.toml`."""', ""]
    if any("Any" in annotation for _, annotation, _ in constants):
        lines += ["from typing import Any", ""]
    for name, annotation, value in constants:
        literal = pformat(value, width=100, compact=True, sort_dicts=False)
        lines.append(f"{name}: {annotation} = {literal}")
    return "\n".join(lines) + "\n"


SIGNS = {"unsupported": "no", "supported": "yes", "with-condition": "yes, but", "unknown": "?"}


def document() -> str:
    """The page for people."""
    content = read(SOURCE.read_text(encoding="utf-8"))
    sources = content["sources"]
    lines = [
        "# Applications",
        "",
        "What each application supports, as Microsoft's pages said on the dates given. Written by",
        "`python -m provlint_rules.generate` from `rules/provlint_rules/applications.toml`.",
        '`provlint explain "G Suite"` prints one of them.',
        "",
        "What stands in no row was not seen on any page.",
        "",
        "## Provisioning on demand",
        "",
        *_table(content["history"]["facts"], sources),
    ]
    for application in content["application"]:
        lines += ["", f"## {application['name']}", ""]
        for entry, title in (
            ("aliases", "Also called"),
            ("templates", "Template ids and beginnings of job ids"),
            ("factory", "Factory tags"),
            ("gallery", "Gallery applications"),
            ("users-matching", "Users are matched by"),
            ("groups-matching", "Groups are matched by"),
        ):
            words = application.get(entry, ())
            if words:
                quoted = ", ".join(f"`{word}`" if entry != "aliases" else word for word in words)
                lines += [f"{title}: {quoted}.", ""]
        lines += _table(application["facts"], sources)
        if "advice" in application:
            lines += ["", f"To provision on demand: {application['advice']}."]
    return "\n".join(lines) + "\n"


def _table(facts: list[dict[str, str]], sources: dict[str, str]) -> Iterator[str]:
    yield "| what | since | supported | |"
    yield "|---|---|---|---|"
    for fact in facts:
        condition = f" ({fact['condition']})" if "condition" in fact else ""
        text = f"{fact['text']}{condition}".replace("|", "\\|")
        address = sources[fact["source"]]
        is_limit = fact["capability"] == "other" and fact["status"] == "with-condition"
        sign = "limit" if is_limit else SIGNS[fact["status"]]
        yield (f"| {fact['capability']} | {fact['date']} | {sign} | {text} [source]({address}) |")


def outputs() -> Iterator[tuple[Path, str]]:
    """Each file to be written and its text."""
    yield DATA, data()
    yield FACTS, facts_data()
    if DOCUMENT.parent.is_dir():  # in a checkout
        yield DOCUMENT, document()


def main() -> None:
    """Write what has changed, and say so."""
    for path, text in outputs():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{path.name} written\n")


if __name__ == "__main__":
    main()
