"""The trials of a search, the best first, as a table."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from moregrad.errors import TrainingError
from moregrad.text_table import Tabled, TextTable

SHOWN = 10
"""Trials that the table has."""


@dataclass(frozen=True)
class Trial:
    """One training of a search: its settings that vary, and the lowest validation loss of its evaluations, in nats.

    `state` is finished, pruned or failed, of which `problem` says why; `steps` are those of its last evaluation, and
    `validation` is None if it had none.
    """

    number: int
    settings: Mapping[str, Any]
    validation: float | None
    state: str
    steps: int
    parameters: int = 0
    seconds: float = 0.0
    problem: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Returns the trial as plain data."""
        return asdict(self)


@dataclass(frozen=True, repr=False)
class Findings(Tabled):
    """All trials of a search in their order, those of other processes included.

    `varied` are the names of the settings that vary, `importance` the share of each in the differences of the loss, by
    PED-ANOVA (Watanabe et al. 2023); empty for fewer than ten finished trials and for a single setting.
    """

    trials: tuple[Trial, ...]
    varied: tuple[str, ...]
    importance: Mapping[str, float]

    def __len__(self) -> int:
        """The number of trials."""
        return len(self.trials)

    @property
    def ranked(self) -> list[Trial]:
        """The finished trials, the best first; then the others."""

        def rank(trial: Trial) -> tuple[bool, float]:
            return trial.state != "finished", math.inf if trial.validation is None else trial.validation

        return sorted(self.trials, key=rank)

    @property
    def best(self) -> Trial:
        """The finished trial of the lowest validation loss; raises TrainingError if none is finished."""
        if not self.trials or self.ranked[0].state != "finished":
            raise TrainingError("no trial of this search has finished; give it more time, or lower the learning rates")
        return self.ranked[0]

    def table(self) -> TextTable:
        columns = ("trial", *self.varied, "validation", "steps", "")
        return TextTable(columns, [self.row(trial) for trial in self.ranked[:SHOWN]])

    def row(self, trial: Trial) -> list[Any]:
        """Returns the row of a trial in the table."""
        state = "" if trial.state == "finished" else trial.state
        settings = [abbreviate(trial.settings.get(name)) for name in self.varied]
        return [trial.number, *settings, "-" if trial.validation is None else trial.validation, trial.steps, state]

    def to_dict(self) -> dict[str, Any]:
        """Returns all trials and the importance of settings as plain data."""
        return {
            "trials": [trial.to_dict() for trial in self.trials],
            "varied": list(self.varied),
            "importance": dict(self.importance),
        }


def abbreviate(value: Any) -> Any:
    """Writes a setting in a few characters: a number that is not whole with three digits."""
    return f"{value:.3g}" if isinstance(value, float) else value if isinstance(value, int) else str(value)
