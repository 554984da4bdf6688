"""What a command with all its descendants costs: seconds of processors, and memory, from /proc.

Spark leaves processes behind that nobody waits for, so that the system adds up their time nowhere.
They are sampled while they live, which loses what they do in the last moments. Linux only.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PAUSE = 0.1
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
SESSION, USER, SYSTEM, RESIDENT = 3, 11, 12, 21
"""Numbers of fields of /proc/PID/stat behind the name of the program."""


class Cost(NamedTuple):
    """What a command took.

    Attributes:
        seconds: Of the wall clock.
        cores: Seconds of all processors.
        megabytes: Greatest memory of all processes together.
    """

    seconds: float
    cores: float
    megabytes: float


def measure(
    words: Sequence[str], variables: Mapping[str, str], sessions: Sequence[int] = ()
) -> Cost:
    """Run a command.

    Args:
        words: The command.
        variables: Environment variables beside those of this process.
        sessions: Sessions of other processes whose work counts too, such as those of a server.

    Raises:
        RuntimeError: The command fails.
    """
    times: dict[int, int] = {}
    before = {pid: ticks for pid, ticks, _ in _processes(set(sessions))}
    most = 0
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            words,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env={**os.environ, **variables},
            start_new_session=True,
        )
        wanted = {process.pid, *sessions}
        while process.poll() is None:
            resident = 0
            for pid, ticks, pages in _processes(wanted):
                times[pid] = ticks
                resident += pages
            most = max(most, resident)
            time.sleep(PAUSE)
        seconds = time.perf_counter() - begun
        if process.returncode:
            errors.seek(0)
            raise RuntimeError(errors.read()[-2000:])
    ticks = sum(ticks - before.get(pid, 0) for pid, ticks in times.items())
    return Cost(seconds, ticks / TICKS, most * PAGE / 2**20)


def _processes(sessions: set[int]) -> Iterator[tuple[int, int, int]]:
    """Number, processor ticks and resident pages of every process of some sessions."""
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(") ")[2].split()
        except OSError:  # it ended
            continue
        if int(fields[SESSION]) in sessions:
            ticks = int(fields[USER]) + int(fields[SYSTEM])
            yield int(name), ticks, int(fields[RESIDENT])
