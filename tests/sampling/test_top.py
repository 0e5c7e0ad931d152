"""The most probable words as samples."""

from typing import Any

import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Known
from moregrad.errors import AlphabetError, ConfigurationError
from moregrad.sampling.options import Top
from moregrad.sampling.top import top_words
from moregrad.sampling.words import Samples
from sampling.enumeration import all_words
from sampling.table import MODEL, VOCABULARY, surprisal

SPLITS = {"train": ["a", "ab", "ba"], "test": ["b", "a"]}
KNOWN = Known({name: EncodedWords.of(words, VOCABULARY) for name, words in SPLITS.items()})


def find(count: int, *, longest: int = 5, **options: Any) -> Samples:
    return top_words(MODEL, VOCABULARY, KNOWN, Top(count=count, **options), longest=longest)


def test_every_word_comes_with_its_surprisal_and_the_first_split_that_holds_it():
    found = find(12)
    assert [sample.nats for sample in found] == pytest.approx([surprisal(sample.word) for sample in found], rel=1e-5)
    where = {"a": "train", "ab": "train", "ba": "train", "b": "test"}
    assert all(sample.where == where.get(sample.word, "new") for sample in found)
    assert found.shortage == ""


def test_novel_words_are_the_others_in_the_same_order():
    every = find(60)
    novel = find(40, novel=True)
    assert [x.word for x in novel] == [x.word for x in every if x.where == "new"][:40]


def test_words_that_do_not_exist_are_told():
    possible = [word for word in all_words(VOCABULARY, 2) if surprisal(word) < float("inf")]
    found = find(100, longest=2)
    assert {x.word for x in found} == set(possible)
    number = len(possible)
    assert found.shortage == (
        f"found only {number} of 100 words: the model knows no other word of at most 2 characters; raise max_length"
    )
    assert find(3, longest=3, prefix="ab", novel=True).shortage == (
        "found only 1 of 3 words: the model knows no other word that begins with 'ab', that is novel, of at most "
        "3 characters; raise max_length, or drop prefix or novel"
    )


def test_a_search_that_was_stopped_is_told():
    found = find(100, limit=60)
    assert 0 < len(found) < 100
    assert found.shortage.startswith(f"proved only {len(found)} of 100 words to be the most probable: the search ")
    assert find(100, limit=1).shortage.startswith("proved none of 100 words")
    assert [x.word for x in found] == [x.word for x in find(100)[: len(found)]]


def test_who_watches_hears_of_every_batch():
    heard: list[int] = []
    top_words(MODEL, VOCABULARY, KNOWN, Top(count=50), longest=5, watch=heard.append)
    assert heard == sorted(heard)
    assert heard[0] == 1


def test_a_prefix_outside_the_vocabulary_is_refused():
    with pytest.raises(AlphabetError, match="'x' at position 2"):
        find(1, prefix="ax")


@pytest.mark.parametrize(("field", "value"), [("count", -1), ("limit", 0), ("max_length", 0), ("novel", 1)])
def test_a_value_out_of_range_says_what_is_allowed(field: str, value: Any):
    with pytest.raises(ConfigurationError, match=f"top: {field} is {value!r}; it must be"):
        Top(**{field: value})
