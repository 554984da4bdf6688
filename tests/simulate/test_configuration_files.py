"""Configurations from files: what is passed over, what is not, and what is said of it."""

import json

import pytest
from flow_building import NAME

from provlint.simulate.configuration_files import configuration_in, read_configuration
from provlint.simulate.inputs.problem import InputError
from provlint.wording import quote

SCHEMA = {
    "id": "scim.x",
    "synchronizationRules": [
        {"name": "rule", "objectMappings": [{"name": "users", "attributeMappings": [NAME]}]}
    ],
}
TEXT = json.dumps(SCHEMA)


def test_faults_that_lose_nothing_are_passed_over(tmp_path):
    path = tmp_path / "schema.json"
    path.write_text("// exported on Monday\n" + TEXT.replace("}]}]}", "}],}]}"), encoding="utf-8")
    (schema,) = read_configuration(str(path)).schemas
    assert schema.schema.id == "scim.x"


def test_a_text_that_is_cut_off_is_told_with_its_place(tmp_path):
    path = tmp_path / "schema.json"
    path.write_text(TEXT[:-2], encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_configuration(str(path))
    assert caught.value.problem.place.startswith(f"{path}:1:")


@pytest.mark.parametrize("text", ["{}", "[]", '{"a": 1}'])
def test_what_is_no_configuration(text, tmp_path):
    path = tmp_path / "schema.json"
    path.write_text(text, encoding="utf-8")
    assert configuration_in(text.encode(), str(path)) is None
    with pytest.raises(InputError) as caught:
        read_configuration(str(path))
    assert caught.value.problem.message == f"{quote(str(path))} holds no provisioning configuration"
    assert caught.value.problem.code == "unrecognised-file"


def test_the_job_is_around_the_schema(tmp_path):
    job = {"value": [{"id": "job.1", "templateId": "scim", "schedule": {"state": "Active"}}]}
    for name, value in (("schema.json", SCHEMA), ("job.json", job)):
        (tmp_path / name).write_text(json.dumps(value), encoding="utf-8")
    found = read_configuration(str(tmp_path / "schema.json"), job=str(tmp_path / "job.json"))
    (schema,) = found.schemas
    assert schema.schema.job.id == "job.1"
