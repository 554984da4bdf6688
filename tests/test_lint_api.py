"""`from provlint import lint_text, lint_expression`: what the command says, as values."""

import json
from pathlib import Path

import pytest

import provlint
from provlint import Diagnostic, Severity, lint_expression, lint_text
from provlint.cli import status

EXAMPLES = Path(__file__).parent.parent / "examples"


def test_the_public_names():
    assert {"Diagnostic", "Severity", "__version__", "lint_expression", "lint_text"} <= set(
        provlint.__all__
    )
    assert len(set(provlint.__all__)) == len(provlint.__all__)
    for name in provlint.__all__:
        assert getattr(provlint, name) is not None
    with pytest.raises(AttributeError, match="`provlint` has no attribute `lint_files`"):
        provlint.lint_files  # noqa: B018


def test_severities_compare_and_print():
    (found,) = lint_expression("Jion([a])")
    assert isinstance(found, Diagnostic)
    assert found.severity == Severity.ERROR == "error"
    assert str(found.severity) == f"{found.severity}" == "error"
    assert Severity.ERROR > Severity.WARNING > Severity.NOTE
    assert found.severity >= "warning"
    assert sorted([Severity.ERROR, Severity.NOTE, Severity.WARNING]) == ["note", "warning", "error"]


@pytest.mark.parametrize(
    "name",
    ["mistakes/expressions.json", "mistakes/filters.json", "clean/workday-to-ad/schema.json",
     "clean/shapes/schema.yaml", "mistakes/broken/trailing-commas.json"],
)  # fmt: skip
@pytest.mark.parametrize("profile", ["default", "strict"])
def test_a_text_gives_what_the_command_gives(name, profile, capsys):
    path = str(EXAMPLES / name)
    status(["lint", path, "--no-config", "--format", "json", "--profile", profile])
    told = json.loads(capsys.readouterr().out)["diagnostics"]
    found = lint_text(Path(path).read_text("utf-8"), name=path, profile=profile)
    assert [
        (each.rule, each.severity, each.message, each.help, each.file, each.place.pointer,
         each.range and each.range.start.line, each.range and each.range.start.column)
        for each in found
    ] == [
        (each["rule"], each["severity"], each["message"], each["help"], each["file"],
         each["pointer"], each["range"] and each["range"]["start"]["line"],
         each["range"] and each["range"]["start"]["column"])
        for each in told
    ]  # fmt: skip


def test_a_text_without_a_configuration():
    assert [each.rule for each in lint_text('{"name": "left-pad"}')] == ["PL016"]
    assert [each.rule for each in lint_text("")] == ["PL002"]


@pytest.mark.parametrize("text", ["", " ", "[", "[a", '"', "(", "Join(", "\0", "😀", "a" * 10_001])
def test_any_text_is_an_expression_or_has_findings(text):
    for found in lint_expression(text, profile="strict"):
        assert found.rule != "PL901"
        start, end = found.range
        assert (1, 1) <= start <= end


def test_places_in_an_expression_are_its_own():
    text = 'Join(" ",\n  [givenName],\n  Jion([surname]))'
    (found,) = lint_expression(text)
    assert found.message == "there is no function `Jion`"
    assert (found.range.start, found.range.end) == ((3, 3), (3, 7))
    assert text[found.place.start : found.place.end] == "Jion"


def test_the_attributes_of_the_source():
    assert lint_expression("[jobTitel]") == lint_expression("[jobTitel]", attributes=None)
    (found,) = lint_expression("ToLower([jobTitel])", attributes=["jobTitle", "mail"])
    assert "`jobTitel`" in found.message
    assert "`jobTitle`" in found.help
    assert lint_expression("ToLower([jobTitle])", attributes={"jobTitle": "String"}) == []


@pytest.mark.parametrize(
    "options", [{"dialect": "klingon"}, {"source": "klingon"}, {"target": "klingon"}]
)
def test_unknown_words_are_refused(options):
    with pytest.raises(ValueError, match="klingon"):
        lint_expression("[a]", **options)


def test_the_dialect_matters():
    text = 'Join("", [mail], %DomainFQDN%)'
    app = [each.rule for each in lint_expression(text, dialect="app-provisioning")]
    cloud = [each.rule for each in lint_expression(text, dialect="cloud-sync")]
    assert "PL313" not in cloud
    assert "PL313" in app
