"""A lint with users as evidence against DuckDB, which reads the same users and does no more.

`python -m benchmarks --only evidence`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.figures import Figure, from_times, processes_in_turns
from benchmarks.population import people, write_csv, write_jsonl, write_parquet
from benchmarks.simulation import configuration

USERS = 100_000

READERS = {
    "JSON lines": "read_json('{path}', format='newline_delimited')",
    "CSV": "read_csv('{path}')",
    "Parquet": "read_parquet('{path}')",
}
"""Form of the users to how DuckDB reads them."""

READING = "DuckDB reads the users"


def figures(folder: str, rounds: int, *, small: bool) -> list[Figure]:
    """Whole processes in turns, for each form of the users."""
    below = Path(folder) / "evidence"
    below.mkdir()
    schema = below / "schema.json"
    schema.write_text(json.dumps(configuration()), encoding="utf-8")
    paths = _users(below)
    found = []
    for form in ["JSON lines"] if small else READERS:
        found.append(_measure(form, str(schema), str(paths[form]), rounds))
    return found


def _users(folder: Path) -> dict[str, Path]:
    paths = {
        "JSON lines": folder / "users.jsonl",
        "CSV": folder / "users.csv",
        "Parquet": folder / "users.parquet",
    }
    write_jsonl(paths["JSON lines"], people(USERS))
    write_csv(paths["CSV"], people(USERS))
    write_parquet(paths["Parquet"], paths["JSON lines"])
    return paths


def _measure(form: str, schema: str, users: str, rounds: int) -> Figure:
    source = READERS[form].format(path=users)
    code = f'import duckdb; duckdb.sql("CREATE TABLE users AS SELECT * FROM {source}")'
    name = f"lint with {USERS:,} users, {form}"
    commands = {
        READING: [sys.executable, "-c", code],
        name: [sys.executable, "-m", "provlint", "lint", schema, "--no-config", "--users", users],
    }
    rows = processes_in_turns(commands, rounds)
    return from_times(name, rows[name]["seconds"], rows[READING]["seconds"], READING)
