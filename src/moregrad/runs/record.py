"""The record of a run: where its words come from, and how its training went."""

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from importlib.metadata import version
from typing import Any

import msgspec

from moregrad.data.cleaning import CleaningReport
from moregrad.data.splits import Leakage
from moregrad.evaluation.scores import Evaluation
from moregrad.runs.verdict import Verdict

SHOWN = 12
"""Labels that are named with their counts."""


@dataclass(frozen=True)
class Metrics:
    """One evaluation: mean losses in nats per character, of the steps since the last one and of validation."""

    step: int
    train: float
    validation: float

    def to_dict(self) -> dict[str, Any]:
        """Returns the metrics as plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Started:
    """The start of a training: its name, and how many symbols were shared, began as similar ones, or began fresh."""

    name: str
    shared: int
    alike: int
    fresh: int

    def to_dict(self) -> dict[str, Any]:
        """Returns these facts as plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Record:
    """The words that a run was trained on, the versions and seconds it took, and its final loss on each split.

    `rows` is the number of examples that steps draw from; `lower` tells whether the words were put in lower case when
    they were read, `warnings` what went wrong in training although every loss was a number, `verdict` what came of one
    that has ended, `start` the model that the training began with. `labels` name those that words have, in order, and
    how many words each has; `label_column` is the column that they come from.
    """

    source: str
    origin: str
    fingerprint: str
    cleaning: CleaningReport
    split: str
    words: Mapping[str, int]
    leakage: Leakage
    versions: Mapping[str, str]
    parameters: int = 0
    rows: int = 0
    seconds: float = 0.0
    losses: Mapping[str, Evaluation] | None = None
    lower: bool = False
    warnings: tuple[str, ...] = ()
    labels: Mapping[str, int] | None = None
    label_column: str | int | None = None
    verdict: Verdict | None = None
    start: Started | None = None

    def replace(self, **facts: Any) -> "Record":
        """Returns a copy with other facts."""
        return replace(self, **facts)

    def to_dict(self) -> dict[str, Any]:
        """Returns the record as plain data."""
        losses = self.losses and {name: evaluation.to_dict() for name, evaluation in self.losses.items()}
        nested = {
            "cleaning": self.cleaning.to_dict(),
            "leakage": self.leakage.to_dict(),
            "losses": losses,
            "verdict": self.verdict and self.verdict.to_dict(),
        }
        return {
            **{field.name: getattr(self, field.name) for field in fields(self)},
            "words": dict(self.words),
            "versions": dict(self.versions),
            "warnings": list(self.warnings),
            "start": self.start and self.start.to_dict(),
            "labels": None if self.labels is None else dict(self.labels),
            **nested,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Record":
        """Returns the record that `to_dict` describes; raises msgspec.ValidationError for facts of another form."""
        losses = values.get("losses") and {n: Evaluation.from_dict(each) for n, each in values["losses"].items()}
        return msgspec.convert({**values, "losses": losses}, cls)


def versions() -> dict[str, str]:
    """Returns the versions of what a run rests on."""
    packages = {name: version(name) for name in ("moregrad", "jax")}
    return {**packages, "python": platform.python_version(), "platform": platform.platform()}


def describe_labels(labels: Mapping[str, int]) -> str:
    """Lists labels with the number of words of each, the commonest first."""
    common = sorted(labels, key=lambda name: -labels[name])
    shown = ", ".join(f"{name} {labels[name]:,}" for name in common[:SHOWN])
    left = len(common) - SHOWN
    return f"{shown} and {left:,} more" if left > 0 else shown
