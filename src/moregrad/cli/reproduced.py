"""The results of a replay as a table and as JSON."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from moregrad.cli.screen import table
from moregrad.lectures.figures import source
from moregrad.lectures.reproduction import REPRODUCTIONS, Result
from moregrad.lectures.row import Row, Value

LONG, HEAD, TAIL = 24, 6, 2
"""Figures of a series that is shortened, and those of it that are shown at its beginning and its end."""

WIDEST = 11
"""Characters of a number with eight digits; a longer one gets four."""

HEADINGS = ("figure", "published", "obtained", "difference", "verdict")

Cells = tuple[str, str, str, str, str]


def as_dict(result: Result) -> dict[str, Any]:
    """Returns a result as JSON data."""
    facts = {"name": result.name, "title": REPRODUCTIONS[result.name].title, "source": source(result.name)}
    if result.left_out:
        return {**facts, "left_out": result.left_out}
    return {**facts, "reproduced": result.reproduced, "figures": [row.to_dict() for row in result.rows]}


def as_text(result: Result, *, every: bool) -> Iterator[Any]:
    """Yields a heading, what there is to know, and the table of figures; long series are shortened unless `every`."""
    run = REPRODUCTIONS[result.name]
    yield f"{result.name}: {run.title}"
    if result.left_out:
        yield "left out: its list is missing"
        return
    yield f"\n{source(result.name)}"
    if run.note:
        yield run.note
    for texts in (False, True):
        rows = [row for row in result.rows if isinstance(row.obtained, str) == texts]
        cells = [cell for series in _series(rows) for cell in _shorten(series, every=every)]
        columns = [0, 1, 2, 4] if texts else range(5)
        if cells:
            yield ""
            yield table([HEADINGS[i] for i in columns], [[cell[i] for i in columns] for cell in cells])


def summary(results: Sequence[Result]) -> str:
    """Returns one line about all of `results`, and one before it for every run of which a figure differs."""
    rows = [row for result in results for row in result.rows]
    counts = {
        verdict: sum(row.verdict == verdict for row in rows) for verdict in ("reproduced", "differs", "unpublished")
    }
    told = f"{counts['reproduced']:,} reproduced"
    told += f", {counts['differs']:,} differ" if counts["differs"] else ""
    told += f", {counts['unpublished']:,} never published" if counts["unpublished"] else ""
    left_out = [result.name for result in results if result.left_out]
    told += f"; left out: {', '.join(left_out)}" if left_out else ""
    replayed = len(results) - len(left_out)
    runs = "1 run" if replayed == 1 else f"{replayed} runs"
    return "\n".join([*filter(None, map(_differing, results)), f"{runs}, {len(rows):,} figures: {told}"])


def _differing(result: Result) -> str:
    what = [row.what for row in result.rows if row.verdict == "differs"]
    return (
        f"{result.name}: {len(what):,} of {len(result.rows):,} figures differ; the first is {what[0]}" if what else ""
    )


def _series(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yields runs of figures of one kind."""
    for _, series in groupby(rows, lambda row: (row.measure, row.tolerance, *row.at)):
        yield list(series)


def _shorten(series: Sequence[Row], *, every: bool) -> Iterator[Cells]:
    if every or len(series) <= LONG:
        yield from map(_cells, series)
        return
    between = series[HEAD:-TAIL]
    alike = [row for row in between if row.verdict != "differs"]
    yield from map(_cells, series[:HEAD])
    yield from (_cells(row) for row in between if row.verdict == "differs")
    if alike:
        largest = max(abs(row.difference or 0.0) for row in alike)
        yield f"{len(alike):,} more (--every)", "", "", f"{largest:.1e}" if largest else "", _verdict(alike[0])
    yield from map(_cells, series[-TAIL:])


def _cells(row: Row) -> Cells:
    difference = "" if row.difference is None else f"{row.difference:+.1e}" if row.difference else "0"
    published = "-" if row.published is None else _number(row.published)
    return row.what, published, _number(row.obtained), difference, _verdict(row)


def _number(value: Value) -> str:
    if not isinstance(value, float):
        return str(value)
    return precise if len(precise := f"{value:.8g}") <= WIDEST else f"{value:.4g}"


def _verdict(row: Row) -> str:
    """Says with the verdict the tolerance that it is by."""
    match row.verdict:
        case "unpublished":
            return row.verdict
        case "differs":
            return f"beyond {row.tolerance:.0e}" if row.tolerance else "different"
        case _:
            return f"within {row.tolerance:.0e}" if row.tolerance else "equal"
