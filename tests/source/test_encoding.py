import pytest
from hypothesis import given
from hypothesis import strategies as st

from provlint.source import decode, encode
from provlint.source.limits import MAXIMUM_BYTES

TEXT = '{\r\n "a": "\u00e9\U0001f600"\r\n}'


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [("utf-8", False), ("utf-8", True), ("utf-16-le", True), ("utf-16-be", True),
     ("utf-16-le", False), ("utf-16-be", False)],
)  # fmt: skip
def test_encodings_are_told_apart_and_written_back(encoding, bom):
    data = encode(TEXT, encoding, bom=bom)
    decoded = decode(data)
    assert decoded == (TEXT, encoding, bom, None)
    assert encode(decoded.text, decoded.encoding, bom=decoded.bom) == data


@given(st.text(st.characters(exclude_categories=["Cs"]).filter(lambda c: c not in "\0\ufeff")))
def test_every_text_survives(text):
    for encoding, bom in (("utf-8", False), ("utf-8", True), ("utf-16-le", True)):
        assert decode(encode(text, encoding, bom=bom))[:3] == (text, encoding, bom)


@given(st.binary(max_size=60))
def test_any_bytes_give_a_text_or_a_reason(data):
    decoded = decode(data)
    assert isinstance(decoded.text, str)
    if decoded.problem is not None:
        assert 0 <= decoded.problem.start <= decoded.problem.end <= len(decoded.text)
    else:
        assert encode(decoded.text, decoded.encoding, bom=decoded.bom) == data


def test_windows_1252_is_read_on_and_named():
    decoded = decode(b'{\n"name": "Bj\xf8rn"}')
    assert decoded.text == '{\n"name": "Bj\u00f8rn"}'
    problem = decoded.problem
    assert decoded.text[problem.start : problem.end] == "\u00f8"
    assert problem.code == "not-utf-8"
    assert problem.message == (
        "byte 13 (line 2) is 0xf8, which is not UTF-8; read as Windows-1252 it is `\u00f8`"
    )
    assert problem.help == "save the file as UTF-8; it was probably saved as Windows-1252 (ANSI)"


def test_a_cut_file_is_named_as_cut():
    problem = decode("\u00e9\u00e9 {\u20ac".encode()[:-1]).problem
    assert problem.message == "byte 6 (line 1) is 0xe2, which is not UTF-8"
    assert problem.help == "export the file again, its last character is cut"
    problem = decode("{}\u20ac".encode("utf-16")[:-1]).problem
    assert problem.message == "byte 6 (line 1) is not UTF-16"


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        ("{}".encode("utf-32"), "utf-32", "the file is UTF-32"),
        ('{"a": 1}'.encode("utf-32-be"), "utf-32", "the file is UTF-32"),
        (b"\0" * 9, "null-bytes", "the file holds 9 NUL bytes and nothing else"),
        (
            b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0",
            "binary-file",
            "byte 3 is NUL, so the file is binary and not text",
        ),
    ],
)
def test_what_is_not_text_is_named(data, code, message):
    decoded = decode(data)
    assert (decoded.problem.code, decoded.problem.message) == (code, message)
    assert decoded.text == ""


def test_large_files_are_refused(monkeypatch):
    decoded = decode(b" " * (MAXIMUM_BYTES + 1))
    assert decoded.problem.message == "the file has 64 MB, the limit is 64 MB"
