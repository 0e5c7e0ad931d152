"""Several files as one list."""

import gzip

import polars as pl
import pytest

from moregrad.data import many_files, read_corpus
from moregrad.data.bounded import DEFAULT
from moregrad.data.form import Form
from moregrad.data.many_files import Reader, find_files
from moregrad.data.reading import Reading
from moregrad.data.streaming import stream_rows
from moregrad.errors import DataError


@pytest.fixture
def folder(tmp_path):
    """Three Parquet files of two columns and three rows each, a text, and a text that is gzipped."""
    for number in range(3):
        table = {"id": [1, 2, 3], "name": [f"{letter}{number}" for letter in "abc"]}
        pl.DataFrame(table).write_parquet(tmp_path / f"{number}.parquet")
    (tmp_path / "more.txt").write_text("d\ne\n", encoding="utf-8")
    (tmp_path / "more.txt.gz").write_bytes(gzip.compress(b"f\ng\n"))
    return tmp_path


def found(sources):
    """The files that are there."""
    files = find_files(sources)
    assert files
    return files


def words(files, **form):
    reader = Reader(files, Form(**form), DEFAULT)
    return pl.concat(reader.words()).to_list(), reader.total()


def test_a_folder_stands_for_its_parquet_files(folder, monkeypatch):
    monkeypatch.setattr(many_files, "ROWS", 2)
    listed, total = words(found([folder]), column="name")
    assert listed == ["a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2"]
    assert total == 9


def test_a_pattern_stands_for_the_files_named_like_it(folder):
    listed, total = words(found([f"{folder}/[02].par*"]), column=2)
    assert listed == ["a0", "b0", "c0", "a2", "b2", "c2"]
    assert total == 6


def test_files_of_several_kinds_are_one_list_in_the_order_given(folder):
    files = found([folder / "more.txt.gz", folder / "more.txt"])
    assert words(files) == (["f", "g", "d", "e"], None)
    assert files.name == f"{folder / 'more.txt.gz'} and 1 more"
    assert words(found([folder / "more.txt"])) == (["d", "e"], 2)


def test_a_list_of_many_files_is_read_into_memory_too(folder):
    assert read_corpus(folder, column="name").words.to_list()[-1] == "c2"
    assert read_corpus(f"{folder}/more.*").words.to_list() == ["d", "e", "f", "g"]


def test_what_is_no_file_is_left_to_others(folder):
    assert find_files(["names"]) is None
    assert find_files([folder / "missing.txt"]) is None


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        (["missing.txt", "more.txt"], "there is no such file"),
        (["nothing-*.txt"], "no file is named like"),
        (["empty"], "is a folder without Parquet files"),
    ],
)
def test_files_that_are_not_there_are_refused(folder, sources, message):
    (folder / "empty").mkdir()
    with pytest.raises(DataError, match=message):
        find_files([folder / source for source in sources])


def test_a_damaged_parquet_file_is_refused(folder):
    (folder / "1.parquet").write_bytes(b"PAR1" + bytes(100))
    with pytest.raises(DataError, match=r"cannot read .*1\.parquet as Parquet"):
        words(found([folder]), column="name")
    with pytest.raises(DataError, match="has no column 'nome'"):
        words(found([folder / "0.parquet"]), column="nome")


def test_files_that_change_are_known_by_their_sizes_and_times(folder):
    before = found([folder]).identity()
    assert found([folder]).identity() == before
    (folder / "0.parquet").write_bytes((folder / "1.parquet").read_bytes())
    assert found([folder]).identity() != before


def test_labels_are_read_from_every_file(tmp_path):
    for number, form in enumerate(("parquet", "csv")):
        table = pl.DataFrame({"name": [f"ada{number}", f"leo{number}"], "sex": ["f", "m"]})
        getattr(table, f"write_{form}")(tmp_path / f"{number}.{form}")
    corpus = read_corpus(f"{tmp_path}/*.*", column="name", label="sex")
    assert corpus.words.to_list() == ["ada0", "leo0", "ada1", "leo1"]
    assert corpus.word_labels is not None
    assert corpus.word_labels.to_list() == ["f", "m", "f", "m"]


def test_a_file_that_changes_while_it_is_read_is_refused(folder):
    reader = Reader(found([folder / "more.txt", folder / "more.txt.gz"]), Form(), DEFAULT)
    listed = reader.words()
    next(listed)
    (folder / "more.txt").write_text("other\n", encoding="utf-8")
    with pytest.raises(DataError, match="changed while it was read; give the same command once more"):
        list(listed)
    (folder / "more.txt").unlink()
    with pytest.raises(DataError, match=r"cannot read .*more\.txt: No such file or directory"):
        next(reader.words())


def test_rows_of_many_files_keep_their_columns(folder):
    tables = [table for _, table in stream_rows(folder, Reading(column="name"), notes=[])]
    assert pl.concat(tables).to_dict(as_series=False) == {
        "id": [1, 2, 3] * 3,
        "name": ["a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2"],
    }
