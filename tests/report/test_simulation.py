"""The summary of a simulation, as text."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from provlint.cli.simulate import command

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def simulate(*words):
    schema = EXAMPLES / "clean" / "scim-outbound" / "schema.json"
    users = EXAMPLES / "users" / "users.json"
    return CliRunner().invoke(command, [str(schema), "--users", str(users), *words])


@pytest.mark.parametrize(
    ("condition", "line", "status"),
    [
        ("disabled > 5%", "  disabled > 5%: 0, not exceeded", 0),
        ("skipped > 1", "  skipped > 1: 6, exceeded", 1),
    ],
)
def test_a_threshold_says_whether_it_stops_the_run(condition, line, status):
    result = simulate("--fail-if", condition)
    assert line in result.output.splitlines()
    assert result.exit_code == status


def test_the_other_groups_are_counted():
    assert "is false, and 1 more group fails\n" in simulate().output
