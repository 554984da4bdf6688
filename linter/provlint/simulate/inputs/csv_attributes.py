"""Which column of a CSV file each attribute comes from, told by the reader of records itself.

A row of marks is translated as a row of texts is; where a mark comes out again, there its column
goes. No rule of naming is told a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.simulate.inputs.exports import renamed
from provlint.simulate.inputs.naming import is_powershell, translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.simulate.inputs.exports import Export

HOME_NAME = "originalUserPrincipalName"


class CsvAttributes:
    """The attributes of a CSV file.

    Attributes:
        columns: The column of each attribute that has one.
        computes_home: Whether the home name is worked out from the user principal name.
    """

    def __init__(self, export: Export, column_map: Mapping[str, str]) -> None:
        """Tell the attributes.

        Args:
            export: The file.
            column_map: The column of each attribute; empty where the names of the file tell it.
        """
        self._export = export
        self._map = column_map
        self._header = () if export.dialect is None else export.dialect.columns
        self._marks = {f"\0{at}": column for at, column in enumerate(self._header)}
        self._whole = self._translated({})
        self.columns = {
            name: self._marks[value]
            for name, value in self._whole.items()
            if isinstance(value, str) and value in self._marks
        }
        principal = self.columns.get("userPrincipalName")
        own = HOME_NAME in self._translated({principal: None} if principal else {})
        self.computes_home = not own and self.columns.get(HOME_NAME) == principal is not None
        if self.computes_home:
            del self.columns[HOME_NAME]

    def each_alone(self) -> bool:
        """Whether each attribute depends on its own column, and on no other."""
        if any(name not in self.columns for name in _given(self._whole)):
            return False
        odd = [None, "System.Object"] if is_powershell(self._export.naming) else [None]
        for column in self._header:
            expected = {
                name: mark
                for name, mark in _given(self._whole).items()
                if self.columns[name] != column
            }
            if any(_given(self._translated({column: value})) != expected for value in odd):
                return False
        return True

    def _translated(self, replaced: Mapping[str, object]) -> dict[str, Any]:
        """What becomes of a row of marks, some of which are replaced."""
        row = {column: replaced.get(column, mark) for mark, column in self._marks.items()}
        if self._export.naming == "column-map":
            row = renamed(row, self._map)
        return translate(row, self._export.naming)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that are not empty, without the home name, which depends on another one."""
    return {
        name: value for name, value in values.items() if value is not None and name != HOME_NAME
    }
