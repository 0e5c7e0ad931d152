"""Summaries of word lists."""

import json
from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from moregrad.data import read_corpus, summary


def test_a_summary_counts_words_lengths_characters_and_pairs():
    found = read_corpus(["ava", "al", "ava"], keep_duplicates=True).summary()
    assert (found.count, found.distinct, found.characters) == (3, 2, 8)
    assert (found.shortest, found.longest) == ("al", "ava")
    assert found.lengths == {2: 1, 3: 2}
    assert found.alphabet == {"a": 5, "l": 1, "v": 2}
    assert found.pairs == ((".a", 3), ("a.", 2), ("av", 2), ("va", 2), ("al", 1), ("l.", 1))


@given(st.lists(st.text("aé😀.", min_size=1, max_size=5), min_size=1))
def test_a_summary_equals_a_count_by_hand(words):
    found = read_corpus(words, keep_duplicates=True).summary()
    assert found.alphabet == Counter("".join(words))
    assert found.lengths == Counter(map(len, words))
    pairs = Counter(pair for word in words for pair in pairwise(["", *word, ""]))
    commonest = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[: summary.PAIRS]
    assert found.pairs == tuple(((a or ".") + (b or "."), count) for (a, b), count in commonest)


def test_the_summary_of_names_is_the_published_one(names_path):
    found = read_corpus(names_path, keep_duplicates=True).summary()
    assert (found.count, found.distinct, found.characters) == (32_033, 29_494, 196_113)
    assert list(found.lengths.values()) == [65, 575, 2983, 7133, 9657, 6819, 3108, 1118, 380, 128, 29, 30, 6, 2]
    assert list(found.lengths) == list(range(2, 16))
    assert found.pairs[:5] == (("n.", 6763), ("a.", 6640), ("an", 5438), (".a", 4410), ("e.", 3983))
    assert "".join(found.alphabet) == "abcdefghijklmnopqrstuvwxyz"


def test_a_summary_in_json_is_plain_data():
    written = read_corpus(["ava", "al"]).summary().to_dict()
    assert json.loads(json.dumps(written)) == written
    assert (written["count"], written["longest"]) == (2, "ava")
    assert written["lengths"] == {"2": 1, "3": 1}
    assert written["alphabet"] == {"a": 3, "l": 1, "v": 1}
    assert written["pairs"][0] == [".a", 2]
