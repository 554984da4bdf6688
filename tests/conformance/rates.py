"""Prints how far provlint agrees with the conformance cases: `python tests/conformance/rates.py`.

Exit status 1 when any rate is below 100 %, or more than 3 % of the answers of .NET are refused.
"""

import json
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import dotnet  # noqa: E402
import lint_expressions  # noqa: E402

from provlint.cases.configuration import Expressions  # noqa: E402
from provlint.cases.read import read_cases  # noqa: E402
from provlint.cases.run import run  # noqa: E402

MOST_REFUSED = 0.03


def lint_rates():
    wrong = lint_expressions.cases("invalid-expressions.jsonl")
    certain = [case for case in wrong if case["certain"]]
    yield (
        "lint: certain mistakes found",
        sum(not lint_expressions.fault(c) for c in certain),
        len(certain),
    )
    yield "lint: all mistakes found", sum(not lint_expressions.fault(c) for c in wrong), len(wrong)
    right = [case for case in lint_expressions.cases("expressions.jsonl") if case["certain"]]
    clean = sum(not lint_expressions.false_alarms(case) for case in right)
    yield "lint: certain expressions without error", clean, len(right)


def case_rates():
    expressions = Expressions()
    for name in ("expressions", "scope", "ambiguous", "match-action"):
        results = [run(read, expressions) for read in read_cases((str(HERE / f"{name}.jsonl"),))]
        passed = sum(result.status == "passed" for result in results)
        yield f"cases: {name}", passed, len(results)


def dotnet_rates():
    total = Counter()
    for path in sorted((HERE / "dotnet").glob("*.jsonl")):
        agreed = refused = count = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            expected = case.pop("expect")
            got = dotnet.answer(case)
            count += 1
            refused += "refused" in got
            agreed += got == expected
        total.update(refused=refused, count=count)
        yield f".NET: {path.stem} ({refused} refused)", agreed, count - refused
    share = total["refused"] / total["count"]
    print(f"{'.NET: refused over all':<48} {share:7.2%}")
    if share >= MOST_REFUSED:
        yield ".NET: refused within the limit", 0, 1


def main():
    complete = True
    for rates in (lint_rates, case_rates, dotnet_rates):
        for name, good, count in rates():
            complete = complete and good == count
            print(f"{name:<48} {good / max(count, 1):7.2%}  {good} of {count}")
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
