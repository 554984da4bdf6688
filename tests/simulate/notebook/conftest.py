import json
from pathlib import Path

import pytest

import provlint

EXAMPLES = Path(__file__).parents[3] / "examples"
FILES = EXAMPLES / "users"


@pytest.fixture
def schema():
    """The file of the configuration."""
    return EXAMPLES / "clean" / "scim-outbound" / "schema.json"


@pytest.fixture
def files():
    """The folder of the users and all that is known of them."""
    return FILES


@pytest.fixture
def users():
    """The users as records."""
    return json.loads((FILES / "users.json").read_text(encoding="utf-8"))["value"]


@pytest.fixture
def simulated(schema):
    """The simulation of the examples, with other arguments where these are given."""

    def simulate(**other):
        arguments = {
            "configuration": schema, "users": FILES / "users.json",
            "targets": FILES / "target-users.json", "assignments": [FILES / "assignments.json"],
            "groups": str(FILES / "groups.json"), **other,
        }  # fmt: skip
        return provlint.simulate(
            arguments.pop("configuration"), arguments.pop("users"), **arguments
        )

    return simulate
