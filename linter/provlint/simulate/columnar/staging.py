"""Users and target users as relations of DuckDB, every value encoded as a text.

Parquet files of plain columns are read where they lie. Everything else goes through the readers of
`provlint.simulate.inputs`, record by record, into a table.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from provlint.semantics.attribute_values import GUEST_MARK, is_empty, provisioned_text
from provlint.simulate.columnar.encoding import MARK, decode, encode, quoted
from provlint.simulate.inputs.containers import container_of
from provlint.simulate.inputs.names import BOOLEANS, RENAMED
from provlint.simulate.inputs.naming import naming_of
from provlint.simulate.targets import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.inputs.population import Export, Population
    from provlint.simulate.targets import TargetUser

    Told = Callable[[str, int, int | None], None]

NOTHING = "CAST(NULL AS VARCHAR)"
EXTENSION = "extensionAttribute"
SMALLEST_BUFFER = 1 << 20


class Staged(NamedTuple):
    """The users as a relation.

    Attributes:
        source: The relation, as SQL; its columns are `a0`, `a1`, …, `kind`, and `place`.
        columns: The column of each attribute, of the relation named `u`.
        missing: By `kind`, the attributes that the export does not have.
        seen_missing: Attributes that no file has.
        source_has_number: Whether `rn` numbers the users; else they come in order.
    """

    source: str
    columns: Mapping[str, str]
    missing: Sequence[frozenset[str]]
    seen_missing: frozenset[str]
    source_has_number: bool = True


def stage_users(
    connection: DuckDBPyConnection,
    population: Population,
    names: Sequence[str],
    folder: str,
    told: Told,
) -> Staged:
    """Make the users a relation.

    Args:
        connection: To DuckDB.
        population: The users.
        names: The attributes that are asked for.
        folder: For what is written in between.
        told: Told how far it is.

    Raises:
        InputError: A record is broken, and the population says to stop.
    """
    columns = {name: f"u.a{at}" for at, name in enumerate(names)}
    found = _parquet(connection, population, names)
    if found is not None:
        select, absent = found
        missing = population.attributes & absent
        # The readers would look through the whole file for them.
        population._missing = {(e.container, e.naming): missing for e in population.exports}
        population._seen = {}
        connection.execute(f"CREATE VIEW people AS {select}")
        return Staged("people", columns, (missing,), missing, False)
    return _by_record(connection, population, names, columns, folder, told)


def _by_record(
    connection: DuckDBPyConnection,
    population: Population,
    names: Sequence[str],
    columns: Mapping[str, str],
    folder: str,
    told: Told,
) -> Staged:
    path = os.path.join(folder, "people.jsonl")
    missing: dict[frozenset[str], int] = {}
    longest = 0
    with open(path, "w", encoding="utf-8") as file:
        for number, user in enumerate(population):
            if not number & 1023:
                told("reading users", number, None)
            values = user.values
            record: dict[str, object] = {}
            for at, name in enumerate(names):
                value = values.get(name)
                if value is not None:
                    record[f"a{at}"] = encode(value)
            record["kind"] = missing.setdefault(user.missing, len(missing))
            record["place"] = user.where
            record["rn"] = number
            line = json.dumps(record) + "\n"
            longest = max(longest, len(line))
            file.write(line)
    types = ", ".join(f"a{at}: 'VARCHAR'" for at in range(len(names)))
    types += ", kind: 'INTEGER', place: 'VARCHAR', rn: 'BIGINT'"
    read_lines(connection, "people", path, types, longest)
    return Staged("people", columns, tuple(missing), population.missing)


def read_lines(
    connection: DuckDBPyConnection, table: str, path: str, types: str, longest: int
) -> None:
    """Make lines of JSON a table, and remove the file.

    Args:
        connection: To DuckDB.
        table: Its name.
        path: The file.
        types: Names and types of the columns.
        longest: Bytes of the longest line; DuckDB keeps buffers of several times that.
    """
    connection.execute(
        f"CREATE TABLE {table} AS SELECT * FROM read_json(?, format='newline_delimited',"
        f" columns={{{types}}}, maximum_object_size={max(longest + 1, SMALLEST_BUFFER)})",
        [path],
    )
    os.remove(path)


def _parquet(
    connection: DuckDBPyConnection, population: Population, names: Sequence[str]
) -> tuple[str, frozenset[str]] | None:
    """A query over one or more Parquet files of one form, and the attributes they do not have."""
    exports = population.exports
    if population.columns or not exports or {e.container for e in exports} != {"parquet"}:
        return None
    paths = ", ".join(quoted(export.path) for export in exports)
    forms = {tuple(_describe(connection, quoted(export.path))) for export in exports}
    if len(forms) != 1:
        return None
    form = dict(forms.pop())
    record = dict.fromkeys(form)
    if "AdditionalProperties" in form or naming_of(record) not in ("graph", "provisioning"):
        return None
    source = f"read_parquet([{paths}], filename=true, file_row_number=true)"
    made: dict[str, str] = {}
    for name in names:
        expression = _column(name, form, exports[0])
        if expression is None:
            return None
        made[name] = expression
    listed = ", ".join(f"{expression} AS a{at}" for at, expression in enumerate(made.values()))
    absent = frozenset(population.attributes) - {
        name for name, expression in made.items() if expression != NOTHING
    }
    place = "filename || ', row ' || (file_row_number + 1)"
    return (
        f"SELECT {listed}, 0 AS kind, {place} AS place, CAST(NULL AS BIGINT) AS rn FROM {source}",
        absent,
    )


def _describe(connection: DuckDBPyConnection, paths: str) -> list[tuple[str, str]]:
    rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({paths})").fetchall()
    return [(str(row[0]), str(row[1])) for row in rows]


_WHOLE = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
)


def _column(name: str, form: Mapping[str, str], export: Export) -> str | None:
    """An attribute as SQL over the file; None where only the readers tell it right."""
    renamed = export.naming == "graph"
    taken = {source for source, _ in RENAMED} if renamed else set()
    origin = next((source for source, targets in RENAMED if renamed and name in targets), name)
    if renamed and origin in form and origin not in (name,):
        return _encoded(name, _quoted_name(origin), form[origin])
    if name == "telephoneNumber" and "businessPhones" in form:
        if form["businessPhones"] != "VARCHAR[]":
            return None
        return _encoded(name, '"businessPhones"[1]', "VARCHAR")
    if name.startswith(EXTENSION) and "onPremisesExtensionAttributes" in form:
        struct = form["onPremisesExtensionAttributes"]
        if not struct.startswith("STRUCT("):
            return None
        if f'"{name}" VARCHAR' in struct or f"{name} VARCHAR" in struct:
            return _encoded(
                name, f'"onPremisesExtensionAttributes".{_quoted_name(name)}', "VARCHAR"
            )
        return None
    if name in form:
        return NOTHING if name in taken else _encoded(name, _quoted_name(name), form[name])
    if name == "originalUserPrincipalName" and "userPrincipalName" in form:
        if form["userPrincipalName"] != "VARCHAR":
            return None
        return _encoded(name, f"({home_name(_quoted_name('userPrincipalName'))})", "VARCHAR")
    if "." in name or name == "manager":
        return None
    return NOTHING


def home_name(column: str) -> str:
    """The name of a user, of a guest that of the home tenant; see `guest_home_name`."""
    home = f"split_part({column}, {quoted(GUEST_MARK)}, 1)"
    return (
        f"CASE WHEN contains({column}, {quoted(GUEST_MARK)}) THEN"
        f" regexp_replace({home}, '_([^_]*)$', '@\\1') ELSE {column} END"
    )


def _quoted_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _encoded(name: str, column: str, kind: str) -> str | None:
    if kind == "VARCHAR":
        text = f"CASE WHEN {column} < chr(2) AND {column} <> '' THEN chr(1) || to_json({column})"
        if name in BOOLEANS:
            for word in ("true", "false"):
                text += f" WHEN lower({column}) = '{word}' THEN {quoted(MARK + word)}"
        return f"{text} ELSE {column} END"
    if kind == "BOOLEAN":
        true, false = quoted(MARK + "true"), quoted(MARK + "false")
        return f"CASE WHEN {column} THEN {true} WHEN NOT {column} THEN {false} END"
    if kind in _WHOLE:
        return f"{quoted(MARK)} || {column}"
    if kind == "UUID":
        return f"CAST({column} AS VARCHAR)"
    if kind == '"NULL"':
        return f"({NOTHING})"
    if kind == "VARCHAR[]":
        return f"{quoted(MARK)} || to_json({column})"
    return None


def stage_targets(
    connection: DuckDBPyConnection,
    targets: Iterable[TargetUser],
    paths: Sequence[str],
    attributes: Sequence[str],
    matching: Sequence[str],
    folder: str,
    told: Told,
) -> None:
    """Make the target users two tables: `targets` with values, `keys` with matching values.

    `targets` has `t` (a number), `id`, and `o0`, `o1`, … for the attributes; `keys` has `m` (number
    of the matching attribute), `k` (folded), `x` (as it is), and `t`.
    """
    if _parquet_targets(connection, paths, attributes, matching, folder):
        return
    path, keys_path = os.path.join(folder, "targets.jsonl"), os.path.join(folder, "keys.jsonl")
    longest = 0
    with (
        open(path, "w", encoding="utf-8") as file,
        open(keys_path, "w", encoding="utf-8") as keys,
    ):
        for number, user in enumerate(targets):
            if not number & 1023:
                told("reading target users", number, None)
            record: dict[str, object] = {"t": number, "id": user.id}
            for at, name in enumerate(attributes):
                value = user.value(name)
                if value is not None:
                    record[f"o{at}"] = encode(value)
            line = json.dumps(record) + "\n"
            longest = max(longest, len(line))
            file.write(line)
            for at, name in enumerate(matching):
                value = user.value(name)
                items = value if isinstance(value, (list, tuple)) else (value,)
                texts = dict.fromkeys(provisioned_text(i) for i in items if not is_empty(i))
                for text in texts:
                    key = {"m": at, "k": encode(folded(text)), "x": encode(text), "t": number}
                    keys.write(json.dumps(key) + "\n")
    types = ", ".join(
        ["t: 'BIGINT', id: 'VARCHAR'", *(f"o{at}: 'VARCHAR'" for at in range(len(attributes)))]
    )
    read_lines(connection, "targets", path, types, longest)
    types = "m: 'INTEGER', k: 'VARCHAR', x: 'VARCHAR', t: 'BIGINT'"
    read_lines(connection, "keys", keys_path, types, 2 * longest + 100)


def _parquet_targets(
    connection: DuckDBPyConnection,
    paths: Sequence[str],
    attributes: Sequence[str],
    matching: Sequence[str],
    folder: str,
) -> bool:
    """Make Parquet files of plain columns the relations of `stage_targets`, if they are such."""
    selects = []
    for number, path in enumerate(paths):
        if container_of(path) != "parquet":
            return False
        form = dict(_describe(connection, quoted(path)))
        columns = _target_columns(form, attributes)
        if columns is None:
            return False
        source = f"read_parquet({quoted(path)}, file_row_number=true)"
        odd = "id IS NULL OR trim(id) <> id OR id = '' OR id < chr(33)"
        row = connection.execute(f"SELECT count(*) FROM {source} WHERE {odd}").fetchone()
        if row is None or row[0]:
            return False
        listed = ", ".join(f"{column} AS o{at}" for at, column in enumerate(columns))
        place = f"file_row_number + {number << 40}"
        selects.append(f"SELECT {place} AS t, id, {listed} FROM {source}")
    connection.execute(f"CREATE VIEW targets AS {' UNION ALL '.join(selects)}")
    from provlint.simulate.columnar.lookups import Lookups

    keys = []
    for number, name in enumerate(matching):
        lookups = Lookups(connection, folder, f"target{number}_")
        column = f"u.o{attributes.index(name)}"
        plain = f"strlen({column}) = length({column}) AND {column} >= chr(2)"
        asked = f"{column} <> '' AND NOT ({plain})"
        fold = lookups.add("targets", [column], asked, _folded_text)
        exact = lookups.add("targets", [column], f"{column} <> '' AND {column} < chr(2)", _text)
        keys.append(
            f"SELECT {number} AS m, CASE WHEN {plain} THEN lower({column}) ELSE {fold} END AS k,"
            f" CASE WHEN {column} < chr(2) THEN {exact} ELSE {column} END AS x, t"
            f" FROM targets u {' '.join(lookups.joins)} WHERE {column} <> ''"
        )
    connection.execute(f"CREATE VIEW keys AS {' UNION ALL '.join(keys)}")
    return True


def _text(key: Sequence[str | None]) -> str | None:
    return encode(provisioned_text(decode(key[0])))


def _folded_text(key: Sequence[str | None]) -> str | None:
    return encode(folded(provisioned_text(decode(key[0]))))


_STRANGE = frozenset({"schemas", "data", "additionalproperties", "inputattributes", "properties"})


def _target_columns(form: Mapping[str, str], attributes: Sequence[str]) -> list[str] | None:
    """The attributes as SQL; None where only the reader tells them right."""
    if form.get("id") != "VARCHAR" or "userName" not in form:
        return None
    lowered = {name.lower() for name in form}
    if lowered & _STRANGE:
        return None
    found = []
    for name in attributes:
        if name not in form:
            root = re.split(r"[.\[:]", name.rpartition(":")[2])[0].lower()
            if root in lowered or name.lower() in lowered or name.lower().startswith("urn:"):
                return None
            found.append(NOTHING)
            continue
        kind = form[name]
        if kind == "VARCHAR[]" or (name == "active" and kind == "VARCHAR"):
            return None
        column = _encoded("", _quoted_name(name), kind)
        if column is None:
            return None
        found.append(column)
    return found
