"""Complete exports of other people, where they are at hand: nothing in them is a false alarm."""

from pathlib import Path

import pytest

from provlint.cli import status

FOLDER = Path(__file__).parents[3] / "shared" / "real"
COMPLETE = (
    "MS-LUF__Use-AzureAD__Azure_Cloud_Provisionning-Sample1.json",
    "microsoft-graph-docs__synchronization_schema_sample__salesforce-2017.json",
)


@pytest.mark.parametrize("name", COMPLETE)
def test_no_error_and_no_warning(name):
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    assert status(["lint", "--no-config", "--no-cache", "--format", "concise", str(path)]) == 0
