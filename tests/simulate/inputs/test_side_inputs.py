"""Target users, assignments, groups, secrets, jobs and links."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from provlint.simulate.inputs.problem import InputError, Ledger
from provlint.simulate.inputs.read import Inputs
from provlint.simulate.inputs.secrets import read_secrets

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import SimpleNamespace as Sample

SECRETS = {
    "value": [
        {"key": "SyncAll", "value": "False"},
        {"key": "skipOutOfScopeDeletions", "value": "true"},
        {"key": "BaseAddress", "value": "https://scim.contoso.example"},
        {"key": "SecretToken", "value": "canary-4711"},
        {
            "key": "SyncNotificationSettings",
            "value": '{"Enabled":true,"DeleteThresholdEnabled":true,"DeleteThresholdValue":40}',
        },
    ]
}


def example(sample: Sample, **more: list[str]) -> Inputs:
    folder = sample.examples
    return Inputs(
        [str(folder / "users.json")],
        targets=[str(folder / "target-users.json")],
        assignments=[str(folder / "assignments.json"), str(folder / "service-principal.json")],
        groups=[str(folder / "groups.json")],
        **more,
    )


def test_entitlements_of_the_examples(sample: Sample) -> None:
    inputs = example(sample)
    found = {}
    for user in inputs.population.users:
        entitlement = inputs.entitlement(str(user.values["objectId"]).upper())
        assert entitlement is not None
        roles = [inputs.role_name(role) for role in entitlement.roles]
        found[user.values["givenName"]] = (entitlement.assignment, roles)
    assert found["Astrid"] == ("none", [])
    assert found["Camilla"] == ("group-member", ["adviser"])
    assert found["Henrik"] == ("nested-group-member", [])
    assert found["Kari"] == ("direct", ["adviser", "branch-manager"])
    assert found["Nils"] == ("direct", ["default-access"])


def test_what_assignments_leave_open_is_told(sample: Sample) -> None:
    users = [str(sample.examples / "users.json")]
    assert Inputs(users).told_beside_users() == []
    assert not example(sample).names_no_roles
    without = Inputs(users, assignments=[str(sample.examples / "assignments.json")])
    assert without.told_beside_users() == [
        "no members given of 2 assigned groups (`CRM-Advisers` and `CRM-Managers`): "
        "they count as empty; give them with `--groups`"
    ]
    assert without.names_no_roles


def test_secrets_are_read_and_never_shown(give: Callable[..., str]) -> None:
    secrets = read_secrets([give(json.dumps(SECRETS))], Ledger())
    assert secrets.sync_all is False
    assert secrets.skip_out_of_scope_deletions is True
    assert secrets.has_credential is True
    assert secrets.delete_threshold == 40
    assert secrets.base_address == "https://scim.contoso.example"
    assert "canary" not in repr(secrets) + str(secrets) + f"{secrets}"
    flat = read_secrets([give('{"SyncAll": "true"}', "flat.json")], Ledger())
    assert flat.sync_all is True
    with pytest.raises(InputError) as caught:
        read_secrets([give('{"key": "SyncAll", "value": "canary-4711"}')], Ledger())
    assert caught.value.problem.message == "`SyncAll` is neither `true` nor `false`"


def test_jobs_and_thresholds(sample: Sample, give: Callable[..., str]) -> None:
    job = {
        "id": "scim.abc.def",
        "templateId": "scim",
        "schedule": {"state": "Active"},
        "synchronizationJobSettings": [
            {"name": "QuarantineTooManyDeletesThreshold", "value": "500"}
        ],
    }
    path = give(json.dumps({"value": [job]}), "jobs.json")
    inputs = example(sample, jobs=[path], secrets=[give(json.dumps(SECRETS), "secrets.json")])
    assert inputs.jobs[0][:3] == ("scim.abc.def", "scim", "Active")
    assert inputs.delete_threshold == 500
    job["synchronizationJobSettings"] = [
        {"name": "QuarantineTooManyDeletesThreshold", "value": "many"}
    ]
    with pytest.raises(InputError) as caught:
        example(sample, jobs=[give(json.dumps(job), "jobs.json")])
    assert caught.value.problem.message == (
        "`QuarantineTooManyDeletesThreshold` is not a whole number"
    )


def test_links(sample: Sample, give: Callable[..., str]) -> None:
    rows = give("sourceId,targetId\nA-1,t1\nb,t2\n", "links.csv")
    pairs = give('{"C": "t3"}', "links.json")
    inputs = example(sample, links=[rows, pairs, "D=t4"])
    assert inputs.links == {"a-1": "t1", "b": "t2", "c": "t3", "d": "t4"}
    twice = give("sourceId,targetId\na,t1\na,t2\n", "twice.csv")
    with pytest.raises(InputError) as caught:
        example(sample, links=[twice])
    assert caught.value.problem.message == (f"the source id `a` has another target id at {twice}:2")
    with pytest.raises(InputError) as caught:
        example(sample, links=["a=t1", give('{"A": "t2"}', "other.json")])
    assert caught.value.problem.message == "the source id `a` has another target id at the option"


def test_a_link_needs_both_ids(sample: Sample, give: Callable[..., str]) -> None:
    halves = {"=t1": "--link", "a=": "--link", give('{"": "t1"}', "links.json"): "links.json"}
    for link, place in halves.items():
        with pytest.raises(InputError) as caught:
            example(sample, links=[link])
        problem = caught.value.problem
        assert problem.message.endswith(
            "has one id, expected that of the source and that of the target"
        )
        assert place in problem.place
    inputs = example(sample, links=["=t1", "b=t2"], on_error="skip")
    assert inputs.links == {"b": "t2"}
    assert inputs.ledger.left_out == 1


@pytest.mark.parametrize(
    ("option", "file", "message"),
    [
        ("groups", "assignments.json", "holds app role assignments, expected groups"),
        ("assignments", "users.json", "holds users, expected app role assignments"),
        ("secrets", "groups.json", "holds groups, expected secrets"),
        ("targets", "assignments.json", "holds app role assignments, expected users"),
    ],
)
def test_files_for_another_option(option: str, file: str, message: str, sample: Sample) -> None:
    def read() -> None:
        given = {option: [str(sample.examples / file)]}
        list(Inputs([str(sample.examples / "users.json")], **given).targets or ())

    with pytest.raises(InputError) as caught:
        read()
    assert message in caught.value.problem.message


def test_targets_of_every_format(sample: Sample, give: Callable[..., str]) -> None:
    found = list(example(sample).targets or ())
    assert found[0].id == "hc-00002"
    assert found[0].value('emails[type eq "work"].value') == "bjorn.odegard@fjordbank.example"
    rows = [
        {"id": user.id, "userName": user.value("userName"), "active": user.value("active"),
         'emails[type eq "work"].value': user.value('emails[type eq "work"].value')}
        for user in found
    ]  # fmt: skip
    path = give(sample.as_csv(rows), "targets.csv")
    flat = list(Inputs([path], targets=[path]).targets or ())
    for theirs, ours in zip(flat, found, strict=True):
        assert theirs.id == ours.id
        for name in rows[0]:
            assert theirs.value(name) == ours.value(name)


def test_members_in_folders_and_rows(sample: Sample, give: Callable[..., str]) -> None:
    group = "01f4b2d6-8a39-4e17-b5c0-3d61a9e7f281"
    folder = give("{}", "x.json").replace("x.json", "Groups")
    give(
        json.dumps({"id": group, "displayName": "G", "groupTypes": []}),
        f"Groups/{group}/{group}.json",
    )
    member = {"@odata.type": "#microsoft.graph.user", "id": "u-1"}
    give(json.dumps(member), f"Groups/{group}/Members/u-1/u-1.json")
    assignment = {"principalId": group, "principalType": "Group", "appRoleId": "r"}
    users = [str(sample.examples / "users.json")]
    rows = give(f"groupId,memberId\n{group},u-1\n", "members.csv")
    assigned = [give(json.dumps([assignment]), "assigned.json")]
    for groups in ([folder], [rows]):
        entitlement = Inputs(users, assignments=assigned, groups=groups).entitlement("U-1")
        assert entitlement is not None
        assert entitlement[:2] == ("group-member", ("r",))
