"""The whole simulation against a DuckDB script of the same work, written by hand.

`python -m benchmarks.simulation [--users 1000000]`. Users and target users lie in Parquet; a filter
of three groups of four clauses with a regular expression, six mappings, duplicates of the matching
attribute, match with the target users, differences.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure, from_times
from benchmarks.population import people, targets, write_jsonl

SEED_USERS = 20_000
"""People that are made up; more users are copies of them under other names."""

OURS = "simulation from Parquet"
THEIRS = "a DuckDB script by hand"


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

BY_HAND = """
import duckdb, json, sys
c = duckdb.connect()
c.execute("SET memory_limit = '300MB'")
users, accounts, out = sys.argv[1:4]
rows = c.execute(f'''
WITH t AS (
  SELECT lower(userName) AS k, count(*) AS n, min(userName) AS x, min(file_row_number) AS t
  FROM read_parquet('{accounts}', file_row_number=true) GROUP BY 1
), o AS (
  SELECT file_row_number AS t, userName, displayName, active, externalId,
    "emails[type eq ""work""].value" AS mail, "name.familyName" AS family
  FROM read_parquet('{accounts}', file_row_number=true)
), u AS (
  SELECT CASE WHEN contains(userPrincipalName, '#EXT#')
      THEN regexp_replace(split_part(userPrincipalName, '#EXT#', 1), '_([^_]*)$', '@\\\\1')
      ELSE userPrincipalName END AS name,
    givenName || ' ' || surname AS display, lower(mailNickname) AS external, mail, surname,
    accountEnabled,
    ((department = 'Sales' AND regexp_matches(country, '^(NO|SE|DK)$') AND jobTitle <> 'Intern'
      AND employeeType = 'Employee')
     OR (department = 'Engineering' AND contains(companyName, 'Contoso') AND jobTitle IS NOT NULL
      AND NOT regexp_matches(userPrincipalName, '^svc'))
     OR (employeeType = 'Contractor' AND usageLocation = 'US' AND ends_with(mail, 'contoso.example')
      AND onPremisesExtensionAttributes.extensionAttribute5 = 'yes')) IS TRUE AS passes
  FROM read_parquet('{users}')
), d AS (SELECT lower(name) AS k FROM u GROUP BY 1 HAVING count(*) > 1)
SELECT CASE WHEN NOT accountEnabled THEN 'inactive' WHEN NOT passes THEN 'filtered'
    WHEN d.k IS NOT NULL AND coalesce(t.n, 0) < 2 THEN 'source-duplicate'
    WHEN t.n IS NULL THEN 'create' WHEN t.n > 1 THEN 'target-duplicate'
    WHEN lower(u.name) <> lower(o.userName) OR lower(u.display) IS DISTINCT FROM
      lower(o.displayName) OR o.active IS DISTINCT FROM true OR
      lower(u.external) IS DISTINCT FROM lower(o.externalId) OR
      (u.mail IS NOT NULL AND lower(u.mail) IS DISTINCT FROM lower(o.mail)) OR
      lower(u.surname) IS DISTINCT FROM lower(o.family) THEN 'update' ELSE 'same' END AS outcome,
  count(*)
FROM u LEFT JOIN d ON d.k = lower(u.name) LEFT JOIN t ON t.k = lower(u.name)
  LEFT JOIN o ON o.t = CASE WHEN t.n = 1 THEN t.t END
GROUP BY 1''').fetchall()
json.dump(dict(rows), open(out, 'w'))
"""


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
    (folder / "by_hand.py").write_text(BY_HAND, encoding="utf-8")
    return folder


def commands(folder):
    ours = [
        sys.executable, "-m", "provlint", "simulate", str(folder / "schema.json"),
        "--users", str(folder / "users.parquet"), "--target", str(folder / "targets.parquet"),
        "--engine", "columns", "--format", "json", "--output", str(folder / "ours.json"),
    ]  # fmt: skip
    theirs = [
        sys.executable, str(folder / "by_hand.py"), str(folder / "users.parquet"),
        str(folder / "targets.parquet"), str(folder / "theirs.json"),
    ]  # fmt: skip
    return ours, theirs


def timed(commands, rounds):
    """Seconds and megabytes of processes in turns; `launch` says why it is a process of its own."""
    environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    task = json.dumps({"commands": commands, "rounds": rounds, "environment": environment})
    launcher = [sys.executable, "-S", str(Path(__file__).with_name("launch.py"))]
    done = subprocess.run(launcher, input=task, text=True, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def same_answers(folder):
    """Whether the script by hand counts the same users."""
    ours = json.loads((folder / "ours.json").read_text("utf-8"))["summary"]["counters"]
    theirs = json.loads((folder / "theirs.json").read_text("utf-8"))
    pairs = (
        ("created", "create"), ("unchanged", "same"), ("updated", "update"),
        ("duplicates_in_source", "source-duplicate"),
    )  # fmt: skip
    return {ours_name: (ours[ours_name], theirs.get(name, 0)) for ours_name, name in pairs}


def figures(rounds, count=50_000):
    """Time against the script by hand, and memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = prepare(name, count)
        ours, theirs = commands(folder)
        rows = timed({OURS: ours, THEIRS: theirs}, max(rounds, 2))
        differing = {k: v for k, v in same_answers(folder).items() if v[0] != v[1]}
        if differing:
            raise RuntimeError(f"the script by hand counts otherwise: {differing}")
    name = f"{OURS}, {count:,} users"
    peak, by_hand = (rows[each]["megabytes"] for each in (OURS, THEIRS))
    return [
        from_times(name, rows[OURS]["seconds"], rows[THEIRS]["seconds"], THEIRS),
        Figure(f"{name}: MB", peak, peak, peak, "MB"),
        Figure(f"{THEIRS}: MB", by_hand, by_hand, by_hand, "MB"),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    for figure in figures(asked.rounds, asked.users):
        time_of = f", {figure.milliseconds:,.0f} ms" if figure.milliseconds else ""
        print(f"{figure.name}: {figure.value:.2f} {figure.against}{time_of}")


if __name__ == "__main__":
    main()
