"""Words and labels from tables of every kind."""

import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from data.labelled_table import ROWS, write_table
from moregrad import Reading, read_corpus
from moregrad.data.files import write_words
from moregrad.errors import DataError

TABLE = pl.DataFrame(ROWS, schema=["word", "kind"], orient="row")


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".json", ".jsonl", ".parquet", ".csv.gz", ".json columns"])
def test_every_table_gives_words_and_labels(tmp_path: Path, suffix: str):
    path = tmp_path / f"table{suffix.split()[0]}"
    match suffix:
        case ".csv":
            TABLE.write_csv(path)
        case ".tsv":
            TABLE.write_csv(path, separator="\t")
        case ".json":
            path.write_text(json.dumps(TABLE.to_dicts()))
        case ".json columns":
            path.write_text(json.dumps(TABLE.to_dict(as_series=False)))
        case ".jsonl":
            TABLE.write_ndjson(path)
        case ".parquet":
            TABLE.write_parquet(path)
        case _:
            path.write_bytes(gzip.compress(TABLE.write_csv().encode()))
    corpus = read_corpus(path, column="word", label=2)
    beside = read_corpus(path, label="kind")
    assert "words: the column 'word', which is not that of the labels" in beside.report.notes
    assert beside.fingerprint == corpus.fingerprint
    assert corpus.words.to_list() == TABLE["word"].to_list()
    assert corpus.word_labels is not None
    assert corpus.word_labels.to_list() == TABLE["kind"].to_list()
    assert corpus.report.labels == {"hard": 20, "soft": 20}
    assert corpus.vocabulary.characters == "aeiklmnoprtu"


def test_rows_without_a_label_are_left_out_and_counted_and_pairs_once(tmp_path: Path):
    (tmp_path / "t.csv").write_text("word,kind\n" + "a,x\na,y\na,x\nb, \nc,\nd,y\ne, y\nf,x\n" + ",x\n")
    corpus = read_corpus(tmp_path / "t.csv", column="word", label="kind")
    assert corpus.words.to_list() == ["a", "a", "d", "e", "f"]
    assert corpus.word_labels is not None
    assert corpus.word_labels.to_list() == ["x", "y", "y", "y", "x"]
    dropped = {reason: found.count for reason, found in corpus.report.dropped.items() if found.count}
    assert dropped == {"blank": 1, "unlabelled": 2, "duplicate": 1}
    assert corpus.distinct.to_list() == ["a", "d", "e", "f"]
    assert corpus.report.to_dict()["labels"] == {"x": 2, "y": 3}


def test_lists_without_labels_are_reported_as_before():
    report = read_corpus(["ada", "bea"]).report
    assert "unlabelled" not in report.dropped
    assert "labels" not in report.to_dict()


@pytest.mark.parametrize(("name", "first"), [("kind", "word,kind"), (2, "lala,soft")])
def test_words_and_labels_agree_on_the_header(tmp_path: Path, name: str | int, first: str):
    rows = [first, "kakt,hard", "mama,soft", "takt,hard", "nana,soft"]
    (tmp_path / "t.csv").write_text("".join(f"{row}\n" for row in rows))
    corpus = read_corpus(tmp_path / "t.csv", column=1, label=name, no_header=first != "word,kind")
    assert len(corpus) == 5 - (first == "word,kind")


def test_lists_without_columns_say_what_to_do(tmp_path: Path):
    (tmp_path / "words.txt").write_text("ada\nbea\n")
    with pytest.raises(DataError, match=r"is read as lines and has no column 'kind'; leave the column out"):
        read_corpus(tmp_path / "words.txt", label="kind")
    with pytest.raises(DataError, match="only tables have columns, and first-names is not a table"):
        read_corpus("first-names", label="kind")
    (tmp_path / "words.jsonl").write_text('"ada"\n"bea"\n')
    with pytest.raises(DataError, match="holds a string on every line and has no column 'kind'"):
        read_corpus(tmp_path / "words.jsonl", label="kind")


def test_columns_that_do_not_exist_or_differ_in_length_are_refused(tmp_path: Path):
    path = write_table(tmp_path / "t.csv")
    with pytest.raises(DataError, match="has no column 'sex'; choose one of word, kind"):
        read_corpus(path, column="word", label="sex")
    (tmp_path / "three.csv").write_text("word,kind,year\nada,x,1815\n")
    with pytest.raises(DataError, match="has several columns"):
        read_corpus(tmp_path / "three.csv", label="kind")
    (tmp_path / "t.json").write_text('{"word": ["a", "b", "c"], "kind": ["x", "y"]}')
    with pytest.raises(DataError, match="3 words and 2 labels; give two columns of the same rows"):
        read_corpus(tmp_path / "t.json", column="word", label="kind")


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".json", ".jsonl", ".parquet"])
def test_what_is_written_with_labels_is_read_again(tmp_path: Path, suffix: str):
    corpus = read_corpus(write_table(tmp_path / "t.csv"), column="word", label="kind")
    write_words(corpus.words, tmp_path / f"out{suffix}", labels=corpus.word_labels)
    again = read_corpus(tmp_path / f"out{suffix}", **vars(Reading(column="word", label="label")))
    assert again.words.equals(corpus.words)
    assert again.report.labels == corpus.report.labels


def test_a_text_file_cannot_hold_labels(tmp_path: Path):
    with pytest.raises(DataError, match=r"cannot hold words with labels; name a \.csv"):
        write_words(TABLE["word"], tmp_path / "out.txt", labels=TABLE["kind"])
