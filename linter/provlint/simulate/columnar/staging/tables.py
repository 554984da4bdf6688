"""Tables in memory as relations of DuckDB, in provisioning names."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from provlint.simulate.columnar.conditions.clauses import Column
from provlint.simulate.columnar.shared import shared_connection
from provlint.simulate.columnar.staging.parquet import (
    ABSENT,
    WHOLE,
    Marked,
    described,
    encoded,
    located,
    naming_in_place,
)
from provlint.simulate.columnar.staging.users import Staged, people_view
from provlint.simulate.inputs.names import BOOLEANS, COMPUTED
from provlint.simulate.inputs.parquet_records import connect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection
    from pyarrow import Array, RecordBatchReader, Table

    from provlint.simulate.columnar.conditions.clauses import Kind
    from provlint.simulate.columnar.staging.parquet import Located

USERS = "users_in_memory"
COPY = "encoded_users"


class UserTable(NamedTuple):
    """Users in memory, as far as somebody asks for their attributes.

    Attributes:
        table: Their columns, under other names.
        located: Where each attribute is.
    """

    table: Table
    located: Mapping[str, Located]

    @property
    def relation(self) -> str:
        """What the users are in DuckDB."""
        return USERS

    @property
    def missing(self) -> frozenset[str]:
        """The attributes that the table does not have."""
        absent = (name for name, found in self.located.items() if found == ABSENT)
        return frozenset(absent) - COMPUTED

    @contextmanager
    def asked(self) -> Iterator[tuple[DuckDBPyConnection, dict[str, Column]]]:
        """A connection with the users as the relation, and the column of each attribute."""
        with closing(shared_connection("users")) as connection:
            connection.register(USERS, self.table)
            marked = Marked(connection, USERS)
            columns: dict[str, Column] = {}
            for name, found in self.located.items():
                absent = None if name in self.missing else ()
                columns[name] = Column(*_column(marked, name, found), absent)
            yield connection, columns

    @contextmanager
    def staged(self) -> Iterator[tuple[DuckDBPyConnection, Staged]]:
        """A connection with the users as the relation `people`, with encoded values."""
        with closing(connect("users", otherwise="")) as connection:
            connection.register(USERS, self.table)
            marked = Marked(connection, USERS)
            listed = ", ".join(
                f"{encoded(marked, name, *found)} AS a{at}"
                for at, (name, found) in enumerate(self.located.items())
            )
            # What is registered is seen by this connection only, and not by its cursors.
            connection.execute(
                f"CREATE TABLE {COPY} AS SELECT row_number() OVER () - 1 AS rn, {listed}, 0 AS kind"
                f" FROM {USERS}"
            )
            columns = people_view(connection, f"FROM {COPY}", tuple(self.located))
            count = self.table.num_rows
            yield connection, Staged("people", columns, count, (self.missing,), None)

    def close(self) -> None:
        """Nothing is held but memory."""


def user_table(
    connection: DuckDBPyConnection, batches: RecordBatchReader, names: Sequence[str]
) -> UserTable | None:
    """Read the columns of a stream that hold some attributes.

    Args:
        connection: To DuckDB.
        batches: The users; nothing is read of them where the answer is None.
        names: The attributes.

    Returns:
        The users; None where only the reader of records tells them right.
    """
    import pyarrow

    if not batches.schema.names:
        return None
    # Names of Arrow differ by letter case, or are there twice; those of DuckDB are not.
    schema = batches.schema
    given = [f"c{at}" for at in range(len(schema))]
    connection.register(USERS, schema.empty_table().rename_columns(given))
    kinds = described(connection, USERS)
    form: dict[str, str] = {}
    place: dict[str, int] = {}
    for at, name in enumerate(schema.names):
        form.setdefault(name, kinds[given[at]])
        place.setdefault(name, at)
    used: dict[tuple[int, str], str] = {}

    def column_of(name: str, field: str) -> str:
        # DuckDB reads all fields of a structure, so that one that is asked for is taken out.
        return used.setdefault((place[name], field), f"c{len(used)}")

    naming = naming_in_place(form)
    if naming is None:
        return None
    found: dict[str, Located] = {}
    for name in names:
        where = located(name, form, naming, column_of)
        if where is None or (where != ABSENT and encoded((), name, *where) is None):
            return None
        found[name] = where
    # Without a column a table has no rows.
    kept = used or {(0, ""): "c0"}
    read = [
        pyarrow.RecordBatch.from_arrays(
            [_taken(batch.column(at), field) for at, field in kept], names=list(kept.values())
        )
        for batch in batches
    ]
    empty = [_taken(pyarrow.array([], schema.field(at).type), field) for at, field in kept]
    table = pyarrow.Table.from_arrays(empty, names=list(kept.values()))
    return UserTable(pyarrow.Table.from_batches(read, table.schema), found)


def _taken(column: Array, field: str) -> Array:
    import pyarrow.compute

    return pyarrow.compute.struct_field(column, field) if field else column


def _column(marked: Marked, name: str, found: Located) -> tuple[str, Kind]:
    """The column of an attribute, as little encoded as can be."""
    if found.kind == "VARCHAR" and name not in BOOLEANS:
        return found.sql, "text"
    if found.kind == "BOOLEAN":
        return found.sql, "boolean"
    if found.kind in WHOLE:
        return found.sql, "number"
    sql = encoded(marked, name, *found)
    assert sql is not None
    return sql, "text" if found.kind in ("UUID", ABSENT.kind) else "encoded"
