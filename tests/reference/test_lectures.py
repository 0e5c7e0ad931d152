"""The published runs, trained again by moregrad's models and loop, against their printed losses and lectures.json.

By default the WaveNet runs to its second print, step 10,000, and full-batch runs as far as a few seconds take them;
`pytest -m full` trains them to the end in a few minutes.
"""

from itertools import islice

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.data.examples import Windows
from moregrad.evaluation.diagnostics import calibrate
from moregrad.evaluation.surprisal import surprisals
from moregrad.layers.layer import parameters
from moregrad.lectures import networks, runs
from moregrad.lectures.names import sample_names
from moregrad.models.ngram import NGram
from moregrad.torch_random import Generator, multinomial_cumulative, multinomial_mkl_race, multinomial_race

TOLERANCE = 5e-5

DRAWS = {
    "counts, cumulative": multinomial_cumulative,
    "counts, race": multinomial_race,
    "counts, mkl race": multinomial_mkl_race,
}


def nats(model, encoded):
    return surprisals(model, encoded).mean(dtype=np.float64)


def replay(run, encoded, *, steps, every):
    """Trains at least `steps` steps and returns the model and the losses."""
    losses = []
    for report in run.replay(encoded, every=every):
        losses.append(report.losses)
        if report.step >= steps:
            break
    return report.model, np.concatenate(losses)  # pyright: ignore[reportPossiblyUnboundVariable]


def assert_printed(losses, run):
    """Every printed loss that was reached, but for the tolerance and half of the last printed decimal."""
    reached = {step: loss for step, loss in run.printed.items() if step < len(losses)}
    assert reached
    rounding = 0.5 * 10**-run.decimals
    assert {step: losses[step] for step in reached} == pytest.approx(reached, abs=TOLERANCE + rounding)


def assert_ends(run, encoded_part):
    """Trains to the last step and returns the model it ends with."""
    model, losses = replay(run, encoded_part(run.words), steps=run.recipe.steps, every=10_000)
    assert_printed(losses, run)
    assert nats(model, encoded_part(run.words)) == pytest.approx(run.train, abs=TOLERANCE)
    assert nats(model, encoded_part("validation")) == pytest.approx(run.validation, abs=TOLERANCE)
    return model


def test_the_lecture_split_has_the_published_words(figures, corpus, lecture_split):
    for name, expected in figures["split"].items():
        words = getattr(lecture_split, name)
        assert (len(words), corpus.encode(words).predictions) == (expected["words"], expected["predictions"])
        assert words[: len(expected["first"])].to_list() == expected["first"]


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("ONE_LAYER_ON_EMMA", 5),
        ("FIRST_MLP_ON_FIVE_WORDS", 1000),
        ("FIRST_MLP", 12),
        ("WAVENET", 10_001),
    ],
)
def test_a_published_run_begins_with_its_printed_losses(name, steps, encoded_part):
    run = getattr(runs, name)
    _, losses = replay(run, encoded_part(run.words), steps=steps, every=min(steps, 2001))
    assert_printed(losses, run)


@pytest.mark.full
def test_the_first_mlp_on_the_whole_list_ends_with_its_printed_loss(encoded_part):
    _, losses = replay(runs.FIRST_MLP, encoded_part(runs.FIRST_MLP.words), steps=100, every=100)
    assert_printed(losses, runs.FIRST_MLP)


def test_the_batchnorm_mlp_ends_with_its_printed_losses_running_and_calibrated(figures, encoded_part):
    run = runs.BATCHNORM_MLP
    model = assert_ends(run, encoded_part)
    calibrated = calibrate(model, Windows.of(encoded_part(run.words), model.context))
    for part, loss in figures["calibrated"].items():
        encoded = encoded_part(run.words if part == "train" else part)
        assert nats(calibrated, encoded) == pytest.approx(loss, abs=TOLERANCE)


@pytest.mark.full
def test_the_wavenet_ends_with_its_printed_losses_and_names(figures, encoded_part):
    model = assert_ends(runs.WAVENET, encoded_part)
    generator = Generator(runs.WAVENET.seed)
    networks.wavenet(generator)
    generator.randint(
        encoded_part(runs.WAVENET.words).predictions, runs.WAVENET.recipe.steps, runs.WAVENET.recipe.batch_size
    )
    assert list(islice(sample_names(model, generator, multinomial_race), 20)) == figures["names"]["WAVENET"]


@pytest.mark.parametrize("steps", [50, pytest.param(100, marks=pytest.mark.full)])
def test_one_layer_with_a_penalty_replays_to_its_printed_losses(steps, encoded_part):
    model, losses = networks.one_layer(Generator(runs.GENERATOR_SEED)), []
    for report in islice(runs.ONE_LAYER.replay(encoded_part("the whole list"), every=1), steps):
        losses.append(report.losses[0] + 0.01 * jnp.mean(model.embedding.weight**2))  # pyright: ignore[reportAttributeAccessIssue]
        model = report.model
    assert_printed(losses, runs.ONE_LAYER)


def test_one_layer_before_training_gives_emmas_surprisals(figures, encoded_part):
    surprisal = surprisals(networks.one_layer(Generator(runs.GENERATOR_SEED)), encoded_part("the first name"))
    np.testing.assert_allclose(surprisal, figures["emma"]["surprisals"], atol=TOLERANCE)
    assert np.mean(surprisal, dtype=float) == pytest.approx(figures["emma"]["mean"], abs=1e-6)


@pytest.mark.parametrize(("smoothing", "k"), [("maximum likelihood", 0), ("add one", 1)])
def test_bigram_counts_cost_what_was_computed_in_float64(smoothing, k, figures, encoded_part):
    encoded = encoded_part("the whole list")
    model = NGram(order=2, smoothing="add-k", k=k).count(encoded, 27)
    assert -model.log_probabilities(encoded).mean() == pytest.approx(figures["counts"][smoothing], rel=1e-13)


@pytest.mark.parametrize("draw", DRAWS)
def test_names_from_counts_are_those_of_each_torch(draw, figures, encoded_part):
    model = NGram(order=2, smoothing="add-k", k=1).count(encoded_part("the whole list"), 27)
    names = sample_names(model, Generator(runs.GENERATOR_SEED), DRAWS[draw])
    assert list(islice(names, 5)) == figures["names"][draw]


@pytest.mark.parametrize("name", ["one_layer", "first_mlp", "batchnorm_mlp", "deep_mlp", "wavenet"])
def test_a_published_network_has_its_published_number_of_parameters(name, figures):
    network = getattr(networks, name)
    assert parameters(network(Generator(0))) == figures["parameters"][name]
