"""`provlint on-demand`: what is printed, exit statuses, messages."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from provlint.cli.on_demand import command

REPOSITORY = Path(__file__).parents[2]
SCHEMA = "examples/clean/scim-outbound/schema.json"
USERS = ("--users", "examples/users/users.json")
TARGET = ("--target", "examples/users/target-users.json")
ASSIGNED = (
    *("--assignments", "examples/users/assignments.json"),
    *("--assignments", "examples/users/service-principal.json"),
    *("--groups", "examples/users/groups.json"),
)
NOW = ("--now", "2026-11-22T00:00:00")
BJORN = "bjorn.odegard@fjordbank.example"


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch):
    monkeypatch.chdir(REPOSITORY)


def run(*arguments):
    return CliRunner().invoke(command, arguments)


@pytest.mark.parametrize(
    ("name", "user", "status"),
    [
        ("update", BJORN, 0),
        ("create", "Daniel O'Neil", 0),
        ("skipped-by-filter", "nils.aas@fjordbank.example", 0),
        ("fails", "henrik.sorensen@fjordbank.example", 1),
        ("disabled", "peder.vik@fjordbank.example", 0),
    ],
)
def test_text(name, user, status, golden):
    result = run(SCHEMA, user, *USERS, *TARGET, *ASSIGNED, *NOW)
    golden(f"on-demand-{name}.txt", result.output)
    assert result.exit_code == status


def test_text_without_anything_but_users(golden):
    result = run(SCHEMA, BJORN, "--users", "examples/users/users.csv")
    golden("on-demand-portal-csv.txt", result.output)
    assert result.exit_code == 0


def test_json_is_that_of_graph():
    result = run(SCHEMA, BJORN, *USERS, *TARGET, *ASSIGNED, *NOW, "--format", "json")
    answer = json.loads(result.stdout)
    assert set(answer) == {"key", "value"}
    assert json.loads(answer["key"]) == {"result": "Success", "details": {}}
    value = json.loads(answer["value"])
    assert value["action"] == "Update"
    assert value["reportableIdentifier"] == BJORN
    assert value["sourceIdentity"]["id"] == "02a7c3e5-5d1f-4b80-9c46-7f2e08d1b302"
    assert value["targetIdentity"]["id"] == "hc-00002"
    assert [
        (step["name"], step["type"], step["status"]) for step in value["provisioningSteps"]
    ] == [
        ("EntryImport", "Import", "Success"),
        ("EntrySynchronizationScoping", "Scoping", "Success"),
        ("EntryImport", "Matching", "Success"),
        ("EntryExportUpdate", "Export", "Success"),
    ]
    assert [step["description"] for step in value["provisioningSteps"]] == [
        f"Retrieved User '{BJORN}' from Microsoft Entra ID",
        "Determine if User in scope by evaluating against each scoping filter",
        f"Retrieved User '{BJORN}' from customappsso",
        "one target user matches: it is linked and updated",
    ]
    imported, scoped, matched, _ = (step["details"] for step in value["provisioningSteps"])
    assert imported["IsSoftDeleted"] == "False"
    assert imported["appRoleAssignments"] == "branch-manager"
    assert matched[f'userName eq "{BJORN}"'] == "1 hit"
    assert matched["displayName"] == "Bjørn Ødegård"
    scoping = scoped
    assert scoping["Active in the source system"] == "True"
    evaluated = json.loads(scoping["ScopeEvaluationResult"])
    assert evaluated["Card services consultants department EQUALS Card Services"] == "False"
    changed = {each["displayName"]: each["newValue"] for each in value["modifiedProperties"]}
    assert changed["roles"] == "branch-manager"
    assert value["provlint"]["assumptions"][0].startswith("no `SyncAll` given")


def test_json_of_a_failure():
    user = "henrik.sorensen@fjordbank.example"
    result = run(SCHEMA, user, *USERS, *TARGET, *ASSIGNED, "--format", "json")
    key = json.loads(json.loads(result.stdout)["key"])
    assert key["result"] == "Failure"
    assert key["details"]["errorCode"] == "DuplicateTargetEntries"
    assert result.exit_code == 1
    value = json.loads(json.loads(result.stdout)["value"])
    assert value["statusInfo"]["errorCategory"] == "Failure"
    assert "match on an attribute that is unique" in value["statusInfo"]["recommendedAction"]
    matched = next(step for step in value["provisioningSteps"] if step["type"] == "Matching")
    shown = [title for title in matched["details"] if title.startswith("Target user")]
    assert [matched["details"][title] for title in shown] == ["hc-00008", "hc-00009"]
    assert matched["details"]["hc-00009: active"] == "True"


def test_json_of_a_user_who_is_right_already(tmp_path):
    users, target = tmp_path / "users.json", tmp_path / "target.json"
    schema = tmp_path / "schema.json"
    users.write_text(json.dumps([{"id": "1", "userPrincipalName": "a@x.org"}]))
    target.write_text(json.dumps({"Resources": [{"id": "t1", "userName": "a@x.org"}]}))
    source = {"type": "Attribute", "name": "userPrincipalName", "expression": "[userPrincipalName]"}
    mapping = {"targetAttributeName": "userName", "matchingPriority": 1, "source": source}
    objects = {"sourceObjectName": "User", "targetObjectName": "User", "enabled": True,
               "flowTypes": "Add, Update, Delete", "attributeMappings": [mapping]}  # fmt: skip
    rule = {"id": "r", "sourceDirectoryName": "Azure Active Directory",
            "targetDirectoryName": "customappsso", "objectMappings": [objects]}  # fmt: skip
    schema.write_text(json.dumps({"id": "scim.a.b", "synchronizationRules": [rule]}))
    result = run(
        str(schema), "a@x.org", "--users", str(users), "--target", str(target), "--format", "json"
    )
    answer = json.loads(result.stdout)
    assert json.loads(answer["key"]) == {
        "result": "Skipped",
        "details": {
            "errorCode": "RedundantExport",
            "errorMessage": "The state of the user in both the source and target systems already"
            " match.",
        },
    }
    value = json.loads(answer["value"])
    assert value["action"] == "Other"
    last = value["provisioningSteps"][-1]
    assert (last["name"], last["status"]) == ("EntrySynchronizationSkip", "Skipped")
    assert last["description"].endswith(
        "No change to the User 'a@x.org' currently needs to be made."
    )
    assert last["details"]["SkipReason"] == "RedundantExport"


def test_what_the_assignments_leave_open_is_said():
    result = run(SCHEMA, BJORN, *USERS, "--assignments", "examples/users/assignments.json")
    assert "not assigned to the application" in result.output
    assert (
        "no members given of 2 assigned groups (`CRM-Advisers` and `CRM-Managers`): they count as"
        " empty; give them with `--groups`" in result.output
    )
    assert "the names of the assigned roles are not given" in result.output
    result = run(SCHEMA, BJORN, *USERS, *ASSIGNED, "--link", "a=b")
    assert "assigned roles are not given" not in result.output
    assert "no links given" not in result.output


def test_a_standstill_is_said(tmp_path):
    document = json.loads(Path(SCHEMA).read_text(encoding="utf-8"))
    for mapping in document["synchronizationRules"][0]["objectMappings"]:
        mapping["enabled"] = False
    schema, job = tmp_path / "schema.json", tmp_path / "job.json"
    schema.write_text(json.dumps(document))
    job.write_text(json.dumps({"id": "scim.a.b", "schedule": {"state": "Paused"}}))
    result = run(str(schema), BJORN, *USERS, "--job", str(job), "--mapping",
                 "Provision Microsoft Entra ID Users")  # fmt: skip
    for said in (
        "the object mapping `Provision Microsoft Entra ID Users` is switched off: this is what it"
        " would do if it were on",
        "the job is paused: this is what a cycle would do if it ran",
    ):
        assert f"  {said}\n" in result.output
        assert said not in run(SCHEMA, BJORN, *USERS).output
    own = tmp_path / "own.json"
    own.write_text(
        json.dumps({"id": "scim.a.b", "status": {"code": "Quarantine"}, "schema": document})
    )
    result = run(str(own), BJORN, *USERS, "--mapping", "Provision Microsoft Entra ID Users")
    assert "  the job is in quarantine: this is what a cycle would do if it ran\n" in result.output


def test_a_job_variable_is_given_or_left_out(tmp_path):
    users = tmp_path / "users.json"
    account = {"objectGUID": "AAEC", "distinguishedName": "CN=Amy,DC=corp",
               "sAMAccountName": "amy", "userAccountControl": 512}  # fmt: skip
    users.write_text(json.dumps([account]))
    asked = ("examples/clean/cloud-sync/schema.json", "cn=amy,dc=corp", "--users", str(users))
    result = run(*asked)
    assert result.exit_code == 0
    assert (
        "`OnPremisesUserPrincipalName` is left out: the job variable `%DomainFQDN%` is not known;"
        " give it: `--macro DomainFQDN=…`" in result.output
    )
    assert "$select" not in result.output
    result = run(*asked, "--macro", "DomainFQDN=corp.example", "--macro", "%Unused%=x")
    assert "is left out: the job variable" not in result.output
    assert "amy@corp.example" in result.output
    result = run(*asked, "--macro", "DomainFQDN")
    assert result.exit_code == 2
    assert "`DomainFQDN` is no pair of job variable and value" in result.output


def test_a_worker_is_found_by_the_number_that_the_service_asks_for(tmp_path):
    workers = tmp_path / "workers.csv"
    workers.write_text("WorkerID,FirstName\n1001,Ada\n1002,Bo\n")
    schema = "examples/clean/workday-to-ad/schema.json"
    result = run(schema, "1002", "--users", str(workers), "--columns", "WorkerID=WorkerID")
    assert result.output.startswith("1002 -> Active Directory: ")


def test_all_forms_of_the_same_users_agree():
    answers = {
        run(SCHEMA, BJORN, "--users", f"examples/users/users.{end}", *TARGET, *ASSIGNED, *NOW)
        .stdout.partition("3. Scope")[2]
        .partition("Read")[0]
        for end in ("json", "jsonl")
    }
    assert len(answers) == 1
    assert "would be updated" in answers.pop()


def test_links_and_secrets(tmp_path):
    secrets = tmp_path / "secrets.json"
    secrets.write_text(
        json.dumps(
            {
                "value": [
                    {"key": "SyncAll", "value": "True"},
                    {"key": "BaseAddress", "value": "http://crm.example/scim"},
                    {"key": "SecretToken", "value": "canary-token-1"},
                ]
            }
        )
    )
    result = run(SCHEMA, BJORN, *USERS, "--secrets", str(secrets))
    assert result.exit_code == 1
    assert "the tenant URL `http://crm.example/scim` is not https" in result.output
    assert "canary-token-1" not in result.output
    secrets.write_text(json.dumps({"SyncAll": "True"}))
    link = ("--link", "02a7c3e5-5d1f-4b80-9c46-7f2e08d1b302=gone")
    result = run(SCHEMA, BJORN, *USERS, *TARGET, "--secrets", str(secrets), *link)
    assert result.exit_code == 1
    assert "code: InvalidAnchor" in result.output
    leaver = "0ea7c3e5-5d1f-4b80-9c46-7f2e08d1b30e"
    result = run(SCHEMA, leaver, *USERS, *TARGET, "--link", f"{leaver}=gone")
    match = result.output.partition("4. Match: ")[2]
    assert match.startswith("warning\n   the linked target user `gone` does not exist any more\n")
    assert "would be disabled" in match
    assert "InvalidAnchor" not in result.output


def refused(*arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


def test_unusable_input_says_why():
    assert refused(SCHEMA, "bjorn.odegaard@fjordbank.example", *USERS) == (
        "error: USER: none of 20 users is `bjorn.odegaard@fjordbank.example`\n"
        f"  help: did you mean `{BJORN}`?\n"
    )
    assert "`nowhere.json`" in refused("nowhere.json", BJORN, *USERS)
    assert "`nowhere.json`" in refused(SCHEMA, BJORN, "--users", "nowhere.json")
    found = refused(SCHEMA, BJORN, *USERS, "--mapping", "Provision Microsoft Entra ID User")
    assert found.startswith(
        f"error: {SCHEMA}: no object mapping is called `Provision Microsoft Entra ID User`;"
    )
    assert "help: did you mean `Provision Microsoft Entra ID Users`?" in found
    assert "no synchronization rule is called `x`" in refused(SCHEMA, BJORN, *USERS, "--rule", "x")
    found = refused("examples/users/groups.json", BJORN, *USERS)
    assert "holds no provisioning configuration" in found
    assert "--columns" in refused(SCHEMA, BJORN, *USERS, "--columns", "x")
    assert "error: " in refused(SCHEMA, BJORN, *USERS, "--now", "yesterday")


def test_two_users_of_one_name_are_told_apart(tmp_path):
    users = tmp_path / "users.json"
    users.write_text(
        json.dumps(
            [
                {"id": "1", "userPrincipalName": "a@x.org", "displayName": "Amy"},
                {"id": "2", "userPrincipalName": "b@x.org", "displayName": "Amy"},
            ]
        )
    )
    message = refused(SCHEMA, "amy", "--users", str(users))
    assert "2 users are called `amy`" in message
    assert "help: give the object id of one of them" in message
