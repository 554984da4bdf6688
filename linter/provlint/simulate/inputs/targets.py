"""Users of the target from files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.simulate.inputs.containers import records_of
from provlint.simulate.inputs.fields import text_member
from provlint.simulate.inputs.naming import naming_of, translate, what_else
from provlint.simulate.inputs.problem import InputProblem, Ledger, refuse
from provlint.simulate.inputs.text import find_files
from provlint.simulate.targets import TargetUser
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provlint.simulate.inputs.problem import OnError

_TRANSLATED = ("graph", "powershell-graph", "powershell-azuread")
_TRUTH = {"true": True, "false": False}


class TargetFiles:
    """Target users from files: SCIM lists, JSON, lines, CSV, Parquet.

    SCIM resources stay nested, `provlint.simulate.target_paths.value_at` finds values in them.
    Columns of CSV and Parquet are named by target attributes, such as
    `emails[type eq "work"].value`. Users of Microsoft Graph are in provisioning names, for
    connectors that write to Entra ID.

    Attributes:
        ledger: What the last iteration left out.
    """

    def __init__(self, paths: Iterable[str], *, on_error: OnError = "stop") -> None:
        """Find the files.

        Raises:
            InputError: A file is missing.
        """
        self.on_error = on_error
        self.ledger = Ledger(on_error)
        self.paths = tuple(find_files(paths))

    def __iter__(self) -> Iterator[TargetUser]:
        """Read all target users.

        Raises:
            InputError: A file holds no users, or a record is broken and `on_error` is `stop`.
        """
        self.ledger = Ledger(self.on_error)
        for path in self.paths:
            for record, where in records_of(path, self.ledger):
                yield self.user(record, where)

    def user(self, record: dict[str, Any], where: str) -> TargetUser:
        """The target user that a record is.

        Raises:
            InputError: The record is something else.
        """
        naming = naming_of(record)
        if naming is None:
            raise refuse(
                "not-users",
                where,
                f"the file holds {what_else(record)}, expected users of the target",
                "give it to the option for them",
            )
        if naming in _TRANSLATED and "schemas" not in record and "userName" not in record:
            record = translate(record, naming)
        elif isinstance(record.get("data"), dict):
            record = record["data"]
        active = record.get("active")
        if isinstance(active, str):
            record["active"] = _TRUTH.get(active.lower(), active)
        identity = text_member(record, "id", "objectId")
        if not identity:
            identity = where
            self.ledger.note(
                InputProblem(
                    "no-identity",
                    where.partition(":")[0].partition("#")[0],
                    f"target users have no {quote('id')}; their places stand for it",
                    "export the target users with their ids to use stored links",
                )
            )
        return TargetUser(identity, record)
