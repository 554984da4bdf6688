"""Which files Spark may carry as they are: so many bytes as its memory has room for."""

import pytest

pytest.importorskip("pyarrow", reason="PyArrow is not installed")
pytest.importorskip("duckdb", reason="DuckDB is not installed")

from provlint.simulate.distributed.whole_files import memory_of_task, whole_files

MEGABYTE = 1 << 20


class Session:
    """As much of a session as is asked for; its data frames hold files with their sizes."""

    def __init__(self, settings=None, files=(), columns=()):
        self.settings = settings
        self.files = files
        self.columns = ["path", "modificationTime", "length", "content", *columns]
        self.read = self.conf = self
        self.parts = None

    def get(self, name, default):
        if self.settings is None:
            raise RuntimeError("the server does not tell")
        return self.settings.get(name, default)

    def format(self, _name):
        return self

    def load(self, _paths):
        return self

    def select(self, *_names):
        return self

    def collect(self):
        return [{"path": path, "length": size * MEGABYTE} for path, size in self.files]

    def __getitem__(self, _name):
        return Length()

    def where(self, limit):
        return Session(self.settings, [each for each in self.files if each[1] * MEGABYTE <= limit])

    def repartition(self, parts, _column):
        self.parts = parts
        return self


class Length:
    def __le__(self, limit):
        return limit


@pytest.mark.parametrize(
    ("settings", "megabytes"),
    [
        ({"spark.master": "local"}, 1024),
        ({"spark.master": "local[4]", "spark.driver.memory": "2g"}, 512),
        ({"spark.master": "local[2, 3]", "spark.executor.memory": "9g"}, 512),
        ({"spark.master": "yarn", "spark.executor.memory": "4096m"}, 512),
        (
            {
                "spark.master": "k8s://x",
                "spark.executor.memory": "6GB",
                "spark.executor.cores": "3",
            },
            2048,
        ),
        ({"spark.executor.memory": "much"}, 0),
        ({}, 128),
        (None, 128),
    ],
)
def test_the_memory_of_a_task(settings, megabytes):
    assert memory_of_task(Session(settings)) == megabytes * MEGABYTE


def test_large_files_are_left_to_the_reader_of_records():
    files = [("file:/a", 8), ("file:/b", 9), ("file:/c", 1)]
    found = whole_files(Session({}, files), ["/"])
    assert [path for path, _ in found.frame.files] == ["file:/a", "file:/c"]
    assert found.others == ["file:/b"]
    assert found.frame.parts is None


def test_nothing_but_large_files():
    assert whole_files(Session({}, [("file:/a", 9)]), ["/"]) == (None, ["file:/a"])


def test_a_server_with_other_names_gives_the_files_of_one_path_together():
    found = whole_files(Session({}, [("a", 60), ("b", 60), *[("b", 60)] * 4]), ["/"])
    assert found.frame.parts == 6
    assert found.others == []
    assert whole_files(Session({}, [("a", 65)]), ["/"]) is None


@pytest.mark.parametrize(
    "session",
    [
        Session({}, [("file:/day=1/a", 1)], ["day"]),
        Session({}, [("file:/a[1]", 99)]),
        Session({}),
    ],
    ids=["folders with values", "a name that is a glob", "no files"],
)
def test_records_where_files_do_not_do(session):
    assert whole_files(session, ["/"]) is None
