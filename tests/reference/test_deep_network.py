"""The deep network of the third lecture: its losses, its names and the tables printed at its last step."""

from itertools import islice

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.data.examples import Windows
from moregrad.evaluation.diagnostics import trace, update_ratios, weights_by_path
from moregrad.evaluation.surprisal import surprisals
from moregrad.lectures import runs
from moregrad.lectures.names import sample_names
from moregrad.lectures.networks import deep_mlp
from moregrad.torch_random import Generator, multinomial_race

LAST = 1000
TOLERANCE = 5e-5


@pytest.fixture(scope="module")
def reports(encoded_part):
    """Before the last step and after it."""
    return list(runs.DEEP_MLP.replay(encoded_part(runs.DEEP_MLP.words), every=LAST))


@pytest.fixture(scope="module")
def last_step(reports, encoded_part):
    """The model before the last step, and the tokens and targets of that step."""
    examples = Windows.of(encoded_part(runs.DEEP_MLP.words), reports[0].model.context)
    generator = Generator(runs.DEEP_MLP.seed)
    deep_mlp(generator)
    return reports[0].model, *examples.rows(jnp.asarray(generator.randint(examples.size, LAST + 1, 32)[LAST]))


@pytest.fixture(scope="module")
def traced(last_step):
    """All that the last step shows of the network."""
    return trace(*last_step)


def test_the_losses_are_as_printed_up_to_the_last_step(reports):
    losses = np.concatenate([report.losses for report in reports])
    printed = runs.DEEP_MLP.printed
    assert max(printed) == LAST
    assert {step: losses[step] for step in printed} == pytest.approx(printed, abs=TOLERANCE)


@pytest.mark.parametrize("part", ["train", "validation"])
def test_the_final_losses_are_as_printed(part, reports, encoded_part):
    encoded = encoded_part(runs.DEEP_MLP.words if part == "train" else part)
    loss = surprisals(reports[-1].model, encoded).mean(dtype=np.float64)
    assert loss == pytest.approx(getattr(runs.DEEP_MLP, part), abs=TOLERANCE)


def test_the_names_are_the_printed_ones(reports, figures):
    names = sample_names(reports[-1].model, Generator(runs.GENERATOR_SEED + 10), multinomial_race)
    assert list(islice(names, 20)) == figures["names"]["DEEP_MLP"]


def test_the_tanh_outputs_spread_and_saturate_as_printed(traced, figures):
    table = figures["deep tables at step 1000"]["tanh"]
    outputs = traced.only("tanh").activations.values()
    np.testing.assert_allclose([np.mean(out) for out in outputs], 0, atol=0.0051)
    np.testing.assert_allclose([np.std(out, ddof=1) for out in outputs], table["std"], atol=0.0051)
    saturated = [100 * share for share in traced.saturation().values()]
    np.testing.assert_allclose(saturated, table["saturated percent"], atol=0.0051)


def test_the_gradients_at_the_tanh_outputs_spread_as_printed(traced, figures):
    table = figures["deep tables at step 1000"]["tanh"]
    spread = [np.std(gradient, ddof=1) for gradient in traced.only("tanh").gradients.values()]
    np.testing.assert_allclose(spread, table["gradient std"], rtol=5e-5)


def test_the_weights_gradients_and_their_ratio_to_the_weights_are_as_printed(traced, reports, figures):
    table = figures["deep tables at step 1000"]["weights"]
    ratios = traced.gradient_to_data(weights_by_path(reports[-1].model))
    gradients = [traced.weight_gradients[path] for path in ratios]
    assert [list(gradient.shape) for gradient in gradients] == table["shape"]
    np.testing.assert_allclose([np.mean(gradient) for gradient in gradients], table["gradient mean"], atol=6e-7)
    np.testing.assert_allclose([np.std(gradient, ddof=1) for gradient in gradients], table["gradient std"], rtol=5e-5)
    np.testing.assert_allclose(list(ratios.values()), table["gradient to data"], rtol=5e-5)


def test_updates_begin_and_settle_where_the_lecture_shows_them(encoded_part):
    """Read off the notebook's plot of log10 ratios, and so to within a quarter."""
    run = runs.DEEP_MLP
    ratios = update_ratios(run.network(Generator(run.seed)), run.replay(encoded_part(run.words), every=1))
    embedding, *weights = (np.array([each[:10].mean(), each[-100:].mean()]) for each in ratios.values())
    np.testing.assert_allclose(embedding, [-3.75, -3.1], atol=0.25)
    for begun, settled in weights:
        assert -2.9 < begun < -2.3
        assert -2.4 < settled < -1.9
