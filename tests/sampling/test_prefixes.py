"""Prefixes as arrays, and their pile."""

from typing import Any

import numpy as np

from moregrad.sampling.prefixes import Pile, Prefixes, join, widen
from sampling.prefixes import prefixes, spell

NOTHING: tuple[Prefixes, Any] = (Prefixes.none(), None)


def states(*rows: int) -> tuple[np.ndarray, tuple[np.ndarray]]:
    """A state of two arrays, told apart by number."""
    return np.array(rows), (np.array(rows)[:, None] * np.ones(3),)


def test_the_last_character_of_an_empty_prefix_is_the_boundary():
    assert prefixes(["", "a", "abc"], [0, 1, 2]).last.tolist() == [0, 1, 3]


def test_longer_prefixes_know_their_parents_and_leave_them_as_they_are():
    one = prefixes(["", "ab"], [0, 1])
    more = one.extend(np.array([0, 1, 1]), np.array([3, 1, 2]), np.array([4.0, 5.0, 6.0]), np.array([7, 8, 9]))
    assert spell(more) == ["c", "aba", "abb"]
    assert (more.lengths.tolist(), more.parent.tolist(), more.place.tolist()) == ([1, 3, 3], [0, 1, 1], [7, 8, 9])
    assert spell(one) == ["", "ab"]


def test_prefixes_of_any_width_are_joined():
    assert spell(join([prefixes(["a"], [0]), Prefixes.none(), prefixes(["abcde", "b"], [1, 2])])) == ["a", "abcde", "b"]


def test_widths_are_powers_of_two():
    ids = np.ones((2, 1), np.uint32)
    assert [widen(ids, width).shape[1] for width in (1, 2, 3, 4, 5, 9)] == [1, 2, 4, 4, 8, 16]


def test_those_pushed_last_are_taken_first_and_of_these_the_most_probable():
    pile = Pile()
    pile.push(prefixes(["a", "b"], [1, 2]), states(10, 20))
    pile.push(prefixes(["c", "d", "e"], [5, 3, 4]), states(30, 40, 50))
    taken, state = pile.pop(2, np.inf) or NOTHING
    assert set(spell(taken)) == {"d", "e"}
    taken, state = pile.pop(2, np.inf) or NOTHING
    assert set(spell(taken)) == {"c", "a"}
    assert dict(zip(spell(taken), state[0].tolist(), strict=True)) == {"c": 30, "a": 10}
    assert dict(zip(spell(taken), state[1][0][:, 0].tolist(), strict=True)) == {"c": 30, "a": 10}
    taken, _ = pile.pop(2, np.inf) or NOTHING
    assert spell(taken) == ["b"]
    assert pile.pop(2, np.inf) is None


def test_prefixes_above_the_bound_are_dropped():
    pile = Pile()
    pile.push(prefixes(["a", "b"], [1, 2]), states(1, 2))
    pile.push(prefixes(["c"], [3]), states(3))
    taken, _ = pile.pop(9, 1.0) or NOTHING
    assert spell(taken) == ["a"]
    assert pile.pop(9, np.inf) is None


def test_models_without_a_state_are_stacked_too():
    pile = Pile()
    pile.push(prefixes(["a"], [1]), ())
    pile.push(Prefixes.none(), ())
    taken, state = pile.pop(9, np.inf) or NOTHING
    assert (spell(taken), state) == (["a"], ())
