"""What is shown of a search."""

from pathlib import Path

from moregrad.cli.show_search import _draw, _line, _told
from moregrad.searches.findings import Findings, Trial
from moregrad.searches.space import Range

FINISHED = Trial(0, {"learning_rate": 0.0123456}, 2.5, "finished", 30)
PRUNED = Trial(1, {"learning_rate": 0.5}, 2.75, "pruned", 10)
FAILED = Trial(2, {"learning_rate": 9.0}, None, "failed", 0, problem="the loss is not a number at step 3")


def test_each_trial_has_a_line():
    assert _line(FINISHED) == "trial 0: validation 2.5000 (learning_rate 0.0123)"
    assert _line(PRUNED) == "trial 1: validation 2.7500 (learning_rate 0.5), pruned at step 10"
    assert _line(FAILED) == "trial 2: (learning_rate 9), failed: the loss is not a number at step 3"


def test_what_varies_is_told_as_it_is_typed():
    assert _told((8, 16)) == "8, 16"
    assert _told(Range(1e-3, 1e-1)) == "0.001..0.1 (logarithmic)"
    assert _told(Range(8, 16)) == "8..16"


def test_pictures_are_saved_where_there_is_something_to_see(tmp_path: Path):
    trials = (FINISHED, PRUNED, FAILED)
    assert len(_draw(Findings(trials, ("learning_rate",), {}), tmp_path)) == 1
    assert len(_draw(Findings(trials, ("learning_rate",), {"learning_rate": 1.0}), tmp_path / "none")) == 0
