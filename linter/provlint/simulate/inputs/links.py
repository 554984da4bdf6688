"""Links that the service has stored: which target account belongs to which source user.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/manage-object-connections
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.inputs.fields import incomplete, side_records, text_member
from provlint.simulate.inputs.problem import InputProblem
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provlint.simulate.inputs.problem import Ledger

SOURCE = ("sourceId", "sourceAnchor", "source", "source_id", "objectId", "sourceObjectId",
          "sourceIdentity")  # fmt: skip
TARGET = ("targetId", "targetAnchor", "target", "target_id", "targetObjectId", "targetIdentity")


def read_links(paths: Iterable[str], ledger: Ledger) -> dict[str, str]:
    """Read links: rows with two ids, one object of ids, or pairs `SOURCE=TARGET`.

    Returns:
        The target id of each source id, the latter in lower case.

    Raises:
        InputError: A record has no two ids, or two records disagree, and the ledger says to stop.
    """
    links: dict[str, str] = {}
    first: dict[str, str] = {}
    files = []
    for path in paths:
        source, equals, target = path.partition("=")
        if equals and not _is_file(path):
            links[source.strip().lower()] = target.strip()
        else:
            files.append(path)
    for record, where in side_records(files, ledger, "links"):
        source = text_member(record, *SOURCE).lower()
        target = text_member(record, *TARGET)
        pairs = not source and not target
        if pairs and all(isinstance(each, str) for each in record.values()):
            links.update((key.lower(), value) for key, value in record.items())
        elif not source or not target:
            ledger.leave_out(incomplete(where, "links", ("sourceId", "targetId"), record))
        elif links.get(source, target) != target:
            place = first.get(source, "the option")
            message = f"the source id {quote(source)} has another target id at {place}"
            advice = "keep one link for each source id"
            ledger.leave_out(InputProblem("two-links", where, message, advice))
        else:
            links[source] = target
            first[source] = where
    return links


def _is_file(path: str) -> bool:
    import os

    return os.path.exists(path)
