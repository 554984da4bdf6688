"""Spark gives what one machine gives, row for row: one process, a cluster, a server of Connect."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="PySpark is not installed: pip install 'provlint[spark]'")
pytest.importorskip("pyarrow")
sys.path.insert(0, str(Path(__file__).parents[1] / "columnar"))
sys.path.insert(0, str(Path(__file__).parent))

from spread import drawn, written

from provlint.cli.simulation_options import job_from
from provlint.report.simulation.data import row_of
from provlint.simulate.cycle.engines import refusal
from provlint.simulate.cycle.rowwise import RowwiseSimulation
from provlint.simulate.distributed.simulating import verdict_text

HERE = Path(__file__).parent
PATIENCE = 900
"""Seconds for all tasks of a Spark."""

pytestmark = pytest.mark.slow

needs_java = pytest.mark.skipif(
    shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="there is no Java"
)

WHOLE = {
    "groups": [
        [("department", "EQUALS", ["Sales"]), ("mail", "IS NOT NULL", [])],
        [("jobTitle", "REGEX MATCH", ["(?i)SALES"])],
        [("employeeId", "NOT EQUALS", ["7"])],
    ],
    "inputFilterGroups": [],
    "mappings": [
        (("Attribute", "userPrincipalName"), "Always", ""),
        (("Function", 'Join(" ", [givenName], [department])'), "Always", ""),
        (("Function", 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'), "Always", ""),
        (("Attribute", "jobTitle"), "AttributeAddOnly", "default"),
        (("Function", "ToLower([mail])"), "MultiValueAddOnly", ""),
        (("Attribute", "manager"), "Always", ""),
    ],
    "matching": 2,
    "flow_types": "Add,Update,Delete",
    "types": {},
    "case_exact": ["externalId"],
    "required": ["emails"],
    "multivalued": ["emails"],
    "template": "scim",
    "null_policy": "documented",
    "secrets": None,
    "targets": True,
    "links": 30,
    "assignments": True,
    "format": "parquet",
    "target_format": "parquet",
    "seed": 20,
}
FIXED = (
    WHOLE,
    {**WHOLE, "format": "lines", "target_format": "lines", "matching": 1, "seed": 5},
    {**WHOLE, "targets": False, "links": 0, "assignments": False, "seed": 6},
)
ON_ALL_CORES, IN_A_CLUSTER, ON_A_SERVER = 4, 1, 14
"""Cases that are drawn, beside the first ones."""

LARGEST = (10_000, 1 << 20, 1 << 20, 0)
"""Bytes of the largest whole file, in turns: some files, all, all, none."""


def one_machine(config, options):
    found = RowwiseSimulation(job_from(config, options, mode="cycle"))
    summary = found.summary
    rows = list(found.rows(lambda _: True))
    return {
        "counts": sorted([verdict_text(verdict), n] for verdict, n in summary.counts.items()),
        "shared": [list(each) for each in summary.shared_in_source],
        "left_out": summary.left_out,
        "missing": list(summary.missing),
        "notes": list(summary.notes),
        "rows": sorted(
            [row.object_id, row.user, row.target_id or "", verdict_text(row.verdict)]
            for row in rows
        ),
    }, rows  # fmt: skip


def tasks_in(folder, chosen, *, alike=False):
    """Tasks, and what one machine makes of each."""
    tasks, expected, rows = [], [], []
    for number, case in enumerate(chosen):
        below = folder / str(number)
        below.mkdir()
        config, options = written(case, below, alike=alike)
        if refusal(job_from(config, options, mode="cycle"), references=True):
            continue
        tasks.append(
            {
                "config": config,
                "options": options,
                "output": str(below / "output.json"),
                "largest": LARGEST[len(tasks) % len(LARGEST)],
                "forms": ["parquet", "jsonl", "csv"] if number == 0 else [],
            }
        )
        found, of_case = one_machine(config, options)
        expected.append(found)
        rows.append(of_case)
    return tasks, expected, rows


def check(tasks, found, expected):
    for task, given, wanted in zip(tasks, found, expected, strict=True):
        if wanted["left_out"]:  # the notes of one machine name the lines
            given, wanted = {**given, "notes": None}, {**wanted, "notes": None}
        assert given == wanted, task["config"]


def run(folder, tasks, **environment):
    path = folder / "tasks.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(HERE / "on_spark.py"), str(path)],
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(Path(task["output"]).read_text("utf-8")) for task in tasks]


def master(name):
    settings = "--conf spark.sql.shuffle.partitions=3 --conf spark.ui.enabled=false"
    return {"PYSPARK_SUBMIT_ARGS": f"--master {name} {settings} pyspark-shell"}


@needs_java
def test_all_cores_of_one_machine(tmp_path):
    tasks, expected, rows = tasks_in(tmp_path, [*FIXED, *drawn(ON_ALL_CORES)])
    broken = dict(tasks[1], output=str(tmp_path / "broken.json"))
    damaged = tmp_path / "damaged.jsonl"
    lines = Path(broken["options"]["users"][0]).read_text("utf-8").splitlines()
    damaged.write_text("\n".join([*lines, lines[3][:-9]]) + "\n", "utf-8")
    broken["options"] = {**broken["options"], "users": [str(damaged)], "on_error": "stop"}
    *found, refused = run(tmp_path, [*tasks, broken], **master("local[*]"))
    check(tasks, found, expected)
    assert refused["refused"][1] == "the users"
    for form in ("parquet", "jsonl", "csv"):
        check_folder(Path(f"{tasks[0]['output']}.{form}"), form, rows[0])


def check_folder(folder, form, rows):
    """What Spark wrote is what `--format` writes on one machine, in another order."""
    import duckdb

    suffix = {"parquet": "parquet", "jsonl": "json", "csv": "csv"}[form]
    kinds = {"user": "VARCHAR", "object_id": "VARCHAR", "target_id": "VARCHAR",
             "action": "VARCHAR", "code": "VARCHAR", "step": "VARCHAR", "reason": "VARCHAR",
             "in_scope": "BOOLEAN", "matched_on": "VARCHAR",
             "contested": "VARCHAR" if form == "csv" else "VARCHAR[]"}  # fmt: skip
    reader = {
        "parquet": f"read_parquet('{folder}/*.parquet')",
        "jsonl": f"read_json('{folder}/*.{suffix}', columns={kinds})",
        "csv": f"read_csv('{folder}/*.{suffix}', header=true, columns={kinds}, escape='\"',"
        " quote='\"', auto_detect=false)",
    }[form]
    relation = duckdb.sql(f"SELECT * FROM {reader}")
    assert relation.columns == list(kinds)
    found = [dict(zip(kinds, row, strict=True)) for row in relation.fetchall()]
    wanted = [row_of(row) for row in rows]
    if form == "csv":
        for each in wanted:
            each["contested"] = " ".join(each["contested"])
        for each in (*wanted, *found):
            each.update({name: value or "" for name, value in each.items() if value is None})
    order = json.dumps
    assert sorted(found, key=order) == sorted(wanted, key=order)


@needs_java
def test_a_cluster_of_processes(tmp_path):
    tasks, expected, _ = tasks_in(tmp_path, [WHOLE, *drawn(IN_A_CLUSTER)])
    check(tasks, run(tmp_path, tasks, **master("local-cluster[2,1,1024]")), expected)


@pytest.fixture
def sail():
    """Address of a Sail server, which speaks Spark Connect."""
    pytest.importorskip("pysail", reason="Sail is not installed: pip install pysail")
    program = (
        "import sys; from pysail.spark import SparkConnectServer;"
        "server = SparkConnectServer(ip='127.0.0.1', port=0); server.start(background=True);"
        "print(server.listening_address[1], flush=True); sys.stdin.read(); server.stop()"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield f"sc://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.stdin.close()
        server.wait(timeout=60)


def test_a_server_of_spark_connect(tmp_path, sail):
    # Sail does not read files of different columns together.
    tasks, expected, rows = tasks_in(tmp_path, [*FIXED, *drawn(ON_A_SERVER)], alike=True)
    found = run(tmp_path, tasks, SPARK_REMOTE=sail)
    reason = found[0].get("refused", ("",) * 3)[2]
    if "unsupported PySpark version" in reason:
        pytest.skip(f"{reason}: pip install 'pyspark[connect]<4.2'")
    check(tasks, found, expected)
    check_folder(Path(f"{tasks[0]['output']}.parquet"), "parquet", rows[0])
