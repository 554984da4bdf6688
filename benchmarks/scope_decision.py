"""Who is in scope, and nothing else, against libraries that decide about rules.

Everybody has the users in memory: the libraries as dictionaries, provlint and the filter written by
hand as one Arrow table. Provlint with reasons is the scope step of a simulation, whose users lie in
a file in the memory of the system. The libraries are asked about fewer users than provlint, since
their time is the same for each.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, from_times
from benchmarks.peers import script
from benchmarks.simulation import GROUPS, configuration

from provlint.simulate.columnar.query import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
REASONS = "provlint, with reasons"
BY_HAND = "a DuckDB filter by hand"
TURNS = 5
"""Of what takes a tenth of a second, the median of so many runs counts as one."""

_BY_HAND = """
    (department = 'Sales' AND regexp_matches(country, '^(NO|SE|DK)$') AND jobTitle <> 'Intern'
     AND employeeType = 'Employee')
    OR (department = 'Engineering' AND contains(companyName, 'Contoso') AND jobTitle <> ''
        AND NOT regexp_matches(userPrincipalName, '^svc'))
    OR (employeeType = 'Contractor' AND usageLocation = 'US' AND ends_with(mail, 'contoso.example')
        AND onPremisesExtensionAttributes.extensionAttribute5 = 'yes')
"""
"""`GROUPS` of the simulation."""


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


class Masks:
    """The users as an Arrow table, and who of them is in scope, in two ways."""

    def __init__(self, users: str) -> None:
        """Read the users.

        Args:
            users: A Parquet file.
        """
        import duckdb

        self._connection = duckdb.connect()
        self._table = self._connection.sql(f"FROM read_parquet('{users}')").to_arrow_table()
        self._connection.register("users", self._table)
        self._scope = {
            "groups": [{"name": name, "clauses": list(clauses)} for name, *clauses in GROUPS]
        }

    def ours(self) -> Any:
        """One Boolean for each user."""
        import provlint

        return provlint.users_in_scope(self._scope, self._table).in_scope

    def by_hand(self) -> Any:
        """The same by a filter of SQL."""
        query = f"SELECT CASE WHEN {_BY_HAND} THEN TRUE ELSE FALSE END AS in_scope FROM users"
        return self._connection.sql(query).to_arrow_table()["in_scope"].combine_chunks()

    def enabled(self, mask: Any) -> int:
        """How many users of a mask have an enabled account, as the others count them."""
        import pyarrow.compute

        enabled = self._table["accountEnabled"].combine_chunks()
        return int(pyarrow.compute.and_kleene(mask, enabled).true_count)


def timed(*ways: Callable[[], Any]) -> list[float]:
    """The median time of each way in seconds; they take turns."""
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(TURNS):
        for way, row in zip(ways, times, strict=True):
            started = time.perf_counter()
            way()
            row.append(time.perf_counter() - started)
    return list(map(statistics.median, times))


def figures(users: str, count: int, rounds: int, peers: Peers | None) -> list[Figure]:
    """How many times the time of provlint others take for a user.

    Args:
        users: A Parquet file.
        count: How many users there are.
        rounds: How often everybody decides.
        peers: The libraries; None measures the filter written by hand alone.

    Raises:
        RuntimeError: A library fails, or decides otherwise than the others.
    """
    libraries = LIBRARIES if peers is not None else {}
    times: dict[str, list[float]] = {name: [] for name in (OURS, BY_HAND, REASONS, *libraries)}
    answers: dict[str, int] = {}
    masks = Masks(users)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            seconds, in_scope = decide(users, folder)
            ours, by_hand = timed(masks.ours, masks.by_hand)
            rows = {OURS: ours / count, BY_HAND: by_hand / count, REASONS: seconds / count}
            for name, asked in libraries.items():
                done = _library(name, users, asked, folder, peers)
                rows[name] = done["seconds"] / done["users"]
                answers[f"{name}: {asked}"] = done["passed"]
            if number:  # the first round fills the caches
                for name, each in rows.items():
                    times[name].append(each)
        for name, asked in libraries.items():
            expected = _library(NAIVE, users, asked, folder, peers)["passed"]
            if answers[f"{name}: {asked}"] != expected:
                raise RuntimeError(f"{name} decides otherwise than naive Python")
        passed = {
            REASONS: in_scope,
            OURS: masks.enabled(masks.ours()),
            BY_HAND: masks.enabled(masks.by_hand()),
        }
        if peers is not None:
            passed[NAIVE] = _library(NAIVE, users, count, folder, peers)["passed"]
        if len(set(passed.values())) > 1:
            raise RuntimeError(f"not everybody puts the same users in scope: {passed}")
    against = f"{OURS}, of one user"
    found = [
        from_times(f"scope: {name}", each, times[OURS], against) for name, each in times.items()
    ]
    return [each._replace(milliseconds=(each.milliseconds or 0) * 1_000_000) for each in found]


def _library(name: str, users: str, count: int, folder: str, peers: Peers | None) -> dict[str, Any]:
    assert peers is not None
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
