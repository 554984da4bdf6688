"""The guards of `conftest.py` hold."""

import os
import socket

import pytest


def test_sockets_are_refused():
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp,
        pytest.raises(AssertionError, match="a test opened a socket: connect"),
    ):
        tcp.connect(("127.0.0.1", 9))


def test_hosts_are_not_looked_up():
    with pytest.raises(AssertionError, match="a test looked up a host"):
        socket.create_connection(("example.com", 80))


def test_the_environment_is_scrubbed():
    assert not {"NO_COLOR", "FORCE_COLOR", "CI", "COLUMNS"} & set(os.environ)
    assert [name for name in os.environ if name.startswith("GITHUB_")] == []
