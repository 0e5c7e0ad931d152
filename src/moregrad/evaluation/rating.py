"""A word's score, where it stands, and how it compares, as Python has it."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Rating:
    """A row of `rate_table`; of a word that cannot be scored only the `problem` is told.

    `where` is the first split that holds the word, or 'new'; `percentile` the share of held-out words, in percent, that
    are less plausible: cost more nats per character. None stands for what there is not.
    """

    word: str
    nats: float | None = None
    nats_per_character: float | None = None
    where: str | None = None
    percentile: float | None = None
    problem: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Returns the rating as plain data."""
        return asdict(self)


@dataclass(frozen=True)
class NovelScore:
    """The nats of a word given that it is new; of one that has none, such as a word of the list, `problem` says why."""

    word: str
    nats: float | None = None
    problem: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Returns the score as plain data."""
        return asdict(self)
