"""A column of a table, read from a stream; kinds and columns that files have in common are in test_files.py."""

import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.form import Form
from moregrad.data.tables import TABLES, read_csv, read_json_lines, read_parquet, read_tsv
from moregrad.errors import DataError

CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)


def stream(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


@given(st.lists(CELL, min_size=1))
def test_a_column_comes_back_from_every_kind_of_table(cells):
    table = pl.DataFrame({"id": range(len(cells)), "word": cells})
    written = {kind: io.BytesIO() for kind in TABLES}
    table.write_csv(written[".csv"])
    table.write_csv(written[".tsv"], separator="\t", quote_style="never")
    table.write_ndjson(written[".jsonl"])
    table.write_ndjson(written[".ndjson"])
    table.write_json(written[".json"])
    table.write_parquet(written[".parquet"])
    table.write_excel(written[".xlsx"])
    for kind, file in written.items():
        assert TABLES[kind](io.BytesIO(file.getvalue()), "table", Form("word")).to_list() == cells, kind


def test_a_quotation_mark_quotes_in_csv_and_is_a_character_in_tsv():
    assert read_csv(stream('word\n"a,b"\n'), "table", Form()).to_list() == ["a,b"]
    assert read_tsv(stream('word\n"a\tb"\n'.replace("\t", ",")), "table", Form()).to_list() == ['"a,b"']


def test_a_table_without_rows_or_text_has_no_words():
    assert read_csv(stream("word\n"), "table", Form()).to_list() == []
    assert read_csv(stream("  \n"), "table", Form()).to_list() == []
    assert read_json_lines(stream(""), "table", Form()).to_list() == []


def test_a_number_is_a_column_unless_a_column_has_that_name():
    assert read_csv(stream("a,b\nx,y\n"), "table", Form("2")).to_list() == ["y"]
    assert read_csv(stream("2,b\nx,y\n"), "table", Form("2")).to_list() == ["x"]
    with pytest.raises(DataError, match=r"table has no column 0; choose one of a, b, or a number from 1 to 2"):
        read_csv(stream("a,b\nx,y\n"), "table", Form(0))


def test_a_column_of_numbers_becomes_text():
    file = io.BytesIO()
    pl.DataFrame({"code": [1, None]}).write_parquet(file)
    assert read_parquet(io.BytesIO(file.getvalue()), "table", Form()).to_list() == ["1", None]


def test_a_line_that_is_neither_an_object_nor_a_string_is_shown():
    with pytest.raises(DataError, match=r"table: line 3 is '\[1\]'; every line must hold a JSON object"):
        read_json_lines(stream('"a"\n\n[1]\n'), "table", Form())


def test_a_number_of_a_column_that_is_thousands_of_digits_long_is_refused():
    with pytest.raises(DataError, match="has no column"):
        read_csv(io.BytesIO(b"a,b\n1,2\n"), "table.csv", Form("9" * 5000))
