"""What a connector does not provision, disable or delete; attributes; names."""

import pytest

from provlint.diagnostic import ERROR, NOTE, WARNING

ENTRA, AD = "Microsoft Entra ID", "Active Directory"
ALL_ROLES = "AppRoleAssignmentsComplex([appRoleAssignments])"
ONE_ROLE = "SingleAppRoleAssignment([appRoleAssignments])"


@pytest.mark.parametrize("kind", ["User", "Group"])
def test_aws_provisions_nobody(underlined, schema_of, object_mapping_of, kind):
    value = schema_of(object_mapping_of(kind), target="aws")
    ((one, text),) = underlined(value, "PL502")
    assert one.message == (
        "`AWS Single-Account Access` provisions neither users nor groups, and the object mapping"
        f" `Provision Microsoft Entra ID {kind}s` is enabled"
    )
    assert (one.severity, text) == (ERROR, f'"{kind}"')
    assert underlined(value, "PL503") == []
    value = schema_of(object_mapping_of(kind, enabled=False), target="aws")
    assert underlined(value, "PL502") == []


def test_aws_may_import_roles(underlined, schema_of, object_mapping_of):
    roles = object_mapping_of("Role", targetObjectName="AppRole")
    assert underlined(schema_of(roles, source="aws", target=ENTRA), "PL502") == []


@pytest.mark.parametrize(
    ("source", "target", "name"),
    [
        ("Workday", AD, "Workday"),
        ("SuccessFactors", ENTRA, "SuccessFactors"),
        (ENTRA, "SuccessFactors", "SuccessFactors Writeback"),
        (ENTRA, ENTRA, "Cross-tenant synchronization"),
    ],
)
def test_connectors_without_groups(underlined, schema_of, object_mapping_of, source, target, name):
    value = schema_of(object_mapping_of("Group"), source=source, target=target)
    ((one, text),) = underlined(value, "PL503")
    assert one.message == (
        f"`{name}` does not provision groups, and the object mapping"
        " `Provision Microsoft Entra ID Groups` is enabled, so every group is skipped with"
        " `EntityTypeNotSupported`"
    )
    assert (one.severity, text) == (WARNING, '"Group"')
    value = schema_of(object_mapping_of("Group", enabled=False), source=source, target=target)
    assert underlined(value, "PL503") == []


@pytest.mark.parametrize("target", ["Box", "Slack", "AWSSingleSignon", "customappsso", "Ledger"])
def test_connectors_with_groups(underlined, schema_of, object_mapping_of, target):
    assert underlined(schema_of(object_mapping_of("Group"), target=target), "PL503") == []


def test_roles(underlined, schema_of, object_mapping_of, mapping_of):
    def said(source, target):
        role = mapping_of("ProfileName", source)
        value = schema_of(object_mapping_of(mappings=[role]), target=target)
        return [(one.severity, text) for one, text in underlined(value, "PL504")]

    assert said(ONE_ROLE, "salesforce.com") == [(NOTE, "SingleAppRoleAssignment")]
    assert sorted(said(ALL_ROLES, "salesforce.com")) == [
        (NOTE, "AppRoleAssignmentsComplex"),
        (WARNING, "AppRoleAssignmentsComplex"),
    ]
    assert said(ALL_ROLES, "Slack") == [(NOTE, "AppRoleAssignmentsComplex")]
    assert said(ALL_ROLES, "Ledger") == []
    assert said(ALL_ROLES, "customappsso") == []
    assert said("jobTitle", "salesforce.com") == []


def test_g_suite_suspends_and_never_deletes(underlined, schema_of, object_mapping_of):
    value = schema_of(object_mapping_of(flowTypes="Add,Update,Delete"), target="Google Apps")
    found = underlined(value, "PL505")
    assert {text for _, text in found} == {'"Add,Update,Delete"'}
    assert sorted(one.message for one, _ in found) == [
        "on demand, leavers of `G Suite` are disabled once they lose their assignment (since"
        " 2021-05-11, before that not at all); users who are disabled or deleted in Entra ID"
        " cannot be picked",
        "the flow types hold `Delete`, and `G Suite` does not delete: users who leave the scope are"
        " suspended and never deleted",
    ]
    assert {one.severity for one, _ in found} == {NOTE}
    assert underlined(schema_of(target="Google Apps"), "PL505") == []


def test_the_schema_wins_where_it_declares_deletion(lint_group, schema_of, object_mapping_of):
    declared = {
        "name": "User",
        "attributes": [],
        "metadata": [{"key": "IsHardDeletionSupported", "value": "true"}],
    }
    directory = {"id": "1", "name": "Google Apps", "objects": [declared]}
    value = schema_of(
        object_mapping_of(flowTypes="Add,Update,Delete"),
        target="Google Apps",
        directories=[directory],
    )
    messages = [each.message for each in lint_group(value) if each.rule == "PL505"]
    assert len(messages) == 1
    assert messages[0].startswith("on demand, ")


def test_dropbox_deletes_invited_users(underlined, schema_of, object_mapping_of):
    ((one, text),) = underlined(schema_of(target="Dropbox"), "PL505")
    assert one.message == (
        "`Dropbox for Business` does more than disable: suspending a user who was invited and has"
        " not joined deletes the user"
    )
    assert text == '"Add,Update"'
    never = object_mapping_of(flowTypes="Add")
    assert underlined(schema_of(never, target="Dropbox"), "PL505") == []


def test_leavers_on_demand_by_the_mapping_of_is_soft_deleted(
    underlined, schema_of, object_mapping_of, mapping_of
):
    mappings = [mapping_of("active", "Not([IsSoftDeleted])")]
    value = schema_of(object_mapping_of(mappings=mappings), target="Box")
    ((one, text),) = underlined(value, "PL505")
    assert one.message.startswith("on demand, leavers of `Box` are disabled once")
    assert text == '"active"'


@pytest.mark.parametrize(
    ("target", "kind", "attribute", "wanted"),
    [
        ("Google Apps", "User", "emails", "`primaryEmail`"),
        ("Slack", "User", "externalId", '`userName` or `emails[type eq "work"].value`'),
        ("AWSSingleSignon", "User", "externalId", "`userName`"),
        ("AWSSingleSignon", "Group", "externalId", "`displayName`"),
        (AD, "Group", "cn", "`msDS-ExternalDirectoryObjectId`"),
    ],
)
def test_matching_that_is_not_searched(
    lint_group, schema_of, object_mapping_of, mapping_of, target, kind, attribute, wanted
):
    mapped = object_mapping_of(kind, [mapping_of(attribute, "objectId", 1)])
    (one,) = [each for each in lint_group(schema_of(mapped, target=target)) if each.rule == "PL506"]
    kinds = f"{kind.lower()}s"
    assert f"finds {kinds} by {wanted} only, and `{attribute}` has a matching" in one.message
    assert one.severity == ERROR
    assert one.place.pointer.endswith("/attributeMappings/0/matchingPriority")


@pytest.mark.parametrize(
    ("target", "kind", "attribute"),
    [
        ("Google Apps", "User", "primaryEmail"),
        ("Google Apps", "Group", "email"),
        ("Slack", "User", "userName"),
        ("Slack", "User", "username"),
        ("Slack", "User", 'emails[type eq "work"].value'),
        ("Slack", "Group", "displayName"),
        ("AWSSingleSignon", "User", "userName"),
        ("AWSSingleSignon", "Group", "displayName"),
        (AD, "Group", "msDS-ExternalDirectoryObjectId"),
        ("Box", "User", "login"),
        ("Ledger", "User", "externalId"),
    ],
)
def test_matching_that_is_searched(
    lint_group, schema_of, object_mapping_of, mapping_of, target, kind, attribute
):
    mapped = object_mapping_of(
        kind, [mapping_of(attribute, "objectId", 1), mapping_of("other", "department")]
    )
    found = lint_group(schema_of(mapped, target=target))
    assert [each for each in found if each.rule == "PL506"] == []


def test_aws_identity_center_needs_names(underlined, schema_of, object_mapping_of, mapping_of):
    written = ["userName", "displayName", "name.givenName", "name.familyName"]

    def said(names):
        mappings = [mapping_of(name, "userPrincipalName") for name in names]
        value = schema_of(object_mapping_of(mappings=mappings), target="AWSSingleSignon")
        return [(one.message, one.severity, text) for one, text in underlined(value, "PL508")]

    assert said(written) == []
    assert said(written[:2]) == [
        (
            "`AWS IAM Identity Center` refuses users without `name.givenName` and"
            " `name.familyName`, and no mapping writes them",
            ERROR,
            '"attributeMappings"',
        )
    ]
    assert said(written[1:])[0][0].endswith("without `userName`, and no mapping writes it")
    both = ['phoneNumbers[type eq "work"].value', 'phoneNumbers[type eq "mobile"].value']
    assert said([*written, *both[:1], 'emails[type eq "work"].value']) == []
    assert said([*written, *both]) == [
        (
            "`AWS IAM Identity Center` takes one value in `phoneNumbers`, and both"
            ' `phoneNumbers[type eq "work"].value` and `phoneNumbers[type eq "mobile"].value` are'
            " mapped",
            WARNING,
            '"phoneNumbers[type eq \\"mobile\\"].value"',
        )
    ]


def test_slack_takes_the_display_name_once(underlined, schema_of, object_mapping_of, mapping_of):
    def said(**more):
        mappings = [mapping_of("displayName", "displayName", **more)]
        value = schema_of(object_mapping_of(mappings=mappings), target="Slack")
        return [(one.message, one.severity, text) for one, text in underlined(value, "PL508")]

    assert said(flowType="ObjectAddOnly") == []
    assert said(flowType="Always") == [
        (
            "`Slack` takes `displayName` on creation only since 2020-06-16, and this mapping is"
            " applied always",
            NOTE,
            '"displayName"',
        )
    ]


@pytest.mark.parametrize("template", ["customappsso", "CustomAppSSO"])
def test_legacy_template(underlined, schema_of, job_of, template):
    message = f"the template `{template}` is no longer supported; `scim` replaced it in 2018"
    for value, culprit in (
        (job_of(template), f'"{template}"'),
        (job_of(template, schema_of(identifier=f"{template}.1.2")), f'"{template}"'),
        (schema_of(identifier=f"{template}.1.2"), template),
    ):
        ((one, text),) = underlined(value, "PL507")
        assert (one.message, one.severity, text) == (message, WARNING, culprit)


def test_a_directory_may_be_called_customappsso(underlined, schema_of):
    assert underlined(schema_of(target="customappsso", identifier="scim.1.2"), "PL507") == []


@pytest.mark.parametrize(
    ("word", "help", "severity"),
    [
        ("Slakc", "did you mean `Slack`?", WARNING),
        ("Workdy", "did you mean `Workday`?", WARNING),
        (
            "Harbour CRM",
            "list the known ones with `provlint explain applications`, or leave it as a label",
            NOTE,
        ),
    ],
)
def test_unknown_application(underlined, schema_of, word, help, severity):  # noqa: A002
    ((one, text),) = underlined(schema_of(), "PL509", word)
    assert one.message == f"no application called `{word}` is known, so its limits are not checked"
    assert (one.help, one.severity, text) == (help, severity, "")


@pytest.mark.parametrize("word", ["", "g-suite", "SALESFORCE"])
def test_known_or_no_name(underlined, schema_of, word):
    assert underlined(schema_of(), "PL509", word) == []


@pytest.mark.parametrize(
    ("word", "more", "by", "name", "text"),
    [
        ("Zoom", {"target": "Box"}, "directory name", "Box", '"Box"'),
        ("box", {"target": "Box", "identifier": "Slack.1.2"}, "job id", "Slack", "Slack"),
        ("scim", {"identifier": "Slack.1.2"}, "job id", "Slack", "Slack"),
    ],
)
def test_name_that_the_file_contradicts(underlined, schema_of, word, more, by, name, text):
    ((one, marked),) = underlined(schema_of(**more), "PL511", word)
    assert one.message == (
        f"`{word}` was named as the application, and the {by} says `{name}`, which counts"
    )
    assert (one.severity, marked) == (WARNING, text)


@pytest.mark.parametrize(
    ("word", "more"),
    [
        ("", {"target": "Box"}),
        ("Box", {"target": "Box"}),
        ("Box", {}),
        ("Harbour CRM", {"target": "Box"}),
        ("Box", {"identifier": "scim.1.2"}),
        ("AWS", {"target": "AWSSingleSignon"}),
    ],
)
def test_name_that_the_file_does_not_contradict(underlined, schema_of, word, more):
    assert underlined(schema_of(**more), "PL511", word) == []
