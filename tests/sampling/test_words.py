"""Words from a model, against a table of probabilities."""

import math
from itertools import islice, product
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Known
from moregrad.errors import AlphabetError, ModelError
from moregrad.layers.embedding import Embedding
from moregrad.layers.sequential import Sequential
from moregrad.models.window_model import WindowModel
from moregrad.sampling.constraints import UNCONSTRAINED, Constraints
from moregrad.sampling.options import Sampling
from moregrad.sampling.shortage import Tally
from moregrad.sampling.words import Sample, collect, sample_words
from sampling.table import MODEL, VOCABULARY, surprisal

SPLITS = {"train": ["a", "ab", "ba"], "test": ["b", "a"]}
KNOWN = Known({name: EncodedWords.of(words, VOCABULARY) for name, words in SPLITS.items()})


def make(count: int, *, longest: int = 5, constraints: Constraints = UNCONSTRAINED, **options: Any) -> list[Sample]:
    """Makes `count` words, or fewer if no more are found."""
    found = sample_words(MODEL, VOCABULARY, KNOWN, Sampling(**options), longest=longest, constraints=constraints)
    return list(islice(found, count))


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
    assert make(5, seed=1) == make(5, seed=1, part=0) != make(5, seed=1, part=1)


def test_novel_words_are_in_no_split():
    assert {sample.where for sample in make(300, novel=True)} == {"new"}


def test_no_distinct_word_comes_twice():
    words = [sample.word for sample in make(60, distinct=True)]
    assert len(set(words)) == len(words) == 60


def test_every_word_begins_with_the_prefix():
    assert all(sample.word.startswith("ba") for sample in make(50, prefix="ba"))


def test_words_keep_constraints_and_are_distributed_as_the_rest():
    constraints = Constraints.of(Sampling(pattern="?*b?"), VOCABULARY, longest=4)
    words = [sample.word for sample in make(3000, longest=4, constraints=constraints)]
    possible = ["".join(word) for length in (3, 4) for word in product("abc", repeat=length) if word[-2] == "b"]
    weights = {word: math.exp(-surprisal(word)) for word in possible}
    assert set(words) == {word for word, weight in weights.items() if weight}
    for word, weight in weights.items():
        assert words.count(word) / len(words) == pytest.approx(weight / sum(weights.values()), abs=0.03)


def test_words_pass_filters_and_the_same_seed_gives_the_same():
    constraints = Constraints(None, (lambda words: words.lengths != 2,))
    made = make(500, constraints=constraints)
    assert 2 not in {len(sample.word) for sample in made} >= {1, 3}
    assert make(5, constraints=constraints) == made[:5]


def test_no_word_is_longer_than_the_longest():
    assert max(len(sample.word) for sample in make(500, longest=3)) == 3


def test_words_are_drawn_from_those_that_end_within_the_longest():
    words = [sample.word for sample in make(20_000, longest=2)]
    possible = ["".join(word) for length in (1, 2) for word in product("abc", repeat=length)]
    weights = {word: math.exp(-surprisal(word)) for word in possible}
    for word, weight in weights.items():
        assert words.count(word) / len(words) == pytest.approx(weight / sum(weights.values()), abs=0.015)


def test_too_few_words_say_what_is_missing():
    options, tally = Sampling(count=3, prefix="ab", distinct=True), Tally(2)
    found = sample_words(MODEL, VOCABULARY, KNOWN, options, longest=2, tally=tally)
    made = collect(found, options, tally)
    assert [sample.word for sample in made] == ["ab"]
    assert made.shortage.startswith("found only 1 of 3 words: ")
    assert made.shortage.endswith("brought no other word that is distinct; raise temperature, or drop distinct")


def test_a_likeliest_word_that_is_empty_is_told():
    options, tally = Sampling(count=3, temperature=0, novel=True), Tally(2)
    always_ends = Embedding(jnp.asarray(np.eye(4)[[0] * 4], jnp.float32))
    silent = WindowModel(always_ends, Sequential(()), context=1, padding=0)
    made = collect(sample_words(silent, VOCABULARY, KNOWN, options, longest=2, tally=tally), options, tally)
    assert made.shortage == (
        "found none of 3 words: the last 20,480 draws brought nothing but the empty word; raise temperature"
    )


def test_what_keeps_words_away_is_named():
    options, tally = Sampling(count=30, top_k=1, novel=True, distinct=True), Tally(2)
    made = collect(sample_words(MODEL, VOCABULARY, KNOWN, options, longest=2, tally=tally), options, tally)
    assert "raise temperature, or drop top_k" in made.shortage


def test_words_that_never_end_say_so():
    options, tally = Sampling(count=3, prefix="a", temperature=0), Tally(1)
    always_a = Embedding(jnp.asarray(np.eye(4)[[1, 1, 1, 1]], jnp.float32))
    endless = WindowModel(always_a, Sequential(()), context=1, padding=0)
    made = collect(sample_words(endless, VOCABULARY, KNOWN, options, longest=1, tally=tally), options, tally)
    assert made == []
    assert made.shortage.startswith("found none of 3 words: none of 20,480 draws ended within 1 characters; raise max")


def test_the_search_ends_when_nothing_new_can_be_found():
    found = {sample.word for sample in make(1000, longest=2, distinct=True)}
    possible = {"".join(word) for length in (1, 2) for word in product("abc", repeat=length)}
    assert found == {word for word in possible if surprisal(word) < float("inf")}


def test_a_prefix_outside_the_vocabulary_is_refused():
    with pytest.raises(AlphabetError, match="'x' at position 2"):
        make(1, prefix="ax")


def test_a_prefix_longer_than_the_words_is_refused():
    with pytest.raises(ModelError, match="a prefix of 3 characters does not fit in words of at most 2"):
        make(1, prefix="aaa", longest=2)


def test_a_sample_as_plain_data_has_its_surprisal_per_character_the_end_included():
    sample = Sample("abc", 6.0, "new")
    assert sample.nats_per_character == 1.5
    assert sample.to_dict() == {"word": "abc", "nats": 6.0, "nats_per_character": 1.5, "where": "new"}
