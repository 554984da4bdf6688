"""Reads JSON that is not JSON: reports each defect with place and hint, keeps what is certain."""

from __future__ import annotations

from provlint.source.reading import Reading
from provlint.source.tolerant.collector import Collector
from provlint.source.tolerant.conflicts import without_conflicts
from provlint.source.tolerant.parser import Parser
from provlint.source.tolerant.surroundings import find_beginning


def read_tolerantly(text: str, *, dialect: str = "json") -> Reading:
    """Read a text that `json` refuses, or whose places must be recorded; never raises.

    Several documents in one text become a list of them.
    """
    collector = Collector(text, dialect=dialect)
    text = without_conflicts(text, collector)
    start = find_beginning(text, collector)
    if start < 0:
        return Reading(None, collector.problems(), found=False)
    parser = Parser(text, collector, start)
    parser.run()
    documents = parser.documents
    nodes = documents.node.items or []
    if len(nodes) == 1:
        value, root = documents.value[0], nodes[0]
    else:
        value, root = documents.value, documents.node
    collector.where = str
    return Reading(
        value if nodes else None,
        collector.problems(),
        tuple(parser.duplicates),
        root,
        found=bool(nodes),
    )
