"""Pairs of characters counted."""

import math

import numpy as np

from moregrad.lectures.replays.bigrams import sum_one_by_one


def test_counts_losses_and_draws_are_the_published_ones(reproduced):
    rows = {row.what: row for row in reproduced("bigrams")}
    assert rows["loss, andrejq, counts"].obtained == math.inf


def test_a_sum_in_single_precision_forgets_what_is_too_small():
    assert sum_one_by_one(np.array([2.0**24, 1, 1, 1])) == 2**24
