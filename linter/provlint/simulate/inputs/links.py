"""Links that the service has stored: which target account belongs to which source user.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/manage-object-connections
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.inputs.fields import incomplete, member, side_records, text_member
from provlint.simulate.inputs.problem import InputProblem
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    for source, target, where in _pairs(paths, ledger):
        if links.get(source, target) != target:
            message = f"the source id {quote(source)} has another target id at {first[source]}"
            advice = "keep one link for each source id"
            ledger.leave_out(InputProblem("two-links", where, message, advice))
            continue
        links[source] = target
        first.setdefault(source, where)
    return links


def _pairs(paths: Iterable[str], ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """Source id in lower case, target id, and where they stand."""
    files = []
    for path in paths:
        source, equals, target = path.partition("=")
        if not equals or _is_file(path):
            files.append(path)
        elif source.strip() and target.strip():
            yield source.strip().lower(), target.strip(), "the option"
        else:
            ledger.leave_out(_half("--link", path))
    for record, where in side_records(files, ledger, "links"):
        source = text_member(record, *SOURCE)
        target = text_member(record, *TARGET)
        if source and target:
            yield source.lower(), target, where
        elif member(record, *SOURCE) is not None and member(record, *TARGET) is not None:
            ledger.leave_out(_half(where, f"{source}={target}"))
        elif source or target or not all(isinstance(each, str) for each in record.values()):
            ledger.leave_out(incomplete(where, "links", ("sourceId", "targetId"), record))
        else:
            for key, value in record.items():
                if key and value:
                    yield key.lower(), value, where
                else:
                    ledger.leave_out(_half(where, f"{key}={value}"))


def _half(where: str, link: str) -> InputProblem:
    return InputProblem(
        "half-a-link",
        where,
        f"the link {quote(link)} has one id, expected that of the source and that of the target",
        "give both ids, or remove it",
    )


def _is_file(path: str) -> bool:
    import os

    return os.path.exists(path)
