"""`provlint lint` with users, targets, assignments, groups, secrets and a job."""

import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
OUTBOUND = EXAMPLES / "mistakes" / "evidence" / "outbound"
JOBS = EXAMPLES / "mistakes" / "jobs"
TOKEN = "kJ8s-canary-7Qz1"


def words(folder, **inputs):
    return [word for name, file in inputs.items() for word in (f"--{name}", str(folder / file))]


@pytest.fixture
def lint(provlint):
    def run(configuration, *more):
        return provlint("lint", str(configuration), "--format", "concise", *more)

    return run


def test_numbers_and_examples_stand_in_the_messages(lint):
    result = lint(OUTBOUND / "schema.json", *words(OUTBOUND, users="users.csv"))
    assert result.status == 1
    told = '`department EQUALS "advisers"` matches 0 of 7 users; 2 users have `Advisers`'
    assert told in result.out
    assert "notice: evidence from 7 users" in result.out + result.err


def test_without_examples_nobody_is_named(lint):
    inputs = {
        "users": "users.csv",
        "target": "target-users.json",
        "assignments": "assignments.json",
        "groups": "groups.json",
    }
    named = lint(OUTBOUND / "schema.json", *words(OUTBOUND, **inputs))
    bare = lint(OUTBOUND / "schema.json", *words(OUTBOUND, **inputs), "--no-examples")
    assert "eva@fjordbank.example" in named.out
    assert "fjordbank.example" not in bare.out
    for name in ("Ada Berg", "Bergen`", "CRM guests", "office"):
        assert name not in bare.out.replace('`city EQUALS "Bergen"`', "")
    assert len(named.out.splitlines()) == len(bare.out.splitlines())


@pytest.mark.parametrize(
    ("inputs", "rules"),
    [
        ({"target": "target-users.json"}, {"PL714"}),
        ({"assignments": "assignments.json"}, {"PL733"}),
        ({"groups": "groups.json"}, {"PL734", "PL741"}),
        ({"assignments": "assignments.json", "groups": "groups.json"},
         {"PL731", "PL733", "PL734", "PL741"}),
    ],
)  # fmt: skip
def test_each_input_does_without_the_others(lint, inputs, rules):
    out = lint(OUTBOUND / "schema.json", "--select", "PL7", *words(OUTBOUND, **inputs)).out
    assert {word for word in out.split() if word.startswith("PL7")} == rules


def test_several_files_and_globs_are_one_input(lint, files):
    folder = files(
        {
            "people/a.csv": "userPrincipalName,department\na@b.example,Sales\n",
            "people/b.csv": "userPrincipalName,department\nc@b.example,Legal\n",
        }
    )
    text = lint(OUTBOUND / "schema.json", "--users", str(folder / "people" / "*.csv")).out
    assert "evidence from 2 users" in text
    both = ("--users", str(folder / "people/a.csv"), "--users", str(folder / "people/b.csv"))
    assert "evidence from 2 users" in lint(OUTBOUND / "schema.json", *both).out


def test_a_job_beside_its_schema(lint, files):
    schema = json.loads((EXAMPLES / "clean" / "workday-to-ad" / "schema.json").read_text("utf-8"))
    schema["synchronizationRules"][0]["objectMappings"][0]["scope"] = None
    job = {
        "id": "Workday2AD.1",
        "templateId": "Workday2AD",
        "schedule": {"state": "Active"},
        "synchronizationJobSettings": [],
    }
    folder = files({"schema.json": json.dumps(schema), "job.json": json.dumps({"value": [job]})})
    alone = lint(folder / "schema.json").out
    beside = lint(folder / "schema.json", "--job", str(folder / "job.json")).out
    for rule in ("PL425", "PL426"):
        assert rule not in alone
        assert rule in beside


def test_secrets_are_judged_and_never_shown(lint, files):
    secrets = {
        "value": [
            {"key": "BaseAddress", "value": f"http://user:{TOKEN}@crm.example/scim?t={TOKEN}"},
            {"key": "SecretToken", "value": TOKEN},
            {"key": "SyncAll", "value": "True"},
        ]
    }
    folder = files({"secrets.json": json.dumps(secrets)})
    for form in ("text", "concise", "json", "sarif", "github"):
        result = lint(
            JOBS / "outbound" / "job.json",
            "--secrets", str(folder / "secrets.json"), "--format", form,
        )  # fmt: skip
        assert result.status in (1, 2)
        assert TOKEN not in result.out + result.err
    found = lint(JOBS / "outbound" / "job.json", "--secrets", str(folder / "secrets.json")).out
    assert "PL606 the tenant URL `http://crm.example` is not encrypted" in found


def test_what_is_given_to_the_wrong_option_is_told(lint):
    result = lint(OUTBOUND / "schema.json", *words(OUTBOUND, users="assignments.json"))
    assert result.status == 2
    assert "holds app role assignments, expected users" in result.err
    assert "help: give it to the option for them" in result.err


def test_a_broken_record_stops_or_is_left_out(lint, files):
    lines = '{"userPrincipalName": "a@b.example", "department": "Sales"}\n{"broken\n'
    folder = files({"users.jsonl": lines * 2})
    stopped = lint(OUTBOUND / "schema.json", "--users", str(folder / "users.jsonl"))
    assert stopped.status == 2
    assert "users.jsonl:2" in stopped.err
    skipped = lint(
        OUTBOUND / "schema.json", "--users", str(folder / "users.jsonl"), "--on-error", "skip"
    )
    assert skipped.status == 1
    assert "evidence from 2 users" in skipped.out
    assert "2 records left out" in skipped.out


def test_a_missing_file_is_told(lint):
    result = lint(OUTBOUND / "schema.json", "--users", "nowhere.json")
    assert result.status == 2
    assert "`nowhere.json` does not exist" in result.err


def test_a_rule_that_was_named_and_lacks_its_input_says_so(lint):
    result = lint(OUTBOUND / "schema.json", "--select", "PL715")
    assert "`PL715` did not run: it needs `--users` and `--target`" in result.out
    assert "PL715" not in lint(OUTBOUND / "schema.json").out


def test_rules_that_need_inputs_may_be_ignored_and_suppressed(lint, files):
    folder = files(
        {"provlint.toml": '[[suppress]]\nrule = "PL713"\nfiles = "**"\nreason = "known"\n'}
    )
    config = ("--config", str(folder / "provlint.toml"))
    given = words(OUTBOUND, users="users.csv")
    text = lint(OUTBOUND / "schema.json", *given, "--ignore", "PL711", *config).out
    assert "PL711" not in text
    assert "PL713" not in text
    assert "PL712" in text


def test_columns_of_human_resources_are_renamed(lint, files):
    folder = files({"workers.csv": "Number,Kind\n1001,Employee\n1001,Employee\n"})
    result = lint(
        EXAMPLES / "mistakes" / "evidence" / "two-jobs" / "a-norway.json",
        "--users", str(folder / "workers.csv"), "--columns", "WorkerID=Number",
    )  # fmt: skip
    assert "not in your export" in result.out
    assert result.status == 0


def test_two_jobs_of_one_run_are_compared(provlint):
    folder = EXAMPLES / "mistakes" / "evidence" / "two-jobs"
    result = provlint(
        "lint", str(folder / "a-norway.json"), str(folder / "b-loans.json"),
        "--users", str(folder / "users.csv"), "--format", "concise",
    )  # fmt: skip
    (line,) = [each for each in result.out.splitlines() if "PL735" in each]
    assert "b-loans.json" in line.split(":")[0]
    assert "1 user in scope is also written to `Active Directory` by" in line


def test_a_baseline_holds_for_other_users_and_names_none(lint, files):
    schema = {
        "attributeMappings": [],
        "sourceObjectName": "User",
        "targetObjectName": "User",
        "scope": {
            "groups": [
                {
                    "name": "Managers",
                    "clauses": [
                        {
                            "sourceOperandName": "jobTitle",
                            "operatorName": "REGEX MATCH",
                            "targetOperand": {"values": ["Manager"]},
                        },
                        {
                            "sourceOperandName": "city",
                            "operatorName": "EQUALS",
                            "targetOperand": {"values": ["Bergen"]},
                        },
                    ],
                }
            ]
        },
    }
    head = "userPrincipalName,jobTitle,city\n"
    folder = files(
        {
            "schema.json": json.dumps(schema),
            "one.csv": head + "a@b.example,Senior Manager,Bergen\nc@b.example,Manager,bergen\n",
            "two.csv": head + "d@b.example,Manager on call,Bergen\ne@b.example,Manager,BERGEN\n",
        }
    )
    path, base = folder / "schema.json", folder / "baseline.json"
    select = ("--select", "PL113,PL703")
    users = ("--users", str(folder / "one.csv"))
    lint(path, *select, *users, "--write-baseline", str(base))
    text = base.read_text("utf-8")
    assert all(rule in text for rule in ("PL113", "PL703"))
    assert not any(word in text for word in ("Senior", "bergen", "b.example"))
    for more in (("--users", str(folder / "two.csv")), ()):
        found = lint(path, *select, *more, "--baseline", str(base))
        assert (found.status, "PL113" in found.out) == (0, False)
