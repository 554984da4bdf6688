"""What deciding the scope of many users gives."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from provlint.simulate import readings
from provlint.simulate.columnar.contested import contested_readings
from provlint.simulate.notebook.closing import Closing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from typing import Protocol

    import pandas
    import polars
    import pyarrow
    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.staging.users import Staged
    from provlint.simulate.scope import ScopeFilter

    class Source(Protocol):
        """The users."""

        @property
        def missing(self) -> frozenset[str]:
            """The attributes that nobody has."""

        def staged(self) -> AbstractContextManager[tuple[DuckDBPyConnection, Staged]]:
            """A connection with the users as the relation `people`."""

        def close(self) -> None:
            """Remove temporary files."""


class UsersInScope(Closing):
    """Which users pass the scoping filters.

    Users of a list or of a table that is not read where it lies are kept in temporary files for
    `contested`: close the result, or use it as a context manager. The rest stays.

    Attributes:
        in_scope: One Boolean for each user, in their order; null where nothing can be decided.
        missing: The attributes that the filter asks for and that nobody has.
        invalid: What is wrong with the filter, which then decides for nobody.
    """

    def __init__(
        self,
        in_scope: pyarrow.BooleanArray,
        scope: ScopeFilter,
        source: Source,
        options: Mapping[str, str],
        types: Mapping[str, str],
    ) -> None:
        self.in_scope = in_scope
        self.missing = tuple(name for name in scope.attributes if name in source.missing)
        self.invalid = scope.invalid_reasons
        self._scope = scope
        self._source: Source | None = source
        self._options = options
        self._types = types

    @cached_property
    def counters(self) -> Mapping[str, int]:
        """How many users there are, are in scope, out of scope, and undecided."""
        users, passing, undecided = (
            len(self.in_scope),
            self.in_scope.true_count,
            self.in_scope.null_count,
        )
        return MappingProxyType(
            {
                "users": users,
                "in_scope": passing,
                "out_of_scope": users - passing - undecided,
                "undecided": undecided,
            }
        )

    @cached_property
    def contested(self) -> pyarrow.ListArray:
        """By user, the names of the readings under which the outcome would be another.

        It is worked out when it is asked for first, which takes several times as long as the rest.

        Raises:
            ValueError: The result is closed.
        """
        if self._source is None:
            raise ValueError("the result is closed; ask for `contested` before, within the `with`")
        with self._source.staged() as (connection, staged):
            return contested_readings(
                connection,
                self._scope,
                staged,
                types=self._types,
                null_policy=self._options[readings.NULL],
                input_null_policy=self._options[readings.INPUT_NULL],
                several_values=self._options[readings.SEVERAL_VALUES],
            )

    def to_arrow(self, *, contested: bool = False) -> pyarrow.Table:
        """An Arrow table with the column `in_scope`.

        Args:
            contested: Whether to add the column `contested`.

        Raises:
            ValueError: The result is closed, and `contested` was never asked for.
        """
        import pyarrow

        columns = {"in_scope": self.in_scope}
        if contested:
            columns["contested"] = self.contested
        return pyarrow.table(columns)

    def to_polars(self, *, contested: bool = False) -> polars.DataFrame:
        """The same as a data frame of Polars.

        Raises:
            ImportError: Polars is not installed.
            ValueError: As for `to_arrow`.
        """
        from provlint.simulate.notebook.frames import needed

        return needed("polars", "to_polars").from_arrow(self.to_arrow(contested=contested))

    def to_pandas(self, *, contested: bool = False) -> pandas.DataFrame:
        """The same as a data frame of pandas; what is undecided is `<NA>`.

        Raises:
            ImportError: pandas is not installed.
            ValueError: As for `to_arrow`.
        """
        from provlint.simulate.notebook.frames import needed

        frames = needed("pandas", "to_pandas")
        kinds = {"in_scope": frames.BooleanDtype()}
        table = self.to_arrow(contested=contested)
        columns = {
            name: frames.Series(table[name].to_pylist(), dtype=kinds.get(name, "object"))
            for name in table.column_names
        }
        return frames.DataFrame(columns)

    def close(self) -> None:
        """Remove temporary files; `contested` cannot be asked for any more."""
        if self._source is not None:
            self._source.close()
        self._source = None

    def __len__(self) -> int:
        return len(self.in_scope)

    def __repr__(self) -> str:
        """The counters that are not zero."""
        counters = ", ".join(f"{name} {n:,}" for name, n in self.counters.items() if n)
        return f"UsersInScope({counters})"
