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
    assert read_corpus(path, no_header=True).words.to_list() == ["Anna", "Bob", "Cara"]
    assert read_corpus(path, column="Anna").words.to_list() == ["Bob", "Cara"]
    assert read_corpus(path, column="Anna").report.notes == ("header: 'Anna'",)


@pytest.mark.parametrize(
    ("text", "headed"),
    [
        ("state,2022\nOhio,-5\nUtah,3.5\n", True),
        ("state,2021\nOhio,2020\nUtah,2019\n", False),
        ("Ohio,2022\nUtah,2023\nIowa,2024\n", False),
        ("id,,town\n4,,Ulm\n5,,Bonn\n", True),
        ("show,part\na,x\nshow,part\nb,y\n", True),
        ("poll,share\nx,5\npoll,6\n", True),
        ("Mary,F,7065\nAnna,F,2604\n", False),
        ("Mary,7065\nAnna,2604\n", False),
        ("1,Anna\n2,Bob\n", False),
        ("Anna,F\nBob,M\nCara,F\n", False),
        ("Anna\nBob\nAnna\n", False),
        ("-1,5;7\n2;8\n", False),
    ],
)
def test_most_columns_that_can_tell_decide_whether_there_is_a_header(text, headed):
    form = Form(1)
    read_delimited(text, "table", form)
    assert any(note.startswith("header: ") for note in form.notes) == headed


def test_many_long_names_of_columns_are_cut():
    text = ",".join(f"{number}{'x' * 99}" for number in range(99)) + "\n"
    with pytest.raises(DataError, match=r"several columns.* and 79 more, or a number from 1 to 99") as caught:
        words_of(text)
    assert len(str(caught.value)) < 1000
    form = Form(1)
    read_delimited(text, "table", form)
    assert len(form.notes[0]) < 1000


def test_the_lines_of_a_file_without_words_are_noted():
    form = Form()
    assert read_delimited("\n \n\n", "table", form).to_list() == []
    assert form.notes == ["blank lines and no table: 3"]


def test_a_name_with_the_delimiter_is_refused_with_its_line():
    with pytest.raises(DataError, match="line 3 has more fields than the first row, 2 and not 1"):
        words_of("name\nAnna\nSmith, Anna\n")


def test_a_single_column_loses_no_word_to_a_header_that_cannot_be_told():
    form = Form()
    assert read_delimited("Anna\nBob\nCara\n", "a.csv", form).to_list() == ["Anna", "Bob", "Cara"]
    assert form.notes == ["no header: the first row, 'Anna', is read like the others"]
    assert read_delimited("Vorname\nBob\n", "a.csv", Form()).to_list() == ["Bob"]
    assert read_delimited("Benamung\nBob\n", "a.csv", Form(column="Benamung")).to_list() == ["Bob"]
