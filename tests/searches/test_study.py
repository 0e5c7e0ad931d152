"""A search in a journal: shared, gone on with, and never counted twice."""

from pathlib import Path
from typing import Any

import pytest

from moregrad.errors import ConfigurationError, StorageError
from moregrad.models.catalogue import architecture
from moregrad.searches.space import Space
from moregrad.searches.study import Study

GRU = architecture("gru")


def study(path: Path | None = None, *, limit: int | None = None, pruning: str = "none", **settings: Any) -> Study:
    space = Space.of(GRU, GRU.recipe, settings or {"learning_rate": "1e-3..1e-1", "hidden": "8,16"})
    return Study(path, space, space.to_dict(), pruning=pruning, steps=30, limit=limit)


def test_trials_of_one_shape_are_asked_for_and_each_shape_is_tried():
    search = study(limit=6)
    first = search.ask(None)
    alike = [search.ask(first.params) for _ in range(2)]
    other = search.ask(None)
    assert {trial.params["hidden"] for trial in alike} == {first.params["hidden"]} != {other.params["hidden"]}
    assert len({trial.params["learning_rate"] for trial in (first, other, *alike)}) == 4
    assert all(1e-3 <= trial.params["learning_rate"] <= 1e-1 for trial in alike)


def test_no_more_trials_are_begun_than_wanted():
    search = study(limit=3)
    begun = [search.ask(None) for _ in range(3)]
    assert search.ask(None) is None
    search.finish(begun[0], 2.0)
    assert search.ask(None) is None
    search.give_back(begun[1])
    assert search.ask(None).params == begun[1].params
    assert search.ask(None) is None


def test_where_all_combinations_can_be_tried_each_is_once():
    search = study(hidden="8,16", optimizer="adamw,sgd", limit=9)
    tried = []
    while trial := search.ask(None):
        tried.append(tuple(trial.params.values()))
    assert sorted(tried) == [(8, "adamw"), (8, "sgd"), (16, "adamw"), (16, "sgd")]


def test_a_journal_is_gone_on_with(tmp_path: Path):
    path = tmp_path / "journal"
    before = study(path, limit=2)
    done = before.finish(before.ask(None), 2.0, parameters=7, seconds=1.5)
    assert before.leave() == 0
    after = study(path, limit=2)
    assert after.findings().trials == (done,)
    assert (done.validation, done.parameters, done.seconds, done.state) == (2.0, 7, 1.5, "finished")
    assert after.ask(None)
    assert after.ask(None) is None


def test_trials_of_workers_that_are_gone_are_tried_again_and_those_of_others_left_to_them(tmp_path: Path):
    path = tmp_path / "journal"
    first, second = study(path, limit=3), study(path, limit=3)
    left, mine = first.ask(None), second.ask(None)
    assert second.leave() == 1
    third = study(path, limit=3)
    assert third.ask(None).params == mine.params
    assert third.ask(None).params != left.params
    assert third.ask(None) is None
    assert third.leave() == 1
    assert first.leave() == 0


def test_processes_that_share_a_journal_draw_by_seeds_of_their_own(tmp_path: Path):
    path = tmp_path / "journal"
    shared = [study(path, learning_rate="1e-3..1e-1") for _ in range(2)]
    rates = [each.ask(None).params["learning_rate"] for each in shared]
    assert rates[0] != rates[1]


def test_another_search_is_refused_with_what_differs(tmp_path: Path):
    path = tmp_path / "journal"
    study(path)
    with pytest.raises(ConfigurationError, match=r"holds another search: its varied hidden is \[8, 16\], and None"):
        study(path, learning_rate="1e-3..1e-1")


def test_another_setting_is_another_search(tmp_path: Path):
    path = tmp_path / "journal"
    study(path, hidden="8,16", embedding=8)
    with pytest.raises(ConfigurationError, match="its fixed embedding is 8, and 16 is asked for"):
        study(path, hidden="8,16", embedding=16)


@pytest.mark.parametrize("content", ["ada\nbea\n", '{"op_code":0}\n{"nothing": 1}\n'])
def test_a_file_that_is_no_journal_is_refused(tmp_path: Path, content: str):
    path = tmp_path / "names.txt"
    path.write_text(content)
    with pytest.raises(StorageError, match=r"is no journal of a search|is damaged"):
        study(path)
    assert path.read_text() == content


def test_trials_above_the_median_are_pruned():
    search = study(pruning="median")
    for loss in (2.0, 2.1, 2.2, 2.3, 2.4):
        trial = search.ask(None)
        assert not search.report(trial, 20, loss)
        search.finish(trial, loss)
    bad, good = search.ask(None), search.ask(None)
    assert not search.report(bad, 5, 9.0)
    assert search.report(bad, 20, 9.0)
    assert not search.report(good, 20, 2.05)
    pruned = search.finish(bad, None)
    assert (pruned.state, pruned.steps, pruned.validation) == ("pruned", 20, 9.0)


def test_the_importance_of_settings_is_told_once_there_are_trials_enough():
    search = study()
    for number in range(12):
        assert number != 9 or search.findings().importance == {}
        trial = search.ask(None)
        search.finish(trial, 2 + trial.params["learning_rate"])
    shares = search.findings().importance
    assert list(shares) == ["learning_rate", "hidden"]
    assert sum(shares.values()) == pytest.approx(1)
