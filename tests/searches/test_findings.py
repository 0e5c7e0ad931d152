"""The trials of a search as a table."""

import pytest

from moregrad.errors import TrainingError
from moregrad.searches.findings import Findings, Trial

TRIALS = (
    Trial(0, {"hidden": 8, "learning_rate": 0.0123456}, 2.5, "finished", 30),
    Trial(1, {"hidden": 16, "learning_rate": 0.2}, 2.1, "pruned", 10),
    Trial(2, {"hidden": 16, "learning_rate": 0.01}, 2.25, "finished", 30),
    Trial(3, {"hidden": 16, "learning_rate": 9.0}, None, "failed", 0, problem="the loss is not a number"),
)
FINDINGS = Findings(TRIALS, ("hidden", "learning_rate"), {"hidden": 1.0})


def test_finished_trials_come_first_the_best_on_top():
    assert [trial.number for trial in FINDINGS.ranked] == [2, 0, 1, 3]
    assert FINDINGS.best.number == 2
    assert len(FINDINGS) == 4


def test_the_table_shows_settings_in_few_digits():
    lines = repr(FINDINGS).splitlines()
    assert lines[2].split() == ["0", "8", "0.0123", "2.5000", "30"]
    assert lines[4].split() == ["3", "16", "9", "-", "0", "failed"]


def test_plain_data_holds_every_trial():
    told = FINDINGS.to_dict()
    assert [trial["number"] for trial in told["trials"]] == [0, 1, 2, 3]
    assert told["importance"] == {"hidden": 1.0}


def test_without_a_finished_trial_there_is_no_best():
    with pytest.raises(TrainingError, match="no trial of this search has finished"):
        Findings(TRIALS[1:2], ("hidden",), {}).best  # noqa: B018
