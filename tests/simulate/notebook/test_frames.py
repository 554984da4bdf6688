"""Rows as tables of Arrow, Polars and pandas, with the real libraries and without them."""

import sys

import pytest

from provlint.report.simulation.data import COLUMNS as PUBLISHED
from provlint.report.simulation.data import row_of
from provlint.simulate.notebook import frames
from provlint.simulate.notebook.frames import COLUMNS

METHODS = [("to_arrow", "pyarrow"), ("to_polars", "polars"), ("to_pandas", "pandas")]
NAME = "Åse \u0130 \U0001f600\n=1+1@fjordbank.example"


def test_columns_are_the_published_ones():
    assert tuple(COLUMNS) == PUBLISHED


@pytest.mark.parametrize(("method", "library"), METHODS)
def test_a_library_that_is_not_there_is_named(method, library, monkeypatch, simulated):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError) as caught:
        getattr(simulated(), method)()
    assert str(caught.value) == (
        f"`{method}` needs {library}, which is not installed: run `pip install {library}`"
    )


def rows_of(frame):
    """The rows of a table as dictionaries; what is not there is None."""
    if hasattr(frame, "to_pylist"):
        return frame.to_pylist()
    if hasattr(frame, "to_dicts"):
        return frame.to_dicts()
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


@pytest.mark.parametrize("batch", [1, 7, frames.BATCH])
@pytest.mark.parametrize(("method", "library"), METHODS)
def test_frames_hold_the_rows(method, library, batch, monkeypatch, simulated, users):
    pytest.importorskip(library)
    monkeypatch.setattr(frames, "BATCH", batch)
    users[0]["userPrincipalName"] = NAME
    result = simulated(users=users)
    expected = [row_of(row) for row in result]
    assert expected[0]["user"] == NAME
    assert {row["in_scope"] for row in expected} == {True, False}
    assert any(row["contested"] for row in expected)
    assert any(row["target_id"] is None for row in expected)
    assert rows_of(getattr(result, method)()) == expected
    failed = rows_of(getattr(result, method)("failed"))
    assert failed == [row_of(row) for row in result.rows("failed")]
    assert len(failed) == 1


def kinds(frame):
    """The types of the columns of a table, in words."""
    if hasattr(frame, "dtypes") and not isinstance(frame.dtypes, list):
        return {name: str(kind) for name, kind in frame.dtypes.items()}
    return (
        {field.name: str(field.type) for field in frame.schema}
        if hasattr(frame, "to_pylist")
        else {name: str(kind) for name, kind in frame.schema.items()}
    )


TYPES = {
    "to_arrow": {"string": "string", "bool": "bool", "list": "list<item: string>"},
    "to_polars": {"string": "String", "bool": "Boolean", "list": "List(String)"},
    "to_pandas": {"string": "string", "bool": "boolean", "list": "object"},
}


@pytest.mark.parametrize(("method", "library"), METHODS)
def test_types_do_not_depend_on_the_rows(method, library, simulated):
    pytest.importorskip(library)
    result = simulated()
    expected = {name: TYPES[method][kind] for name, kind in COLUMNS.items()}
    for show, count in (("all", 20), ("skip", 10), ("disable", 0)):
        frame = getattr(result, method)(show)
        assert len(frame) == count
        assert kinds(frame) == expected


def test_pandas_selects_by_what_may_be_unknown(simulated):
    pytest.importorskip("pandas")
    frame = simulated().to_pandas()
    frame.loc[0, "in_scope"] = None
    assert len(frame[frame["in_scope"]]) == 9
