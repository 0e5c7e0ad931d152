"""Trainings too large for the machine are told so before anything is built."""

import re

import pytest

from moregrad.errors import ModelError
from moregrad.models.catalogue import CATALOGUE, architecture
from moregrad.training import memory
from moregrad.training.memory import WORKSPACE, require_memory


@pytest.mark.parametrize("name", sorted(set(CATALOGUE) - {"own"}))
def test_every_model_of_the_catalogue_fits(name: str):
    shape = CATALOGUE[name]()
    require_memory(shape, shape.recipe.batch_size, 27, 16)


def test_a_model_of_a_million_million_parameters_is_refused_with_their_number_and_bytes():
    shape = architecture("gru", hidden=65536, embedding=65536, depth=100)
    with pytest.raises(ModelError, match=r"2,577,[\d,]+ parameters .* takes about 154,\d\d\d GB of memory"):
        require_memory(shape, 32, 27, 16)


def test_a_batch_too_large_for_the_activations_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memory, "_available", lambda: 2**30)
    shape = architecture("transformer")
    require_memory(shape, 32, 27, 16)
    with pytest.raises(ModelError, match=r"batches of 65,536 rows takes about 28\d GB .* lower .* the batch size"):
        require_memory(shape, 65536, 27, 16)


def test_counts_take_no_memory_of_a_training():
    require_memory(architecture("ngram"), 65536, 27, 16)


def test_the_activations_of_a_perceptron_are_those_counted_by_hand(monkeypatch: pytest.MonkeyPatch):
    """Per row, at least the embedded window and the hidden vector are kept, as float32."""
    monkeypatch.setattr(memory, "_available", lambda: 0)
    shape = architecture("mlp", context=3, embedding=10, hidden=200)
    monkeypatch.setattr(memory, "_available", lambda: 60 * shape.parameters(27, 16) + 1)
    with pytest.raises(ModelError) as caught:
        require_memory(shape, 60_000, 27, 16)
    told = float(re.findall(r"about ([\d.]+) GB", str(caught.value))[0])
    assert 60_000 * 4 * (30 + 200) / 1e9 - 0.5 <= told <= 60_000 * 4 * 4 * WORKSPACE * (30 + 200) / 1e9
