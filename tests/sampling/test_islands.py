"""Sequential Monte Carlo, against the probabilities of all words."""

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.models.ngram import NGramModel
from moregrad.sampling.generate import FREE
from moregrad.sampling.guide import Guide
from moregrad.sampling.islands import accept, lost_share, search
from moregrad.sampling.processors import Processors
from moregrad.sampling.target import Target
from sampling.wanted import counted, pattern, probabilities, target, total_variation, words_of

MODEL = counted(order=4)
ROUGH = counted(["cc", "cab", "b"], order=2)
"""Counts of another list, which guide badly."""
ISLANDS = 512


def found(
    wanted: Target, guide: NGramModel, *, particles: int, seed: int = 0
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Words, surprisals, and mean weights relative to the probability of wanted words, which comes last."""
    ahead = wanted.look_ahead(guide, order=5, most=10**7, open_to=0.1)
    assert ahead is not None
    forced = np.full(16, FREE, np.int32)
    forced[: len(wanted.prefix)] = wanted.prefix
    made = search(
        MODEL,
        Guide.of(ahead),
        jnp.asarray(forced),
        Processors.of(wanted.options),
        islands=ISLANDS,
        particles=particles,
        key=jr.key(seed),
    )
    ids, nats, evidence = map(np.asarray, made)
    return words_of(ids), nats, evidence.astype(np.float64) + ahead.scales[0]


@pytest.mark.parametrize("particles", [1, 8])
@pytest.mark.parametrize("guide", [MODEL, ROUGH])
@pytest.mark.parametrize("options", [{}, {"temperature": 0.6, "top_k": 3}])
def test_mean_weights_estimate_the_probability_of_all_wanted_words(particles: int, guide: NGramModel, options):
    wanted = target(pattern("*b??"), 5, **options)
    evidence = np.exp(found(wanted, guide, particles=particles)[2])
    error = evidence.std() / ISLANDS**0.5
    expected = sum(probabilities(MODEL, wanted).values())
    assert abs(evidence.mean() - expected) < 4 * error + 1e-4 * expected


def test_a_perfect_guide_leaves_nothing_to_correct():
    wanted = target(pattern("*a*c"), 5)
    evidence = np.exp(found(wanted, MODEL, particles=8)[2])
    np.testing.assert_allclose(evidence, sum(probabilities(MODEL, wanted).values()), rtol=1e-3)


def test_more_particles_differ_less():
    wanted = target(pattern("*b??"), 5)
    few, many = (np.exp(found(wanted, ROUGH, particles=particles)[2]) for particles in (1, 8))
    assert many.std() < 0.75 * few.std()


@pytest.mark.parametrize("particles", [1, 8])
def test_accepted_words_are_drawn_as_often_as_they_are_probable(particles: int):
    wanted, made = target(pattern("*b?"), 4), []
    for seed in range(12):
        words, _, evidence = found(wanted, ROUGH, particles=particles, seed=seed)
        made += np.array(words)[accept(evidence, key=jr.key(seed))].tolist()
    expected = probabilities(MODEL, wanted)
    assert set(made) <= expected.keys()
    assert total_variation(made, expected) < 0.7 * (len(expected) / len(made)) ** 0.5


def test_the_surprisal_is_the_models_own_however_words_are_drawn():
    words, nats, _ = found(target(pattern("a*"), 5, prefix="a", temperature=0.7), ROUGH, particles=8)
    plain = probabilities(MODEL, target(pattern("a*"), 5))
    np.testing.assert_allclose(nats, [-np.log(plain[word]) for word in words], rtol=1e-4)


def test_a_given_prefix_counts_for_nothing_whatever_cuts_say():
    wanted = target(pattern("cc*"), 5, prefix="cc", top_k=1)
    words, _, evidence = found(wanted, ROUGH, particles=8)
    assert all(word.startswith("cc") for word in words)
    expected = sum(probabilities(MODEL, wanted).values())
    assert np.exp(evidence).mean() == pytest.approx(expected, rel=0.2)


def test_an_island_on_which_nothing_can_be_found_has_no_weight():
    wanted = target(pattern("*bbb"), 5, top_k=1)
    evidence = found(wanted, ROUGH, particles=8)[2]
    assert sum(probabilities(MODEL, wanted).values()) == 0
    assert np.isneginf(evidence).all()
    assert not accept(evidence, key=jr.key(0)).any()
    assert lost_share(evidence) == 1


def test_islands_are_accepted_in_proportion_to_their_weights():
    evidence = np.log(np.array([1, 2, 4, 8, 8.0]))
    kept = np.mean([accept(evidence, key=jr.key(seed)) for seed in range(400)], axis=0)
    np.testing.assert_allclose(kept, [1 / 8, 1 / 4, 1 / 2, 1, 1], atol=0.08)
    assert lost_share(evidence) == 0


def test_what_the_heaviest_island_is_above_the_others_is_lost():
    evidence = np.log(np.array([1, 2, 5.0]))
    assert lost_share(evidence) == pytest.approx(3 / 8)
    kept = np.mean([accept(evidence, key=jr.key(seed)) for seed in range(400)], axis=0)
    np.testing.assert_allclose(kept, [1 / 5, 2 / 5, 1], atol=0.08)
