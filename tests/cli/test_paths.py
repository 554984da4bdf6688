"""What a path may be, and what encodings do not change."""

import io
import json
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


@pytest.fixture
def standard_input(monkeypatch):
    def feed(data):
        stream = io.TextIOWrapper(io.BytesIO(data))
        monkeypatch.setattr(sys, "stdin", stream)

    return feed


def places(result):
    return [
        (each["rule"], each["range"], each["message"], each["pointer"], each["fix"])
        for each in json.loads(result.out)["diagnostics"]
    ]


def test_standard_input(provlint, standard_input, texts):
    standard_input(texts["mistaken"].encode())
    result = provlint("lint", "-", "--format", "concise")
    assert result.status == 1
    assert result.out.startswith("<stdin>:6:20: error PL310 ")


def test_the_name_of_standard_input(files, provlint, standard_input, texts):
    files(
        {
            "provlint.toml": '[[suppress]]\nrule = "PL310"\nfiles = "apps/*.yaml"\n'
            'reason = "agreed"\n'
        }
    )
    standard_input(texts["mistaken"].encode())
    result = provlint("lint", "-", "--stdin-name", "apps/box.json", "--format", "concise")
    assert result.out.startswith("apps/box.json:6:20: error PL310 ")
    yaml = 'targetAttributeName: mail\nsource: {type: Function, name: Jion, expression: "Jion()"}\n'
    standard_input(yaml.encode())
    result = provlint("lint", "-", "--stdin-name", "apps/box.yaml")
    assert result.status == 0
    assert "not shown: 1 finding suppressed by the configuration" in result.out


def test_standard_input_without_a_configuration_is_explained(provlint, standard_input, texts):
    standard_input(texts["unrelated"].encode())
    result = provlint("lint", "-")
    assert result.status == 3
    assert "error[PL016 unrecognised-file]" in result.out


def test_folders_globs_and_endings(files, provlint, texts):
    files(
        {
            "a/one.json": texts["mistaken"],
            "a/two.json.tftpl": texts["mistaken"],
            "a/b/three.yaml": texts["mistaken"],
            "a/b/four.txt": texts["mistaken"],
            "a/.hidden/five.json": texts["mistaken"],
        }
    )

    def names(*words):
        report = json.loads(provlint("lint", "--format", "json", *words).out)
        return sorted({each["file"] for each in report["diagnostics"] if each["rule"] == "PL310"})

    assert names() == ["a/b/three.yaml", "a/one.json", "a/two.json.tftpl"]
    assert names("a/b") == ["a/b/three.yaml"]
    assert names("a/*.json") == ["a/one.json"]
    assert names("**/*.yaml") == ["a/b/three.yaml"]
    assert names("a/b/four.txt") == ["a/b/four.txt"]
    assert names("a", "a/one.json") == ["a/b/three.yaml", "a/one.json", "a/two.json.tftpl"]
    assert names("--exclude", "b") == ["a/one.json", "a/two.json.tftpl"]
    assert names("--exclude", "*.yaml", "--exclude", "*.tftpl") == ["a/one.json"]
    assert names("--exclude", "a/b", "a") == ["a/one.json", "a/two.json.tftpl"]
    assert names("--exclude", "a", "a/one.json") == ["a/one.json"]


@pytest.mark.parametrize(
    "name", ["mistakes/expressions.json", "mistakes/broken/trailing-commas.json"]
)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig", "crlf"])
def test_encodings_change_no_place(files, provlint, name, encoding):
    text = (EXAMPLES / name).read_text("utf-8").replace("Contoso", "Contosø 😀")
    copy = {
        "utf-16": text.encode("utf-16"),
        "utf-16-be": b"\xfe\xff" + text.encode("utf-16-be"),
        "utf-8-sig": text.encode("utf-8-sig"),
        "crlf": text.replace("\n", "\r\n").encode(),
    }[encoding]
    files({"plain.json": text, "copy.json": copy})
    plain = places(provlint("lint", "plain.json", "--format", "json"))
    assert len(plain) > 1
    assert places(provlint("lint", "copy.json", "--format", "json")) == plain


def test_a_file_is_recognised_by_its_content(files, provlint, texts):
    files({"notes.txt": texts["mistaken"], "schema.json": texts["unrelated"]})
    assert provlint("lint", "notes.txt").status == 1
    assert provlint("lint", "schema.json").status == 3


def test_the_application_of_files(files, provlint):
    files(
        {
            "provlint.toml": '[[application]]\nfiles = "apps/*.json"\nname = "Box"\n',
            "apps/schema.json": (EXAMPLES / "clean/scim-outbound/schema.json").read_bytes(),
        }
    )

    def named(*words):
        out = provlint("lint", "apps", "--format", "concise", "--fail-on", "never", *words).out
        return [line for line in out.splitlines() if "`Box`" in line]

    assert named() == named("--no-config", "--application", "Box")
    assert "PL501 `Box` was named on 2020-06-16" in named()[0]
    assert named("--no-config") == []
    assert named("--application", "Slack") == []
