"""Members of small records that several tools spell differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.simulate.inputs.containers import records_of
from provlint.simulate.inputs.naming import what_else
from provlint.simulate.inputs.problem import InputProblem, refuse
from provlint.simulate.inputs.text import find_files
from provlint.wording import alternatives, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from provlint.simulate.inputs.problem import Ledger


def member(record: Mapping[str, Any], *names: str) -> Any:
    """The value of the first member of these names that there is, in any letter case."""
    for name in names:
        if name in record:
            return record[name]
    lowered = {key.lower().replace(" ", ""): value for key, value in record.items()}
    return next((lowered[name.lower()] for name in names if name.lower() in lowered), None)


def text_member(record: Mapping[str, Any], *names: str) -> str:
    """The same as a text; empty where there is none."""
    value = member(record, *names)
    return "" if value is None else str(value)


def truth(value: object) -> bool | None:
    """The truth that a Boolean or a text in any letter case tells; None for anything else."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(str(value).strip().lower())


def side_records(
    paths: Iterable[str], ledger: Ledger, what: str
) -> Iterator[tuple[dict[str, Any], str]]:
    """The records of files that should hold `what`.

    Raises:
        InputError: A file holds something else that is known.
    """
    for path in find_files(paths):
        for record, where in records_of(path, ledger):
            found = what_else(record) or ("users" if _is_user(record) else "")
            if found and found != what and what != "links":
                raise refuse(
                    "wrong-input",
                    where,
                    f"`{path}` holds {found}, expected {what}",
                    f"give it to the option for {found}",
                )
            yield record, where


def incomplete(where: str, what: str, needed: Iterable[str], found: Iterable[str]) -> InputProblem:
    """The problem of a record without the members that it needs."""
    names = list(found)
    return InputProblem(
        "incomplete-record",
        where,
        f"one of {what} has {alternatives(names[:6], 'and') or 'no member'}, expected "
        f"{alternatives(needed, 'and')}",
        f"export {what} with these members",
    )


def tell_continued(ledger: Ledger, what: str) -> list[str]:
    """What to say when the last page of an export names a next one."""
    if ledger.pages and ledger.continued >= ledger.pages:
        pages = counted(ledger.pages, "page")
        return [f"{what}: not complete, {pages} read and each names a next one"]
    return []


def _is_user(record: Mapping[str, Any]) -> bool:
    return "userPrincipalName" in record and "members" not in record
