"""Simulates the tasks of a JSON file on the Spark of the environment, and writes what came of them.

python on_spark.py TASKS.json: a list of `config`, `options`, `output`, and `largest`: the bytes of
the largest file that Spark carries as a whole.
"""

import json
import sys

from provlint.report.simulation.data import row_of
from provlint.simulate.distributed import whole_files
from provlint.simulate.distributed.run import simulate_on_spark
from provlint.simulate.distributed.simulating import verdict_text
from provlint.simulate.inputs.problem import InputError


def simulate(task):
    whole_files.MOST = task["largest"]
    options = dict(task["options"])
    options["columns"] = dict(options["columns"])
    config, users, targets = task["config"], options.pop("users"), options.pop("targets")
    try:
        found = simulate_on_spark(config, users, targets, with_rows=True, **options)
    except InputError as error:
        return {"refused": list(error.problem)}
    for form in task.get("forms", ()):
        found.write(f"{task['output']}.{form}", form, lambda _: True, row_of)
    summary = found.summary
    return {
        "counts": sorted([verdict_text(verdict), n] for verdict, n in summary.counts.items()),
        "shared": [list(each) for each in summary.shared_in_source],
        "left_out": summary.left_out,
        "missing": list(summary.missing),
        "notes": list(summary.notes),
        "rows": sorted(
            [row.object_id, row.user, row.target_id or "", verdict_text(row.verdict)]
            for row in found.rows(lambda _: True)
        ),
    }


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        tasks = json.load(file)
    for task in tasks:
        with open(task["output"], "w", encoding="utf-8") as file:
            json.dump(simulate(task), file)


if __name__ == "__main__":
    main()
