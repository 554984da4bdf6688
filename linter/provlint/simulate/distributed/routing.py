"""Where users go: to the bucket of what they are matched by first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.columnar.decisive import BOTH
from provlint.simulate.columnar.encoding import decode
from provlint.simulate.columnar.lookups import BATCH, Lookups
from provlint.simulate.columnar.mappings import MatchingColumn
from provlint.simulate.columnar.query import columns_of_mappings
from provlint.simulate.columnar.situations import SituationTable
from provlint.simulate.columnar.staging.users import stage_users
from provlint.simulate.distributed.matching_values import bucket_of, high_of, low_of
from provlint.simulate.distributed.names import LINK
from provlint.simulate.inputs.population import User
from provlint.simulate.plan import ROLES
from provlint.simulate.population import identifier_of
from provlint.simulate.preparation import Situations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

    from provlint.simulate.cycle.job import Job
    from provlint.simulate.distributed.recipe import Recipe


class Router:
    """The users of a piece, and what each is matched by.

    Attributes:
        left_out: Number of records that could not be read.
    """

    def __init__(
        self, connection: DuckDBPyConnection, recipe: Recipe, job: Job, folder: str
    ) -> None:
        """Read what the users are matched by.

        Args:
            connection: To DuckDB.
            recipe: What is simulated.
            job: The same, of the piece.
            folder: For what is written in between.

        Raises:
            InputError: A record is broken, and the recipe says to stop.
        """
        self._connection = connection
        self._count = len(recipe.buckets)
        self._names = recipe.sent
        plan = job.flow.plan
        staged = stage_users(connection, job.population, recipe.sent, folder, silent)
        self.left_out = job.population.ledger.left_out
        situations = job.situations
        if recipe.links or any(ROLES in mapping.reads for mapping in plan.matching):
            situations = known_of_people(connection, situations, staged.columns)
        else:
            situations = Situations({}, situations.others)
        self._links = bool(recipe.links and situations.known)
        SituationTable(connection, situations, plan, staged.columns)
        self._lookups = Lookups(connection, "routing")
        columns = columns_of_mappings(staged.columns)
        matching = [
            MatchingColumn(mapping, columns, job.flow.context, self._lookups)
            for mapping in plan.matching
        ]
        self._lookups.run("situated u")
        self._keys = {at: f"{BOTH}({column.key})" for at, column in enumerate(matching)}

    @property
    def _routed(self) -> str:
        return f"situated u {self._lookups.joins}"

    @property
    def _home(self) -> str:
        """The bucket of a user; those without a value for the first key are at home anywhere."""
        anywhere = f"CAST(u.rn % {self._count} AS INTEGER)"
        if 0 not in self._keys:
            return anywhere
        return f"coalesce({bucket_of(high_of(self._keys[0]), self._count)}, {anywhere})"

    @property
    def users(self) -> str:
        """Rows as `names.USERS` has them, with the column `bucket`, as SQL."""
        listed = ", ".join(f"u.a{at}" for at in range(len(self._names)))
        return f"SELECT {listed}, {self._home} AS bucket FROM {self._routed}"

    def asked(self) -> str | None:
        """Rows as `names.ASKED` has them, with the column `bucket`, as SQL; None for no rows."""
        keys = {at: key for at, key in self._keys.items() if at > 0}
        routed = self._routed
        if self._links:
            keys[LINK] = f"{BOTH}(s.link)"
            routed += " LEFT JOIN situations s ON s.entry = u.entry"
        if not keys:
            return None
        listed = "".join(f", {key} AS k{number}" for number, key in enumerate(keys.values()))
        self._connection.execute(
            f"CREATE TABLE routes AS SELECT {self._home} AS home{listed} FROM {routed}"
        )
        return " UNION ALL ".join(
            f"SELECT {bucket_of(high_of(f'k{number}'), self._count)} AS bucket,"
            f" CAST({key} AS INTEGER) AS m, {high_of(f'k{number}')} AS high,"
            f" {low_of(f'k{number}')} AS low, home, count(*) AS n FROM routes"
            f" WHERE k{number} IS NOT NULL GROUP BY ALL"
            for number, key in enumerate(keys)
        )


def known_of_people(
    connection: DuckDBPyConnection, situations: Situations, columns: Mapping[str, str]
) -> Situations:
    """What is known of the users of the relation `people`, which is little of what is known.

    Args:
        connection: To DuckDB.
        situations: What is known of all users.
        columns: The column of each attribute, of the relation named `u`.
    """
    if not situations.known:
        return situations
    listed = ", ".join(columns[name] for name in ("objectId", "id"))
    rows = connection.execute(f"SELECT {listed} FROM people u")
    found = {}
    while batch := rows.fetchmany(BATCH):
        for first, second in batch:
            user = User({"objectId": decode(first), "id": decode(second)}, frozenset(), "")
            identity = identifier_of(user).lower()
            if identity in situations.known:
                found[identity] = situations.known[identity]
    return Situations(found, situations.others)


def silent(_: str, __: int, ___: int | None) -> None:
    """Tell nobody how far the work is."""
