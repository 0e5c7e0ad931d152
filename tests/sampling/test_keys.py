"""Keys of batches."""

from itertools import islice

import jax.random as jr
import numpy as np

from moregrad.sampling.keys import batch_keys
from moregrad.sampling.options import Sampling


def test_every_batch_of_every_part_of_every_seed_has_a_key_of_its_own():
    options = [Sampling(seed=seed, part=part) for seed in (0, 1) for part in (0, 1, 2)]
    keys = [tuple(jr.key_data(key).tolist()) for each in options for key in islice(batch_keys(each), 5)]
    assert len(set(keys)) == len(keys) == 30


def test_the_first_part_has_the_keys_of_the_seed():
    first, second = islice(batch_keys(Sampling(seed=7)), 2)
    assert np.array_equal(jr.key_data(second), jr.key_data(jr.fold_in(jr.key(7), 1)))
    assert not np.array_equal(jr.key_data(first), jr.key_data(second))
