"""N-grams against published figures, against dictionaries, and against their own promises."""

import json
import math
from functools import partial
from pathlib import Path
from typing import get_args

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dictionary_ngrams import add_k, kneser_ney, predictions, witten_bell
from moregrad.data import read_corpus, split
from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import ConfigurationError
from moregrad.evaluation.surprisal import surprisals
from moregrad.layers.layer import parameters
from moregrad.models import ngram, ngram_tables
from moregrad.models.ngram import NGram, NGramModel
from moregrad.ngrams.smoothing import Smoothing

KENLM = json.loads((Path(__file__).parents[1] / "reference/kenlm.json").read_text(encoding="utf-8"))["lists"]
FIGURES = json.loads((Path(__file__).parents[1] / "reference/ngram.json").read_text(encoding="utf-8"))

VOCAB = 4
WORD = st.lists(st.integers(1, VOCAB - 1), max_size=6)
WORDS = st.lists(WORD, min_size=1, max_size=12)
SMOOTHINGS = {"add-k": partial(add_k, k=0.5), "witten-bell": witten_bell, "kneser-ney": kneser_ney}
ARCHITECTURES = st.sampled_from(
    [NGram(order, smoothing, 0.5) for order in range(1, 7) for smoothing in get_args(Smoothing)]
)

LIST = [[1, 2, 1], [1, 2, 2, 3], [3], [2, 1, 1, 2, 3, 3], [1, 2, 3]]
UNKNOWN = [3, 2, 2, 2, 1, 1, 3]


def encoded(words, dtype: type[np.unsignedinteger] = np.uint8) -> EncodedWords:
    return EncodedWords(np.array([0, *(token for word in words for token in (*word, 0))], dtype))


def counted(words, *settings) -> NGramModel:
    return NGram(*settings).count(encoded(words), VOCAB)


def logits_of(model, *rows) -> np.ndarray:
    return np.asarray(compiled(model, jnp.asarray(rows, jnp.int32)))


@eqx.filter_jit
def compiled(model, tokens):
    return model(tokens)


@eqx.filter_jit
def advance(model, state, token):
    return model.advance(state, token)


@pytest.fixture(scope="module")
def names(names_path):
    """The 32,033 names with the repeated ones."""
    return read_corpus(names_path, keep_duplicates=True)


@pytest.fixture(scope="module")
def parts(names):
    """The lectures' three parts as splits."""
    splits = split(names, "lecture")
    return {name: names.encode(getattr(splits, name)) for name in ("train", "validation", "test")}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: "-".join(map(str, figure["architecture"].values())))
def test_losses_on_the_lecture_split_are_those_of_the_dictionaries(figure, parts):
    model = NGram(**figure["architecture"]).count(parts["train"], 27)
    losses = {name: -model.log_probabilities(part).mean() for name, part in parts.items()}
    assert losses == pytest.approx(figure["losses"], rel=1e-12)


@pytest.mark.parametrize("listed", KENLM, ids=lambda listed: f"{listed['source']}, {listed['split']}")
def test_modified_kneser_ney_loses_what_kenlms_loses(listed, names_path):
    corpus = read_corpus(listed["source"], keep_duplicates=listed["split"] == "lecture")
    if listed["source"].startswith("faker:") and corpus.fingerprint != listed["fingerprint"]:
        pytest.skip("this version of Faker draws another list")
    assert corpus.fingerprint == listed["fingerprint"]
    splits = split(corpus, listed["split"])
    train, validation = corpus.encode(splits.train), corpus.encode(splits.validation)
    for figure in listed["validation"]:
        model = NGram(figure["order"], "kneser-ney").count(train, len(corpus.vocabulary))
        assert -model.log_probabilities(validation).mean() == pytest.approx(figure["losses"], abs=2e-5)


def test_orders_beyond_the_longest_word_change_nothing():
    losses = {order: counted(LIST, order).log_probabilities(encoded(LIST)).tolist() for order in (8, 9, 10)}
    assert losses[8] == losses[9] == losses[10]


@pytest.mark.parametrize(("k", "loss"), [(0.0, 2.4540144891548743), (1.0, 2.454576820115704)])
def test_bigrams_of_all_names_have_the_lectures_losses_in_float64(k, loss, names):
    encoded = names.encode(names.words)
    model = NGram(2, "add-k", k).count(encoded, 27)
    assert -model.log_probabilities(encoded).mean() == pytest.approx(loss, rel=1e-14)


@given(ARCHITECTURES, WORDS, WORDS)
def test_every_smoothing_agrees_with_its_formula_over_dictionaries(architecture, words, others):
    probability = SMOOTHINGS[architecture.smoothing](words, architecture.order, VOCAB)
    expected = [probability(*asked) for asked in predictions(others, architecture.order)]
    found = architecture.count(encoded(words), VOCAB).log_probabilities(encoded(others))
    np.testing.assert_allclose(np.exp(found), expected, rtol=1e-12)


@given(ARCHITECTURES, WORDS, WORD)
def test_the_probabilities_after_any_history_sum_to_one(architecture, words, history):
    model = architecture.count(encoded(words), VOCAB)
    continued = [[*history, token] for token in range(1, VOCAB)]
    found = [model.log_probabilities(encoded([word]))[len(history)] for word in [history, *continued]]
    assert math.fsum(np.exp(found)) == pytest.approx(1, abs=1e-12)


@given(
    st.lists(WORD, max_size=3),
    st.integers(1, 10),
    st.sampled_from(sorted(SMOOTHINGS)),
    st.sampled_from([0.0, 1e-9, 2.0]),
)
def test_tiny_lists_are_never_not_a_number(words, order, smoothing, k):
    found = counted(words, order, smoothing, k).log_probabilities(encoded([UNKNOWN]))
    assert not np.isnan(found).any()
    assert (found <= 0).all()


@pytest.mark.parametrize(
    ("order", "room"),
    [(1, ngram_tables.ROOM), (5, ngram_tables.ROOM), (1, 0), (5, 0), (10, 40)],
    ids=["order 1", "whole rows", "order 1 sparse", "sparse", "half sparse"],
)
def test_compiled_logits_are_the_exact_log_probabilities(order, room, monkeypatch):
    monkeypatch.setattr(ngram_tables, "ROOM", room)
    model, listed = counted(LIST, order, "kneser-ney"), encoded([UNKNOWN, *LIST])
    np.testing.assert_allclose(surprisals(model, listed), -model.log_probabilities(listed), atol=3e-6)


@pytest.mark.parametrize("room", [0, ngram_tables.ROOM], ids=["sparse", "whole rows"])
def test_what_bare_counts_hold_impossible_costs_infinitely_much(room, monkeypatch):
    monkeypatch.setattr(ngram_tables, "ROOM", room)
    model = counted([[1, 2], [1, 2, 2]], 2, "add-k", 0.0)
    assert np.isneginf(model.log_probabilities(encoded([[2, 1]]))).tolist() == [True, True, True]
    logits = logits_of(model, [0, 1, 2])
    assert not np.isnan(logits).any()
    assert np.isneginf(logits[0, 0]).tolist() == [True, False, True, True]
    assert math.exp(surprisals(model, encoded([[2, 1]])).mean()) == math.inf


def test_a_history_that_bare_counts_never_met_leaves_all_tokens_equally_likely():
    logits = logits_of(counted([[1, 2]], 2, "add-k", 0.0), [0, 3])
    np.testing.assert_allclose(logits[0, 1], -math.log(VOCAB), rtol=1e-6)


def test_a_boundary_begins_a_word_afresh():
    model = counted(LIST, 5, "kneser-ney")
    alone = logits_of(model, [0] * model.lead + [0, 1, 2])[0]
    padded, packed = logits_of(model, [0, 0, 0, 0, 0, 0, 1, 2], [1, 2, 2, 3, 1, 0, 1, 2])
    np.testing.assert_array_equal(padded[-3:], alone)
    np.testing.assert_array_equal(packed[-3:], alone)


def test_a_row_that_starts_inside_a_word_knows_what_its_tokens_say():
    model = counted(LIST, 3, "kneser-ney")
    whole, cut = logits_of(model, [0, 2, 1, 1, 2]), logits_of(model, [1, 1, 2])
    np.testing.assert_array_equal(whole[0, -2:], cut[0, -2:])


def test_one_token_at_a_time_gives_the_logits_of_whole_rows():
    model = counted(LIST, 4, "witten-bell")
    rows = np.array([[0, 1, 2, 3, 3, 0], [0, 3, 0, 1, 2, 2]])
    state, expected = model.begin(2), logits_of(model, *np.pad(rows, ((0, 0), (model.lead, 0))))
    for position in range(rows.shape[1]):
        logits, state = advance(model, state, jnp.asarray(rows[:, position]))
        np.testing.assert_array_equal(logits, expected[:, position])


def test_a_model_on_the_device_is_the_same_model():
    model = counted(LIST, 4, "kneser-ney")
    moved = jax.device_put(model)
    np.testing.assert_array_equal(logits_of(moved, [0, 1, 2, 3]), logits_of(model, [0, 1, 2, 3]))
    np.testing.assert_allclose(
        moved.log_probabilities(encoded(LIST)), model.log_probabilities(encoded(LIST)), rtol=1e-6
    )


def test_a_model_is_rebuilt_from_its_arrays_and_its_architecture():
    model = counted(LIST, 4, "witten-bell")
    skeleton = eqx.filter_eval_shape(model.architecture.build, VOCAB, 8, key=jr.key(0))
    rebuilt = jax.tree.unflatten(jax.tree.structure(skeleton), jax.tree.leaves(model))
    np.testing.assert_array_equal(rebuilt.log_probabilities(encoded(LIST)), model.log_probabilities(encoded(LIST)))


def test_a_model_that_has_counted_nothing_holds_every_token_equally_likely():
    model = NGram().build(VOCAB, 8, key=jr.key(0))
    np.testing.assert_allclose(logits_of(model, [0, 1, 2]), -math.log(VOCAB), rtol=1e-6)


def test_a_built_model_counts_as_its_architecture_does():
    architecture = NGram(3, "witten-bell")
    built = architecture.build(VOCAB, 8, key=jr.key(0)).count(encoded(LIST))
    assert eqx.tree_equal(built, architecture.count(encoded(LIST), VOCAB)) is True


def test_nothing_of_a_table_of_counts_is_trained_by_gradient():
    assert parameters(counted(LIST, 4, "kneser-ney")) == 0


def test_the_highest_order_counts_an_alphabet_of_thousands():
    words = np.random.default_rng(0).integers(1, 6000, (500, 12)).tolist()
    model = NGram(10, "kneser-ney").count(encoded(words, np.uint16), 6000)
    assert model.tables.rows.size <= 2 * ngram_tables.ROOM
    assert -model.log_probabilities(encoded(words, np.uint16)).mean() < 3
    logits = logits_of(model, [0, *words[0][:5]])
    np.testing.assert_allclose(np.exp(logits).sum(-1), 1, atol=1e-4)


def test_scoring_a_few_words_at_a_time_changes_nothing(monkeypatch):
    model, listed = counted(LIST, 4, "kneser-ney"), encoded([UNKNOWN, *LIST])
    expected = model.log_probabilities(listed)
    monkeypatch.setattr(ngram, "WORDS", 2)
    np.testing.assert_array_equal(counted(LIST, 4, "kneser-ney").log_probabilities(listed), expected)


@pytest.mark.parametrize("settings", [(0,), (11,), (2.5,), (3, "katz"), (3, "add-k", -1), (3, "add-k", math.nan)])
def test_settings_that_are_not_allowed_are_refused(settings):
    with pytest.raises(ConfigurationError, match=r"ngram: (order|smoothing|k) is"):
        NGram(*settings)
