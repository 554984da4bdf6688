"""The values that would be written: flow types, defaults, differences."""

import pytest
from flow_building import AMY, ASSIGNED, NAME, SWITCH, flow, mapping, plan

from provlint.model.read import read_document
from provlint.semantics.configuration import ConfigurationUnit
from provlint.simulate.plan import plan_of


def change(mappings, target, user=AMY, **more):
    targets = [{"id": "t", "userName": "amy@x.org", **target}]
    found = flow(plan(NAME, *mappings, **more), targets).run(user, ASSIGNED)
    return {each.attribute: each.new for each in found.changes}


def created(*mappings, user=AMY, **more):
    found = flow(plan(NAME, *mappings, **more)).run(user, ASSIGNED)
    return {each.attribute: each.new for each in found.changes}


MULTIVALUED = [{"name": "m", "type": "String", "multivalued": True}]


def test_flow_types_on_create():
    for flow_type in ("Always", "ObjectAddOnly", "MultiValueAddOnly", "AttributeAddOnly"):
        made = created(mapping("nick", "[displayName]", flowType=flow_type))
        assert made == {"userName": "amy@x.org", "nick": "Amy"}


@pytest.mark.parametrize(
    ("flow_type", "old", "new"),
    [
        ("Always", "Old", {"nick": "Amy"}),
        ("Always", None, {"nick": "Amy"}),
        ("ObjectAddOnly", "Old", {}),
        ("ObjectAddOnly", None, {}),
        ("AttributeAddOnly", "Old", {}),
        ("AttributeAddOnly", None, {"nick": "Amy"}),
    ],
)
def test_flow_types_on_update(flow_type, old, new):
    target = {} if old is None else {"nick": old}
    assert change([mapping("nick", "[displayName]", flowType=flow_type)], target) == new


@pytest.mark.parametrize("flow_type", ["MultiValueAddOnly", "ValueAddOnly"])
def test_values_are_only_added(flow_type):
    several = mapping("m", "[otherMails]", flowType=flow_type)
    user = {**AMY, "otherMails": ["a", "b"]}
    assert change([several], {"m": ["b", "c"]}, user, attributes=MULTIVALUED) == {
        "m": ("b", "c", "a")
    }
    assert change([several], {"m": ["b", "a", "c"]}, user, attributes=MULTIVALUED) == {}


def test_the_order_of_several_values_is_no_difference():
    several = mapping("m", "[otherMails]")
    user = {**AMY, "otherMails": ["a", "b"]}
    assert change([several], {"m": ["b", "a"]}, user, attributes=MULTIVALUED) == {}


def test_defaults_are_written_on_create_only():
    title = mapping("title", "[jobTitle]", defaultValue="Employee")
    assert created(title)["title"] == "Employee"
    assert change([title], {}) == {}
    assert change([title], {"title": "Boss"}) == {}


AD_SOURCE = {
    "template": "AD2AADProvisioning",
    "sourceDirectoryName": "Active Directory",
    "targetDirectoryName": "Azure Active Directory",
}


@pytest.mark.parametrize("expression", ['"%DomainFQDN%"', 'Join("@", [mail], %DomainFQDN%)'])
def test_an_unknown_job_variable_leaves_its_mapping_out(expression):
    user = {**AMY, "mail": "amy"}
    given = mapping("fqdn", expression, defaultValue="d")
    made = plan(
        NAME, given, attributes=[{"name": "fqdn", "type": "String", "required": True}], **AD_SOURCE
    )
    found = flow(made).run(user, ASSIGNED)
    assert found.action == "create"
    assert [each.attribute for each in found.changes] == ["userName"]
    assert (
        "`fqdn` is left out: the job variable `%DomainFQDN%` is not known; give it:"
        " `--macro DomainFQDN=…`" in found.assumptions
    )
    known = flow(made, [{"id": "t", "userName": "amy@x.org", "fqdn": "x"}]).run(user, ASSIGNED)
    assert known.code == "RedundantExport"


def test_what_looks_like_a_job_variable_is_a_text_elsewhere():
    assert created(mapping("note", '"%DomainFQDN%"'))["note"] == "%DomainFQDN%"


def test_a_list_of_nothing_but_empty_texts_sends_nothing():
    several = mapping("m", "RemoveDuplicates(Trim([proxyAddresses]))")
    assert "m" not in created(several, attributes=MULTIVALUED)
    user = {**AMY, "proxyAddresses": ["", "a"]}
    assert created(several, user=user, attributes=MULTIVALUED)["m"] == ("a",)


def test_a_mapping_without_source_fills_an_empty_target():
    none = mapping("locale", None, defaultValue="nb-NO")
    assert created(none)["locale"] == "nb-NO"
    assert change([none], {}) == {"locale": "nb-NO"}
    assert change([none], {"locale": "sv-SE"}) == {}


def test_null_never_flows():
    assert change([mapping("title", "[jobTitle]")], {"title": "Boss"}) == {}


def test_cleared_values_of_inbound_connectors_are_contested():
    schema = {
        "id": "Workday2AAD.x",
        "synchronizationRules": [
            {
                "sourceDirectoryName": "Workday",
                "targetDirectoryName": "Azure Active Directory",
                "objectMappings": [
                    {
                        "sourceObjectName": "Worker",
                        "targetObjectName": "User",
                        "attributeMappings": [NAME, mapping("title", "[jobTitle]")],
                    }
                ],
            }
        ],
        "directories": [
            {
                "name": "Workday",
                "objects": [
                    {
                        "name": "Worker",
                        "attributes": [
                            {"name": "userPrincipalName", "type": "String"},
                            {"name": "jobTitle", "type": "String", "flowNullValues": True},
                        ],
                    }
                ],
            }
        ],
    }
    unit = ConfigurationUnit(read_document(schema))
    the_plan = plan_of(unit.schemas[0].rules[0].object_mappings[0])
    target = {"id": "t", "userName": "amy@x.org", "title": "Boss"}
    found = flow(the_plan, [target]).run(AMY)
    assert (found.code, found.contested) == ("RedundantExport", ("flow-null-values",))
    assert found.contested_values == (("title", "flow-null-values"),)


def test_constants_flow():
    assert created(mapping("kind", '"Employee"'))["kind"] == "Employee"


@pytest.mark.parametrize(("exact", "changed"), [(True, {"nick": "Amy"}), (False, {})])
def test_case_exact_decides_whether_letter_case_is_a_change(exact, changed):
    attributes = [{"name": "nick", "type": "String", "caseExact": exact}]
    assert (
        change([mapping("nick", "[displayName]")], {"nick": "AMY"}, attributes=attributes)
        == changed
    )


def test_booleans_are_compared_by_meaning():
    attributes = [{"name": "active", "type": "Boolean", "caseExact": True}]
    active = mapping("active", SWITCH)
    assert change([active], {"active": "true"}, attributes=attributes) == {}
    assert change([active], {"active": False}, attributes=attributes) == {"active": "True"}


def test_required_attributes_of_the_schema():
    attributes = [{"name": "title", "type": "String", "required": True}]
    title = mapping("title", "[jobTitle]")
    found = flow(plan(NAME, title, attributes=attributes)).run(AMY, ASSIGNED)
    assert (found.action, found.code) == ("fail", "MandatoryFieldsMissing")
    assert found.reason == "a required target attribute would have no value: `title`"
    assert created(mapping("title", "[jobTitle]", defaultValue="x"), attributes=attributes)["title"]


def test_an_expression_that_fails_fails_the_user():
    broken = mapping("start", 'FormatDateTime([displayName], , "yyyyMMdd", "yyyy")')
    found = flow(plan(NAME, broken)).run(AMY, ASSIGNED)
    assert found.action == "fail"
    assert found.reason.startswith("the mapping of `start` cannot be evaluated: ")
    assert found.steps[-1].remedies


def test_the_empty_text_is_refused_by_active_directory():
    empty = mapping("info", 'Replace([displayName], "Amy", , , "", , )')
    found = flow(plan(NAME, empty, targetDirectoryName="Active Directory")).run(AMY, ASSIGNED)
    assert (found.action, found.code) == ("fail", "InvalidAttributeSyntax")
    target = {"id": "t", "userName": "amy@x.org", "info": "old"}
    found = flow(plan(NAME, empty, targetDirectoryName="Active Directory"), [target])
    assert found.run(AMY, ASSIGNED).code == "InvalidAttributeSyntax"


@pytest.mark.parametrize(
    ("flow_type", "old", "new"),
    [
        ("Always", "old", {"info": ""}),
        ("Always", None, {}),
        ("AttributeAddOnly", "old", {}),
        ("ValueAddOnly", "old", {}),
        ("ObjectAddOnly", "old", {}),
    ],
)
def test_the_empty_text_of_an_expression_clears_the_attribute(flow_type, old, new):
    empty = mapping("info", 'Replace([displayName], "Amy", , , "", , )', flowType=flow_type)
    assert change([empty], {"info": old}) == new
    found = flow(plan(NAME, empty), [{"id": "t", "userName": "amy@x.org", "info": old}])
    contested = "empty-text-flows" in found.run(AMY, ASSIGNED).contested
    assert contested is bool(new)


def test_the_empty_text_is_no_null():
    empty = mapping("info", 'Replace([displayName], "Amy", , , "", , )', defaultValue="x")
    assert created(empty) == {"userName": "amy@x.org"}
    required = [{"name": "info", "type": "String", "required": True}]
    found = flow(plan(NAME, empty, attributes=required)).run(AMY, ASSIGNED)
    assert (found.action, found.code) == ("fail", "MandatoryFieldsMissing")
    assert "empty-text-flows" in found.contested


def test_scim_paths_of_the_target_are_followed():
    work = mapping('emails[type eq "work"].value', "[mail]")
    family = mapping("name.familyName", "[surname]")
    urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    department = mapping(f"{urn}:department", "[department]")
    user = {**AMY, "mail": "a@x.org", "surname": "Ng", "department": "IT"}
    target = {
        "emails": [{"type": "home", "value": "h"}, {"type": "work", "value": "a@x.org"}],
        "Name": {"familyName": "Ng"},
        urn: {"department": "HR"},
    }
    assert change([work, family, department], target, user) == {f"{urn}:department": "IT"}
