"""The verdict on a training that has ended, in numbers and in words."""

from dataclasses import asdict, dataclass
from typing import Any

from moregrad.evaluation.shapes import Shapes

RUN = "RUN"
"""Stands for the folder of the run in the commands of an advice."""


@dataclass(frozen=True)
class Advice:
    """A command to try next, or options to train with again, and why."""

    try_next: str
    reason: str


@dataclass(frozen=True)
class Verdict:
    """The outcome of a training; `str` has it in words.

    `kept` is the step of the model that is kept, None if no step was taken. `rise` is the validation loss of the last
    step less that of the kept one, `gap` the kept model's loss on validation words less that on training words, both
    in nats. The steps went `passes` times through the `part` of the list that the network trains on. `temperature` is
    the highest of those tried at which new words are best shaped; `made` are their shapes there, `listed` those of the
    list's words.
    """

    kept: int | None
    steps: int
    rise: float | None
    overfits: bool
    gap: float | None
    passes: float | None
    part: float | None
    temperature: float
    listed: Shapes
    made: Shapes
    sentences: tuple[str, ...]
    advice: tuple[Advice, ...]

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    def to_dict(self) -> dict[str, Any]:
        """Returns the verdict as JSON data."""
        return {**asdict(self), "sentences": list(self.sentences), "advice": [asdict(each) for each in self.advice]}
