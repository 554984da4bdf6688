"""The pydantic models and the tuples of the tree say the same, field by field."""

import json
from typing import get_type_hints

import jsonschema
import pydantic
import pytest

from provlint.model import read_document, tree
from provlint.model.published import MODELS, from_plain, json_schema, model_of, to_plain

KINDS = [
    value
    for value in vars(tree).values()
    if isinstance(value, type) and hasattr(value, "_fields") and value.__module__ == tree.__name__
]


def test_every_tuple_has_a_model():
    assert set(MODELS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_fields_agree(kind):
    model = model_of(kind)
    assert tuple(model.model_fields) == kind._fields
    assert model.__name__ == kind.__name__
    hints = get_type_hints(kind)
    for name, field in model.model_fields.items():
        if name in kind._field_defaults:
            assert field.default == kind._field_defaults[name]
        else:
            assert field.is_required()
        if hints[name] in (str, int, bool):
            assert field.annotation is hints[name]


def test_documents_go_round(build):
    value = build.schema()
    value["synchronizationRules"][0]["objectMappings"][0]["flowTypes"] = "Create"
    document = read_document([value, build.template(), {**build.job(), "schema": build.schema()}])
    assert document.defects
    plain = json.loads(json.dumps(to_plain(document)))
    jsonschema.Draft202012Validator(json_schema()).validate(plain)
    assert from_plain(tree.Document, plain) == document


def test_what_is_not_canonical_is_refused(build):
    plain = to_plain(read_document(build.schema()))
    plain["schemas"][0]["rules"][0]["objectMappings"] = []
    with pytest.raises(pydantic.ValidationError, match="objectMappings"):
        from_plain(tree.Document, plain)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(json.dumps(plain)), json_schema())
