"""A GPT of single numbers; tests/lectures/replays/test_microgpt.py replays its run."""

from random import Random

import pytest

from moregrad.lectures.figures import published
from moregrad.lectures.gpt import GPT, attend, encode, normalize, prepare, replay, train
from moregrad.scalar import Value

PUBLISHED = published("microgpt")["losses"]["values"]
EAGER = 25


@pytest.mark.parametrize("steps", [EAGER, pytest.param(len(PUBLISHED), marks=pytest.mark.full)])
def test_graphs_built_anew_print_microgpts_losses(names_words: list[str], steps: int):
    shuffled, _, model, _ = prepare(names_words)
    assert [f"{loss:.4f}" for loss in train(model, shuffled[:steps])] == [f"{loss:.4f}" for loss in PUBLISHED[:steps]]


def test_both_ways_of_training_take_the_same_steps():
    names = ["emma", "ava", "olivia", "emma"]
    losses = []
    for way in (train, replay):
        shuffled, _, model, _ = prepare(names)
        losses.append(list(way(model, shuffled)))
    assert losses[0] == pytest.approx(losses[1], rel=1e-12)


def test_a_name_is_encoded_between_two_boundaries():
    assert encode("ba", "ab") == [2, 1, 0, 2]
    assert len(encode("a" * 40, "ab")) == 17


def test_normalised_numbers_have_a_mean_square_of_one():
    scaled = [x.data for x in normalize([Value(3.0), Value(-4.0)])]
    assert sum(x * x for x in scaled) / 2 == pytest.approx(1, rel=1e-5)


def test_attention_to_equal_keys_is_the_mean_of_the_values():
    key = [Value(1.0), Value(2.0)]
    past = [(key, [Value(1.0)]), (key, [Value(3.0)])]
    assert [x.data for x in attend(key, past)] == pytest.approx([2.0])


def test_a_sampled_name_has_tokens_of_the_vocabulary():
    model = GPT(5, Random(0))
    assert all(0 <= token < 4 for token in model.sample(Random(1)))
