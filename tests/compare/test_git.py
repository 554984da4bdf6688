"""Revisions of git: read, never checked out, with errors that say what to do."""

import json
import os
import shutil
import subprocess

import pytest
from building import base, clause, edited, group, users_of

from provlint.cli import status
from provlint.compare.sources import git
from provlint.compare.sources.git import Repository
from provlint.compare.sources.revisions import Range, range_of, revisions
from provlint.simulate.inputs.problem import InputError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def run(*words):
    names = ("GIT_AUTHOR", "GIT_COMMITTER")
    identity = {f"{n}_{k}": v for n in names for k, v in (("NAME", "A"), ("EMAIL", "a@b.example"))}
    subprocess.run(
        ["git", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", *words],
        check=True,
        capture_output=True,
        env={**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull},
    )


def save(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), "utf-8")


def narrower(value):
    clauses = (clause("department", "EQUALS", "Sales"), clause("country", "EQUALS", "NO"))
    users_of(value)["scope"]["groups"] = [group(*clauses)]


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository: `main` holds a configuration and a note, `feature` a narrower filter."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    top = tmp_path / "repository"
    top.mkdir()
    monkeypatch.chdir(top)
    run("init", "-q")
    save(top / "apps" / "schema.json", base())
    save(top / "apps" / "package.json", {"name": "nothing to do with it"})
    run("add", ".")
    run("commit", "-q", "-m", "first")
    run("switch", "-q", "-c", "feature")
    save(top / "apps" / "schema.json", edited(narrower))
    run("commit", "-q", "-a", "-m", "narrower")
    return top


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("main", Range("main", None)),
        ("HEAD~3", Range("HEAD~3", None)),
        ("main..", Range("main", "HEAD")),
        ("..main", Range("HEAD", "main")),
        ("main..feature", Range("main", "feature")),
        ("main...feature", Range("main", "feature", True)),
        ("origin/main...", Range("origin/main", "HEAD", True)),
    ],
)
def test_words_mean_what_they_mean_to_git(word, expected):
    assert range_of(word) == expected


def names(word, *paths):
    found, notes = revisions(word, paths)
    return [candidate.name for candidate in found], notes


def test_what_differs_is_found(repository):
    assert names("main..feature", "apps") == (["apps/schema.json"], [])
    assert names("main", "apps/schema.json") == (["apps/schema.json"], [])
    assert names("main...") == (["apps/schema.json"], [])
    assert names("HEAD") == ([], [])


def test_a_revision_alone_is_compared_with_the_disk(repository):
    save(repository / "apps" / "schema.json", base())
    assert names("main")[0] == []
    assert names("HEAD")[0] == ["apps/schema.json"]


def test_what_is_not_committed_is_told(repository):
    save(repository / "apps" / "schema.json", base())
    found, notes = names("main..")
    assert found == ["apps/schema.json"]
    assert notes == [
        "`apps/schema.json` has changes that are not committed and not looked at; name one"
        " revision alone to compare it with the files on disk"
    ]


def test_line_ends_of_windows_are_no_changes(repository):
    path = repository / "apps" / "schema.json"
    text = json.dumps(base(), indent=2)
    path.write_bytes(text.encode())
    run("commit", "-q", "-a", "-m", "indented")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    assert names("main..")[1] == []


def test_three_dots_leave_out_what_the_other_side_did(repository):
    run("switch", "-q", "main")
    save(repository / "apps" / "other.json", base())
    run("add", ".")
    run("commit", "-q", "-m", "elsewhere")
    assert names("main..feature")[0] == ["apps/other.json", "apps/schema.json"]
    assert names("main...feature")[0] == ["apps/schema.json"]


def test_paths_are_as_the_user_writes_them(repository, monkeypatch):
    monkeypatch.chdir(repository / "apps")
    assert names("main", "schema.json")[0] == ["schema.json"]
    assert names("main", "../apps")[0] == ["schema.json"]
    monkeypatch.chdir(repository.parent)
    assert names("main", "repository/apps")[0] == ["repository/apps/schema.json"]


def test_a_file_that_is_gone_is_found(repository):
    (repository / "apps" / "schema.json").unlink()
    found, _ = revisions("main", ("apps",))
    assert [(each.name, each.new) for each in found] == [("apps/schema.json", None)]


def test_a_file_that_was_renamed_is_one(repository, capsys):
    run("mv", "apps/schema.json", "apps/crm.json")
    assert status(["compare", "main", "--", "apps"]) == 0
    out = capsys.readouterr().out
    assert "--> apps/schema.json -> apps/crm.json\n" in out
    assert out.startswith("People would leave scope and be disabled\n")


def test_hidden_folders_and_other_files_are_left_out(repository):
    save(repository / ".github" / "schema.json", base())
    save(repository / "node_modules" / "schema.json", base())
    (repository / "apps" / "notes.txt").write_text("text")
    run("add", "-f", ".")
    run("commit", "-q", "-m", "more")
    assert names("main..")[0] == ["apps/schema.json"]


def test_links_are_not_followed(repository):
    os.symlink("/etc/hostname", repository / "apps" / "link.json")
    run("add", ".")
    run("commit", "-q", "-m", "link")
    assert names("main..")[0] == ["apps/schema.json"]


def test_blanks_and_letters_in_names(repository):
    save(repository / "apps" / "søm fil*.json", base())
    run("add", ".")
    run("commit", "-q", "-m", "name")
    assert names("main..", "apps/søm fil*.json")[0] == ["apps/søm fil*.json"]


def refusal(word, *paths):
    with pytest.raises(InputError) as caught:
        revisions(word, paths)
    return caught.value.problem


def test_an_unknown_revision(repository):
    problem = refusal("mian", "apps")
    assert problem.message.startswith("`mian` is no revision of the repository")
    assert "fetch-depth: 0" in problem.help
    assert refusal("--upload-pack=evil", "apps").code == "unknown-revision"
    assert refusal("main..nowhere", "apps").code == "unknown-revision"


def test_a_path_in_neither(repository):
    assert refusal("main", "nowhere.json").message == (
        "`nowhere.json` is in neither of `main` and the working tree"
    )
    assert refusal("main..feature", "nowhere.json").message == (
        "`nowhere.json` is in neither of `main` and `feature`"
    )


def test_no_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    problem = refusal("main", ".")
    assert problem.message == "`.` is in no git repository"
    assert "provlint compare OLD NEW" in problem.help


def test_no_git(repository, monkeypatch):
    monkeypatch.setenv("PATH", str(repository))
    assert refusal("main").message == "git is not installed, or not on the PATH"


def test_git_that_hangs(repository, monkeypatch):
    def hang(command, **_options):
        raise subprocess.TimeoutExpired(command, 60)

    monkeypatch.setattr(git.subprocess, "run", hang)
    assert refusal("main").message == "`git rev-parse` did not answer within 60 seconds"


def test_a_file_that_is_too_large(repository, monkeypatch):
    monkeypatch.setattr(git, "MAXIMUM_BYTES", 100)
    assert refusal("main", "apps/schema.json").code == "too-large"


def test_too_many_files(repository, monkeypatch):
    monkeypatch.setattr(git, "MOST_FILES", 1)
    assert refusal("main").code == "too-many-files"


def test_histories_without_a_common_commit(repository):
    run("checkout", "-q", "--orphan", "island")
    run("commit", "-q", "-m", "alone")
    assert refusal("main...island").code == "no-merge-base"


def test_outside_of_the_repository(repository, tmp_path):
    with pytest.raises(InputError, match="lies outside of the repository"):
        Repository(str(repository)).inner(str(tmp_path / "elsewhere.json"))


def test_nothing_of_the_repository_is_run_or_changed(repository):
    """Neither hooks nor filters nor programs that the repository names are started."""
    trap = repository / ".git" / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {repository}/sprung\nexit 1\n")
    trap.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "diff.external", "filter.x.smudge", "core.editor"):
        run("config", name, str(trap))
    (repository / ".gitattributes").write_text("*.json filter=x diff=x\n")
    before = sorted(str(path) for path in repository.rglob("*"))
    assert names("main..feature")[0] == ["apps/schema.json"]
    assert names("main")[0] == ["apps/schema.json"]
    assert sorted(str(path) for path in repository.rglob("*")) == before


def test_the_command_line(repository, capsys):
    assert status(["compare", "main", "--", "apps/schema.json"]) == 0
    assert capsys.readouterr().out.startswith("People would leave scope and be disabled\n")
    assert status(["compare", "main...", "--format", "json"]) == 0
    assert '"name": "apps/schema.json"' in capsys.readouterr().out
    assert status(["compare", "HEAD..", "--", "apps"]) == 3
    assert "no provisioning configuration differs in `apps`" in capsys.readouterr().err
    assert status(["compare", "main", "apps/schema.json"]) == 2
    assert "write `provlint compare main -- apps/schema.json`" in capsys.readouterr().err
    assert status(["compare", "main", "--", "apps", "--format", "json"]) == 2
    assert "write options before `--`" in capsys.readouterr().err
    assert status(["compare", "main", "feature", "--", "apps"]) == 2
    assert "one revision stands before `--`" in capsys.readouterr().err
