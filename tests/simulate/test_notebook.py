"""Simulation from Python: one call, rows, frames of the libraries that are there."""

import sys
from pathlib import Path

import pytest

import provlint
from provlint.report.simulation.data import COLUMNS as PUBLISHED
from provlint.report.simulation.data import row_of
from provlint.simulate.inputs.problem import InputError
from provlint.simulate.notebook.frames import COLUMNS

EXAMPLES = Path(__file__).parents[2] / "examples"
SCHEMA = EXAMPLES / "clean" / "scim-outbound" / "schema.json"
USERS = EXAMPLES / "users"


def simulated(**more):
    return provlint.simulate(
        SCHEMA, USERS / "users.json", targets=USERS / "target-users.json",
        assignments=[USERS / "assignments.json"], groups=str(USERS / "groups.json"), **more,
    )  # fmt: skip


def test_the_name_can_be_called_before_and_after_the_package_is_imported():
    import provlint.simulate.scope
    from provlint import simulate

    again = provlint.simulate
    counters = simulate(SCHEMA, USERS / "users.json").summary.counters
    assert again(SCHEMA, USERS / "users.json").summary.counters == counters


def test_summary_and_rows():
    with simulated() as result:
        assert result.summary.counters["users"] == 20
        assert "failed 1" in repr(result)
        assert len(list(result.rows())) == 20
        assert [row.verdict.code for row in result.rows("failed")] == ["DuplicateTargetEntries"]
        assert len(list(result.rows(limit=3))) == 3
        (outcome,) = result.explain("astrid.solheim@fjordbank.example")
        assert outcome.code == "NotEffectivelyEntitled"
        with pytest.raises(ValueError, match="no rows are called `broken`; there are all"):
            result.rows("broken")


def test_both_engines_and_links_by_id():
    pytest.importorskip("duckdb")
    user = "01a7c3e5-5d1f-4b80-9c46-7f2e08d1b301"
    found = [
        list(simulated(engine=engine, links={user: "t-1"}).rows())
        for engine in ("reference", "columns")
    ]
    assert found[0] == found[1]
    assert any(row.target_id == "t-1" for row in found[0])


def test_columns_are_the_published_ones():
    assert tuple(COLUMNS) == PUBLISHED


def test_errors_say_what_is_wrong():
    with pytest.raises(InputError, match="nothing"):
        provlint.simulate(SCHEMA, "nothing.json")
    with pytest.raises(ValueError, match="someday"):
        provlint.simulate(SCHEMA, USERS / "users.json", now="someday")


@pytest.mark.parametrize(
    ("method", "library"),
    [("to_arrow", "pyarrow"), ("to_polars", "polars"), ("to_pandas", "pandas")],
)
def test_a_library_that_is_not_there_is_named(method, library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError) as caught:
        getattr(simulated(), method)()
    assert str(caught.value) == (
        f"`{method}` needs {library}, which is not installed: run `pip install {library}`"
    )


@pytest.mark.parametrize(
    ("method", "library", "rows_of"),
    [
        ("to_arrow", "pyarrow", lambda frame: frame.to_pylist()),
        ("to_polars", "polars", lambda frame: frame.to_dicts()),
        # pandas has NaN for what is not there.
        (
            "to_pandas",
            "pandas",
            lambda frame: frame.astype(object).where(frame.notna(), None).to_dict("records"),
        ),
    ],
)
def test_frames_hold_the_rows(method, library, rows_of):
    pytest.importorskip(library)
    result = simulated()
    expected = [row_of(row) for row in result.rows()]
    assert rows_of(getattr(result, method)()) == expected
    none = getattr(result, method)("disable")
    assert rows_of(none) == []
    assert list(getattr(none, "column_names", none.columns)) == list(COLUMNS)
