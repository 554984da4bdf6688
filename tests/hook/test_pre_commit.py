"""The hook under the real pre-commit, installed from a git repository as users do it."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed"
    ),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout"),
]

IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.com")


def git(folder, *words):
    result = subprocess.run(
        ["git", *IDENTITY, "-c", "core.autocrlf=false", *words],
        cwd=folder, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return result.stdout


def commit_all(folder):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", "all")
    return git(folder, "rev-parse", "HEAD").strip()


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    """Skip, and say so, where pip reaches no registry to build the hook's environment from."""
    folder = tmp_path_factory.mktemp("registry")
    result = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder),
         "--disable-pip-version-check", "--retries", "1", "--timeout", "15", "hatchling"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    if result.returncode:
        pytest.skip(f"pip reaches no package registry: {result.stderr.strip()[-200:]}")


@pytest.fixture(scope="module")
def hook(tmp_path_factory, registry):
    """A git repository with the project as it stands in the working tree, and its commit."""
    del registry
    folder = tmp_path_factory.mktemp("provlint")
    for name in git(ROOT, "ls-files", "-z", "-c", "-o", "--exclude-standard").split("\0"):
        source = ROOT / name
        if name and source.is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    git(folder, "init", "--quiet")
    return folder, commit_all(folder)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """Where pre-commit keeps the environment of the hook, shared by the tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def repository(tmp_path, hook):
    """A repository of somebody who uses the hook."""
    folder, revision = hook
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {folder.as_uri()}\n    rev: {revision}\n"
        "    hooks:\n      - id: provlint\n",
        encoding="utf-8",
    )
    (tmp_path / "package.json").write_text('{"name": "left-pad"}\n')
    commit_all(tmp_path)
    return tmp_path


@pytest.fixture
def commit(repository, cache):
    """Stage files (name to source) and run the hook on them, as `git commit` would."""

    def run(files):
        for name, source in files.items():
            target = repository / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(source, Path):
                shutil.copyfile(source, target)
            else:
                target.write_text(source, encoding="utf-8")
        git(repository, "add", "--all")
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color", "never"],
            cwd=repository, capture_output=True, text=True, timeout=600, encoding="utf-8",
            env={**os.environ, "PRE_COMMIT_HOME": str(cache)},
        )  # fmt: skip

    return run


def test_a_planted_mistake_stops_the_commit(commit):
    result = commit({"apps/schema.json": EXAMPLES / "mistakes" / "expressions.json"})
    assert result.returncode == 1, result.stdout + result.stderr
    assert "provlint" in result.stdout
    assert "Failed\n- hook id: provlint\n- exit code: 1\n" in result.stdout
    assert "error[PL310 unknown-function]" in result.stdout
    assert "--> apps/schema.json:" in result.stdout


def test_clean_configurations_pass(commit):
    result = commit(
        {
            "apps/schema.json": EXAMPLES / "clean" / "scim-outbound" / "schema.json",
            "apps/schema.json.tftpl": EXAMPLES / "clean" / "shapes" / "schema.json.tftpl",
            "apps/schema.yaml": EXAMPLES / "clean" / "shapes" / "schema.yaml",
            "apps/schema-utf16.json": EXAMPLES / "clean" / "shapes" / "schema-utf16.json",
            "apps/unrelated.json": "[1, 2, 3]\n",
        }
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Passed" in result.stdout


def test_unrelated_files_pass(commit):
    result = commit({"tsconfig.json": '{"compilerOptions": {}}\n', "broken.json": '{"a": \n'})
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Passed" in result.stdout


def test_other_kinds_of_files_are_not_given_to_the_hook(commit):
    result = commit({"notes.md": "attributeMappings\n"})
    assert result.returncode == 0, result.stdout + result.stderr
    assert "no files to check" in result.stdout


def test_the_configuration_of_the_repository_counts(commit):
    result = commit(
        {
            "apps/schema.json": EXAMPLES / "mistakes" / "expressions.json",
            "provlint.toml": 'fail-on = "never"\n',
        }
    )
    assert result.returncode == 0, result.stdout + result.stderr
