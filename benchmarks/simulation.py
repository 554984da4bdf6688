"""The whole simulation against a DuckDB script of the same work, written by hand.

`python -m benchmarks.simulation [--users 1000000]`. Users and target users lie in Parquet; a filter
of three groups of four clauses with a regular expression, six mappings, duplicates of the matching
attribute, match with the target users, differences.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import alone, from_times, megabytes, processes_in_turns
from benchmarks.peers import script
from benchmarks.population import people, targets, write_jsonl

SEED_USERS = 20_000
"""People that are made up; more users are copies of them under other names."""

OURS = "simulation from Parquet"
THEIRS = "a DuckDB script by hand"
POLARS = "a Polars script by hand"
NAIVE = "a loop in Python"

MOST_BY_LOOP = 1_000_000
"""Users of the largest simulation that other programs than DuckDB take part in."""


def clause(name, operator, *values):
    return {"sourceOperandName": name, "operatorName": operator,
            "targetOperand": {"values": list(values)}}  # fmt: skip


def mapping(target, source, kind="Attribute", priority=0):
    expression = f"[{source}]" if kind == "Attribute" else source
    return {
        "targetAttributeName": target,
        "matchingPriority": priority,
        "flowType": "Always",
        "source": {"type": kind, "name": source, "expression": expression, "parameters": []},
    }


GROUPS = (
    ("nordic", clause("department", "EQUALS", "Sales"),
     clause("country", "REGEX MATCH", "^(NO|SE|DK)$"), clause("jobTitle", "NOT EQUALS", "Intern"),
     clause("employeeType", "EQUALS", "Employee")),
    ("engineering", clause("department", "EQUALS", "Engineering"),
     clause("companyName", "Includes", "Contoso"), clause("jobTitle", "IS NOT NULL"),
     clause("userPrincipalName", "NOT REGEX MATCH", "^svc")),
    ("rest", clause("employeeType", "EQUALS", "Contractor"),
     clause("usageLocation", "EQUALS", "US"), clause("mail", "ENDS_WITH", "contoso.example"),
     clause("extensionAttribute5", "EQUALS", "yes")),
)  # fmt: skip
MAPPINGS = (
    mapping("userName", "userPrincipalName", priority=1),
    mapping("displayName", 'Join(" ", [givenName], [surname])', "Function"),
    mapping("active", 'Switch([IsSoftDeleted], , "False", "True", "True", "False")', "Function"),
    mapping("externalId", "ToLower([mailNickname])", "Function"),
    mapping('emails[type eq "work"].value', "mail"),
    mapping("name.familyName", "surname"),
)


def configuration():
    groups = [{"name": name, "clauses": list(clauses)} for name, *clauses in GROUPS]
    object_mapping = {
        "enabled": True, "name": "users", "flowTypes": "Add,Update,Delete",
        "sourceObjectName": "User", "targetObjectName": "User",
        "scope": {"groups": groups}, "attributeMappings": list(MAPPINGS),
    }  # fmt: skip
    rule = {
        "id": "1", "name": "rule", "sourceDirectoryName": "Azure Active Directory",
        "targetDirectoryName": "customappsso", "objectMappings": [object_mapping],
    }  # fmt: skip
    return {"id": "scim.1", "synchronizationRules": [rule]}


def prepare(folder, count):
    """Write the users and the target users; say where."""
    import duckdb

    folder = Path(folder)
    seeds = min(count, SEED_USERS)
    copies = max(1, count // seeds)
    write_jsonl(folder / "people.jsonl", people(seeds))
    write_jsonl(folder / "accounts.jsonl", targets(seeds))
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '2GB'")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(f"SET temp_directory = '{folder}/spill'")
    connection.execute(f"""
        COPY (SELECT u.* REPLACE (
            r || '-' || CAST(id AS VARCHAR) AS id, r || userPrincipalName AS userPrincipalName,
            r || mailNickname AS mailNickname, CAST(state AS VARCHAR) AS state)
          FROM read_json('{folder}/people.jsonl', format='newline_delimited') u,
               range({copies}) g(r)
        ) TO '{folder}/users.parquet' (FORMAT parquet)""")
    connection.execute(f"""
        COPY (SELECT r || '-' || id AS id, CASE WHEN userName = upper(userName) THEN
              upper(r || userName) ELSE r || userName END AS userName, active, displayName,
              r || externalId AS externalId,
              emails[1].value AS "emails[type eq ""work""].value",
              name.familyName AS "name.familyName"
          FROM read_json('{folder}/accounts.jsonl', format='newline_delimited'),
               range({copies}) g(r)
        ) TO '{folder}/targets.parquet' (FORMAT parquet)""")
    connection.close()
    (folder / "schema.json").write_text(json.dumps(configuration()), encoding="utf-8")
    return folder


def tasks(folder, peers=None):
    """Commands by name: provlint, and what does the same work by hand."""
    users, targets = str(folder / "users.parquet"), str(folder / "targets.parquet")
    found = {
        OURS: [
            sys.executable, "-m", "provlint", "simulate", str(folder / "schema.json"),
            "--users", users, "--target", targets,
            "--engine", "columns", "--format", "json", "--output", str(folder / "ours.json"),
        ],
        THEIRS: [
            sys.executable, script("simulation_duckdb"), users, targets, str(folder / THEIRS),
        ],
    }  # fmt: skip
    if peers is not None:
        task = folder / "task.json"
        groups = [{"name": name, "clauses": list(clauses)} for name, *clauses in GROUPS]
        task.write_text(json.dumps({"groups": groups}), encoding="utf-8")
        for name, file in ((POLARS, "simulation_polars"), (NAIVE, "simulation_naive")):
            out = str(folder / name)
            found[name] = [peers.python, script(file), users, targets, out, str(task)]
    return found


def check_answers(folder, names):
    """Raise if a script by hand counts other users than provlint."""
    ours = json.loads((folder / "ours.json").read_text("utf-8"))["summary"]["counters"]
    pairs = {
        "created": "create", "unchanged": "same", "updated": "update",
        "duplicates_in_source": "source-duplicate", "duplicates_in_target": "target-duplicate",
    }  # fmt: skip
    for name in names:
        theirs = json.loads((folder / name).read_text("utf-8"))
        for counter, word in pairs.items():
            # Who fails for a duplicate in the target counts even if out of scope.
            least = counter == "duplicates_in_target"
            if (
                (ours[counter] < theirs.get(word, 0))
                if least
                else (ours[counter] != theirs.get(word, 0))
            ):
                raise RuntimeError(f"{name}: {theirs}, but provlint: {ours}")


def figures(rounds, count=50_000, peers=None):
    """Time against the script by hand, and memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = prepare(name, count)
        commands = tasks(folder, peers if count <= MOST_BY_LOOP else None)
        rows = processes_in_turns(commands, max(rounds, 2))
        check_answers(folder, [each for each in commands if each != OURS])
    base = rows[THEIRS]["seconds"]
    found = []
    for title, row in rows.items():
        title = f"{title}, {count:,} users"
        found.append(from_times(title, row["seconds"], base, THEIRS))
        found.append(megabytes(title, row["megabytes"]))
    return found


def growth(rounds, counts):
    """Time and memory by the number of users, as multiples of the fewest."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        commands = {}
        for count in counts:
            below = Path(name) / str(count)
            below.mkdir()
            commands[f"{count:,} users"] = tasks(prepare(below, count))[OURS]
        rows = processes_in_turns(commands, max(rounds, 2))
    base = next(iter(rows.values()))["seconds"]
    for title, row in rows.items():
        found.append(from_times(title, row["seconds"], base, next(iter(rows))))
        found.append(megabytes(title, row["megabytes"]))
    return found


if __name__ == "__main__":
    alone(figures, __doc__, users=50_000)
