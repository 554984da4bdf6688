import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "words",
    [
        "regex.compile('^a$').is_match('a')",
        "dates.format",
        "strings",
        "numbers",
    ],
)
def test_rooms_are_there_without_an_import_of_their_own(words):
    code = f"import provlint.dotnet; assert provlint.dotnet.{words}"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_is_no_room_is_told():
    from provlint import dotnet

    with pytest.raises(AttributeError, match="has no attribute `time`"):
        dotnet.time  # noqa: B018
