"""Two configurations over the same users, against one simulation of the new one.

`python -m benchmarks.comparison [--users 1000000]`. Users and target users are those of
`benchmarks.simulation`; the change narrows one group of the filter, adds another, and rewrites two
of six mappings.
"""

from __future__ import annotations

import copy
import json
import sys
import tempfile

from benchmarks.figures import alone, from_times, megabytes, processes_in_turns
from benchmarks.simulation import clause, configuration, mapping, prepare

OURS = "comparison from Parquet"
THEIRS = "one simulation"


def changed():
    """The configuration of the simulation after a change."""
    value = copy.deepcopy(configuration())
    users = value["synchronizationRules"][0]["objectMappings"][0]
    users["scope"]["groups"][0]["clauses"].append(clause("usageLocation", "NOT EQUALS", "SE"))
    users["scope"]["groups"].append(
        {"name": "legal", "clauses": [clause("department", "EQUALS", "Legal")]}
    )
    users["attributeMappings"][1] = mapping(
        "displayName", 'Join(", ", [surname], [givenName])', "Function"
    )
    users["attributeMappings"][3] = mapping("externalId", "ToUpper([mailNickname])", "Function")
    return value


def commands(folder, *, targets=True):
    """The command lines of the comparison and of the simulation."""
    (folder / "changed.json").write_text(json.dumps(changed()), encoding="utf-8")
    inputs = ["--users", str(folder / "users.parquet"), "--engine", "columns", "--format", "json"]
    if targets:
        inputs += ["--target", str(folder / "targets.parquet")]
    program = [sys.executable, "-m", "provlint"]
    files = [str(folder / "schema.json"), str(folder / "changed.json")]
    compare = [*program, "compare", *files, *inputs, "--output", str(folder / "compared.json")]
    simulate = [*program, "simulate", files[1], *inputs, "--output", str(folder / "one.json")]
    return compare, simulate


def figures(rounds, count=50_000):
    """Time against one simulation, and memory; with and without target users."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = prepare(name, count)
        for targets in (True, False):
            compare, simulate = commands(folder, targets=targets)
            rows = processes_in_turns({OURS: compare, THEIRS: simulate}, max(rounds, 2))
            told = json.loads((folder / "compared.json").read_text("utf-8"))
            counters = told["configurations"][0]["users"]["counters"]
            if not (counters["leaving"] and counters["entering"] and counters["values_changed"]):
                raise RuntimeError(f"the change changes nothing: {counters}")
            title = f"{OURS}, {count:,} users, {'with' if targets else 'without'} target users"
            found += [
                from_times(title, rows[OURS]["seconds"], rows[THEIRS]["seconds"], THEIRS),
                megabytes(title, rows[OURS]["megabytes"]),
            ]
    return found


if __name__ == "__main__":
    alone(figures, __doc__, users=50_000)
