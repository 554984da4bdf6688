"""The function `provlint.users_in_scope`."""

from __future__ import annotations

import tempfile
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Literal

from provlint.simulate import readings
from provlint.simulate.columnar.disk import temporary_files_in
from provlint.simulate.columnar.mask import scope_mask
from provlint.simulate.columnar.shared import shared_connection
from provlint.simulate.columnar.staging.tables import user_table
from provlint.simulate.columnar.staging.users import attribute_columns, stage_users
from provlint.simulate.inputs.parquet_records import connect
from provlint.simulate.inputs.population import Population
from provlint.simulate.notebook.frames import needed
from provlint.simulate.notebook.given import GivenFiles, batches_of
from provlint.simulate.notebook.scope_result import UsersInScope
from provlint.simulate.scope import ScopeFilter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.model.tree import Scope
    from provlint.simulate.columnar.conditions.clauses import Column
    from provlint.simulate.columnar.staging.tables import UserTable
    from provlint.simulate.columnar.staging.users import Staged
    from provlint.simulate.notebook.given import Given
    from provlint.simulate.scope import NullPolicy

NAME = "users"
IDENTITY = "userPrincipalName"
"""An attribute that every relation of users has."""


def users_in_scope(
    scope: Scope | Mapping[str, object] | None,
    users: Given,
    *,
    null_policy: NullPolicy = "documented",
    input_null_policy: NullPolicy | None = None,
    types: Mapping[str, str] | None = None,
    several_values: Literal["any", "all"] = "any",
) -> UsersInScope:
    """Decide which of many users pass the scoping filters, without reasons.

    The answer is that of `in_scope` for each user. An attribute that no record has is not in the
    export, which is not to be empty: where the filter rests on it, nothing is decided.

    Args:
        scope: The `scope` of an object mapping, as Microsoft Graph has it or as `provlint.model`
            read it; None where there is none.
        users: The users, as `simulate` takes them, in the names of provisioning or of Microsoft
            Graph: a table of Arrow, Polars, pandas or DuckDB, a list of dictionaries, or files.
        null_policy: Whether negative operators are false (`documented`) or true (`negatives-true`)
            on an empty attribute.
        input_null_policy: The same for `inputFilterGroups`; as `null_policy` where it is left out.
        types: Attribute types by name, as the schema declares them.
        several_values: Whether one of several values in a clause is enough, or all must hold.

    Raises:
        ImportError: pyarrow is not installed.
        InputError: DuckDB is not installed, a file is missing or not what it should be, or a record
            is broken; `problem` tells the place and what to do.
        TypeError: The users are neither path, record nor table.

    Source: https://learn.microsoft.com/graph/api/resources/synchronization-filter
    """
    needed("pyarrow", "users_in_scope")
    ready = ScopeFilter(scope)
    options = {
        readings.NULL: null_policy,
        readings.INPUT_NULL: input_null_policy or null_policy,
        readings.SEVERAL_VALUES: several_values,
    }
    names = tuple(dict.fromkeys((*ready.attributes, IDENTITY)))
    source = _table(users, names) or UserFiles(users, names)
    with source.asked() as (connection, columns):
        mask = scope_mask(
            connection, ready, source.relation, columns, options=options, types=types or {}
        )
    return UsersInScope(mask, ready, source, options, types or {})


def _table(users: Given, names: Sequence[str]) -> UserTable | None:
    """The users of a table that is read where it lies."""
    batches = batches_of(users)
    if batches is None:
        return None
    with closing(shared_connection(NAME)) as connection:
        import duckdb
        import pyarrow

        # Tables that neither reads are refused in words by what writes them to files.
        with suppress(duckdb.Error, pyarrow.ArrowException):
            return user_table(connection, batches, names)
    return None


class UserFiles:
    """Users in files, some of which may be temporary.

    Attributes:
        relation: What the users are in DuckDB.
        missing: The attributes that no file has; known when they have been read.
    """

    relation = "people"

    def __init__(self, users: Given, names: Sequence[str]) -> None:
        self._given = GivenFiles()
        self._names = tuple(names)
        self.missing: frozenset[str] = frozenset()
        with self._given:
            self._paths = self._given.paths(NAME, users)

    @contextmanager
    def staged(self) -> Iterator[tuple[DuckDBPyConnection, Staged]]:
        """A connection with the users as the relation `people`, with encoded values.

        Raises:
            InputError: A record is broken.
        """
        with (
            self._given,
            temporary_files_in(tempfile.gettempdir()),
            tempfile.TemporaryDirectory(prefix="provlint-") as folder,
            closing(connect(NAME, otherwise="")) as connection,
        ):
            connection.execute(f"SET temp_directory = '{folder}/spill'")
            population = Population(self._paths, attributes=self._names)
            staged = stage_users(connection, population, self._names, folder, lambda *_: None)
            self.missing = frozenset.intersection(*(staged.missing or [population.missing]))
            yield connection, staged

    @contextmanager
    def asked(self) -> Iterator[tuple[DuckDBPyConnection, dict[str, Column]]]:
        """A connection with the users as the relation, and the column of each attribute.

        Raises:
            InputError: A record is broken.
        """
        with self.staged() as (connection, staged):
            yield connection, attribute_columns(staged)

    def close(self) -> None:
        """Remove temporary files."""
        self._given.close()
