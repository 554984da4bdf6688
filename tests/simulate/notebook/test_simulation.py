"""Simulation from Python: one call, a summary, rows."""

from itertools import islice

import pytest

import provlint
from provlint.simulate.inputs.problem import InputError


def test_the_name_can_be_called_before_and_after_the_package_is_imported(schema, files):
    import provlint.simulate.scope
    from provlint import simulate

    again = provlint.simulate
    counters = simulate(schema, files / "users.json").summary.counters
    assert counters["users"] == 20
    assert again(schema, files / "users.json").summary.counters == counters


def test_summary_and_rows(simulated):
    with simulated() as result:
        assert result.summary.counters["users"] == 20
        assert "failed 1" in repr(result)
        assert len(list(result.rows())) == 20
        assert [row.verdict.code for row in result.rows("failed")] == ["DuplicateTargetEntries"]
        assert list(result.rows(limit=3)) == list(islice(result, 3))
        (outcome,) = result.explain("astrid.solheim@fjordbank.example")
        assert outcome.code == "NotEffectivelyEntitled"
        with pytest.raises(ValueError, match="no rows are called `broken`; there are all"):
            result.rows("broken")


@pytest.mark.parametrize("engine", ["reference", "columns"])
def test_a_closed_result_has_its_summary_only(simulated, engine):
    pytest.importorskip("duckdb")
    result = simulated(engine=engine)
    result.close()
    result.close()
    assert result.summary.counters["users"] == 20
    for ask in (result.rows, result.to_arrow, lambda: result.explain("astrid")):
        with pytest.raises(ValueError, match="the result is closed"):
            ask()


def test_both_engines_and_links_by_id(simulated):
    pytest.importorskip("duckdb")
    user = "01a7c3e5-5d1f-4b80-9c46-7f2e08d1b301"
    found = [
        list(simulated(engine=engine, links={user: "t=1=="})) for engine in ("reference", "columns")
    ]
    assert found[0] == found[1]
    assert any(row.target_id == "t=1==" for row in found[0])


@pytest.mark.parametrize("engine", ["reference", "columns"])
def test_job_variables(engine, schema):
    pytest.importorskip("duckdb")
    cloud_sync = schema.parents[1] / "cloud-sync" / "schema.json"
    amy = {
        "objectGUID": "AAEC", "distinguishedName": "CN=Amy,DC=corp", "sAMAccountName": "amy",
        "userAccountControl": 512, "isCriticalSystemObject": False, "mailNickname": "amy",
        "msExchRecipientTypeDetails": 1,
    }  # fmt: skip
    name = "OnPremisesUserPrincipalName"
    for macros, expected in (({}, None), ({"DomainFQDN": "corp.example"}, "amy@corp.example")):
        found = provlint.simulate(cloud_sync, [amy], macros=macros, engine=engine)
        (outcome,) = found.explain("CN=Amy,DC=corp")
        values = {change.attribute: change.new for change in outcome.changes}
        assert values.get(name) == expected
        told = "DomainFQDN" in str(found.summary.assumptions())
        assert told is (expected is None)


def test_errors_say_what_is_wrong(schema, files):
    with pytest.raises(InputError, match="nothing") as caught:
        provlint.simulate(schema, "nothing.json")
    assert caught.value.__notes__ == [f"help: {caught.value.problem.help}"]
    with pytest.raises(ValueError, match="someday"):
        provlint.simulate(schema, files / "users.json", now="someday")


def test_a_notebook_shows_the_summary_as_a_table(simulated, users):
    shown = simulated()._repr_html_()
    assert "<td>failed</td><td>1</td>" in shown
    assert "<td>several target users have the matching value</td>" in shown
    assert "<td>DuplicateTargetEntries</td>" in shown
    assert "<li>users" not in shown
    assert "Microsoft Graph names" in shown


def test_nothing_of_the_users_is_markup(schema, users):
    import json

    text = schema.read_text(encoding="utf-8").replace('"employeeType"', '"<img src=x>"')
    shown = provlint.simulate(json.loads(text), users)._repr_html_()
    assert "&lt;img src=x&gt;" in shown
    assert "<img" not in shown
