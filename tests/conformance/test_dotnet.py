"""Agreement with recorded answers of .NET 10.

Each file of cases is run whole. What is not refused must agree, and little may be refused.
"""

import collections
import importlib.util
import json
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
CORPORA = sorted((HERE / "dotnet").glob("*.jsonl"))
GREATEST_REFUSED = 0.03


def load_answer():
    spec = importlib.util.spec_from_file_location("provlint_conformance", HERE / "dotnet.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.answer


def run(path):
    answer = load_answer()
    refused, wrong, count = collections.Counter(), [], 0
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        expected = case.pop("expect")
        count += 1
        answered = answer(case)
        if "refused" in answered:
            refused[answered["refused"]] += 1
        elif answered != expected:
            wrong.append((case["id"], answered, expected))
    return count, refused, wrong


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_agreement(path, capsys):
    count, refused, wrong = run(path)
    share = sum(refused.values()) / count
    with capsys.disabled():
        agreed = 1 - len(wrong) / max(1, count - sum(refused.values()))
        print(f"\n{path.stem}: {count} cases, agreement {agreed:.2%}, refused {share:.2%}", end=" ")
        print(dict(refused) or "")
    assert wrong == []
    assert count > 1000
    assert share < GREATEST_REFUSED


def test_corpora_are_all_there():
    names = {path.stem for path in CORPORA}
    assert {"regex-dev", "regex-fuzz-dev"} <= names
