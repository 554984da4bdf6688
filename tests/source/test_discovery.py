import io
import os

import pytest

from provlint.source import SourceProblem
from provlint.source.discovery import discover, read_bytes


@pytest.fixture
def tree(tmp_path, monkeypatch):
    for name in (
        "b.json", "a.json", "a.txt", "apps/x.json.tftpl", "apps/y.YAML", "apps/z.yml", "c.jsonc",
        ".git/config.json", "node_modules/m.json", ".venv/v.json", "apps/deep/er/s.json",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*arguments, **options):
    return [found.path.replace(os.sep, "/") for found in discover(*arguments, **options)]


def test_a_walk_takes_suffixes_in_order(tree):
    expected = ["a.json", "b.json", "c.jsonc", "apps/x.json.tftpl", "apps/y.YAML", "apps/z.yml",
                "apps/deep/er/s.json"]  # fmt: skip
    assert names(["."]) == expected
    assert [found.explicit for found in discover(["."])] == [False] * 7


def test_named_files_are_always_taken_and_once(tree):
    assert names(["a.txt", "a.txt", ".git/config.json", "."])[:3] == [
        "a.txt", ".git/config.json", "a.json",
    ]  # fmt: skip
    assert [found.explicit for found in discover(["a.txt"])] == [True]
    assert names(["-", "-"]) == ["-"]


def test_exclude(tree):
    assert names(["."], exclude=["apps"]) == ["a.json", "b.json", "c.jsonc"]
    assert names(["."], exclude=["apps/deep/", "*.jsonc", "[ab].json"]) == [
        "apps/x.json.tftpl", "apps/y.YAML", "apps/z.yml",
    ]  # fmt: skip
    assert names(["a.json"], exclude=["*.json"]) == ["a.json"]


def test_patterns(tree):
    assert names(["*.json"]) == ["a.json", "b.json"]
    assert names(["apps/**/*.json"]) == ["apps/deep/er/s.json"]
    [found] = discover(["*.xml"])
    assert found.problem.message == "the pattern `*.xml` matches no file"


def test_what_is_not_there(tree):
    [found] = discover(["apps/x.json"])
    assert found.problem.message == "`apps/x.json` does not exist"
    assert found.problem.help == f"did you mean `{os.path.join('apps', 'x.json.tftpl')}`"
    [found] = discover(["nowhere/at/all"])
    assert found.problem.help == f"check the path; it is taken from `{os.getcwd()}`"


def test_a_directory_without_candidates(tree):
    (tree / "empty").mkdir()
    [found] = discover(["empty"])
    assert found.problem.code == "no-candidates"
    assert found.problem.message == (
        "`empty` holds no file named `*.json`, `*.jsonc`, `*.tftpl`, `*.yaml`, `*.yml`"
    )


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links")
def test_links(tree):
    os.symlink(tree, tree / "apps" / "loop")
    os.symlink("nothing", tree / "gone.json.link")
    assert len(names(["."])) == 7
    [found] = discover(["gone.json.link"])
    assert found.problem.code == "broken-link"


def test_reading(tree):
    assert read_bytes("a.json") == b"{}"
    assert read_bytes("-", stdin=io.BytesIO(b"[]")) == b"[]"
    problem = read_bytes("apps")
    assert isinstance(problem, SourceProblem)
    assert problem.code == "unreadable-file"
    assert read_bytes("gone").message == "`gone` cannot be read: no such file or directory"


def test_a_closed_file_is_a_problem(tree):
    path = tree / "locked.json"
    path.write_text("{}")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert read_bytes(str(path)).code == "unreadable-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_is_refused_and_not_waited_for(tree):
    os.mkfifo("pipe.json")
    problem = read_bytes("pipe.json")
    assert problem.message == "`pipe.json` is neither a file nor a directory"
    assert problem.help == "name a file, or give the text to standard input and `-` as the path"


def test_a_link_to_nothing_inside_a_walk(tree):
    try:
        os.symlink("gone.json", tree / "d.json")
    except OSError:
        pytest.skip("no symbolic links here")
    problem = read_bytes("d.json")
    assert problem.message == "`d.json` is a link to nothing"
    assert problem.help == "repair or remove the link"


def test_a_pipe_of_the_shell_is_read_and_another_is_not(tmp_path):
    import os

    from provlint.source.discovery import read_bytes

    reader, writer = os.pipe()
    os.write(writer, b"{}")
    os.close(writer)
    try:
        if os.path.exists(f"/dev/fd/{reader}"):
            assert read_bytes(f"/dev/fd/{reader}") == b"{}"
    finally:
        os.close(reader)
