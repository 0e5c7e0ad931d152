"""microgpt's losses and names, from our own program in benchmarks/scalar_gpt.py."""

import json
from pathlib import Path

import pytest
from moregrad.lectures.gpt import prepare, replay, train

RECORDED = json.loads(Path(__file__).with_name("microgpt.json").read_text())
LOSSES = [f"{loss:.4f}" for loss in RECORDED["losses"]]
EAGER = 25


def test_a_program_for_each_length_prints_microgpts_losses_and_names(names_words: list[str]):
    shuffled, vocabulary, model, rng = prepare(names_words)
    assert len(model.parameters()) == RECORDED["parameters"]
    assert [f"{loss:.4f}" for loss in replay(model, shuffled)] == LOSSES
    made = ["".join(vocabulary[symbol] for symbol in model.sample(rng)) for _ in RECORDED["names"]]
    assert made == RECORDED["names"]


@pytest.mark.parametrize("steps", [EAGER, pytest.param(len(LOSSES), marks=pytest.mark.full)])
def test_graphs_built_anew_print_microgpts_losses(names_words: list[str], steps: int):
    shuffled, _, model, _ = prepare(names_words)
    assert [f"{loss:.4f}" for loss in train(model, shuffled[:steps])] == LOSSES[:steps]
