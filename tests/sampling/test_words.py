"""Words from a model, against a table of probabilities."""

import math
from itertools import islice, product
from typing import Any

import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Known
from moregrad.errors import AlphabetError, ModelError
from moregrad.sampling.options import Sampling
from moregrad.sampling.words import Sample, Samples, Tally, sample_words
from sampling.table import MODEL, VOCABULARY, surprisal

SPLITS = {"train": ["a", "ab", "ba"], "test": ["b", "a"]}
KNOWN = Known({name: EncodedWords.of(words, VOCABULARY) for name, words in SPLITS.items()})


def make(count: int, *, longest: int = 5, **options: Any) -> list[Sample]:
    """Makes `count` words, or fewer if no more are found."""
    return list(islice(sample_words(MODEL, VOCABULARY, KNOWN, Sampling(**options), longest=longest), count))


def test_every_word_comes_with_its_surprisal_and_the_first_split_that_holds_it():
    made = make(200)
    assert [sample.nats for sample in made] == pytest.approx([surprisal(sample.word) for sample in made], rel=1e-5)
    where = {"a": "train", "ab": "train", "ba": "train", "b": "test"}
    assert all(sample.where == where.get(sample.word, "new") for sample in made)
    assert {"train", "test", "new"} == {sample.where for sample in made}


def test_no_word_is_empty():
    # The table ends a tenth of all words before their first character.
    assert all(sample.word for sample in make(1500))


def test_the_same_seed_gives_the_same_words_whatever_their_number():
    assert make(1200)[:5] == make(5)
    assert make(5, seed=1) != make(5, seed=2)


def test_novel_words_are_in_no_split():
    assert {sample.where for sample in make(300, novel=True)} == {"new"}


def test_no_distinct_word_comes_twice():
    words = [sample.word for sample in make(60, distinct=True)]
    assert len(set(words)) == len(words) == 60


def test_every_word_begins_with_the_prefix():
    assert all(sample.word.startswith("ba") for sample in make(50, prefix="ba"))


def test_no_word_is_longer_than_the_longest():
    assert max(len(sample.word) for sample in make(500, longest=3)) == 3


def test_the_search_ends_when_nothing_new_can_be_found():
    found = {sample.word for sample in make(1000, longest=2, distinct=True)}
    possible = {"".join(word) for length in (1, 2) for word in product("abc", repeat=length)}
    assert found == {word for word in possible if surprisal(word) < float("inf")}


def test_a_prefix_outside_the_vocabulary_is_refused():
    with pytest.raises(AlphabetError, match="'x' at position 2"):
        make(1, prefix="ax")


def test_no_word_is_the_beginning_of_a_longer_one():
    # After b and c no word of one character may be drawn that would have gone on: their shares are those of whole ones.
    made = [sample.word for sample in make(4000, longest=1)]
    possible = {word: math.exp(-surprisal(word)) for word in "abc"}
    shares = {word: made.count(word) / len(made) for word in possible}
    assert shares == pytest.approx({word: p / sum(possible.values()) for word, p in possible.items()}, abs=0.03)


def test_too_few_words_say_what_became_of_all_that_were_drawn():
    tally, options = Tally(), Sampling(count=9, novel=True, distinct=True)
    made = Samples(sample_words(MODEL, VOCABULARY, KNOWN, options, longest=2, tally=tally), options, 2, tally)
    assert {sample.word for sample in made} == {"aa", "ac"}
    assert tally.drawn == len(made) + tally.unfinished + tally.empty + tally.known + tally.repeated
    told = made.shortfall(str.upper)
    assert told.startswith(f"found only 2 of 9 words: of {tally.drawn:,} drawn, {tally.unfinished:,} had not ended")
    assert told.endswith("; raise MAX_LENGTH or drop NOVEL or drop DISTINCT or raise TEMPERATURE")


def test_as_many_words_as_asked_for_fall_short_of_nothing():
    assert Samples(make(2), Sampling(count=2), 5, Tally()).shortfall() == ""


def test_a_prefix_longer_than_the_words_is_refused():
    with pytest.raises(ModelError, match="a prefix of 3 characters does not fit in words of at most 2"):
        make(1, prefix="aaa", longest=2)


def test_a_sample_as_plain_data_has_its_surprisal_per_character_the_end_included():
    sample = Sample("abc", 6.0, "new")
    assert sample.nats_per_character == 1.5
    assert sample.to_dict() == {"word": "abc", "nats": 6.0, "nats_per_character": 1.5, "where": "new"}
