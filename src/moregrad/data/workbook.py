"""Excel workbooks: a column of the first sheet in, a sheet of words out; both need the extra `excel`."""

import re
import zlib
from datetime import datetime
from io import BytesIO
from types import ModuleType
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

import polars as pl

from moregrad.data.bounded import FILE
from moregrad.data.delimited import find_column
from moregrad.data.form import Form
from moregrad.data.lines import ByteStream
from moregrad.data.whole_rows import name_columns, with_rows
from moregrad.errors import DataError

ROWS, CHARACTERS = 2**20, 32_767
"""The most rows of a sheet and the most characters of a cell that Excel takes."""
CELLS = 2**25
"""The most cells of a sheet that are read, empty ones included: about a gigabyte."""
WORKBOOK = "xl/workbook.xml"
XML = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
REFERENCE = re.compile("([A-Za-z]{0,9})([0-9]{1,18})")
UNREADABLE = (
    BadZipFile,
    zlib.error,
    EOFError,
    ExpatError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    LookupError,
)
"""The errors raised for an archive or its XML that is damaged or encrypted."""
CREATED = datetime(2000, 1, 1)


def read_xlsx(stream: ByteStream, name: str, form: Form) -> pl.Series:
    """Reads a column of the first sheet, numbers and dates as text.

    Raises DataError if the extra is missing and for what is no workbook, is empty or unpacks to more than 1 GiB.
    """
    _check_extra(name)
    data = stream.read()
    _check_size(data, name)
    table = _read_sheet(data, name, form)
    filled = table.select(pl.any_horizontal(pl.all().str.strip_chars() != "").fill_null(False)).to_series()
    if not filled.any():
        return pl.Series("word", [], dtype=pl.String)
    skip = int(filled.arg_max() or 0)
    if skip:
        form.notes.append(f"blank rows before the table: {skip:,}")
    table = table.slice(skip)
    sample = [[cell or "" for cell in row] for row in table.head(100).rows()]
    index, headed = find_column(sample, name, form)
    rows = table.slice(int(headed))
    if not form.whole:
        return rows.to_series(index).alias("word")
    rows.columns = name_columns(sample[0] if headed else None, rows.width, index)
    return with_rows(rows.to_series(index), rows)


def _check_size(data: bytes, name: str) -> None:
    """Raises DataError for what unpacks to too much, or has a cell so far out that the sheet would not fit in memory.

    The reader of sheets makes room for all cells up to the last row and the last column.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            if WORKBOOK not in archive.namelist():
                raise BadZipFile(f"it holds no {WORKBOOK}")
            if sum(part.file_size for part in archive.infolist()) > FILE:
                raise DataError(f"{name} unpacks to more than {FILE:,} bytes; save the column as CSV")
            for part in archive.namelist():
                row, column = _extent(archive.read(part)) if not part.endswith(".vml") else (0, 0)
                if row * column > CELLS:
                    raise DataError(
                        f"{name}: {part} reaches to row {row:,} and column {column:,}; save the column as CSV"
                    )
    except UNREADABLE as error:
        raise _damaged(name, error) from error


def _extent(part: bytes) -> tuple[int, int]:
    """Returns the last row and the last column to which XML refers; raises ExpatError for XML that is damaged."""
    row = column = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        if found := REFERENCE.fullmatch(attributes.get("r", "")):
            row, column = max(row, int(found[2])), max(column, _column(found[1]))

    if part.lstrip().startswith(XML):
        parser = ParserCreate()
        parser.StartElementHandler = start
        parser.Parse(part, True)
    return row, column


def _column(letters: str) -> int:
    """Returns the number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _read_sheet(data: bytes, name: str, form: Form) -> pl.DataFrame:
    """Returns all cells of the first sheet as text."""
    import fastexcel

    try:
        sheets = fastexcel.read_excel(data).sheet_names
        table = pl.read_excel(
            BytesIO(data),
            sheet_id=1,
            has_header=False,
            infer_schema_length=0,
            drop_empty_rows=False,
            drop_empty_cols=False,
            raise_if_empty=False,
        )
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError, ValueError) as error:
        raise _damaged(name, error) from error
    if len(sheets) > 1:
        form.notes.append(f"sheet: {sheets[0]!r}, the first of {len(sheets)}")
    return table


def write_xlsx(words: pl.Series, name: str) -> bytes:
    """Returns a workbook of one column under the header `word`, every word as text.

    Raises DataError if the extra is missing and for what a sheet cannot hold.
    """
    xlsxwriter = _check_extra(name)
    if len(words) >= ROWS or (words.str.len_chars() > CHARACTERS).any():
        raise DataError(
            f"{name}: a sheet holds {ROWS - 1:,} words of at most {CHARACTERS:,} characters under its header; "
            "write a .csv or .parquet file"
        )
    file = BytesIO()
    # With constant memory a cell is written as it is, without a table of shared strings.
    book = xlsxwriter.Workbook(file, {"in_memory": True, "constant_memory": True})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet("words")
    sheet.write_string(0, 0, "word")
    for row, word in enumerate(words, 1):
        sheet.write_string(row, 0, word)
    book.close()
    return file.getvalue()


def _check_extra(name: str) -> ModuleType:
    """Returns the writer of workbooks; raises DataError unless both packages of the extra are there."""
    try:
        import fastexcel  # noqa: F401
        import xlsxwriter
    except ImportError as error:
        raise DataError(f"{name}: Excel workbooks need pip install 'moregrad[excel]'; or use .csv") from error
    return xlsxwriter


def _damaged(name: str, error: Exception) -> DataError:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return DataError(f"cannot read {name} as .xlsx: {reason}; repair it or save it as CSV")
