"""Findings are kept between runs, and nobody can tell but by the time."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from provlint import cache as package
from provlint.cache import folder as folders
from provlint.cache.entry import findings_text, read_findings
from provlint.cli import status
from provlint.lint import lint_text
from provlint.linting import Request, run

ROOT = Path(__file__).parents[2]
MISTAKES = ROOT / "examples" / "mistakes"
SAMPLE = MISTAKES / "expressions.json"

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no modes of files")


@pytest.fixture
def kept(monkeypatch, tmp_path):
    """The folder of the cache; does not exist yet."""
    path = tmp_path / "kept"
    monkeypatch.setenv("PROVLINT_CACHE_DIR", str(path))
    return path


@pytest.fixture
def provlint(capsys, monkeypatch, tmp_path):
    """Run `provlint lint` in a folder with a copy of the sample; its output without times."""
    work = tmp_path / "work"
    work.mkdir()
    shutil.copy(SAMPLE, work / "sample.json")
    monkeypatch.chdir(work)

    def lint(*words):
        capsys.readouterr()
        code = status(["lint", *words])
        out, err = capsys.readouterr()
        return code, re.sub(r"\(\d+\.\d\d s\)", "(time)", out), err

    return lint


@pytest.fixture
def lints(monkeypatch):
    """Names of the files that are linted, not taken from the cache."""
    import provlint.linting as module

    names = []
    original = module.lint_file

    def lint_file(source, *arguments, **options):
        names.append(source.name)
        return original(source, *arguments, **options)

    monkeypatch.setattr(module, "lint_file", lint_file)
    return names


def entries(folder):
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "CACHEDIR.TAG"]


@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "github"])
def test_the_output_is_the_same(form, kept, provlint, lints):
    words = (str(ROOT / "examples"), "--format", form)
    without = provlint(*words, "--no-cache")
    assert not kept.exists()
    first = provlint(*words)
    linted = len(lints)
    assert provlint(*words) == first == without
    assert len(lints) == linted, "the second run linted again"


def test_findings_come_back_as_they_were():
    for path in sorted(MISTAKES.rglob("*.*")):
        text = path.read_bytes().decode("utf-8", "replace")
        found = tuple(lint_text(text, name="a.json", profile="strict"))
        written = findings_text(found, text)
        read = read_findings(written, "b.json") if written else ()
        renamed = tuple(each._replace(file="b.json") for each in found)
        assert repr(read) == repr(renamed)  # the classes too, which equality of tuples is blind to


def test_suppressions_are_judged_anew(kept, provlint, lints):
    settings = Path("provlint.toml")
    settings.write_text("", "utf-8")
    everything = provlint("sample.json")
    entry = '[[suppress]]\nrule = "PL310"\nreason = "known"\n'
    settings.write_text(entry, "utf-8")
    assert len(lints) == 1
    suppressed = provlint("sample.json")
    assert "finding suppressed" in suppressed[1] or "findings suppressed" in suppressed[1]
    assert suppressed == provlint("sample.json", "--no-cache")
    assert provlint("sample.json", "--no-suppressions") == everything
    assert len(lints) == 2, "only the run without a cache lints again"
    settings.write_text(entry + 'files = "other.json"\n', "utf-8")
    assert "silences nothing" not in provlint("sample.json")[1]


def test_what_changes_the_findings_is_told_apart(kept, provlint, lints):
    Path("provlint.toml").write_text("", "utf-8")
    runs = [
        ("sample.json",),
        ("sample.json", "--profile", "strict"),
        ("sample.json", "--select", "PL3"),
        ("sample.json", "--ignore", "PL310"),
        ("sample.json", "--extend-select", "time-dependent"),
        ("sample.json", "--application", "Box"),
        ("sample.json", "--dialect", "cloud-sync"),
    ]
    for number, words in enumerate(runs, 1):
        assert provlint(*words) == provlint(*words)
        assert len(lints) == number, words
    for text in ('dialect = "cloud-sync"\n', '[severity]\nPL310 = "note"\n', 'profile = "strict"\n',
                 '[[application]]\nfiles = "*.json"\nname = "Box"\n'):  # fmt: skip
        Path("provlint.toml").write_text(text, "utf-8")
        before = len(lints)
        assert provlint("sample.json") == provlint("sample.json")
        assert len(lints) == before + 1, text


def test_what_does_not_is_not(kept, provlint, lints):
    provlint("sample.json")
    for words in (
        ("--fail-on", "never"),
        ("--color", "always"),
        ("--exclude", "x"),
        ("--no-config",),
    ):
        provlint("sample.json", *words)
    shutil.copy("sample.json", "copy.json")
    assert "copy.json" in provlint("copy.json")[1]
    assert lints == ["sample.json"]


def test_a_changed_file_is_linted(kept, provlint, lints):
    provlint("sample.json")
    text = Path("sample.json").read_text("utf-8")
    Path("sample.json").write_text(text.replace("Coalesc(", "Coalesce("), "utf-8")
    assert "no function `Coalesc`" not in provlint("sample.json")[1]
    assert len(lints) == 2


def test_a_name_that_changes_the_reading_counts(kept, provlint, lints):
    Path("a.yaml").write_text("- 1\n", "utf-8")
    shutil.copy("sample.json", "sample.yaml")
    shutil.copy("sample.json", "sample.jsonc")
    for name in ("sample.json", "sample.yaml", "sample.jsonc"):
        provlint(name)
    assert lints == ["sample.json", "sample.yaml", "sample.jsonc"]


def test_a_changed_program_lints_again(kept, provlint, lints, monkeypatch):
    import provlint.cache.identity as identity

    provlint("sample.json")
    monkeypatch.setattr(identity, "program", lambda: iter(["another"]))
    provlint("sample.json")
    assert len(lints) == 2


def test_the_program_is_known_by_its_modules():
    from provlint.cache.identity import program

    modules = {Path(path).name for part in program() if isinstance(part, list) for path, *_ in part}
    assert {"linting.py", "operators_data.py", "clauses.py", "arguments.py"} <= modules
    assert list(program()) == list(program())


def test_standard_input_and_fixes_keep_nothing(kept, provlint, monkeypatch):
    provlint("sample.json", "--diff")
    provlint("sample.json", "--fix")
    with open("sample.json", "rb") as stdin:
        monkeypatch.setattr(sys, "stdin", type("Standard", (), {"buffer": stdin}))
        assert provlint("-")[0] == 1
    assert not kept.exists()


def test_a_setting_turns_it_off(kept, provlint):
    Path("provlint.toml").write_text("cache = false\n", "utf-8")
    provlint("sample.json")
    assert not kept.exists()


def test_the_library_keeps_nothing(kept, provlint):
    run(Request(paths=("sample.json",)))
    assert not kept.exists()


def test_a_failure_of_a_rule_is_seen_again(kept, provlint, monkeypatch):
    import provlint_rules

    def fail(_):
        raise RuntimeError("out of order")

    broken = tuple(
        rule._replace(check=fail) if rule.info.id == "PL310" else rule
        for rule in provlint_rules.RULES
    )
    monkeypatch.setattr(provlint_rules, "RULES", broken)
    assert provlint("sample.json")[0] == 2
    assert entries(kept) == []
    assert provlint("sample.json")[0] == 2


def test_no_secret_is_kept(kept, provlint):
    secret = "canary-9f2c1e"
    text = json.dumps(
        {
            "id": "scim.1",
            "templateId": "scim",
            "schedule": {"state": "Active", "password": secret, "expiration": secret},
            "synchronizationJobSettings": [],
            "schema": {"synchronizationRules": [], "directories": []},
            f"surprise {secret}": 1,
        }
    )
    Path("job.json").write_text(text, "utf-8")
    provlint("job.json", "--profile", "strict")
    for path in entries(kept):
        assert secret not in path.read_text("utf-8")
    found = lint_text(SAMPLE.read_text("utf-8"))
    message = f"`password={secret}` was found"
    assert findings_text([found[0]._replace(message=message)], f'"password": "{secret}"') is None


DAMAGES = {
    "empty": lambda data: b"",
    "cut off": lambda data: data[:-7],
    "a bit more": lambda data: data + b" ",
    "another": lambda data: data.replace(b"Coalesc", b"Coalese"),
    "foreign": lambda data: b"\x80\x05\x95 a pickle",
    "not text": lambda data: signed(b"\xff\xfe"),
    "no words": lambda data: signed(b"schema\n[]"),
    "no findings": lambda data: signed(b"schema\t1\t0\n[[1]]"),
    "no list": lambda data: signed(b"schema\t1\t0\n17"),
    "no JSON": lambda data: signed(b"schema\t1\t0\n["),
}


def signed(content):
    return package._checksum(content) + content


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_written_anew(damage, kept, provlint, lints):
    sound = provlint("sample.json")
    (entry,) = entries(kept)
    data = entry.read_bytes()
    entry.write_bytes(DAMAGES[damage](data))
    assert entry.read_bytes() != data
    assert provlint("sample.json") == sound
    assert len(lints) == 2
    assert entry.read_bytes() == data


@posix
def test_the_folder_is_the_users_own(kept, provlint):
    old = os.umask(0)
    try:
        provlint("sample.json")
    finally:
        os.umask(old)
    for path in [kept, *kept.rglob("*")]:
        if path.name == "CACHEDIR.TAG":
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


@posix
@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777])
def test_a_folder_that_others_write_into_is_not_used(mode, kept, provlint, lints):
    kept.mkdir()
    kept.chmod(mode)
    code, out, _ = provlint("sample.json")
    assert code == 1
    assert f"notice: results are not kept: others may write into the folder `{kept}`" in out
    assert list(kept.iterdir()) == []
    provlint("sample.json")
    assert len(lints) == 2


@posix
def test_a_folder_of_another_user_is_not_used(kept, provlint, monkeypatch):
    kept.mkdir(mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: kept.stat().st_uid + 1)
    out = provlint("sample.json")[1]
    assert f"results are not kept: the folder `{kept}` belongs to another user" in out
    assert list(kept.iterdir()) == []


@posix
def test_a_link_is_not_followed(kept, provlint, tmp_path):
    target = tmp_path / "elsewhere"
    target.mkdir(mode=0o700)
    kept.symlink_to(target)
    assert f"results are not kept: `{kept}` is no folder" in provlint("sample.json")[1]
    assert list(target.iterdir()) == []


@posix
def test_the_folder_of_the_system_is_passed_over_in_silence(provlint, monkeypatch, tmp_path):
    monkeypatch.delenv("PROVLINT_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "system"))
    monkeypatch.setattr(sys, "platform", "linux")
    quiet = provlint("sample.json", "--no-cache")
    folder = tmp_path / "system" / "provlint"
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    assert provlint("sample.json") == quiet


@posix
def test_a_folder_that_cannot_be_written_is_no_failure(kept, provlint, monkeypatch):
    sound = provlint("sample.json", "--no-cache")

    def refuse(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folders.os, "makedirs", refuse)
    assert provlint("sample.json") == sound


def test_where_the_folder_is(monkeypatch):
    monkeypatch.delenv("PROVLINT_CACHE_DIR")
    monkeypatch.setenv("HOME", "/home/greta")
    monkeypatch.setenv("USERPROFILE", "/home/greta")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setattr(sys, "platform", "linux")
    assert folders.find_folder().replace(os.sep, "/") == "/home/greta/.cache/provlint"
    monkeypatch.setenv("XDG_CACHE_HOME", os.path.abspath("/var/greta"))
    assert folders.find_folder() == os.path.join(os.path.abspath("/var/greta"), "provlint")
    monkeypatch.setattr(sys, "platform", "darwin")
    path = folders.find_folder().replace(os.sep, "/")
    assert path == "/home/greta/Library/Caches/provlint"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert folders.find_folder() == ""
    monkeypatch.setenv("LOCALAPPDATA", os.path.abspath("/local"))
    assert folders.find_folder() == os.path.join(os.path.abspath("/local"), "provlint", "Cache")


def test_it_stays_small(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "MOST_ENTRIES", 5)
    for number in range(12):
        path = tmp_path / "kept" / "lint" / "ab" / f"{number:02d}"
        assert folders.write(str(tmp_path / "kept"), str(path), b"x" * 10) == ""
        os.utime(path, (number, number))
    assert sorted(path.name for path in entries(tmp_path)) == ["07", "08", "09", "10", "11"]
    monkeypatch.setattr(folders, "MOST_BYTES", 35)
    folders.write(str(tmp_path / "kept"), str(path), b"x" * 10)
    assert sorted(path.name for path in entries(tmp_path)) == ["09", "10", "11"]


def test_what_is_used_is_spared(kept, provlint):
    provlint("sample.json")
    (entry,) = entries(kept)
    os.utime(entry, (1, 1))
    provlint("sample.json")
    assert entry.stat().st_mtime > 1


def test_a_large_result_is_not_kept(kept, provlint, monkeypatch):
    monkeypatch.setattr(package, "MAXIMUM_ENTRY", 200)
    provlint("sample.json")
    assert entries(kept) == []


def test_runs_at_the_same_time(kept, tmp_path):
    environment = {**os.environ, "PROVLINT_CACHE_DIR": str(kept)}
    command = [sys.executable, "-m", "provlint", "lint", str(MISTAKES), "--format", "json"]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=tmp_path)
        for _ in range(3)
    ]
    outputs = {process.communicate()[0] for process in started}
    assert len(outputs) == 1
    assert not [path for path in entries(kept) if "." in path.name], "a file beside was left"


def test_a_run_that_finds_all_results_imports_no_rule(kept, tmp_path):
    program = (
        "import sys; from provlint.cli import status; code = status(sys.argv[1:]);"
        "print(code, *sorted(sys.modules))"
    )
    clean = ROOT / "examples" / "clean" / "api-driven-inbound" / "schema.json"
    command = [sys.executable, "-c", program, "lint", str(clean)]
    for expected in (True, False):
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=True,
            env={**os.environ, "PROVLINT_CACHE_DIR": str(kept)},
        )  # fmt: skip
        code, *modules = done.stdout.splitlines()[-1].split()
        assert code == "0"
        assert ("provlint_rules" in modules) is expected
        assert ("provlint.model" in modules) is expected
        assert expected or not {"json", "hashlib", "tempfile", "pathlib"} & set(modules)
