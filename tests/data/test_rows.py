"""A column of delimited text: both ways of reading against Python's csv module, and an account of every line."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from moregrad.data import rows
from moregrad.data.corpus import read_corpus
from moregrad.data.rows import Layout, read_rows
from moregrad.errors import DataError

CELL = st.text(st.sampled_from('ab,;"\n é'), max_size=5)
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=3), min_size=1, max_size=6)
LAYOUT = Layout(",", True, 2, 0)


def written(table: list[list[str]], quoting: Any, delimiter: str = ",") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(table)
    return file.getvalue()


@given(TABLE, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), st.integers(0, 2), st.sampled_from(",;é"))
def test_what_the_csv_module_writes_is_read(table, quoting, index, delimiter):
    width = max(map(len, table))
    assume(index < width)
    read = read_rows(written(table, quoting, delimiter), "table", Layout(delimiter, True, width, index), [])
    assert [word or "" for word in read] == [row[index] if index < len(row) else "" for row in table]


@given(st.text(st.sampled_from('ab,"\n\n '), min_size=1, max_size=40))
def test_both_ways_of_reading_are_one(text):
    text = text if text.endswith("\n") else f"{text}\n"
    layout = Layout(",", True, 3, 1)
    fast = rows._read_plain_lines(text.encode(), layout)
    assume(fast)
    slow = rows._read_all(text, "table", layout)
    assert fast is not None
    assert [word or "" for word in fast.words] == [word or "" for word in slow.words]
    assert (fast.widths.tolist(), fast.lines.tolist()) == (slow.widths.tolist(), slow.lines.tolist())


@pytest.mark.parametrize(
    ("text", "fast"),
    [
        ("a,b\n\nc\n", True),
        ('"a","b"\n"c""d",""\n', True),
        ('""""\n', True),
        ('a,5"\nb,6"\n', False),
        ('"a" ,b\n', False),
        ('"a\nb",c\n', False),
        ('"a\n', False),
    ],
)
def test_only_text_whose_quotation_marks_are_in_order_is_read_the_fast_way(text, fast):
    assert (rows._read_plain_lines(text.encode(), Layout(",", True, 1, 0)) is not None) == fast


@pytest.mark.parametrize("quote", ["", '"'])
def test_rows_that_are_blank_or_short_are_noted_with_the_line(quote):
    notes: list[str] = []
    text = f"\n\n{quote}a{quote},b\n\nc\nd,e\n\n"
    read = read_rows(text, "table", Layout(",", True, 2, 1, skip=2, before=1), notes)
    assert read.to_list() == ["b", None, None, "e", None]
    assert notes == [
        "blank rows before the table: 2",
        "blank rows: 2, the first in line 5",
        "rows shorter than the first row: 1, the first in line 6",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a,b\nc,d,e\n", "line 2 has more fields than the first row, 3 and not 2"),
        ('"a\nb",c\nd,e,f\n', "line 3 has more fields"),
        ('a,b\n"c,d\ne,f\n', "opens in line 2 and is never closed"),
        ('a,b\n"c,d\ne,f', "opens in line 2 and is never closed"),
        (f'a,b\n"\n{"c" * 200_000}",d\n', "line 2 cannot be read: field larger than field limit"),
    ],
)
def test_what_is_not_a_row_is_refused_with_its_line(text, complaint):
    with pytest.raises(DataError, match=complaint):
        read_rows(text, "table", LAYOUT, [])


NOTES = {
    "sep": r"named by the first line",
    "header": r"^header: ",
    "before": r"^blank rows before the table: ([\d,]+)",
    "lines": r"^([\d,]+) lines hold ([\d,]+) rows",
    "none": r"^blank lines and no table: ([\d,]+)",
}


def noted(notes: tuple[str, ...], what: str) -> list[int] | None:
    """The numbers of a note, if there is one."""
    found = next((match for note in notes if (match := re.search(NOTES[what], note))), None)
    return found and [int(number.replace(",", "")) for number in found.groups()]


@given(st.booleans(), st.integers(0, 2), TABLE, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_line_of_a_file_is_accounted_for(tmp_path: Path, sep, blank, table, end, quoted, whole):
    text = "sep=;\n" * sep + "\n" * blank + written(table, csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, ";")
    text = text if whole else text.removesuffix("\n")
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8", newline=end)
    try:
        report = read_corpus(path, column="1", no_header=True, delimiter=";").report
    except DataError as error:
        assume(not re.search(r"line \d+ has more fields|no word of .* is left|is empty", str(error)))
        raise
    lines = text.count("\n") + (not text.endswith("\n"))
    hold = noted(report.notes, "lines")
    extra = hold[0] - hold[1] if hold else 0
    before = (noted(report.notes, "before") or [0])[0]
    assert lines == report.read + (noted(report.notes, "sep") is not None) + before + extra
    assert report.read == report.kept + sum(dropped.count for dropped in report.dropped.values())
