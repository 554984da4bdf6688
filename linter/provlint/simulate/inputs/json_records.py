"""Records of JSON files, one by one, in bounded memory.

One object per line; an array; a page `{"value": […]}` of Microsoft Graph, a SCIM list, a SCIM bulk
request, a page `{"result": […]}` of ServiceNow; a single object; and any number of these behind
each other in one file.
"""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING

from provlint.simulate.inputs.json_decoding import DECODER, ENVELOPES, bad_json, quickest_decoder
from provlint.simulate.inputs.json_document import Document
from provlint.simulate.inputs.problem import LARGEST_RECORD, not_an_object, refuse
from provlint.simulate.inputs.text import encoding_problem, head_text, read_head, utf8_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.simulate.inputs.json_decoding import Json
    from provlint.simulate.inputs.problem import Ledger

_LIST_MEMBER = re.compile(rf'"(?:{"|".join(ENVELOPES)})"[ \t]*:[ \t]*\[')


def json_records(path: str, ledger: Ledger) -> Iterator[tuple[Json, str]]:
    """The objects of a JSON file with their places, in the order of the file.

    The place is `file:line` where each line holds a record, else `file#/pointer`.

    Raises:
        InputError: Something is no JSON or no object, and the ledger says to stop.
    """
    if one_per_line(head_text(read_head(path))):
        return _lines(path, ledger)
    return Document(path, ledger).records()


def one_per_line(head: str) -> bool:
    """Whether the first line is a whole object, and not a page of objects."""
    first, line_break, _ = head.lstrip().partition("\n")
    if not line_break:
        return False
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        # A broken first record, unless it is the beginning of a page.
        whole = first.startswith("{") and first.rstrip().endswith("}")
        return whole and _LIST_MEMBER.search(first) is None
    return isinstance(value, dict) and not _is_page(value)


def _is_page(value: Json) -> bool:
    return any(isinstance(value.get(name), list) for name in ENVELOPES)


def _lines(path: str, ledger: Ledger) -> Iterator[tuple[Json, str]]:
    decode = quickest_decoder()
    rest, number = b"", 1
    for piece in chain(utf8_pieces(path, ledger), (b"\n",)):
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()
        if len(rest) > LARGEST_RECORD:
            place = f"{path}:{number + len(lines)}"
            message = f"a line is longer than {LARGEST_RECORD:,} bytes"
            raise refuse("too-long", place, message, "write one record per line")
        try:
            records = decode(b"[" + b",".join(lines) + b"]")
            whole = len(records) == len(lines) and all(type(each) is dict for each in records)
        except (ValueError, RecursionError):
            whole = False
        for at, line in enumerate(lines, number):
            record = records[at - number] if whole else _line(line, f"{path}:{at}", ledger)
            if record is not None:
                yield record, f"{path}:{at}"
        number += len(lines)


def _line(line: bytes, place: str, ledger: Ledger) -> Json | None:
    if not line.strip():
        return None
    try:
        text = line.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = line.decode("utf-8", "surrogateescape")
    problem = encoding_problem(place, text)
    if problem is None:
        try:
            value = DECODER.decode(text.strip("\ufeff"))
        except (ValueError, RecursionError) as error:
            problem = bad_json(place, text, error)
        else:
            if isinstance(value, dict):
                return value
            problem = not_an_object(place, value)
    ledger.leave_out(problem)
    return None
