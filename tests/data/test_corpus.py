"""Reading, cleaning and describing a word list."""

import time
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data import read_corpus, write_words
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import AlphabetError, DataError

words_of_any_script = st.lists(st.text(st.characters(categories=["L", "M", "N"]), min_size=1), min_size=1)


def test_a_corpus_knows_its_words_vocabulary_and_source():
    corpus = read_corpus(["emma", "Ava", "emma", ""], lower=True)
    assert corpus.words.to_list() == ["emma", "ava"]
    assert corpus.vocabulary == Vocabulary("aemv")
    assert corpus.source == "the given list"
    assert (len(corpus), corpus.report.read, corpus.report.kept) == (2, 4, 2)


@given(words_of_any_script)
def test_every_script_is_encoded_and_decoded(words):
    corpus = read_corpus(words)
    assert corpus.encode().words(corpus.vocabulary).to_list() == corpus.words.to_list()


@pytest.mark.parametrize(
    "words", [["Αθήνα", "Σπάρτη"], ["दिल्ली", "मुंबई"], ["A Coruña", "Aix-en-Provence"], ["東京", "大阪"]]
)
def test_spaces_hyphens_and_other_scripts_stay_as_they_are(words):
    corpus = read_corpus(words)
    assert corpus.words.to_list() == words
    assert set(corpus.vocabulary.characters) == set("".join(words))


def test_part_of_a_corpus_is_encoded_with_the_vocabulary_of_the_whole():
    corpus = read_corpus(["emma", "ava"])
    assert corpus.encode(["ava"]).tokens.tolist() == [0, 1, 4, 1, 0]
    with pytest.raises(AlphabetError, match="'z' at position 1 of 'zoe'"):
        corpus.encode(["zoe"])


def test_the_fingerprint_is_the_checksum_of_the_list_as_a_text_file(tmp_path):
    corpus = read_corpus(["emma", "ñandú"])
    write_words(corpus.words, tmp_path / "words.txt")
    assert corpus.fingerprint == sha256((tmp_path / "words.txt").read_bytes()).hexdigest()


def test_the_fingerprint_tells_lists_apart():
    assert read_corpus(["emma", "ava"]).fingerprint != read_corpus(["emmaava"]).fingerprint


def test_distinct_words_stand_in_the_order_of_first_appearance():
    assert read_corpus(["b", "a", "b"], keep_duplicates=True).distinct.to_list() == ["b", "a"]


@pytest.mark.parametrize(
    ("words", "how", "complaint"),
    [
        ([], {}, "the given list is empty; give a list with at least one word"),
        (["", " "], {}, "of 2 read, 2 blank"),
        (["Emma", "ABIGAIL"], {"alphabet": "a-z", "max_length": 4}, "of 2 read, 2 rejected"),
        (["a\tb"], {}, "1 control; .*; note: words with tabs inside: 1; give --delimiter and --column"),
        (["abigail", "\t\0"], {"max_length": 4}, "1 control, 1 too long; loosen the rules"),
    ],
)
def test_a_list_without_words_says_what_became_of_them(words, how, complaint):
    with pytest.raises(DataError, match=complaint):
        read_corpus(words, **how)


def test_every_row_of_a_dirty_table_is_accounted_for(indian_names_path):
    report = read_corpus(indian_names_path, lower=True, alphabet="a-z").report
    assert (report.read, report.kept, report.rejected.count) == (60_600, 60_548, 52)
    assert report.rejected.examples[0] == "ABDUS-SABOUR"
    assert sum(dropped.count for dropped in report.dropped.values()) == 52


def test_what_the_alphabet_does_not_reject_is_kept(indian_names_path):
    corpus = read_corpus(indian_names_path)
    assert (corpus.report.read, corpus.report.kept) == (60_600, 60_600)
    assert "DAKSHAYAJñAVINAASHINI" in corpus.words


def test_the_default_list_is_read_in_an_instant():
    read_corpus("first-names")
    start = time.perf_counter()
    read_corpus("first-names").encode()
    assert time.perf_counter() - start < 0.5
