"""Analysis comes to an end, says where it stopped, and is the same everywhere."""

import json
import os
import subprocess
import sys

import pytest

from provlint.analysis import analyze_scope, compare_scopes
from provlint_grammar.scoping_filter.graph import to_graph
from provlint_grammar.scoping_filter.parser import parse_filter

LONG_LIST = "|".join(f"name{number}" for number in range(1500))
INTRICATE = (
    r"((a{0,100}b{0,100}){0,100}){0,100}$",
    r"^(?=.*a)(?=.*b)(?=.*c)(?=.*d)(?=.*e)(?=.*f)(?=.*g|.*h)(?=.*i|.*j).{0,500}$",
    r"(a|b)*a(a|b){40}$",
    r"(?:(?:a?){50}){50}b",
    r"(?<=a.{0,300})b",
    r"(?i)^[\w.-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}$",
    LONG_LIST,
    "(?:" * 90 + "a" + ")?" * 90,
    r"^(a+)+$",
)
MOST = 200_000

FILTERS = """
import json, sys
from provlint.analysis import analyze_scope, compare_scopes
scopes = json.loads(sys.stdin.read())
print(json.dumps([analyze_scope(each) for each in scopes]))
print(json.dumps([compare_scopes(one, two) for one in scopes for two in scopes]))
"""


def scope(text):
    parsed = parse_filter(text)
    assert not parsed.problems
    return to_graph(parsed.filter)


def matching(*patterns):
    return {
        "groups": [
            {
                "name": "",
                "clauses": [
                    {
                        "sourceOperandName": "a",
                        "operatorName": "REGEX MATCH",
                        "targetOperand": {"values": [pattern]},
                    }
                    for pattern in patterns
                ],
            }
        ]
    }


@pytest.mark.parametrize("pattern", INTRICATE, ids=lambda pattern: pattern[:40])
def test_no_pattern_hangs_an_analysis(pattern):
    for other in ("^[a-z]{1,200}$", "^(a|b|x){0,90}z?$"):
        found = compare_scopes(matching(pattern), matching(pattern, other))
        assert found.steps <= MOST
        assert found.verdict in ("narrower", "equivalent") or found.beyond
        back = compare_scopes(matching(other), matching(pattern))
        assert back.steps <= MOST
        assert (back.enters is not None and back.leaves is not None) or back.beyond


def test_the_limit_is_kept_and_told():
    old, new = scope('a REGEX MATCH "^[a-z]{9}$"'), scope('a REGEX MATCH "^[a-y]{9}$"')
    for limit in (1, 10, 50):
        found = compare_scopes(old, new, step_limit=limit)
        assert found.steps <= limit
        assert found.verdict == "unknown"
        assert f"the limit of {limit} step" in found.beyond[-1]
    analysis = analyze_scope(old, step_limit=3)
    assert analysis.beyond == ("the limit of 3 steps is reached",)
    assert compare_scopes(old, new).verdict == "narrower"


def test_the_same_filter_needs_no_steps():
    intricate = matching(INTRICATE[0])
    found = compare_scopes(intricate, intricate)
    assert (found.verdict, found.steps) == ("equivalent", 0)


def test_steps_and_examples_do_not_depend_on_the_process():
    texts = (
        'department NOT EQUALS "A" OR department NOT EQUALS "B" OR country IS NULL',
        r'mail REGEX MATCH "@contoso.com$" AND mail NOT REGEX MATCH "^(a|b|c)\.\w+"',
        r'a REGEX MATCH "(x|y)\1" AND a REGEX MATCH "(?>z)" AND b REGEX MATCH "(q)\1"',
        'level & "6" AND level Greater_Than "9" OR level !& "1", "8"',
    )
    scopes = json.dumps([scope(text) for text in texts])
    printed = {
        subprocess.run(
            [sys.executable, "-c", FILTERS],
            input=scopes,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(printed) == 1
