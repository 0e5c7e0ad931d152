"""Excel workbooks in and out."""

import datetime
import io
import sys
from typing import Any
from zipfile import ZipFile

import polars as pl
import pytest
import xlsxwriter

from moregrad.data import workbook
from moregrad.data.form import Form
from moregrad.data.workbook import read_xlsx, write_xlsx
from moregrad.errors import DataError


def book(*sheets: list[list[Any]]) -> io.BytesIO:
    """A workbook with the given cells; None leaves one empty."""
    file = io.BytesIO()
    written = xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"})
    for rows in sheets:
        sheet = written.add_worksheet()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    written.close()
    file.seek(0)
    return file


def words_of(file: io.BytesIO, form: Form | None = None) -> list[str | None]:
    return read_xlsx(file, "words.xlsx", form or Form()).to_list()


def test_a_column_of_the_first_sheet_is_read_and_told():
    form = Form("town")
    assert words_of(book([["id", "town"], [4, "Ulm"], [5, None], [6, " Bonn"]], [["x"]]), form) == [
        "Ulm",
        None,
        " Bonn",
    ]
    assert form.notes == ["sheet: 'Sheet1', the first of 2", "header: 'id', 'town'"]


def test_numbers_and_dates_are_text():
    rows = [["code"], [1067], [1.5], [True], [10**9], [datetime.date(2020, 1, 2)]]
    assert words_of(book(rows)) == ["1067", "1.5", "true", "1000000000", "2020-01-02 00:00:00"]


def test_a_sheet_without_a_header_keeps_its_first_row():
    assert words_of(book([["Mary", 5], ["Anna", 7]]), Form(1)) == ["Mary", "Anna"]
    assert words_of(book([["Mary"], ["Anna"]]), Form(no_header=True)) == ["Mary", "Anna"]


def test_blank_rows_are_kept_in_account():
    form = Form()
    assert words_of(book([[" "], [" "], ["name"], ["Anna"], [None], ["Bob"]]), form) == ["Anna", None, "Bob"]
    assert form.notes[0] == "blank rows before the table: 2"
    assert words_of(book([])) == []


def test_words_come_back_as_they_are():
    words = ["=1+1", "http://a.b", " a ", "_x0041_", "0012", "é\n", "x" * 32_767]
    assert words_of(io.BytesIO(write_xlsx(pl.Series(words), "words.xlsx"))) == words


def test_the_same_words_make_the_same_bytes():
    assert write_xlsx(pl.Series(["a"]), "words.xlsx") == write_xlsx(pl.Series(["a"]), "words.xlsx")


@pytest.mark.parametrize("words", [["x" * 32_768], ["x"] * 2**20])
def test_what_a_sheet_cannot_hold_is_refused(words):
    with pytest.raises(DataError, match="a sheet holds 1,048,575 words of at most 32,767 characters"):
        write_xlsx(pl.Series(words), "words.xlsx")


def test_what_is_no_workbook_or_too_large_is_refused(monkeypatch):
    empty = io.BytesIO()
    ZipFile(empty, "w").close()
    for content in (b"name\nAnna\n", empty.getvalue(), book([["a"]]).getvalue()[:-30]):
        with pytest.raises(DataError, match=r"cannot read words.xlsx as \.xlsx: .*; repair it or save it as CSV"):
            words_of(io.BytesIO(content))
    monkeypatch.setattr(workbook, "FILE", 100)
    with pytest.raises(DataError, match="unpacks to more than 100 bytes"):
        words_of(book([["a"]]))


def changed(file: io.BytesIO, part: str, old: bytes, new: bytes) -> io.BytesIO:
    """A workbook with other bytes in one of its parts; without the part if `new` is empty."""
    result = io.BytesIO()
    with ZipFile(file) as source, ZipFile(result, "w") as target:
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
            elif new:
                target.writestr(name, source.read(name).replace(old, new))
    result.seek(0)
    return result


@pytest.mark.parametrize("cell", [b"XFD1048576", b"AA99999999999", b"ZZZZZZ1", b"B99999999"])
def test_a_cell_far_out_takes_no_memory(cell):
    file = changed(book([["name"], ["Anna"]]), "xl/worksheets/sheet1.xml", b'r="A2"', b'r="' + cell + b'"')
    with pytest.raises(DataError, match=r"sheet1.xml reaches to row .* and column .*; save the column as CSV"):
        words_of(file)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", b"", b""),
        ("xl/worksheets/sheet1.xml", b"", b""),
        ("xl/worksheets/sheet1.xml", b"</row>", b"</wor>"),
        ("xl/workbook.xml", b"<sheet ", b"<tehs "),
        ("xl/worksheets/sheet1.xml", b'r="A2"', b'r="-"'),
    ],
)
def test_a_damaged_workbook_is_refused(part, old, new):
    with pytest.raises(DataError, match=r"cannot read words.xlsx as \.xlsx: .*; repair it or save it as CSV"):
        words_of(changed(book([["name"], ["Anna"]]), part, old, new))


@pytest.mark.parametrize("package", ["fastexcel", "xlsxwriter"])
def test_without_the_extra_the_refusal_says_what_to_install(monkeypatch, package):
    file = book([["a"]])
    monkeypatch.setitem(sys.modules, package, None)
    for use in (lambda: words_of(file), lambda: write_xlsx(pl.Series(["a"]), "words.xlsx")):
        with pytest.raises(DataError, match=r"need pip install 'moregrad\[excel\]'; or use \.csv"):
            use()
