from provlint.source import read_json

TEXT = """{
<<<<<<< HEAD
  "a": 1,
||||||| base
  "a": 0,
=======
  "a": 2,
>>>>>>> other
  "b": 3
}
"""


def test_a_conflict_is_one_problem_and_the_first_side_is_read():
    reading = read_json(TEXT)
    [problem] = reading.problems
    assert problem.code == "merge-conflict"
    assert TEXT[problem.start : problem.end] == "<<<<<<< HEAD"
    assert reading.value == {"a": 1, "b": 3}


def test_two_conflicts_are_two_problems():
    text = TEXT.replace('  "b": 3\n', TEXT[2:-2].replace('"a"', '"c"').replace('"b"', '"d"'))
    reading = read_json(text)
    assert [problem.code for problem in reading.problems] == ["merge-conflict"] * 2
    assert reading.value == {"a": 1, "c": 1, "d": 3}


def test_marks_inside_a_string_are_no_conflict():
    assert read_json('{"a": "<<<<<<< HEAD"}').problems == ()
