"""Parallel maps over all cores."""

import threading
import time
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.parallel import parallel_map


@given(st.lists(st.integers()))
def test_results_come_in_order(numbers):
    assert list(parallel_map(lambda number: number + 1, numbers)) == [number + 1 for number in numbers]


def test_one_more_item_than_there_are_cores_is_begun_ahead(monkeypatch):
    monkeypatch.setattr("moregrad.parallel.cores", lambda: 3)
    begun = []
    assert list(islice(parallel_map(begun.append, count()), 5)) == [None] * 5
    assert 5 <= len(begun) <= 5 + 3 + 1


def test_the_first_item_runs_alone():
    finished = threading.Event()

    def work(number: int) -> bool:
        if number == 0:
            time.sleep(0.05)
            finished.set()
        return finished.is_set()

    assert all(parallel_map(work, range(8)))


def test_a_map_inside_a_map_runs_serially():
    def threads(number: int) -> set[int]:
        return set(parallel_map(lambda inner: threading.get_ident(), range(4)))

    assert [len(found) for found in islice(parallel_map(threads, count()), 1, 4)] == [1, 1, 1]


def test_an_error_is_raised_when_its_result_is_asked_for():
    results = parallel_map(lambda number: 1 // number, [1, 1, 0, 1])
    assert [next(results), next(results)] == [1, 1]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_results_are_yielded_while_the_next_item_is_not_ready():
    begun: list[int] = []

    def items():
        for number in range(6):
            begun.append(number)
            yield number

    results = parallel_map(lambda number: number, items(), ready=lambda: len(begun) >= 4)
    assert [(next(results), len(begun)) for _ in range(3)] == [(0, 1), (1, 2), (2, 3)]
    assert list(results) == [3, 4, 5]
