"""What every test gets: no network, a scrubbed environment, golden files."""

import itertools
import socket
from pathlib import Path

import pytest

SCRUBBED = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "CI", "TERM")
SCRUBBED_PREFIXES = ("GITHUB_", "PROVLINT_")
_NUMBERS = itertools.count()


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files instead of comparing"
    )


@pytest.fixture(autouse=True)
def scrubbed_environment(monkeypatch, tmp_path_factory):
    import os

    for name in list(os.environ):
        if name in SCRUBBED or name.startswith(SCRUBBED_PREFIXES):
            monkeypatch.delenv(name)
    # Of each test its own, since tests change rules behind the back of the cache.
    folder = tmp_path_factory.getbasetemp() / "cache" / f"{next(_NUMBERS)}"
    monkeypatch.setenv("PROVLINT_CACHE_DIR", str(folder))


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse every connection but local pipes between processes."""

    def guarded(name):
        original = getattr(socket.socket, name)

        def refuse(self, *arguments):
            if self.family == getattr(socket, "AF_UNIX", None):
                return original(self, *arguments)
            raise AssertionError(f"a test opened a socket: {name}{arguments}")

        return refuse

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, guarded(name))

    def refuse_lookup(*arguments, **_options):
        raise AssertionError(f"a test looked up a host: {arguments}")

    monkeypatch.setattr(socket, "getaddrinfo", refuse_lookup)
    monkeypatch.setattr(socket, "gethostbyname", refuse_lookup)


@pytest.fixture
def golden(request):
    """Compare text with a file of the `golden` folder beside the test."""
    folder = Path(request.path).parent / "golden"

    def compare(name, text):
        path = folder / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        assert path.is_file(), f"{path} is missing; make it with --update-golden"
        assert text == path.read_bytes().decode("utf-8")

    return compare
