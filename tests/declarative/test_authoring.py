"""Writing rules: the verbs for it, the first rule, the examples."""

import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from provlint.declarative.load import load
from provlint.declarative.nouns import NOUNS
from provlint.declarative.nouns.noun import Thing
from provlint.declarative.operators import OPERATORS
from provlint.declarative.published import Condition, rules_schema
from provlint.declarative.samples import things_of
from provlint.declarative.scaffold import DRAFTS
from provlint.model import read_document
from provlint.semantics.configuration import ConfigurationUnit

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples" / "rules").glob("*.yaml"))
SCHEMA = jsonschema.Draft202012Validator(rules_schema())


@pytest.mark.parametrize("noun", NOUNS)
def test_the_first_rule_agrees_with_its_samples(folder, noun):
    result = folder.run("rules", "new", "my-rule", "--for", noun, "--id", "CONTOSO009")
    assert (result.status, result.out) == (
        0, "wrote `my-rule.yaml`; change it, and run `provlint rules test my-rule.yaml`\n",
    )  # fmt: skip
    result = folder.run("rules", "test", "my-rule.yaml")
    assert (result.status, result.out) == (
        0, "my-rule.yaml CONTOSO009 my-rule ..\n2 samples: 2 passed\n",
    )  # fmt: skip
    SCHEMA.validate(yaml.safe_load((folder.path / "my-rule.yaml").read_text()))


def test_there_is_a_first_rule_for_each_noun():
    assert set(DRAFTS) == set(NOUNS)


def test_nothing_is_overwritten(folder):
    folder.write("my-rule.yaml", "mine")
    result = folder.run("rules", "new", "my-rule")
    assert (result.status, result.err) == (
        2, "error: `my-rule.yaml` exists already\n  help: choose another name; nothing was"
        " written\n",
    )  # fmt: skip
    assert (folder.path / "my-rule.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["My rule"], "`My rule` is no name of a rule"),
        (["x", "--id", "PL001"], "`PL001` is no id of a rule of one's own"),
        (["x", "--for", "attributeMaping"], "did you mean `attributeMapping`?"),
        (["x", "--output-file", "nowhere/x.yaml"], "`nowhere/x.yaml` cannot be written"),
    ],
)
def test_a_first_rule_that_cannot_be_written(folder, words, message):
    result = folder.run("rules", "new", *words)
    assert (result.status, message in result.err) == (2, True)
    assert list(folder.path.iterdir()) == []


def test_the_first_rule_goes_to_the_terminal(folder):
    assert folder.run("rules", "new", "x", "--output-file", "-").out.startswith("# What may")


def test_samples_that_disagree_are_all_told(folder):
    folder.rules(
        {"require": {"field": "sourceAttribute", "in": ["a", "department"]}},
        {"id": "CONTOSO002", "name": "other"},
    )
    result = folder.run("rules", "test", "rules.yaml")
    assert result.status == 1
    rows = result.out.splitlines()
    assert rows[0] == "rules.yaml CONTOSO001 title-from-elsewhere FF"
    assert rows[1].startswith("error: rules.yaml:16:5: the rule finds its good sample: `title`")
    assert rows[3].startswith("error: rules.yaml:19:5: the rule does not find its bad sample")
    assert rows[-2:] == [
        "rules.yaml CONTOSO002 other ..", "4 samples: 2 failed, 2 passed",
    ]  # fmt: skip


def test_the_files_of_the_configuration_are_tested(folder):
    assert folder.run("rules", "test").status == 3
    folder.rules({}, name="policies/a.yaml")
    folder.write("provlint.toml", 'rules = ["policies/*.yaml"]\n')
    result = folder.run("rules", "test")
    assert (result.status, result.out.splitlines()[0]) == (
        0, "policies/a.yaml CONTOSO001 title-from-elsewhere ..",
    )  # fmt: skip


def test_one_broken_file_does_not_hide_the_others(folder):
    folder.write("a.yaml", "version: 1\n")
    folder.rules({}, name="b.yaml")
    result = folder.run("rules", "test", "*.yaml")
    assert result.status == 2
    assert "a.yaml:1:1: the file has no `rules`" in result.err
    assert "2 samples: 2 passed" in result.out


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_agree_with_their_samples(path):
    assert load([str(path)], {}, ())
    SCHEMA.validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_find_something_in_the_examples(folder, path):
    result = folder.run(
        "lint", ROOT / "examples" / "mistakes", "--rules", path, "--select", "own",
        "--format", "json", "--fail-on", "note",
    )  # fmt: skip
    found = {each["rule"] for each in result.report["diagnostics"]} - {"PL002"}
    needs_secrets = path.name == "notification-address.yaml"
    assert bool(found) is not needs_secrets


def test_every_noun_and_operator_is_listed(folder):
    listed = folder.run("rules", "fields").out
    assert all(noun in listed for noun in NOUNS)
    fields = folder.run("rules", "fields", *NOUNS, "operators").out
    assert all(name in fields for noun in NOUNS.values() for name in noun.names())
    assert all(f"  {name} " in fields for name in OPERATORS)


def test_an_unknown_noun_is_told(folder):
    result = folder.run("rules", "fields", "atributeMapping")
    assert (result.status, result.err) == (
        2, "error: there is no noun `atributeMapping`\n  help: did you mean `attributeMapping`?\n",
    )  # fmt: skip


CLEAN = (
    "workday-to-ad/schema.json",
    "scim-outbound/schema.json",
    "shapes/job.json",
    "cloud-sync/schema.json",
    "shapes/object-mapping.json",
    "shapes/sdk-output.json",
)


def everything():
    """Every thing of every noun in the examples."""
    import json

    from provlint.declarative.samples import units_of

    for name in CLEAN:
        value = json.loads((ROOT / "examples" / "clean" / name).read_text(encoding="utf-8-sig"))
        configuration = ConfigurationUnit(read_document(value))
        for noun in NOUNS.values():
            for unit in units_of(configuration, noun.unit):
                for found in noun.things(unit):
                    yield Thing(noun, found)


def test_every_field_of_every_thing_has_a_value_of_its_kind_and_a_place():
    kinds = {"text": str, "number": int | float, "true or false": bool, "list": tuple}
    seen = {}
    for thing in everything():
        for name in thing.noun.names():
            field = thing.noun.field(name)
            value = thing.value(name)
            if value is not None:
                assert isinstance(value, kinds[field.kind]), (thing.noun.name, name, value)
                seen.setdefault(thing.noun.name, set()).add(name)
            thing.place(name)
    assert set(seen) == set(NOUNS)
    for noun, names in seen.items():
        missing = set(NOUNS[noun].names()) - names
        assert missing <= RARE.get(noun, set()), (noun, missing)


RARE = {
    "job": {
        "accidentalDeletionThreshold", "application", "notificationRecipients",
        "notificationsEnabled", "skipOutOfScopeDeletions", "status", "status.code", "syncAll",
        "synchronizationJobSettings.QuarantineTooManyDeletesThreshold",
    },
    "schema": {"application"},
    "directory": {"application"},
    "synchronizationRule": {
        "containerFilter.includedContainers", "groupFilter.includedGroups",
    },
    "attributeDefinition": {"defaultValue", "metadata.IsCustomerDefined"},
    "objectMapping": {"metadata.Disposition"},
}  # fmt: skip
"""Fields that no example says anything of."""


def test_settings_among_the_secrets_of_a_synchronization_resource():
    document = {
        "secrets": [
            {
                "key": "SyncNotificationSettings",
                "value": '{"Enabled":true,"Recipients":"a@contoso.com; b@contoso.com",'
                '"DeleteThresholdEnabled":true,"DeleteThresholdValue":7}',
            },
            {"key": "SyncAll", "value": "True"},
        ],
        "jobs": [{"id": "scim.1", "templateId": "scim", "schedule": {"state": "Active"}}],
    }
    read = read_document(document)
    assert [defect.code for defect in read.defects] == ["no-schema"]
    (thing,) = (Thing(NOUNS["job"], each) for each in NOUNS["job"].things(ConfigurationUnit(read)))
    assert thing.value("notificationRecipients") == ("a@contoso.com", "b@contoso.com")
    assert thing.value("notificationsEnabled") is True
    assert thing.value("accidentalDeletionThreshold") == 7
    assert thing.value("syncAll") is True
    assert thing.value("skipOutOfScopeDeletions") is None
    assert thing.place("notificationRecipients").pointer == "/secrets/0/value"
    assert thing.place("syncAll").pointer == "/secrets/1/value"


PAGE = (ROOT / "docs" / "rules-of-your-own.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("text", [block for block in BLOCKS if "rules:" in block])
def test_the_rules_of_the_page_agree_with_their_samples(folder, text):
    folder.write("rules.yaml", text)
    assert load(["rules.yaml"], {}, ())


@pytest.mark.parametrize("text", [block for block in BLOCKS if "rules:" not in block])
def test_the_conditions_of_the_page_are_conditions(folder, text):
    value = yaml.safe_load(text)
    if "facts" in value:
        assert load([folder.rules({}, **value)], {}, ())
    elif "good" in value:
        assert things_of(NOUNS["objectMapping"], value["good"], ())
    else:
        Condition.model_validate(value.get("require", value))


def test_the_page_shows_every_noun_and_the_operators():
    for word in (*NOUNS, "operators"):
        assert f"$ provlint rules fields {word}\n" in PAGE


AS_DESIGNED = """\
version: 1
rules:
  - id: CONTOSO001
    name: deletion-threshold-missing
    synopsis: Every provisioning job needs an accidental-deletion threshold.
    severity: error
    for: job
    where: { field: status, notEquals: Disabled }
    require:
      allOf:
        - { field: accidentalDeletionThreshold, exists: true }
        - { field: accidentalDeletionThreshold, lessOrEquals: 500 }
    message: "job `{name}` has no accidental-deletion threshold (or above 500)"
    help: "Set it under Provisioning > Settings."
    see: https://learn.microsoft.com/…
    tests:
      - good: { name: A, accidentalDeletionThreshold: 100 }
      - bad:  { name: B }
        at: /accidentalDeletionThreshold
"""


def test_the_rule_of_the_design_is_a_rule(folder):
    folder.write("rules.yaml", AS_DESIGNED)
    assert folder.run("rules", "test", "rules.yaml").status == 0


def test_a_file_may_name_its_schema(folder):
    folder.rules({}, **{"$schema": "rules.schema.json"})
    assert load(["rules.yaml"], {}, ())
