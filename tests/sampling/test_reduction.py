"""Automata made small."""

import numpy as np
import pytest

from moregrad.sampling.reduction import ROUNDS, Edges, merge, trim

# DEAD, a -> b -> c, a -> c, and d, which nothing reaches.
MOVES = np.array([[0, 0, 0], [0, 2, 3], [0, 3, 0], [0, 0, 0], [0, 3, 3]], np.int32)
ENDS = np.array([False, False, False, True, False])


def test_levels_are_sorted_by_distance():
    assert [level.tolist() for level in Edges.of(MOVES).levels(np.array([1]))] == [[1], [2, 3]]
    assert [level.tolist() for level in Edges.backwards(MOVES).levels(np.array([3]))] == [[3], [1, 2, 4]]
    assert [level.tolist() for level in Edges.of(MOVES).levels(np.array([2, 4]))] == [[2, 4], [3]]


def test_an_edge_counts_once_however_many_ids_lead_along_it():
    assert Edges.of(MOVES).after(np.array([4])).tolist() == [3]
    assert Edges.of(MOVES).after(np.array([1, 3, 2])).tolist() == [2, 3, 3]


def test_the_longest_path_is_no_circle():
    moves, _, start = trim(MOVES, ENDS, 1)
    assert Edges.of(moves).longest_path(start) == 2
    circle = moves.copy()
    circle[3, 1] = 2
    assert Edges.of(circle).longest_path(start) is None
    circle[3, 1] = 1
    assert Edges.of(circle).longest_path(start) is None


def test_states_that_are_not_reached_or_lead_nowhere_are_dropped():
    moves, accepting, start = trim(MOVES, ENDS, 1)
    assert moves.tolist() == MOVES[:4].tolist()
    assert (accepting.tolist(), start) == ([False, False, False, True], 1)
    moves, accepting, start = trim(MOVES, ENDS, 4)
    assert (moves.tolist(), accepting.tolist(), start) == ([[0, 0, 0], [0, 0, 0], [0, 1, 1]], [False, True, False], 2)


@pytest.mark.parametrize(("ends", "start"), [(np.zeros(5, bool), 1), (ENDS, 0)])
def test_without_an_accepting_state_only_dead_is_left(ends: np.ndarray, start: int):
    moves, accepting, begin = trim(MOVES, ends, start)
    assert (moves.tolist(), accepting.tolist(), begin) == ([[0, 0, 0]], [False], 0)


def test_states_that_accept_the_same_are_merged():
    moves = np.array([[0, 0, 0], [0, 2, 3], [0, 4, 0], [0, 4, 0], [0, 0, 0]], np.int32)
    merged, accepting, start = merge(moves, np.array([False, False, False, False, True]), 1)
    assert merged.tolist() == [[0, 0, 0], [0, 2, 2], [0, 3, 0], [0, 0, 0]]
    assert (accepting.tolist(), start) == ([False, False, False, True], 1)


def test_longer_chains_stay_as_they_are():
    moves = np.zeros((ROUNDS * 3, 2), np.int32)
    moves[1:-1, 1] = np.arange(2, ROUNDS * 3)
    accepting = np.arange(ROUNDS * 3) > 0
    same, ends, start = merge(moves, accepting, 1)
    assert (same.tolist(), ends.tolist(), start) == (moves.tolist(), accepting.tolist(), 1)
