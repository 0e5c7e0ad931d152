"""Probabilities of what follows a prefix, against the surprisal of words."""

import json

import jax.numpy as jnp
import numpy as np
import pytest

from evaluation.by_hand import LETTERS, MODEL, by_hand
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import AlphabetError, ModelError
from moregrad.evaluation.probabilities import ROWS, SHORTEST, Probabilities, log_probabilities, probabilities_after
from moregrad.models.ngram import NGram
from moregrad.models.transformer import Transformer


@pytest.mark.parametrize("prefix", ["", "a", "cab", "abc" * 30])
def test_every_continuation_costs_what_the_word_costs(prefix: str):
    found = probabilities_after(MODEL, LETTERS, prefix)
    assert (found.prefix, found.characters) == (prefix, ".abc")
    nats = [by_hand(prefix + character)[len(prefix)] for character in "abc"]
    expected = np.exp([-by_hand(prefix)[-1], *(-each for each in nats)])
    np.testing.assert_allclose(found.probabilities, expected, rtol=1e-5)
    assert found.probabilities.sum() == pytest.approx(1, rel=1e-14)


def test_lengths_up_to_a_power_of_two_share_a_program():
    lengths = [SHORTEST - 1, SHORTEST, SHORTEST + 1]
    assert [len(log_probabilities(MODEL, LETTERS, "a" * length)) for length in lengths] == [64, 65, 66]


def test_what_never_followed_has_no_probability():
    counted = NGram(order=2, smoothing="add-k", k=0.0).count(EncodedWords.of(["ab"], LETTERS), 4)
    assert probabilities_after(counted, LETTERS, "a").to_dict() == {
        "prefix": "a",
        "probabilities": {"b": 1.0, "end": 0.0, "a": 0.0, "c": 0.0},
    }


def test_an_unknown_character_is_told():
    with pytest.raises(AlphabetError, match="'x' at position 2 of 'ax' is not in the vocabulary 'abc'"):
        probabilities_after(MODEL, LETTERS, "ax")


def test_a_prefix_longer_than_the_model_reads_is_told():
    transformer = Transformer(embedding=4, depth=1, heads=1, positions="learned")
    model = transformer.build(4, 3, key=jnp.array([0, 0], jnp.uint32))
    assert len(probabilities_after(model, LETTERS, "ab").probabilities) == 4
    with pytest.raises(ModelError, match="'abc' is longer than 2 characters, which this model cannot read"):
        probabilities_after(model, LETTERS, "abc")


def test_json_has_the_likeliest_first_and_calls_the_end_by_name():
    found = probabilities_after(MODEL, LETTERS, "b").to_dict()
    written = json.loads(json.dumps(found, allow_nan=False))
    assert written == found
    assert written["probabilities"].keys() == {"end", "a", "b", "c"}
    values = list(written["probabilities"].values())
    assert values == sorted(values, reverse=True)


def test_a_table_has_a_bar_for_every_character():
    lines = repr(Probabilities("a", ".ab", np.array([0.25, 0.5, 0.25]))).splitlines()
    assert lines[0].split() == ["after", "'a'", "probability"]
    assert lines[1].split() == ["a", "0.5000", "█" * 24]
    assert lines[2].split() == [".", "(end)", "0.2500", "█" * 12]
    assert max(map(len, lines)) <= 80


def test_a_large_vocabulary_is_summed_up():
    characters = "." + "".join(map(chr, range(0x4E00, 0x4E00 + 999)))
    found = Probabilities("", characters, np.full(1000, 1e-3))
    lines = repr(found).splitlines()
    assert len(lines) == 1 + ROWS + 1
    assert lines[-1] == "960 others share 0.9600"
    assert "960 others" in found._repr_html_()


def test_a_character_that_looks_like_the_end_is_told_from_it():
    dotted = probabilities_after(MODEL, Vocabulary(".ab"), "a")
    assert dotted.to_dict()["probabilities"].keys() == {"end", ".", "a", "b"}
    assert {line.split("  ")[0] for line in repr(dotted).splitlines()[1:]} == {". (end)", ".", "a", "b"}
