"""Rules on files and schemas, beyond what their pages show: findings and what they underline."""

import copy
import json

import pytest

KEY = ("userName", "userPrincipalName", 1)
MAPPING = (
    '{"targetAttributeName": "userName", "matchingPriority": 1,'
    ' "source": {"type": "Attribute", "name": "userPrincipalName"}}'
)
OBJECT = f'{{"sourceObjectName": "User", "attributeMappings": [{MAPPING}], "flowTypes": "Add"}}'


def changed(old, new, text=MAPPING):
    assert text.count(old) == 1
    return text.replace(old, new)


def with_member(member):
    return changed('"matchingPriority": 1', f'"matchingPriority": 1, {member}')


TEXTS = [
    (MAPPING, []),
    ("", ["PL002 error "]),
    ("\n", ["PL002 error "]),
    (changed('"}}', '"},}'), ["PL001 error ,"]),
    (MAPPING[:-1], ["PL001 error {"]),
    (changed('"matchingPriority": 1,', '"matchingPriority": 1, // x\n'), ["PL001 error // x"]),
    (changed('"userName"', "'userName'"), ["PL001 error 'userName'"]),
    (changed('"userName"', "“userName”"), ["PL001 error “userName”"]),
    (changed('"userName"', "userName"), ["PL001 error userName"]),
    (changed('"}}', '"}, ...}'), ["PL001 error ..."]),
    (f"{MAPPING} x", ["PL001 error x"]),
    (with_member('"matchingPriority": 2'), ['PL003 error "matchingPriority"']),
    ('{"displayName": "x"}', ["PL016 error "]),
    ("[]", ["PL016 error "]),
    ('"x"', ["PL016 error "]),
]

DEFECTS = [
    (OBJECT, []),
    (changed(f"[{MAPPING}]", '"System.Object[]"', OBJECT), ['PL004 error "System.Object[]"']),
    (changed(f"[{MAPPING}]", MAPPING, OBJECT), [f"PL008 warning {MAPPING}"]),
    (changed('"Add"', '"Add,Upsert"', OBJECT), ['PL006 error "Add,Upsert"']),
    (changed('"Add"', '"add, update"', OBJECT), ['PL006 note "add, update"']),
    (changed('"Add"', '"Add, Update, Delete"', OBJECT), []),
    (changed('"Add"', '"Add", "enabled": "true"', OBJECT), ['PL007 error "true"']),
    (
        changed('"Add"', '"Add", "scope": {"filterGroups": []}', OBJECT),
        ['PL005 warning "filterGroups"'],
    ),
    (changed('"Add"', '"Add", "myNote": "x"', OBJECT), ['PL005 note "myNote"']),
    (changed('"Attribute"', '"attribute"'), ['PL006 note "attribute"']),
    (changed('"Attribute"', '"Attr"'), ['PL006 error "Attr"']),
    (with_member('"flowType": "Always"'), []),
    (with_member('"flowType": "always"'), ['PL006 note "always"']),
    (with_member('"FlowTyp": "Always"'), ['PL005 warning "FlowTyp"']),
    (with_member('"@odata.type": "x"'), []),
    (changed('"matchingPriority": 1', '"matchingPriority": "1"'), ['PL007 error "1"']),
    (changed('"matchingPriority": 1', '"matchingPriority": null'), []),
    ('{"synchronizationRules": []}', ["PL009 error "]),
    ('{"synchronizationRules": [], "directories": []}', []),
    (
        f'{{"synchronizationRules": [{MAPPING}], "directories": []}}',
        [f"PL012 error {MAPPING}"],
    ),
    (
        '{"value": [{"id": "scim.1", "templateId": "scim", "schedule": {}}]}',
        ['PL013 note {"id": "scim.1", "templateId": "scim", "schedule": {}}'],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_texts(findings_of, text, expected):
    assert findings_of(text, "PL0") == expected


@pytest.mark.parametrize(("text", "expected"), DEFECTS)
def test_defects(findings_of, text, expected):
    assert findings_of(text, "PL0") == expected


def source_directory(name):
    return lambda value: value["synchronizationRules"][0].update(sourceDirectoryName=name)


def source_object(name):
    def change(value):
        value["synchronizationRules"][0]["objectMappings"][0]["sourceObjectName"] = name

    return change


def repeat_directory(value):
    value["directories"].append(copy.deepcopy(value["directories"][0]))


def repeat_object(value, **members):
    objects = value["directories"][0]["objects"]
    objects.append({**copy.deepcopy(objects[0]), **members})


def repeat_attribute(value):
    attributes = value["directories"][0]["objects"][0]["attributes"]
    attributes.append(attributes[2])


def second_anchor(value):
    value["directories"][0]["objects"][0]["attributes"][4]["anchor"] = True


REFERENCES = [
    (lambda value: None, []),
    (source_directory("Azure AD"), ['PL010 error "Azure AD"']),
    (source_directory("microsoft entra id"), ['PL010 error "microsoft entra id"']),
    (source_object("user"), ['PL011 error "user"']),
    (source_object("Person"), ['PL011 error "Person"']),
    (repeat_directory, ['PL014 error "Microsoft Entra ID"']),
    (repeat_object, []),
    (lambda value: repeat_object(value, attributes=[]), ['PL014 error "User"']),
    (repeat_attribute, ['PL014 error "department"']),
    (second_anchor, ["PL020 warning true"]),
    (lambda value: value.pop("directories"), ["PL009 error "]),
]


@pytest.mark.parametrize(("change", "expected"), REFERENCES)
def test_references(schema, findings_of, change, expected):
    value = json.loads(schema(mappings=[KEY]))
    change(value)
    assert findings_of(json.dumps(value, indent=1), "PL0", profile="strict") == expected


def test_an_empty_name_is_a_missing_one(schema, findings_of):
    value = json.loads(schema(mappings=[KEY]))
    source_directory("")(value)
    found = findings_of(json.dumps(value, indent=1), "PL0")
    assert [each.split(" {")[0] for each in found] == ["PL017 error"]
