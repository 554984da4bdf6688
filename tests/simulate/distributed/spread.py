"""Cases of the columnar engine's test, with users and target users spread over files as they come.

Files of unequal size and empty ones, row groups, columns that one file has and another has not,
blank lines, line ends of Windows, byte order marks, records that are there twice, broken lines.
"""

import random
from pathlib import Path

import random_jobs as cases
from hypothesis import HealthCheck, Phase, given, settings

FORMATS = ("lines", "parquet", "plain lines")
TARGET_FORMATS = ("parquet", "lines")
LARGEST_GROUP = 40


def drawn(count):
    """So many configurations, the same ones each time."""
    found = []

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(cases.configuration)
    def collect(case):
        found.append(case)

    collect()
    return [
        {**case, "format": FORMATS[number % 3], "target_format": TARGET_FORMATS[number // 3 % 2]}
        for number, case in enumerate(found)
    ]


def written(case, folder, *, alike=False):
    """The configuration, and the options of a simulation of a case that is spread over files.

    Args:
        case: The case.
        folder: Where to write.
        alike: Whether all files have the same columns.
    """
    rng = random.Random(case["seed"] + 1)
    paths = cases.written(case, folder)
    options = cases.options(case, paths)
    skips = case["format"] != "parquet" and rng.random() < 0.4
    options["on_error"] = "skip" if skips else "stop"
    options["users"] = spread(rng, Path(paths["users"]), folder / "users", skips, alike)
    if case["targets"]:
        options["targets"] = spread(rng, Path(paths["targets"]), folder / "targets", False, alike)
    return paths["config"], options


def spread(rng, path, folder, skips, alike):
    """Files that hold the records of one."""
    folder.mkdir()
    if path.suffix == ".parquet":
        return tuple(map(str, parquet_files(rng, path, folder, alike)))
    return tuple(map(str, files_of_lines(rng, path, folder, skips)))


def cuts(rng, count):
    """Numbers of the first and last records of files: unequal, and none at all."""
    ends = sorted(rng.randrange(count + 1) for _ in range(rng.randrange(4)))
    if rng.random() < 0.3 and ends:
        ends.append(ends[-1])
    return list(zip([0, *sorted(ends)], [*sorted(ends), count], strict=True))


def parquet_files(rng, path, folder, alike):
    import pyarrow
    from pyarrow import parquet

    table = parquet.read_table(path)
    again = pyarrow.array(rng.choices(range(table.num_rows), k=table.num_rows // 20))
    table = pyarrow.concat_tables([table, table.take(again)])
    for number, (start, end) in enumerate(cuts(rng, table.num_rows)):
        part = table.slice(start, end - start)
        if number % 2 and not alike:
            empty = [name for name in part.column_names if absent(part, name)]
            part = part.drop_columns(empty)
        found = folder / f"part{number}.parquet"
        parquet.write_table(part, found, row_group_size=rng.randrange(1, LARGEST_GROUP))
        yield found


def absent(table, name):
    """Whether a column may be left out: it has no values, and does not tell what the file is."""
    column = table.column(name)
    return name not in ("id", "objectId", "userPrincipalName", "userName") and (
        column.null_count == len(column)
    )


def files_of_lines(rng, path, folder, skips):
    lines = path.read_bytes().splitlines(keepends=False)
    lines += rng.choices(lines, k=len(lines) // 20)
    for number, (start, end) in enumerate(cuts(rng, len(lines))):
        if start == end:  # one machine refuses empty files
            continue
        found = folder / f"part{number}.jsonl"
        style = rng.choice(("plain", "windows", "mark", "no end"))
        written = list(messy(rng, lines[start:end], skips))
        text = (b"\r\n" if style == "windows" else b"\n").join(written)
        text += b"" if style == "no end" or not text else b"\n"
        found.write_bytes(b"\xef\xbb\xbf" + text if style == "mark" and text else text)
        yield found


def messy(rng, lines, skips):
    for number, line in enumerate(lines):
        if skips and number and rng.random() < 0.03:
            half = line[: len(line) // 2].decode("utf-8", "ignore").encode()
            yield rng.choice((half, b"[]", b"7", b"null"))
        if number and rng.random() < 0.05:
            yield rng.choice((b"", b"  ", b"\t"))
        yield line
