"""The Python interface."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from provlint.evaluation import Context, Role, compile_expression, evaluate, make_context


def test_a_program_is_compiled_once_for_each_text():
    assert compile_expression("ToLower([a])") is compile_expression("ToLower([a])")
    assert compile_expression("ToLower([a])", trace=True).run({}).trace is not None
    assert compile_expression("ToLower([a])").run({}).trace is None


def test_a_program_knows_its_attributes_and_its_problem():
    assert compile_expression('Join([a], [b c], [a], "[x]")').attributes == ("a", "b c")
    assert compile_expression("Join([a]").problem.message.startswith("`)` is missing")
    assert compile_expression("Right([a], 1)").problem.message.startswith("`Right`")


def test_runs_do_not_disturb_each_other():
    program = compile_expression("Append([a], [b])")
    assert program.run({"b": "x"}).contested == ("null-as-text",)
    assert program.run({"a": "y", "b": "x"}).contested == ()


def test_values_keep_their_type_and_flow_as_text():
    kinds = {
        "Count([m])": ("number", 2, ("2",)),
        "IsNull([m])": ("boolean", False, ("False",)),
        'CDate("2025-01-02T03:04:05Z")': ("date", "1/2/2025 3:04:05 AM", ("1/2/2025 3:04:05 AM",)),
        "[m]": ("list", ("x", "y"), ("x", "y")),
        "AppRoleAssignmentsComplex([m])": ("roles", (Role("x"), Role("y")), ("x", "y")),
        "[n]": ("number", Decimal("1.50"), ("1.50",)),
        "ToLower([n])": ("text", "1.50", ("1.50",)),
    }
    for text, (kind, value, texts) in kinds.items():
        found = evaluate(text, {"m": ["x", "y"], "n": Decimal("1.50")})
        assert (found.type, found.value, found.texts) == (kind, value, texts)
    assert evaluate("[a]", {}).texts == ()


def test_roles_tell_how_they_are_patched():
    assert evaluate("AppRoleAssignmentsComplex([a])", {"a": "x"}).patch == "add"
    assert evaluate("AssertiveAppRoleAssignmentsComplex([a])", {"a": "x"}).patch == "replace"
    assert evaluate("ToLower([a])", {"a": "x"}).patch == ""


@pytest.mark.parametrize(
    "now",
    [
        "2026-11-22T15:07:09",
        "2026-11-22T16:07:09+01:00",
        datetime(2026, 11, 22, 15, 7, 9),
        datetime(2026, 11, 22, 15, 7, 9, tzinfo=UTC),
        datetime(2026, 11, 22, 10, 7, 9, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
def test_the_present_may_be_given_in_many_forms(now):
    found = evaluate("Now()", {}, now=now)
    assert found.value == "11/22/2026 3:07:09 PM"
    assert found.time_dependent


def test_the_present_is_the_same_throughout_one_evaluation():
    assert evaluate('CBool(DateDiff("s", Now(), Now()) = 0)', {}).value is True
    assert evaluate("Now()", {}).value != evaluate("Now()", {}, now="2001-01-01").value


def test_a_seed_makes_random_values_repeatable():
    text = 'Join(" ", Guid(), Guid(), RandomString(9, 1, 1, 1, 1))'
    first = evaluate(text, {}, seed=7)
    assert first.nondeterministic
    assert first.value == evaluate(text, {}, seed=7).value
    assert first.value != evaluate(text, {}, seed=8).value
    assert first.value.split()[0] != first.value.split()[1]
    assert evaluate("Guid()", {}).value != evaluate("Guid()", {}).value


def test_names_in_use_may_be_a_function():
    text = 'SelectUniqueValue("a", "b", "c")'
    assert evaluate(text, {}, taken=lambda name: name < "c").value == "c"
    assert evaluate(text, {}, taken={"A": 1}).value == "b"
    assert evaluate(text, {}, taken=lambda _: True).outcome == "escrow"


def test_a_context_serves_many_runs():
    context = make_context(now="2026-11-22", taken=["x"], macros={"D": "d"}, source="AD")
    assert context.source == "active-directory"
    assert compile_expression('Append(%D%, "!")').run({}, context).value == "d!"
    assert compile_expression("ToLower([a])").run({"a": "X"}, Context()).value == "x"


def test_redacted_values_are_marked():
    assert evaluate("Redact([a])", {"a": "x"}).redacted
    assert not evaluate("ToLower([a])", {"a": "x"}).redacted


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"source": "mainframe"}, "unknown source system `mainframe`"),
        ({"dialect": "connect"}, "unknown dialect `connect`"),
        ({"now": "yesterday"}, "yesterday"),
    ],
)
def test_options_that_cannot_be_understood(options, message):
    with pytest.raises(ValueError, match=message):
        evaluate("ToLower([a])", {}, **options)


def test_the_trace_is_a_tree_of_steps():
    step = evaluate('Append(ToLower([a]), "x")', {"a": "B"}).trace
    assert (step.kind, step.name, step.state, step.value) == ("call", "Append", "value", "bx")
    assert step.text == 'Append(ToLower([a]), "x")'
    inner = step.arguments[0].arguments[0]
    assert (inner.kind, inner.name, inner.value) == ("attribute", "a", "B")


def test_a_branch_that_is_not_taken_is_not_in_the_trace():
    step = evaluate('IIF([a] = "x", CDate([b]), "n")', {"a": "y", "b": "2025-01-01"}).trace
    assert step.arguments[1].state == "not-evaluated"
    assert step.arguments[2].state == "value"
