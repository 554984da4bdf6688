"""The files in `examples/` are what `examples/generate` writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BY_HAND = {"README.md", ".gitattributes", "mistake-catalogue.toml"}
FOLDERS_BY_HAND = {"generate", "plugin", "rules"}
EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def contents(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
        and path.name not in BY_HAND
        and path.relative_to(root).parts[0] not in FOLDERS_BY_HAND
    }


def test_examples_are_up_to_date(tmp_path: Path) -> None:
    command = [sys.executable, "-B", str(EXAMPLES / "generate"), str(tmp_path)]
    subprocess.run(command, check=True, timeout=60)
    written, stored = contents(tmp_path), contents(EXAMPLES)
    assert sorted(written) == sorted(stored)
    assert [name for name in written if written[name] != stored[name]] == []


def test_examples_stay_small() -> None:
    assert sum(len(each) for each in contents(EXAMPLES).values()) < 2_000_000
