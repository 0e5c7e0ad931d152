"""Encoded words with the symbols of their labels."""

from pathlib import Path

import pytest

from data.labelled_table import ROWS, write_table
from moregrad import read_corpus
from moregrad.data.marked import choose, count_labels, encode_parts, first_tokens, strip
from moregrad.data.splits import METHODS, split


@pytest.mark.parametrize("how", METHODS)
def test_parts_keep_words_and_their_labels(tmp_path: Path, how: str):
    keep = METHODS[how].with_repeats
    corpus = read_corpus(write_table(tmp_path / "t.csv"), column="word", label="kind", keep_duplicates=keep)
    assert corpus.labels is not None
    parts = split(corpus, how)
    vocabulary, encoded = encode_parts(corpus, parts)
    pairs = []
    for marked, words in zip(encoded, (parts.train, parts.validation, parts.test), strict=True):
        assert strip(marked, corpus.labels, vocabulary).words(corpus.vocabulary).equals(words, check_names=False)
        names = [corpus.labels.names[vocabulary.characters[token - 1] > "\ue000"] for token in first_tokens(marked)]
        pairs += zip(words.to_list(), names, strict=True)
    assert set(pairs) == set(ROWS)


def test_all_labels_of_a_word_go_to_the_same_part(tmp_path: Path):
    corpus = read_corpus(write_table(tmp_path / "t.csv"), column="word", label="kind")
    parts = split(corpus)
    assert (parts.leakage.validation, parts.leakage.test) == (0, 0)
    assert sum(map(len, (parts.train, parts.validation, parts.test))) == len(ROWS)
    plain = split(read_corpus(corpus.distinct.to_list()))
    assert set(plain.test) == set(parts.test)


def test_the_first_words_of_a_part_have_every_label_though_the_list_is_sorted_by_them(tmp_path: Path):
    path = tmp_path / "sorted.csv"
    path.write_text("word,kind\n" + "".join(f"w{i:04},{'ab'[i >= 500]}\n" for i in range(1000)))
    corpus = read_corpus(path, column="word", label="kind")
    assert corpus.labels is not None
    vocabulary, encoded = encode_parts(corpus, split(corpus))
    for marked in encoded:
        assert (count_labels(marked.first(50), corpus.labels, vocabulary) > 10).all()


def test_words_of_a_label_are_counted_and_chosen(tmp_path: Path):
    corpus = read_corpus(write_table(tmp_path / "t.csv"), column="word", label="kind")
    assert corpus.labels is not None
    vocabulary, (train, *_) = encode_parts(corpus, split(corpus))
    counts = count_labels(train, corpus.labels, vocabulary)
    for index, token in enumerate(corpus.labels.ids(vocabulary)):
        chosen = choose(train, first_tokens(train) == token)
        assert len(chosen) == counts[index]
        assert (first_tokens(chosen) == token).all()
    assert len(choose(train, first_tokens(train) == 1)) == 0
