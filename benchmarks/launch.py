"""Runs commands in turns and prints what the system says of each run.

A process of its own, and a small one: the memory of a child is never counted below that of the
process that started it. Standard input: JSON with `commands`, `rounds`, `environment`, and for some
commands `variables` of their own and a folder that is removed before each run, `fresh`; standard
output: JSON, per command the seconds of each run and the greatest megabytes.
"""

import json
import os
import shutil
import sys
import time


def run(command, environment, null):
    start = time.perf_counter()
    actions = [(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
    process = os.posix_spawn(command[0], command, environment, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    scale = 2**20 if sys.platform == "darwin" else 2**10
    return seconds, usage.ru_maxrss / scale, os.waitstatus_to_exitcode(status)


def main():
    task = json.load(sys.stdin)
    null = os.open(os.devnull, os.O_RDWR)
    fresh, variables = task.get("fresh", {}), task.get("variables", {})
    rows = {name: {"seconds": [], "megabytes": 0.0} for name in task["commands"]}
    for number in range(task["rounds"] + 1):
        for name, command in task["commands"].items():
            if name in fresh:
                shutil.rmtree(fresh[name], ignore_errors=True)
            environment = task["environment"] | variables.get(name, {})
            seconds, megabytes, status = run(command, environment, null)
            if status not in (0, 1):
                sys.exit(f"{name}: exit status {status}")
            if number:  # the first run fills the caches
                rows[name]["seconds"].append(seconds)
                rows[name]["megabytes"] = max(rows[name]["megabytes"], megabytes)
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()
