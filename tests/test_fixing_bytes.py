"""Fixes over random files: the faults are mended, and every other character stays as it was."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provlint.fixing import fix
from provlint.lint import Options, default_rules, lint_file
from provlint.source.encoding import encode
from provlint.source.source_file import read_source

OPTIONS = Options(default_rules())

EXPRESSIONS = (
    (("tolower", "ToLower"), "([mail])"),
    ("Append(", ("tolower", "ToLower"), "([mail]), ", ("“-crm”", '"-crm"'), ")"),
    ('Append(ToLower([mail]), "ø/\t\\"😀")', ("", "")),
    ('Append(ToLower([mail]), "ø"', ("", ")")),
    ("IIF([mail] ", ("==", "="), ' "ø", "a", "b")'),
    ('Replace([mail], , "', ("", "\\"), '\\s", , "", , )'),
    (("Coalesc", "Coalesce"), '([mail], "/")'),
    ('Switch([department], "x", "Føroyar", ', ("True", '"True"'), ")"),
    ("Switch([department]", ("", ", "), ', "Føroyar", "1")'),
    ("ToLower([", ("Department", "department"), "])"),
)
"""Expressions in pieces: a text that stays, or what stands there and what a fix puts there."""
VALUES = (
    (("", "^"), "Søk/\t😀", ("", "$")),
    ("^Sal", ("", ""), "es", ("", "$")),
    (("", "^(?:"), "Sales|Løn", ("", ")$")),
    ("^", (".\\*", ".*"), "@fjord", (".", "\\."), "bank", (".", "\\."), "example$"),
)
"""Patterns of `REGEX MATCH`, in the same form."""
NAMES = ((("Department", "department"),), ("department", ("", "")))
TARGETS = ((("name.givenname", "name.givenName"),), ("nickName", ("", "")))
KINDS = ((("function", "Function"),), ("Function", ("", "")))
GROUP_KEYS = ((("filterGroups", "groups"),), ("groups", ("", "")))

SOURCE = ("mail", "department", "userPrincipalName")
TARGET = ("userName", "nickName", "name.givenName")


class Pieces(tuple[object, ...]):
    """A text of the file with a fault in it."""


def definitions(names):
    return [{"name": name, "type": "String"} for name in names]


def document(draw):
    """A configuration whose texts hold faults, and other texts that no rule minds."""
    pick = {
        name: Pieces(draw(st.sampled_from(table)))
        for name, table in {
            "expression": EXPRESSIONS,
            "pattern": VALUES,
            "attribute": NAMES,
            "target": TARGETS,
            "kind": KINDS,
            "groups": GROUP_KEYS,
        }.items()
    }
    noise = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    clauses = [
        {
            "sourceOperandName": pick["attribute"],
            "operatorName": "REGEX MATCH",
            "targetOperand": {"values": [pick["pattern"]]},
        }
    ]
    mappings = [
        {
            "targetAttributeName": "userName",
            "matchingPriority": 1,
            "source": {"type": "Attribute", "name": "userPrincipalName"},
        },
        {
            "targetAttributeName": pick["target"],
            "source": {"type": pick["kind"], "name": "x", "expression": pick["expression"]},
        },
    ]
    object_mapping = {
        "name": draw(noise),
        "sourceObjectName": "User",
        "targetObjectName": "User",
        "scope": {"name": draw(noise), pick["groups"]: [{"name": "g", "clauses": clauses}]},
        "attributeMappings": mappings,
    }
    return {
        "metadata": [{"key": "note", "value": draw(noise)}],
        "synchronizationRules": [
            {
                "sourceDirectoryName": "Azure Active Directory",
                "targetDirectoryName": "Fjord",
                "objectMappings": [object_mapping],
            }
        ],
        "directories": [
            {
                "name": name,
                "objects": [{"name": "User", "attributes": definitions(attributes)}],
            }
            for name, attributes in (("Azure Active Directory", SOURCE), ("Fjord", TARGET))
        ],
    }


SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "/": "\\/"}


def escaped(text, random):
    """Characters of a JSON string, each as it is or as one of its escapes."""
    for character in text:
        utf_16 = character.encode("utf-16-be")
        units = [utf_16[index : index + 2].hex() for index in range(0, len(utf_16), 2)]
        forms = ["".join(f"\\u{random.choice([unit, unit.upper()])}" for unit in units)]
        if character in SHORT:
            forms.append(SHORT[character])
        if character in '"\\':
            forms.append("\\" + character)
        elif character >= " ":
            forms.append(character)
        yield random.choice(forms)


def string(value, random):
    """A JSON string, before and after the fixes."""
    before, after = ['"'], ['"']
    for piece in value if isinstance(value, Pieces) else (value,):
        if isinstance(piece, tuple):
            wrong, right = piece
            before += escaped(wrong, random)
            after.append(json.dumps(right)[1:-1])
        else:
            characters = list(escaped(piece, random))
            before += characters
            after += characters
    return "".join((*before, '"')), "".join((*after, '"'))


def printed(value, random, newline, indent, depth=1):
    """The text of a value, before and after the fixes, with blanks put anywhere between tokens."""
    if isinstance(value, (str, Pieces)):
        return string(value, random)
    if not isinstance(value, (dict, list)):
        return json.dumps(value), json.dumps(value)
    inner, outer = newline + indent * depth, newline + indent * (depth - 1)
    gap = random.choice(["", " ", "\t"])
    texts = []
    items = value.items() if isinstance(value, dict) else ((None, each) for each in value)
    for name, each in items:
        before, after = printed(each, random, newline, indent, depth + 1)
        if name is not None:
            key_before, key_after = string(name, random)
            before, after = f"{key_before}{gap}: {before}", f"{key_after}{gap}: {after}"
        texts.append((inner + before, inner + after))
    start, end = "{}" if isinstance(value, dict) else "[]"
    return tuple(start + (gap + ",").join(side) + outer + end for side in zip(*texts, strict=True))


@st.composite
def files(draw):
    """A file in bytes, and its text before and after the fixes."""
    tree = document(draw)
    random = draw(st.randoms(use_true_random=False))
    newline = draw(st.sampled_from(["\n", "\r\n", "\r", ""]))
    indent = draw(st.sampled_from(["", "\t", "  "]))
    before, after = printed(tree, random, newline, indent)
    end = draw(st.sampled_from(["", newline, newline * 2]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be"]))
    name, _, mark = encoding.partition(" ")
    bom = bool(mark) or name != "utf-8"
    return encode(before + end, name, bom=bom), before + end, after + end


def lint(source):
    return list(lint_file(source, OPTIONS).diagnostics)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files())
def test_every_other_character_stays(file):
    data, before, after = file
    source = read_source(data, "schema.json")
    assert source.text == before
    fixed = fix(source, lint, unsafe=True)
    assert fixed.complete
    assert fixed.source.text == after
    assert encode(after, fixed.source.encoding, bom=fixed.source.bom) == encode(
        after, source.encoding, bom=source.bom
    )
    json.loads(fixed.source.text)
    assert fix(fixed.source, lint, unsafe=True).applied == 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files())
def test_safe_fixes_keep_to_their_part(file):
    data, before, after = file
    source = read_source(data, "schema.json")
    fixed = fix(source, lint, unsafe=False)
    assert fixed.complete
    assert fix(fixed.source, lint, unsafe=True).source.text == after
    assert (fixed.applied == 0) is (fixed.source.text == before)


def test_the_file_on_disk_keeps_its_bytes(tmp_path):
    """Through the command: UTF-16 with CRLF, escapes, and no line break at the end."""
    from provlint.cli import status

    path = tmp_path / "schema.json"
    head = '[{"targetAttributeName": "a\\u0062\\/", "source": {"name": "x",\r\n\t"expression": "'
    tail = '(\\u005bmail], \\"S\\u00f8r ø\\")"}}]'
    path.write_bytes(encode(head + "append" + tail, "utf-16-le", bom=True))
    status(["lint", "--no-config", "--fix", str(path)])
    assert path.read_bytes() == encode(head + "Append" + tail, "utf-16-le", bom=True)
    assert [each.name for each in Path(tmp_path).iterdir()] == ["schema.json"]
