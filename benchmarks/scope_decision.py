"""Who is in scope, and nothing else, against libraries that decide about rules.

The libraries are asked about fewer users than provlint, since their time is the same for each.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, from_times
from benchmarks.peers import script
from benchmarks.simulation import GROUPS, configuration

from provlint.simulate.columnar.query import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.peers import Peers

    from provlint.simulate.preparation import Situations

NAIVE = "naive Python"
LIBRARIES: Mapping[str, int] = {
    NAIVE: 20_000,
    "rule-engine": 5_000,
    "common-expression-language": 5_000,
    "cel-python": 50,
}
"""What decides, and about how many users."""

OURS = "provlint"


class _Scope(Query):
    """The query up to the scope step; the file lies in the memory of the system."""

    def _known(self, situations: Situations) -> Situations:
        self.started = time.perf_counter()
        return situations

    def in_scope(self) -> int:
        def wanted(_: int, person: Any) -> bool:
            user, known = self.user(person), self.situation(person)
            return self._flow.decide(user, known, self.missing_of(person)).in_scope is not False

        self._decisive.choose(wanted)
        query = f"SELECT count(*) FROM {self._decisive.scoped} WHERE c.wanted"
        return int(self._connection.execute(query).fetchall()[0][0])


def decide(users: str, folder: str) -> tuple[float, int]:
    """Seconds, and how many users are in scope.

    Args:
        users: A Parquet file.
        folder: For the configuration, and for what is written in between.
    """
    from provlint.simulate.cycle.job import job_of
    from provlint.simulate.inputs.parquet_records import connect
    from provlint.simulate.inputs.read import Inputs
    from provlint.simulate.object_mapping import choose_object_mapping
    from provlint.simulate.plan import plan_of
    from provlint.simulate.preparation import attributes_of

    path = os.path.join(folder, "scope.json")
    value: Any = configuration()
    mapping = value["synchronizationRules"][0]["objectMappings"][0]
    mapping["attributeMappings"] = [{**mapping["attributeMappings"][0], "matchingPriority": 0}]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)
    unit = choose_object_mapping(path)
    plan = plan_of(unit)
    job = job_of(unit, plan, Inputs([users], attributes=attributes_of(plan)))
    connection = connect(users)
    try:
        query = _Scope(connection, job, folder, lambda *_: None)
        found = query.in_scope()
        return time.perf_counter() - query.started, found
    finally:
        connection.close()


def figures(users: str, count: int, rounds: int, peers: Peers) -> list[Figure]:
    """How many times the time of provlint each library takes for a user.

    Raises:
        RuntimeError: A library fails, or decides otherwise than the others.
    """
    times: dict[str, list[float]] = {name: [] for name in (OURS, *LIBRARIES)}
    answers: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            seconds, in_scope = decide(users, folder)
            rows = {OURS: seconds / count}
            for name, asked in LIBRARIES.items():
                done = _library(name, users, asked, folder, peers)
                rows[name] = done["seconds"] / done["users"]
                answers[f"{name}: {asked}"] = done["passed"]
            if number:  # the first round fills the caches
                for name, each in rows.items():
                    times[name].append(each)
        for name, asked in LIBRARIES.items():
            expected = _library(NAIVE, users, asked, folder, peers)["passed"]
            if answers[f"{name}: {asked}"] != expected:
                raise RuntimeError(f"{name} decides otherwise than naive Python")
        whole = _library(NAIVE, users, count, folder, peers)["passed"]
        if whole != in_scope:
            raise RuntimeError(f"{in_scope} users are in scope, and {whole} by naive Python")
    found = [from_times(f"scope: {OURS}", times[OURS], times[OURS], f"{OURS}, of one user")]
    for name in LIBRARIES:
        found.append(from_times(f"scope: {name}", times[name], times[OURS], found[0].against))
    return [each._replace(milliseconds=(each.milliseconds or 0) * 1_000_000) for each in found]


def _library(name: str, users: str, count: int, folder: str, peers: Peers) -> dict[str, Any]:
    groups = [{"name": title, "clauses": list(clauses)} for title, *clauses in GROUPS]
    task = os.path.join(folder, "task.json")
    with open(task, "w", encoding="utf-8") as file:
        json.dump({"users": users, "count": count, "groups": groups}, file)
    library = "naive" if name == NAIVE else name
    done = subprocess.run(
        [peers.python, script("scope"), library, task], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-800:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
