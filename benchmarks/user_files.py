"""The whole simulation from JSON lines, CSV and pages of Microsoft Graph, beyond that from Parquet.

`python -m benchmarks --only files`. The same users and target users as in `simulation`, in the
forms in which people export them. What a form costs more than Parquet is told as a multiple of what
it takes another program to read the file and do no more: DuckDB for lines and CSV, a typed decoder
for pages.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import simulation
from benchmarks.figures import Figure, alone, from_times, megabytes, processes_in_turns
from benchmarks.peers import script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = 999
"""Users of a page: what `$top=999` asks for."""

PARQUET = "Parquet"

CONTEXT = "https://graph.microsoft.com/v1.0/$metadata#users"

PORTAL_ROWS = """
    SELECT userPrincipalName, displayName, surname, mail, givenName, id AS objectId, userType,
        jobTitle, department, accountEnabled, usageLocation, streetAddress, state, country,
        officeLocation AS physicalDeliveryOfficeName, city, postalCode,
        businessPhones[1] AS telephoneNumber, mobilePhone AS mobile, mailNickname, employeeId,
        employeeType, companyName, preferredLanguage,
        onPremisesExtensionAttributes.extensionAttribute1 AS extensionAttribute1,
        onPremisesExtensionAttributes.extensionAttribute5 AS extensionAttribute5
    FROM '{users}'"""
"""A row of the portal's *Download users*."""

SDK_ROWS = """
    SELECT CASE WHEN accountEnabled THEN 'True' ELSE 'False' END AS AccountEnabled,
        'System.String[]' AS BusinessPhones, city AS City, companyName AS CompanyName,
        country AS Country, department AS Department, displayName AS DisplayName,
        employeeId AS EmployeeId, employeeType AS EmployeeType, givenName AS GivenName, id AS Id,
        jobTitle AS JobTitle, mail AS Mail, mailNickname AS MailNickname,
        mobilePhone AS MobilePhone, officeLocation AS OfficeLocation,
        onPremisesExtensionAttributes.extensionAttribute1 AS extensionAttribute1,
        onPremisesExtensionAttributes.extensionAttribute5 AS extensionAttribute5,
        postalCode AS PostalCode, preferredLanguage AS PreferredLanguage, state AS State,
        streetAddress AS StreetAddress, surname AS Surname, usageLocation AS UsageLocation,
        userPrincipalName AS UserPrincipalName, userType AS UserType
    FROM '{users}'"""
"""A row of `Get-MgUser | Select-Object … | Export-Csv`: every cell quoted, an array as its type."""


FLAT_ROWS = """
    SELECT * EXCLUDE (onPremisesExtensionAttributes), onPremisesExtensionAttributes.*
    FROM '{users}'"""
"""Graph's names, lists as text, and the extension attributes in columns of their own."""


class Form(NamedTuple):
    """How users lie in files.

    Attributes:
        write: Writes the users of a folder so, and says what to give to provlint.
        reader: How DuckDB reads that; empty where a typed decoder reads it.
    """

    write: Callable[[Path], Path]
    reader: str = ""


def through_duckdb(rows: str, name: str, options: str) -> Callable[[Path], Path]:
    """What writes the users in one file as DuckDB does."""

    def write(folder: Path) -> Path:
        import duckdb

        target = folder / name
        with duckdb.connect() as connection:
            query = rows.format(users=folder / "users.parquet")
            connection.execute(f"COPY ({query}) TO '{target}' (FORMAT {options})")
        return target

    return write


write_lines = through_duckdb("SELECT * FROM '{users}'", "users.jsonl", "json")


def write_pages(folder: Path) -> Path:
    """The answers of `GET /users?$top=999`, a file each."""
    below = folder / "pages"
    below.mkdir()
    lines = write_lines(folder)
    with lines.open(encoding="utf-8") as file:
        page = [line.rstrip() for line in islice(file, PAGE)]
        number = 0
        while page:
            following = [line.rstrip() for line in islice(file, PAGE)]
            link = f'"@odata.nextLink":"{CONTEXT}?$skiptoken={number}",' if following else ""
            text = f'{{"@odata.context":"{CONTEXT}",{link}"value":[{",".join(page)}]}}'
            (below / f"users-{number:05}.json").write_text(text, encoding="utf-8")
            page, number = following, number + 1
    return below


def write_document(folder: Path) -> Path:
    """One page with all users, as scripts that follow the links write them."""
    lines, target = write_lines(folder), folder / "users.json"
    with lines.open(encoding="utf-8") as users, target.open("w", encoding="utf-8") as file:
        file.write(f'{{"@odata.context":"{CONTEXT}","value":[{next(users).rstrip()}')
        for user in users:
            file.write(f",{user.rstrip()}")
        file.write("]}")
    return target


FORMS = {
    "JSON lines": Form(write_lines, "read_ndjson('{path}')"),
    "CSV of the portal": Form(
        through_duckdb(PORTAL_ROWS, "portal.csv", "csv, HEADER"), "read_csv('{path}')"
    ),
    "CSV of Export-Csv": Form(
        through_duckdb(SDK_ROWS, "sdk.csv", "csv, HEADER, FORCE_QUOTE *"), "read_csv('{path}')"
    ),
    "CSV with lists as text": Form(
        through_duckdb(FLAT_ROWS, "graph.csv", "csv, HEADER"), "read_csv('{path}')"
    ),
    "Graph pages": Form(write_pages),
    "one Graph page with all": Form(write_document),
}
"""Forms by name."""


FEW = ("CSV of Export-Csv", "Graph pages")
"""Forms that CI measures."""


def figures(rounds: int, count: int, *, few: bool = False) -> list[Figure]:
    """Time beyond that from Parquet, as a multiple of reading; and memory."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = simulation.prepare(name, count)
        for title in FEW if few else FORMS:
            found += _measure(title, folder, max(rounds, 2), count)
    return found


def _measure(title: str, folder: Path, rounds: int, count: int) -> list[Figure]:
    form = FORMS[title]
    path = form.write(folder)
    if form.reader:
        code = f'import duckdb; duckdb.sql("CREATE TABLE users AS FROM {form.reader}")'
        peer, reading = "reading by DuckDB", [sys.executable, "-c", code.format(path=path)]
    else:
        peer = "reading by a typed decoder"
        reading = [sys.executable, script("graph_pages_msgspec"), str(path)]
    from_parquet = simulation.tasks(folder)[simulation.OURS]
    answers = folder / "ours.json", folder / "other.json"
    other = {str(folder / "users.parquet"): str(path), str(answers[0]): str(answers[1])}
    commands = {
        PARQUET: from_parquet,
        peer: reading,
        title: [other.get(word, word) for word in from_parquet],
    }
    rows = processes_in_turns(commands, rounds)
    counters = [json.loads(each.read_text("utf-8"))["summary"]["counters"] for each in answers]
    if counters[0] != counters[1]:
        raise RuntimeError(f"{title}: {counters[1]}, but from Parquet: {counters[0]}")
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    pairs = zip(rows[title]["seconds"], rows[PARQUET]["seconds"], strict=True)
    beyond = [max(each - parquet, 0.0) for each, parquet in pairs]
    named = f"{title} beyond Parquet, {count:,} users"
    return [
        from_times(named, beyond, rows[peer]["seconds"], peer),
        megabytes(named, rows[title]["megabytes"]),
    ]


if __name__ == "__main__":
    alone(figures, __doc__, users=100_000)
