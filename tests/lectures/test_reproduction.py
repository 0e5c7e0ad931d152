"""Published runs by name."""

from threading import Event

import pytest

from moregrad.errors import MoregradError
from moregrad.lectures.lists import Lists
from moregrad.lectures.reproduction import REPRODUCTIONS, reproduce, reproduce_all


def test_an_unknown_name_is_answered_with_the_nearest():
    for call in (lambda: reproduce("mons"), lambda: list(reproduce_all(["moons", "mons"]))):
        with pytest.raises(MoregradError, match="no published run 'mons'; did you mean 'moons'"):
            call()


def test_several_runs_come_in_the_order_asked_for_and_show_how_far_they_are(lists):
    shown = []
    results = list(reproduce_all(["torch-names", "moons"], lists=lists, show=lambda *told: shown.append(told)))
    assert [result.name for result in results] == ["torch-names", "moons"]
    assert all(result.reproduced for result in results)
    assert {("torch-names", 0.0), ("moons", 0.0), ("torch-names", 1.0), ("moons", 1.0)} <= set(shown)


def test_a_run_whose_list_is_missing_is_left_out_and_says_so(tmp_path):
    (result,) = reproduce_all(["indian-names"], lists=Lists(tmp_path / "missing.csv"))
    assert "--indian-names" in result.left_out
    assert result.rows == ()
    assert result.reproduced


def test_what_is_no_longer_wanted_ends_at_its_next_step(lists):
    begun, told = Event(), []

    def show(name, share):
        told.append((name, share))
        begun.set()

    results = reproduce_all(["moons", "microgpt"], lists=lists, show=show)
    next(results)
    begun.wait()
    results.close()
    assert ("microgpt", 1.0) not in told


def test_a_replay_is_not_given_the_published_figures():
    for run in REPRODUCTIONS.values():
        assert "figures" not in vars(__import__(run.replay.__module__, fromlist=["replay"]))
