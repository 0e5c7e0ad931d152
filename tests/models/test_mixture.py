"""Mixtures of any models."""

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ConfigurationError, ModelError
from moregrad.models.catalogue import architecture
from moregrad.models.gru import GRU
from moregrad.models.mixture import Mixture
from moregrad.models.mlp import MLP
from moregrad.models.ngram import NGram

WORDS = EncodedWords.of(["dbca", "ab", "c", "badc", "acbd"], Vocabulary("abcd"))
TOKENS = jnp.asarray([[0, 1, 3, 2, 0, 4, 2]])


def test_probabilities_are_the_weighted_mean_of_the_members():
    members = (MLP(context=2, embedding=4, hidden=8), GRU(embedding=4, hidden=8), NGram(order=3))
    model = Mixture(members, weights=(1.0, 2.0, 5.0)).build(5, 5, key=jr.key(0)).count(WORDS)
    found, parts = jnp.exp(model(TOKENS)), [jax.nn.softmax(member(TOKENS))[:, -6:] for member in model.members]
    expected = sum(weight / 8 * part for weight, part in zip((1, 2, 5), parts, strict=True))
    np.testing.assert_allclose(found[:, -6:], expected, rtol=1e-5)


def test_each_kind_has_the_same_weight_if_none_are_given():
    def shares(mixture: Mixture) -> list[float]:
        return np.exp(mixture.build(5, 5, key=jr.key(0)).log_weights.value).tolist()

    assert shares(Mixture()) == pytest.approx([0.5, 0.25, 0.25])
    assert shares(Mixture((GRU(), NGram(), MLP()))) == pytest.approx([1 / 3] * 3)
    assert shares(Mixture((NGram(order=2), NGram(order=4)))) == pytest.approx([0.5, 0.5])


def test_networks_train_by_the_loss_of_their_own_mean_and_counts_stay_out_of_it():
    gru, mlp = GRU(embedding=4, hidden=8), MLP(context=2, embedding=4, hidden=8)
    model = Mixture((gru, NGram(order=3), mlp), weights=(3.0, 4.0, 1.0)).build(5, 5, key=jr.key(0)).count(WORDS)
    logits, _ = model.observe(TOKENS, key=jr.key(1))
    first, second = (jax.nn.softmax(model.members[index](TOKENS))[:, -6:] for index in (0, 2))
    np.testing.assert_allclose(jnp.exp(logits[:, -6:]), 0.75 * first + 0.25 * second, rtol=1e-5)


def test_one_network_beside_counts_trains_as_it_would_alone():
    gru = GRU(embedding=4, hidden=8, dropout=0.3)
    mixture = Mixture((gru, NGram(order=3))).build(5, 5, key=jr.key(7)).count(WORDS)
    alone = gru.build(5, 5, key=jr.key(7))
    logits, _ = mixture.observe(TOKENS, key=jr.key(1))
    assert jnp.array_equal(logits, alone.observe(TOKENS, key=jr.key(1))[0])


def test_a_stack_is_averaged_with_counts_and_not_with_other_networks():
    assert architecture("stack+ngram").to_dict()["members"][0]["name"] == "stack"
    with pytest.raises(ConfigurationError, match=r"write stack:gru\+lstm"):
        architecture("stack+gru")


def test_a_setting_goes_to_every_member_that_has_it():
    mixture = architecture("gru+lstm+ngram", hidden=7, order=2, weights=(1.0, 1.0, 2.0))
    assert isinstance(mixture, Mixture)
    assert [member.to_dict().get("hidden") for member in mixture.members] == [7, 7, None]
    assert mixture.members[2] == NGram(order=2)
    assert architecture(mixture.to_dict()) == mixture


def test_a_default_on_which_members_disagree_is_none():
    options = architecture("mlp+gru").options()
    assert (options["hidden"].default, options["embedding"].default, options["dropout"].default) == (None, None, 0.0)


def test_a_setting_that_no_member_has_names_the_nearest():
    with pytest.raises(ConfigurationError, match="mixture has no setting 'hiden'; did you mean 'hidden'"):
        architecture("gru+ngram", hiden=3)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"members": (GRU(),)}, "two or more architectures"),
        ({"members": (GRU(), "ngram")}, "two or more architectures"),
        ({"weights": (1.0,)}, "3 numbers, not all of them 0, or none"),
        ({"weights": (0.0, 0.0, 0.0)}, "3 numbers, not all of them 0, or none"),
        ({"weights": (-1.0, 2.0, 1.0)}, "a finite number of at least 0"),
    ],
)
def test_a_mixture_that_cannot_be_is_refused(given: dict, message: str):
    with pytest.raises(ConfigurationError, match=message):
        Mixture(**given)


def test_an_unknown_member_is_refused_by_name():
    with pytest.raises(ModelError, match="there is no model 'gro'; did you mean gru"):
        architecture("gro+ngram")


def test_the_shortest_member_limits_the_length_of_words():
    limited = architecture("bow+gru+ngram").build(27, 9, key=jr.key(0))
    assert limited.longest == 8
    assert architecture("gru+ngram").build(27, 9, key=jr.key(0)).longest is None


def test_rows_have_the_tokens_in_front_that_the_widest_window_needs():
    rows = architecture("mlp+gru", context=4, embedding=4, hidden=8).examples(WORDS, 27)
    tokens, targets = rows.rows(jnp.arange(1))
    assert tokens.shape[1] == targets.shape[1] + 3
