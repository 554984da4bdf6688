import os
import stat
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.source import (
    apply_edits,
    encode,
    find_truncations,
    might_hold_configuration,
    newline_of,
    read_source,
    write_text,
)

REAL = Path(__file__).parents[3] / "shared" / "real"
VALID = '{\r\n "a": [1, -2.5e3, "x\\u0041\\"(y)", true, null],\r\n "b": {"c": {}, "d": []}\r\n}'


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_mutation_of_a_valid_file_raises(data):
    text = VALID
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        if data.draw(st.booleans()):
            text = text[:at] + text[at + 1 :]
        else:
            text = (
                text[:at]
                + data.draw(st.sampled_from(string.printable + "\u201c\ufeff"))
                + text[at:]
            )
    for name in ("a.json", "a.yaml", "a.json.tftpl"):
        document = read_source(text.encode(), name)
        document.positions.locate(["", "/a/2", "/b/c"])
        for problem in (*document.problems, *document.reading.duplicates):
            assert 0 <= problem.start <= problem.end <= len(document.text)
            assert problem.message
            assert not problem.message.endswith(".")


def test_format_is_told_by_name_and_content():
    assert read_source(b"a: 1", "x.yaml").reading.value == {"a": 1}
    assert read_source(b"a: 1", "-").reading.value == {"a": 1}
    assert read_source(b"{a: 1}", "x.yaml").problems == ()
    assert [p.code for p in read_source(b"{a: 1}", "-").problems] == ["unquoted-key"]
    assert [p.code for p in read_source(b"a: 1", "x.json").problems] == ["not-json"]
    assert read_source(b"[1, /* */]", "x.jsonc").problems == ()


@pytest.mark.parametrize("text", ['${\r\n "a": [1],\r\n "b": {}\r\n}', ""])
def test_a_file_without_a_value_has_one_place(text):
    document = read_source(text.encode(), "x.json")
    assert not document.reading.found
    document.positions.locate(["", "/a/0"])
    assert document.positions.value("") == (0, len(text))


def test_a_file_that_is_no_text_has_one_problem():
    document = read_source(b"\0" * 8, "x.json")
    assert [problem.code for problem in document.problems] == ["null-bytes"]
    assert not document.reading.found


def test_utf_16_gives_the_same_places():
    text = '{"a": "\U0001f600",\r\n "b": [1,]}'
    one = read_source(text.encode(), "x.json")
    other = read_source(encode(text, "utf-16-le", bom=True), "x.json")
    assert one.problems == other.problems
    assert other.lines.position(other.problems[0].start) == (2, 9)


def test_terraform_directives_are_one_note():
    text = '{"a": "${tenant}-$${x}", "b": "%{ if y }1%{ endif }", "re": "^C([^{]*){"}'
    [note] = read_source(text.encode(), "x.json.tftpl").problems
    assert (note.code, note.level) == ("template-directive", "note")
    assert text[note.start : note.end] == "${tenant}"
    assert note.message == "3 Terraform directives, the first is `${tenant}`, are read as text"
    assert [text[a:b] for a, b in note.related] == ["%{ if y }", "%{ endif }"]
    assert read_source(b'{"re": "^a${1,3}$"}', "x.json").problems == ()
    [note] = read_source(b'{"a": "${var.tenant}"}', "x.json").problems
    assert note.message == "the Terraform directive `${var.tenant}` is read as text"


def test_truncations():
    value = {
        "a": "Microsoft.Graph.PowerShell.Models.MicrosoftGraphContainerFilter",
        "b": ["System.Object[]", "System.Collections.Hashtable", "System Center", "@{x=1}"],
        "c/d": "System.Collections.Hashtable System.Collections.Hashtable",
        "e": "System.Object is a class",
        "f": "Microsoft.Graph",
    }
    assert [pointer for pointer, _ in find_truncations(value)] == [
        "/a", "/b/0", "/b/1", "/b/3", "/c~1d",
    ]  # fmt: skip
    assert find_truncations(value, "nothing of the kind") == []
    assert len(find_truncations(["System.Object[]"] * 500)) == 100


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b'{"synchronizationRules": []}', True),
        ('{"SynchronizationRules": []}'.encode("utf-16"), True),
        ('{"attributeMappings": []}', True),
        (b'{"jobs": [{"templateId": "scim", "schedule": {}}]}', True),
        (b'{"name": "x", "dependencies": {}}', False),
        (b"", False),
    ],
)
def test_sniffing(content, answer):
    assert might_hold_configuration(content) is answer


def test_edits():
    assert apply_edits("a,b,c", [(3, 4, ""), (0, 1, "x"), (1, 1, "y"), (1, 1, "z")]) == "xyz,bc"
    assert apply_edits("a\r\nb", [(0, 1, "x\ny")]) == "x\r\ny\r\nb"
    assert apply_edits("ab", [(0, 1, "x"), (0, 1, "x")]) == "xb"
    with pytest.raises(ValueError, match=r"edit 1..3 overlaps"):
        apply_edits("abcd", [(1, 3, ""), (0, 2, "")])
    with pytest.raises(ValueError, match="outside the text of 2 characters"):
        apply_edits("ab", [(1, 3, "")])
    assert [newline_of(text) for text in ("", "a\r\nb\nc\r\n", "a\rb", "a\nb\r\nc\n")] == [
        "\n", "\r\n", "\r", "\n",
    ]  # fmt: skip


def test_writing_keeps_encoding_permissions_and_links(tmp_path):
    path = tmp_path / "x.json"
    text = '{"a": "\u00e9\U0001f600"}\r\n'
    data = encode(text, "utf-16-le", bom=True)
    path.write_bytes(data)
    path.chmod(0o640)
    link = tmp_path / "link.json"
    os.symlink(path, link)
    document = read_source(data, "x.json")
    write_text(str(link), document.text, document.encoding, bom=document.bom)
    assert path.read_bytes() == data
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()
    with pytest.raises(UnicodeEncodeError):
        write_text(str(path), "\u0416", "windows-1252")
    assert path.read_bytes() == data
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["link.json", "x.json"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_writing_into_a_pipe_leaves_it_a_pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write_text(str(path), "text\n")
    assert os.read(reader, 100) == b"text\n"
    os.close(reader)
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.skipif(not REAL.is_dir(), reason="the collected files are not here")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "graphdocs-2021__directory-extension__1.json",
            [("leading-comma", 9), ("ellipsis", 22), ("leading-comma", 27), ("trailing-comma", 44)],
        ),
        (
            "graphdocs-2021__schema-update-PUT__0.json",
            [("trailing-comma", line) for line in (14, 18, 34, 36, 38)],
        ),
        (
            "SuryenduB-blog-2024__schema-PUT-body.json",
            [("trailing-comma", line) for line in (24, 28, 54, 56, 58)],
        ),
    ],
)
def test_broken_public_files(name, expected):
    document = read_source((REAL / name).read_bytes(), name)
    lines = document.lines
    assert [(p.code, lines.position(p.start)[0]) for p in document.problems] == expected
    assert document.reading.value["synchronizationRules"][0]["name"]
    assert document.reading.value["directories"][0]["objects"][0]["name"] == "User"


@pytest.mark.skipif(not REAL.is_dir(), reason="the collected files are not here")
def test_valid_public_files_have_no_problem():
    broken = ("directory-extension__1", "schema-update", "SuryenduB")
    for path in REAL.glob("*.json"):
        if not any(part in path.name for part in broken):
            document = read_source(path.read_bytes(), path.name)
            assert document.problems == ()
            assert document.reading.duplicates == ()
            assert document.truncations == []


def test_every_name_of_the_package_is_there():
    import provlint.source

    assert all(callable(getattr(provlint.source, name)) for name in provlint.source.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = provlint.source.nothing


def test_a_clean_json_file_loads_neither_yaml_nor_the_tolerant_reader():
    import subprocess
    import sys

    program = (
        "import sys, provlint.source as s; s.read_source(b'{}', 'x.json').reading;"
        "print(*[m for m in ('yaml', 'enum', 'pathlib', 'dataclasses', 'provlint.source.tolerant',"
        " 'provlint.source.positions') if m in sys.modules and m not in before])"
    )
    program = "import sys, re; before = set(sys.modules);" + program
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("\n", "")
