"""The exit statuses are those that docs/command-line.md promises."""

import os
import sys

import pytest

from provlint.cli.exit_status import CLEAN, FAILED, FINDINGS, NOTHING_TO_CHECK


@pytest.fixture
def shop(files, texts):
    return files(
        {
            "clean.json": texts["clean"],
            "mistaken.json": texts["mistaken"],
            "package.json": texts["unrelated"],
            "apps/deep/clean.json": texts["clean"],
            "apps/package.json": texts["unrelated"],
            "others/package.json": texts["unrelated"],
        }
    )


def test_the_numbers():
    assert (CLEAN, FINDINGS, FAILED, NOTHING_TO_CHECK) == (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["clean.json"], 0),
        (["mistaken.json"], 1),
        (["clean.json", "mistaken.json"], 1),
        (["apps"], 0),
        (["."], 1),
        ([], 1),
        (["mistaken.json", "--fail-on", "never"], 0),
        (["mistaken.json", "--fail-on", "error"], 1),
        (["clean.json", "missing.json"], 2),
        (["mistaken.json", "missing.json", "--fail-on", "never"], 2),
        (["nothing-*.json"], 2),
        (["package.json"], 3),
        (["others"], 3),
        (["package.json", "apps/package.json"], 3),
        (["package.json", "--allow-nothing"], 0),
        (["others", "--allow-nothing"], 0),
        (["missing.json", "--allow-nothing"], 2),
        (["clean.json", "package.json"], 0),
        (["mistaken.json", "package.json", "--allow-nothing"], 1),
        (["clean.json", "--select", "PL999"], 2),
        (["clean.json", "--format", "xml"], 2),
        (["clean.json", "--no-such-option"], 2),
    ],
)
def test_statuses(shop, provlint, words, expected):
    result = provlint("lint", *words)
    assert result.status == expected
    assert result.out + result.err


@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "github"])
@pytest.mark.parametrize(
    ("path", "expected"),
    [("clean.json", 0), ("mistaken.json", 1), ("missing.json", 2), ("others", 3)],
)
def test_every_format_has_the_same_statuses(shop, provlint, form, path, expected):
    assert provlint("lint", path, "--format", form).status == expected


def test_severities_and_the_threshold(files, provlint, texts):
    files({"mistaken.json": texts["mistaken"], "provlint.toml": '[severity]\nPL310 = "note"\n'})
    assert provlint("lint", "mistaken.json").status == 0
    assert provlint("lint", "mistaken.json", "--fail-on", "note").status == 1
    assert provlint("lint", "mistaken.json", "--no-config").status == 1


@pytest.mark.parametrize(("name", "expected"), [("error", 0), ("warning", 1), ("note", 1)])
def test_a_warning_against_every_threshold(files, provlint, texts, name, expected):
    files({"mistaken.json": texts["mistaken"], "provlint.toml": '[severity]\nPL310 = "warning"\n'})
    assert provlint("lint", "mistaken.json", "--fail-on", name).status == expected


def test_an_empty_folder_is_nothing_to_check(folder, provlint):
    result = provlint("lint")
    assert result.status == 3
    assert "notice: `.` holds no file named `*.json`" in result.out
    assert "nothing to check: no file was found" in result.out


@pytest.mark.parametrize(
    ("content", "expected", "message"),
    [
        (b"", 2, "error[PL002 unreadable-file]: the file is empty"),
        (b"   \n", 2, "error[PL002 unreadable-file]: the file is empty"),
        (b"\xff\xfe", 2, "error[PL002 unreadable-file]: the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\r", 2, "error[PL002 unreadable-file]: "),
        (b"<html></html>", 1, "error[PL001 malformed-file]: this is not JSON: it begins with"),
        (b"{}", 3, "error[PL016 unrecognised-file]: no provisioning configuration was recognised"),
        (b"[]", 3, "error[PL016 unrecognised-file]: no provisioning configuration was recognised"),
        (b"7", 3, "error[PL016 unrecognised-file]: no provisioning configuration was recognised"),
        (b'{"name": "left-pad"}', 3, "was recognised in an object with `name`"),
    ],
)
def test_a_named_file_without_a_configuration_says_why(files, provlint, content, expected, message):
    files({"odd.json": content})
    result = provlint("lint", "odd.json")
    assert message in result.out
    assert result.status == expected
    assert "found 1 error in 1 file" in result.out
    assert provlint("lint", ".").status == 3
    assert provlint("lint", "odd.json", "--allow-nothing").status == 0


def test_named_files_beside_others_are_not_lost(files, provlint, texts):
    names = [f"package{number}.json" for number in range(5)]
    files({"clean.json": texts["clean"], **dict.fromkeys(names, texts["unrelated"])})
    result = provlint("lint", "clean.json", *names)
    assert result.status == 0
    assert (
        "notice: not checked: `package0.json`, `package1.json`, `package2.json` and 2 more"
        " hold no provisioning configuration\n"
    ) in result.out
    assert "looked at 6 files; 5 hold no provisioning configuration" in result.out
    one = provlint("lint", "clean.json", "package0.json").out
    assert "notice: not checked: `package0.json` holds no provisioning configuration\n" in one
    assert "notice" not in provlint("lint", "clean.json", *names, "--allow-nothing").out


def test_a_damaged_file_is_never_passed_over(files, provlint, texts):
    files({"clean.json": texts["clean"], "cut.json": '= {"attributeMappings": [ {"x": 1}'})
    for words in (["."], ["clean.json", "cut.json"], ["clean.json", "cut.json", "--allow-nothing"]):
        result = provlint("lint", *words)
        assert result.status == 1
        assert "PL001 malformed-file" in result.out
        assert "cut.json:1:1" in result.out


def test_an_unreadable_file_is_told_whatever_is_selected(files, provlint, texts):
    files({"clean.json": texts["clean"]})
    result = provlint("lint", "clean.json", "missing.json", "--select", "PL3")
    assert result.status == 2
    assert "error[PL002 unreadable-file]: `missing.json` does not exist" in result.out


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="needs a file that this user may not read",
)
def test_a_file_without_permission(files, provlint, texts):
    (files({"locked.json": texts["clean"]}) / "locked.json").chmod(0)
    result = provlint("lint", "locked.json")
    assert result.status == 2
    assert "`locked.json` cannot be read: permission denied" in result.out


def test_a_read_that_fails(files, provlint, texts, monkeypatch):
    from provlint import linting
    from provlint.source.problem import SourceProblem

    files({"a.json": texts["clean"], "b.json": texts["mistaken"]})
    original = linting.read_bytes

    def refuse(path):
        if path == "a.json":
            return SourceProblem("unreadable-file", "`a.json` cannot be read", "close it", 0, 0)
        return original(path)

    monkeypatch.setattr(linting, "read_bytes", refuse)
    result = provlint("lint", "a.json", "b.json")
    assert result.status == 2
    assert "`a.json` cannot be read" in result.out
    assert "no function `Jion`" in result.out
