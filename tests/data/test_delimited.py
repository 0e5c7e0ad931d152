"""Delimited text against Python's csv module; the delimiter, the header and every line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.corpus import read_corpus
from moregrad.data.delimited import read_delimited
from moregrad.data.form import Form
from moregrad.errors import DataError

TEXT = st.text(st.sampled_from('ab,;"\n\r '), max_size=30)


def words_of(text: str, *form) -> list[str | None]:
    return read_delimited(text, "table", Form(*form)).to_list()


@given(TEXT)
def test_rows_are_those_of_the_csv_module_or_the_text_is_refused(text):
    text = "name,n\n" + text
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = list(csv.reader(io.StringIO(plain, newline="")))[1:]
    try:
        words = words_of(text, "name", ",")
    except DataError:
        with pytest.raises(DataError, match=r"line \d+"):
            words_of(text, "name", ",")
        return
    assert [word or "" for word in words] == [row[0] if row else "" for row in rows]


@pytest.mark.parametrize(
    ("text", "column", "kept"),
    [
        ('name,n\nAnna,5"\nBob,1\nCara,6"\nDora,2', "name", ["Anna", "Bob", "Cara", "Dora"]),
        ('name\nO"Hara\n', "name", ['O"Hara']),
        ("name\rAnna\rBob\nCara\n", None, ["Anna", "Bob", "Cara"]),
        ("Mary,F,7065\nAnna,F,2604\n", 1, ["Mary", "Anna"]),
        ("\ufeffid;town;share\r\n4;Ulm;1,5\r\n5;Bonn;2,5\r\n".lstrip("\ufeff"), "town", ["Ulm", "Bonn"]),
        ("id\ttown\n4\tUlm\n", "town", ["Ulm"]),
        ("id|town\n4|Ulm\n", "town", ["Ulm"]),
        ("sep=;\nid;town\n4;Ulm\n", "town", ["Ulm"]),
    ],
)
def test_tables_of_many_hands_are_read(text, column, kept):
    assert words_of(text, column) == kept


def test_a_first_row_is_a_word_on_request_and_a_header_is_told(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("Anna\nBob\nCara\n", encoding="utf-8")
    assert read_corpus(path).report.notes == ("header: 'Anna'",)
    assert read_corpus(path, no_header=True).words.to_list() == ["Anna", "Bob", "Cara"]


def test_a_name_with_the_delimiter_is_refused_with_its_line():
    with pytest.raises(DataError, match="line 3 has more fields than the first row, 2 and not 1"):
        words_of("name\nAnna\nSmith, Anna\n")
