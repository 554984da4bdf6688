"""The figures that the README names: rows of `docs/performance.md`, next to those of others.

`python -m benchmarks --write` puts them there, and a test compares the two.
"""

from __future__ import annotations

import os
from typing import NamedTuple

README = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "README.md")
BEGIN = "<!-- written by python -m benchmarks --write -->\n"
END = "<!-- end -->\n"
TIMES = "\u00d7"

LINTERS = ("yamllint", "zizmor", "ruff", "check-jsonschema", "sqlfluff", "cfn-lint")


class Row(NamedTuple):
    """A row of the page; nothing stands for a cell that it lacks."""

    ratio: float
    milliseconds: float
    megabytes: str


class Highlight(NamedTuple):
    """A line of the README.

    Attributes:
        what: The work.
        table: Title of the table on the page.
        ours: Our row.
        others: Rows of others, and what they are called here.
    """

    what: str
    table: str
    ours: str
    others: dict[str, str]


def _simulating(users: str) -> Highlight:
    others = {"a DuckDB script by hand": "a DuckDB script by hand",
              "a Polars script by hand": "a Polars script by hand",
              "a loop in Python": "a loop in Python"}  # fmt: skip
    return Highlight(
        f"simulate {users} users, the five steps",
        f"Simulating {users} users",
        f"simulation from Parquet, {users} users",
        {f"{row}, {users} users": name for row, name in others.items()},
    )


HIGHLIGHTS = (
    Highlight(
        "lint a file of 40 KB, the whole process; others lint a trivial file",
        "Whole processes",
        "lint FILE, 40 KB",
        {"python -c pass": "`python -c pass`", **{name: name for name in LINTERS}},
    ),
    Highlight(
        "decide who of 1,000,000 users is in scope",
        "Deciding who is in scope",
        "scope: provlint",
        {f"scope: {name}": name
         for name in ("a DuckDB filter by hand", "naive Python", "rule-engine",
                      "common-expression-language", "cel-python")},
    ),
    _simulating("1,000,000"),
    _simulating("10,000,000"),
)  # fmt: skip


def written(readme: str, page: str) -> str:
    """The README with the figures of the page."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    return f"{before}{begin}{lines(page)}{end}{after}"


def lines(page: str) -> str:
    """The lines of the README; those whose table is not on the page are left out."""
    tables = _tables(page)
    found = ["| what | provlint | others, as multiples of it |", "|---|---|---|"]
    for each in HIGHLIGHTS:
        rows = tables.get(each.table, {})
        if each.ours not in rows:
            continue
        ours = rows[each.ours]
        others = [
            f"{name} {_multiple(rows[row].ratio / ours.ratio)}"
            for row, name in each.others.items()
            if row in rows
        ]
        cost = [_time(ours.milliseconds)]
        cost += [f"{ours.megabytes} MB"] if ours.megabytes else []
        found.append(f"| {each.what} | {', '.join(cost)} | {', '.join(others)} |")
    return "\n".join(found) + "\n"


def _tables(page: str) -> dict[str, dict[str, Row]]:
    found: dict[str, dict[str, Row]] = {}
    for part in page.split("\n## ")[1:]:
        title, _, text = part.partition("\n")
        rows = found.setdefault(title, {})
        for line in text.splitlines():
            cells = [cell.strip() for cell in line.split("|")[1:-1]]
            if len(cells) < 5 or not cells[1].replace(".", "").isdigit():
                continue
            megabytes = cells[5].partition(" ")[0] if len(cells) > 5 else ""
            rows[cells[0]] = Row(float(cells[1]), float(cells[4].replace(",", "")), megabytes)
    return found


def _multiple(ratio: float) -> str:
    return f"{ratio:,.0f} {TIMES}" if ratio >= 10 else f"{ratio:.1f} {TIMES}"


def _time(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.1f} s" if milliseconds >= 1000 else f"{milliseconds:.0f} ms"
