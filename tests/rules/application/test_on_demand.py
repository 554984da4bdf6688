"""What is said of provisioning on demand: the six names of 2020, and the others."""

from pathlib import Path

import pytest

from provlint.diagnostic import ERROR, NOTE, WARNING
from provlint.linting import Request, run

ENTRA, AD = "Microsoft Entra ID", "Active Directory"

SIX = {
    "Box": (
        "`Box` was named on 2020-06-16 as unable to provision on demand; since 2021-05-11 it works"
        " while the job is stopped",
        "stop the job, provision on demand, start the job again",
    ),
    "G Suite": (
        "`G Suite` was named on 2020-06-16 as unable to provision on demand; since 2021-05-11 it"
        " works while the job is stopped",
        "stop the job, provision on demand, start the job again",
    ),
    "Slack": (
        "`Slack` was named on 2020-06-16 as unable to provision on demand; since 2021-05-11 it"
        " works while the job is stopped; since 2026-04-16 its tutorial tries users on demand"
        " before the job is started",
        "stop the job, or do it before the first start, then provision on demand",
    ),
    "Workday": (
        "`Workday` was named on 2020-06-16 as unable to provision on demand; since 2021-05-11 a"
        " worker can be picked by `WID`; since 2025-03-04 also by `WorkerID`",
        "search by `WorkerID` or `WID`, not by name or mail address",
    ),
    "SuccessFactors": (
        "`SuccessFactors` was named on 2020-06-16 as unable to provision on demand; since"
        " 2021-05-11 a person can be picked by `personIdExternal`",
        "search by `personIdExternal`, not by name or mail address",
    ),
    "AWS": (
        "`AWS Single-Account Access` was named on 2020-06-16 and 2021-05-11 as unable to provision"
        " on demand; since 2023-05-05 the page names it no more, yet the connector provisions no"
        " user that could be picked",
        "provision users with AWS IAM Identity Center; this connector imports roles for single"
        " sign-on",
    ),
}
TEMPLATES = {
    "Box": "BoxOutDelta",
    "G Suite": "gsuite",
    "Slack": "Slack",
    "Workday": "Workday2AD",
    "SuccessFactors": "SuccessFactors2AD",
    "AWS": "aws",
}
DIRECTORIES = {
    "Box": (ENTRA, "Box"),
    "G Suite": (ENTRA, "Google Apps"),
    "Slack": (ENTRA, "Slack"),
    "Workday": ("Workday", AD),
    "SuccessFactors": ("SuccessFactors", "Azure Active Directory"),
    "AWS": (ENTRA, "Amazon Web Services"),
}
GIVEN = {
    "Box": "box",
    "G Suite": "google workspace",
    "Slack": "SLACK",
    "Workday": "Workday",
    "SuccessFactors": "sap successfactors",
    "AWS": "aws",
}


def only(found, name):
    (one,) = found
    diagnostic, text = one
    message, advice = SIX[name]
    assert (diagnostic.message, diagnostic.help) == (message, advice)
    assert diagnostic.severity == (ERROR if name == "AWS" else NOTE)
    return text


@pytest.mark.parametrize("name", SIX)
class TestSix:
    def test_by_template_id_of_a_job(self, name, underlined, job_of, schema_of):
        template = TEMPLATES[name]
        for job in (job_of(template), job_of(template, schema_of())):
            assert only(underlined(job, "PL501"), name) == f'"{template}"'

    def test_by_job_id(self, name, underlined, schema_of):
        template = TEMPLATES[name]
        value = schema_of(identifier=f"{template}.5b1c.a20d")
        assert only(underlined(value, "PL501"), name) == template

    def test_by_directory_name(self, name, underlined, schema_of):
        source, target = DIRECTORIES[name]
        value = schema_of(source=source, target=target)
        text = only(underlined(value, "PL501"), name)
        assert text in (f'"{source}"', f'"{target}"')

    def test_by_the_name_given(self, name, underlined, schema_of, job_of):
        value = schema_of()
        text = only(underlined(value, "PL501", GIVEN[name]), name)
        assert text == '"USER_OUTBOUND_USER"'
        text = only(underlined(job_of("unheardOf"), "PL501", GIVEN[name]), name)
        assert text == '"unheardOf"'

    def test_in_a_fragment_by_the_name_given(self, name, underlined, object_mapping_of):
        assert only(underlined(object_mapping_of(), "PL501", GIVEN[name]), name) == ""

    def test_history_stays_a_note_where_the_schema_declares_support(
        self, name, lint_group, schema_of
    ):
        source, target = DIRECTORIES[name]
        found = lint_group(schema_of(source=source, target=target, declares="true"))
        (one,) = [each for each in found if each.rule == "PL501"]
        assert one.message == SIX[name][0] + "; this schema says that it supports it"
        assert one.severity == NOTE

    def test_the_schema_wins_where_it_declares_no_support(self, name, underlined, schema_of):
        source, target = DIRECTORIES[name]
        value = schema_of(source=source, target=target, declares='"false"')
        ((one, text),) = underlined(value, "PL501")
        owner = "AWS Single-Account Access" if name == "AWS" else name
        dates = "2020-06-16 and 2021-05-11" if name == "AWS" else "2020-06-16"
        assert one.message == (
            f"`{owner}` cannot be provisioned on demand: the schema says"
            f" `supportsProvisionOnDemand` is false, and Microsoft named it so on {dates}"
        )
        assert one.severity == (ERROR if name == "AWS" else WARNING)
        assert text == '"metadata"'


def test_a_list_of_jobs_is_told_once_for_each_application(underlined, job_of):
    jobs = [job_of("BoxOutDelta"), job_of("Slack"), job_of("BoxOutDelta"), job_of("scim")]
    found = underlined({"value": jobs}, "PL501")
    assert [text for _, text in found] == ['"BoxOutDelta"', '"Slack"']


def test_an_unknown_application_is_told_when_the_schema_declares_no_support(underlined, schema_of):
    ((one, text),) = underlined(schema_of(declares="false"), "PL501")
    assert one.message == (
        "`Fjord Ledger` cannot be provisioned on demand: the schema says"
        " `supportsProvisionOnDemand` is false"
    )
    assert one.help == "try changes with a cycle over a few users instead"
    assert (one.severity, text) == (WARNING, '"metadata"')


def test_a_rule_that_imports_roles_may_declare_no_support(lint_group, schema_of, object_mapping_of):
    roles = object_mapping_of("UserRole", targetObjectName="AppRole")
    assert lint_group(schema_of(roles, declares="false")) == []


def test_workplace_was_never_refused_and_needs_a_stopped_job(lint_group, schema_of):
    (one,) = lint_group(schema_of(target="Workplace by Facebook"))
    assert one.message == (
        "`Workplace by Facebook` is limited in provisioning on demand: since 2025-03-04 it works"
        " while the job is stopped"
    )
    assert one.severity == NOTE


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (ENTRA, "AWSSingleSignon"),
        (ENTRA, "ServiceNow"),
        (ENTRA, "Salesforce"),
        (ENTRA, "Fjord Ledger"),
        (ENTRA, "Workday"),
        (AD, ENTRA),
        (ENTRA, ENTRA),
        ("API-driven", ENTRA),
    ],
)
def test_others_are_not_limited_on_demand(lint_group, schema_of, source, target):
    found = lint_group(schema_of(source=source, target=target))
    assert [each for each in found if each.rule in ("PL501", "PL510")] == []


def test_groups_on_demand(underlined, schema_of, object_mapping_of):
    groups = object_mapping_of("Group")
    ((one, text),) = underlined(schema_of(groups, target="Box"), "PL510")
    assert one.message == (
        "groups of `Box` could not be provisioned on demand on 2020-06-16; since 2023-05-05 a group"
        " is provisioned with at most 5 members at a time"
    )
    assert (one.severity, text) == (NOTE, '"Group"')
    groups["enabled"] = False
    assert underlined(schema_of(groups, target="Box"), "PL510") == []


@pytest.mark.parametrize(
    ("name", "text"),
    [("Norway", '"Norway"'), ("", '"clauses"'), ("DefaultUserExclusions.0", None)],
)
@pytest.mark.parametrize("member", ["groups", "inputFilterGroups"])
def test_cloud_sync_ignores_filters(underlined, schema_of, object_mapping_of, name, text, member):
    clause = {
        "sourceOperandName": "co",
        "operatorName": "EQUALS",
        "targetOperand": {"values": ["Norway"]},
    }
    scope = {member: [{"name": name, "clauses": [clause]}]}
    value = schema_of(object_mapping_of("user", scope=scope), source=AD, target=ENTRA)
    found = underlined(value, "PL501")
    if text is None:
        assert found == []
        return
    ((one, culprit),) = found
    group = f" `{name}`" if name else ""
    assert one.message == (
        f"on demand, `Cloud sync from Active Directory` does not apply the filter group{group}:"
        " a user is picked by distinguished name, and scoping filters are ignored (2025-04-09)"
    )
    assert (one.severity, culprit) == (NOTE, text)


def test_the_configuration_file_names_the_application(monkeypatch):
    folder = Path(__file__).parents[3] / "examples" / "applications"
    monkeypatch.chdir(folder)
    outcome = run(Request(("g-suite/schema.json", "workday/schema.json")))
    said = [
        (file.name.split("/")[0], found.message.split(";")[0])
        for file in outcome.report.files
        for found in file.diagnostics
        if found.rule == "PL501"
    ]
    assert said == [
        ("g-suite", "`G Suite` was named on 2020-06-16 as unable to provision on demand"),
        ("workday", "`Workday` was named on 2020-06-16 as unable to provision on demand"),
    ]
