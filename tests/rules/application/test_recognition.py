"""Which application a configuration is for."""

import pytest

from provlint_rules.application_facts import applications
from provlint_rules.applications import named, recognise, recognise_job, recognise_name

ENTRA, AD = "Microsoft Entra ID", "Active Directory"


def told(found):
    return None if found is None else (found.application.name, found.by)


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("BoxOutDelta", "Box"),
        ("boxoutdelta", "Box"),
        ("Slack", "Slack"),
        ("aws", "AWS Single-Account Access"),
        ("aWSSingleSignon", "AWS IAM Identity Center"),
        ("gsuite", "G Suite"),
        ("SfOutDelta", "Salesforce"),
        ("SfSandboxOutDelta", "Salesforce Sandbox"),
        ("AD2AADProvisioning", "Cloud sync from Active Directory"),
        ("AAD2ADGroupProvisioning", "Cloud sync to Active Directory"),
        ("Azure2Azure", "Cross-tenant synchronization"),
        ("API2AAD", "API-driven inbound provisioning"),
        ("API2AD", "API-driven inbound provisioning"),
        ("dataBricks", "Azure Databricks SCIM Provisioning Connector"),
        ("Workday2AD", "Workday"),
        ("WorkdayWriteback", "Workday Writeback"),
        ("SuccessFactors2AAD", "SuccessFactors"),
        ("snowFlake", "Snowflake"),
        ("scim", "Non-gallery SCIM application"),
        ("customappsso", "Non-gallery SCIM application"),
        ("unheardOf", None),
    ],
)
def test_by_template_and_job_id(unit, schema_of, job_of, template, name):
    schema = schema_of()
    schema["synchronizationRules"] = []
    del schema["id"]
    job = unit(job_of(template, schema, identifier="j"))
    assert told(recognise(job.schemas[0])) == (name and (name, "template id"))
    alone = unit(job_of(template))
    assert alone.schemas == ()
    found = recognise_job(alone, alone.document.jobs[0])
    assert told(found) == (name and (name, "template id"))
    assert found is None or found.place.pointer == "/templateId"
    exported = unit(schema_of(identifier=f"{template}.1.2"))
    found = recognise(exported.schemas[0])
    assert told(found) == (name and (name, "job id"))
    assert found is None or found.place == ("/id", "text", 0, len(template))


@pytest.mark.parametrize(
    ("source", "target", "name"),
    [
        (ENTRA, "Box", "Box"),
        (ENTRA, "box", "Box"),
        (ENTRA, "google.com", "G Suite"),
        (ENTRA, "Google Workspace", "G Suite"),
        (ENTRA, "Google Cloud / G Suite Connector by Microsoft", "G Suite"),
        (ENTRA, "Slack Provisioning", "Slack"),
        (ENTRA, "Slack (Norway)", "Slack"),
        (ENTRA, "salesforce.com", "Salesforce"),
        (ENTRA, "AWSSingleSignon", "AWS IAM Identity Center"),
        (ENTRA, "Amazon Web Services (AWS)", "AWS Single-Account Access"),
        (ENTRA, "customappsso", "Non-gallery SCIM application"),
        (ENTRA, "Workday", "Workday Writeback"),
        ("Workday", AD, "Workday"),
        ("Workday", "Azure Active Directory", "Workday"),
        ("SAP SuccessFactors", AD, "SuccessFactors"),
        (AD, ENTRA, "Cloud sync from Active Directory"),
        (ENTRA, AD, "Cloud sync to Active Directory"),
        ("salesforce.com", ENTRA, "Salesforce"),
        (ENTRA, "Fjord Ledger", None),
        (ENTRA, "Boxes", None),
        (ENTRA, "Slackline", None),
    ],
)
def test_by_directory_name(unit, schema_of, source, target, name):
    rule = unit(schema_of(source=source, target=target)).schemas[0].rules[0]
    assert told(recognise(rule)) == (name and (name, "directory name"))


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("box", "Box"),
        ("BOX", "Box"),
        ("g suite", "G Suite"),
        ("GSuite", "G Suite"),
        ("google apps", "G Suite"),
        ("Google Workspace", "G Suite"),
        ("AWS", "AWS Single-Account Access"),
        ("aws sso", "AWS IAM Identity Center"),
        ("workday", "Workday"),
        ("SAP SuccessFactors", "SuccessFactors"),
        ("slack", "Slack"),
        ("Slack (Norway)", "Slack"),
        ("box.com", "Box"),
        ("BoxOutDelta", "Box"),
        ("aWSSingleSignon", "AWS IAM Identity Center"),
        ("Amazon Web Services (AWS)", "AWS Single-Account Access"),
    ],
)
def test_by_the_name_given(unit, schema_of, word, name):
    configuration = unit(schema_of(), word)
    assert told(recognise(configuration.schemas[0])) == (name, "name given")
    assert told(recognise_name(configuration)) == (name, "name given")


@pytest.mark.parametrize(
    ("word", "more", "name", "by"),
    [
        ("AWS", {"target": "AWSSingleSignon"}, "AWS IAM Identity Center", "directory name"),
        ("AWS", {"identifier": "aWSSingleSignon.1.2"}, "AWS IAM Identity Center", "job id"),
        ("AWS", {"identifier": "aws.1.2"}, "AWS Single-Account Access", "job id"),
        ("Workday", {"target": "Workday"}, "Workday Writeback", "directory name"),
        ("Workday", {"source": "Workday", "target": AD}, "Workday", "directory name"),
        ("Salesforce", {"identifier": "SfSandboxOutDelta.1.2"}, "Salesforce Sandbox", "job id"),
        ("Cloud sync", {"source": ENTRA, "target": AD}, "Cloud sync to Active Directory",
         "directory name"),
    ],
)  # fmt: skip
def test_the_file_decides_between_applications_of_one_name(unit, schema_of, word, more, name, by):
    assert told(recognise(unit(schema_of(**more), word).schemas[0])) == (name, by)


def test_the_name_decides_where_one_piece_of_evidence_fits_several(unit, schema_of):
    schema = schema_of(target="AWS")
    fitting = [each.name for each in named("AWS")]
    assert fitting == ["AWS Single-Account Access", "AWS IAM Identity Center"]
    for name in fitting:
        assert told(recognise(unit(schema, name).schemas[0])) == (name, "directory name")
    assert told(recognise(unit(schema).schemas[0])) == (fitting[0], "directory name")


def test_order_of_evidence(unit, schema_of, job_of):
    assert told(recognise(unit(schema_of(), "Zoom").schemas[0])) == ("Zoom", "name given")
    schema = schema_of(target="Box")
    assert told(recognise(unit(schema, "Zoom").schemas[0])) == ("Box", "directory name")
    schema = schema_of(target="Box", identifier="Slack.1.2")
    assert told(recognise(unit(schema, "Box").schemas[0])) == ("Slack", "job id")
    job = job_of("SfOutDelta", schema)
    assert told(recognise(unit(job, "Zoom").schemas[0])) == ("Salesforce", "template id")
    configuration = unit(job_of("SfOutDelta"), "Zoom")
    found = recognise_job(configuration, configuration.document.jobs[0])
    assert told(found) == ("Salesforce", "template id")


def test_a_connector_for_any_application_gives_way_to_a_name(unit, schema_of):
    schema = schema_of(target="Box", identifier="scim.1.2")
    assert told(recognise(unit(schema).schemas[0])) == ("Box", "directory name")
    schema = schema_of(target="customappsso", identifier="scim.1.2")
    assert told(recognise(unit(schema).schemas[0])) == ("Non-gallery SCIM application", "job id")
    assert told(recognise(unit(schema, "Zoom").schemas[0])) == ("Zoom", "name given")


@pytest.mark.parametrize(
    ("more", "name", "by"),
    [
        ({"id": "Slack", "factoryTag": "CustomSCIM"}, "Slack", "template id"),
        ({"id": "x", "factoryTag": "aws"}, "AWS Single-Account Access", "template id"),
        ({"id": "x", "factoryTag": "CustomSCIM"}, "Non-gallery SCIM application", "template id"),
        (
            {"id": "x", "applicationId": "cd3ed3de-93ee-400b-8b19-b61ef44a0f29"},
            "Salesforce",
            "gallery application",
        ),
        (
            {"id": "x", "metadata": [{"key": "galleryApplicationKey", "value": "salesforce.com"}]},
            "Salesforce",
            "gallery application",
        ),
    ],
)
def test_by_template(unit, schema_of, more, name, by):
    template = {"factoryTag": "", "discoverable": True, **more, "schema": schema_of()}
    del template["schema"]["id"]
    found = recognise(unit(template).schemas[0])
    assert told(found) == (name, by)


def test_by_metadata_of_the_rule(unit, schema_of):
    schema = schema_of(target="Fjord Ledger")
    rule = schema["synchronizationRules"][0]
    rule["metadata"] = [{"key": "GalleryApplicationKey", "value": "salesforce.com"}]
    found = recognise(unit(schema).schemas[0])
    assert told(found) == ("Salesforce", "gallery application")
    assert found.place.pointer == "/synchronizationRules/0/metadata"


def test_names_lead_to_their_application():
    for each in applications():
        for word in (each.name, *each.aliases):
            assert each.name in {other.name for other in named(word)}, word
        assert named(each.name)[0].name == each.name
