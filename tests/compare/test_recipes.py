"""The recipes of docs/ci.md: their scripts run, with the programs that post replaced."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from building import base, clause, edited, group, users_of
from test_git import repository, run, save

__all__ = ["repository"]

pytestmark = pytest.mark.skipif(
    os.name == "nt" or shutil.which("git") is None, reason="the recipes are for a POSIX shell"
)

PAGE = Path(__file__).parents[2] / "docs" / "ci.md"
FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GITHUB, AZURE, GITLAB = 65_536, 150_000, 1_000_000


def scripts(value):
    """Every shell script in a pipeline: of GitHub, of Azure DevOps, of GitLab."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("run", "bash") and isinstance(inner, str):
                yield inner
            elif key == "script" and isinstance(inner, list):
                yield "\n".join(inner)
            else:
                yield from scripts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from scripts(inner)


def recipes():
    found = {}
    for text in FENCE.findall(PAGE.read_text("utf-8")):
        for script in scripts(yaml.safe_load(text)):
            if "provlint compare" in script:
                name = "gitlab" if "CI_PROJECT_ID" in script else "azure"
                found["github" if "gh api" in script else name] = script
    return found


VARIABLES = {
    "github": {"BASE": "main", "HEAD": "feature", "NUMBER": "7", "GITHUB_REPOSITORY": "o/r"},
    "azure": {
        "SYSTEM_PULLREQUEST_TARGETBRANCHNAME": "main",
        "SYSTEM_ACCESSTOKEN": "token",
        "SYSTEM_COLLECTIONURI": "https://dev.azure.example/o/",
        "SYSTEM_TEAMPROJECTID": "p",
        "BUILD_REPOSITORY_ID": "r",
        "SYSTEM_PULLREQUEST_PULLREQUESTID": "7",
    },
    "gitlab": {
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "main",
        "CI_API_V4_URL": "https://gitlab.example/api/v4",
        "CI_PROJECT_ID": "1",
        "CI_MERGE_REQUEST_IID": "7",
        "PROVLINT_TOKEN": "token",
    },
}


@pytest.fixture
def pipeline(repository, tmp_path):
    """Run a recipe in the repository; what was posted is in the files `gh` and `curl`."""
    run("branch", "-f", "origin/main", "main")
    programs = tmp_path / "programs"
    programs.mkdir()

    def program(name, text):
        path = programs / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    program("provlint", f'exec "{sys.executable}" -m provlint "$@"')
    program("pip", "exit 0")
    log = tmp_path / "log"
    log.mkdir()
    program("curl", f'printf "%s\\n" "$@" >> {log}/curl')
    program("gh", f'printf "%s\\n" "$@" >> {log}/gh; if [ "$2" = o/none ]; then exit 1; fi')

    def start(name, comments=""):
        if comments:
            program(
                "gh",
                f'printf "%s\\n" "$@" >> {log}/gh; case "$*" in *--jq*) echo {comments};; esac',
            )
        environment = {
            **os.environ,
            **VARIABLES[name],
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_STEP_SUMMARY": str(log / "summary"),
        }
        script = recipes()[name]
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=repository,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        posted = {path.name: path.read_text("utf-8") for path in log.iterdir()}
        return done, posted

    return start


def test_there_is_one_for_each():
    assert set(recipes()) == set(VARIABLES)


@pytest.mark.parametrize("name", VARIABLES)
def test_a_dangerous_change_is_posted_and_stopped(name, pipeline, repository):
    done, posted = pipeline(name)
    assert done.returncode == 1, done.stderr
    comment = (repository / "comment.md").read_text("utf-8")
    assert comment.startswith("<!-- provlint compare -->\n")
    assert "People would leave scope and be disabled" in comment
    assert len(comment) < GITHUB < AZURE < GITLAB
    assert "comment.md" in posted["gh" if name == "github" else "curl"] or name == "azure"
    if name == "azure":
        thread = json.loads((repository / "thread.json").read_text("utf-8"))
        assert thread["comments"][0]["content"] == comment
        assert "pullRequests/7/threads?api-version=7.1" in posted["curl"]
    if name == "github":
        assert posted["summary"] == comment
        assert "pr\ncomment\n7\n" in posted["gh"]
    if name == "gitlab":
        assert "/projects/1/merge_requests/7/notes" in posted["curl"]


def test_the_comment_is_written_anew(pipeline):
    done, posted = pipeline("github", comments="4711")
    assert done.returncode == 1, done.stderr
    assert "repos/o/r/issues/comments/4711" in posted["gh"]
    assert "pr\ncomment" not in posted["gh"]


@pytest.mark.parametrize("name", VARIABLES)
def test_nothing_is_posted_where_no_configuration_changed(name, pipeline, repository):
    save(repository / "apps" / "schema.json", base())
    run("commit", "-q", "-a", "-m", "undone")
    done, posted = pipeline(name)
    assert done.returncode == 0, done.stderr
    assert posted == {}


@pytest.mark.parametrize("name", VARIABLES)
def test_a_harmless_change_is_posted_and_passes(name, pipeline, repository):
    def wider(value):
        users_of(value)["scope"]["groups"].append(group(clause("department", "EQUALS", "Legal")))

    save(repository / "apps" / "schema.json", edited(wider))
    run("commit", "-q", "-a", "-m", "wider")
    done, posted = pipeline(name)
    assert done.returncode == 0, done.stderr
    assert posted


@pytest.mark.parametrize("name", VARIABLES)
def test_a_damaged_file_stops_without_a_comment(name, pipeline, repository):
    (repository / "apps" / "schema.json").write_text('{"synchronizationRules": [')
    run("commit", "-q", "-a", "-m", "damaged")
    done, posted = pipeline(name)
    assert done.returncode == 2
    assert posted == {}
