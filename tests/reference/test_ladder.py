"""The ladder of the lessons: cheap rungs are trained anew, and lecture runs have the losses that were published."""

from pathlib import Path

import pytest
from record_ladder import RUNGS

from moregrad.lectures.figures import published
from moregrad.lessons import ladder

RECORDED = {rung.name: rung for rung in ladder().rungs}
FINAL = {run: published(run) for run in ("initialization", "wavenet")}
CHEAP = ("uniform", "unigram counts", "bigram counts", "trigram counts", "Kneser-Ney of order 5", "bigram by gradient")


def test_every_rung_of_the_script_is_recorded():
    assert RECORDED.keys() == RUNGS.keys()
    assert all(RECORDED[name].recipe == rung.recipe for name, rung in RUNGS.items())


@pytest.mark.parametrize("name", CHEAP)
def test_a_cheap_rung_trained_anew_is_where_it_was(name: str, names_path: Path):
    recorded = RECORDED[name]
    parameters, validation, test = RUNGS[name].losses()
    assert parameters == recorded.parameters
    assert (validation, test) == pytest.approx((recorded.validation, recorded.test), abs=5e-5)


@pytest.mark.parametrize(
    ("name", "loss", "within"),
    [
        ("uniform", 3.295837, 1e-6),
        ("Kneser-Ney of order 5", 1.9841, 1e-4),
        # The unscaled network is saturated, and its training chaotic.
        ("MLP", 2.1681964, 5e-3),
        ("MLP, well initialised", 2.1069896, 5e-5),
        # The lecture draws the gain and bias of BatchNorm without a seed.
        ("MLP by hand", 2.1098936, 4e-3),
        ("MLP with BatchNorm", FINAL["initialization"]["final batchnorm"]["values"]["validation"], 5e-5),
        ("WaveNet", FINAL["wavenet"]["final"]["values"]["validation"], 5e-5),
    ],
)
def test_a_rung_that_was_published_has_its_published_loss(name: str, loss: float, within: float):
    assert RECORDED[name].validation == pytest.approx(loss, abs=within)
