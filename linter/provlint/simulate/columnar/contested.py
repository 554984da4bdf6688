"""On which open readings the scope of each user rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.simulate.columnar.classes.clauses import classes_of
from provlint.simulate.columnar.classes.codes import Number, Part, packed
from provlint.simulate.columnar.encoding import values_of
from provlint.simulate.columnar.lookups import Lookups, rows_of
from provlint.simulate.columnar.sql import whole_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection
    from pyarrow import ListArray

    from provlint.simulate.columnar.staging.users import Staged
    from provlint.simulate.scope import ScopeFilter


def contested_readings(
    connection: DuckDBPyConnection,
    scope: ScopeFilter,
    staged: Staged,
    *,
    types: Mapping[str, str],
    **options: Any,
) -> ListArray:
    """The names of the readings under which a user's outcome would be another, in their order.

    Args:
        connection: To DuckDB.
        scope: The filter.
        staged: The users.
        types: Types of attributes by name, as the schema declares them.
        options: The other options of `ScopeFilter.decide`.
    """
    names = scope.attributes
    lookups = Lookups(connection, "class")
    parts: list[Part] = [
        *classes_of(scope, types, staged.columns, lookups),
        Number("u.kind", len(staged.missing)),
    ]
    lookups.run("people u")
    words = [f"{word} AS w{at}" for at, word in enumerate(packed(parts))]
    keys = [f"w{at}" for at in range(len(words))]
    texts = [f"{staged.columns[name]} AS t{at}" for at, name in enumerate(names)]
    connection.execute(
        f"CREATE TABLE classed AS SELECT {', '.join(['u.rn', *words])}"
        f" FROM people u {lookups.joins}"
    )
    groups = connection.execute(
        f"SELECT {', '.join(['u.kind', *(f'g.{key}' for key in keys), *texts])} FROM people u JOIN"
        f" (SELECT min(rn) AS rn, {', '.join(keys)} FROM classed GROUP BY ALL) g ON g.rn = u.rn"
    ).fetchall()
    contested = []
    for kind_of, *row in groups:
        user = values_of(names, row[len(keys) :])
        missing = staged.missing[kind_of] if staged.missing else ()
        decision = scope.decide(user, types=types, missing=missing, **options)
        contested.append((*row[: len(keys)], list(decision.contested)))
    columns = [list(column) for column in zip(*contested, strict=True)]
    columns = columns or [[] for _ in (*keys, "contested")]
    told = rows_of([*keys, "contested"], [*["BIGINT"] * len(keys), "VARCHAR[]"])
    connection.execute(f"CREATE TABLE readings AS {told}", columns)
    same = " AND ".join(f"c.{key} = r.{key}" for key in keys)
    query = f"SELECT r.contested FROM classed c JOIN readings r ON {same} ORDER BY c.rn"
    return whole_table(connection, query)["contested"].combine_chunks()
