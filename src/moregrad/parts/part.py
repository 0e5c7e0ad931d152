"""A part of some work, and what is known of one that is done."""

from dataclasses import asdict, dataclass
from typing import Any

import polars as pl


@dataclass(frozen=True)
class Part:
    """The part `number`, counted from 0: `rows` from row `start` of the list `source`, or so many words to be made.

    `rows` is None where only the end of the list tells.
    """

    number: int
    rows: int | None
    source: int | None = None
    start: int = 0

    @property
    def file(self) -> str:
        """The name of the file that holds it."""
        return f"part-{self.number:06}.parquet"


@dataclass(frozen=True)
class Piece:
    """Rows of a part; `shortage` says why they are fewer than asked for, if they are."""

    part: Part
    table: pl.DataFrame
    shortage: str = ""


@dataclass(frozen=True)
class Done:
    """A part that is done: its rows, how many of them have a problem, and why they are fewer than asked for."""

    number: int
    rows: int
    problems: int = 0
    shortage: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Returns it as plain data."""
        return asdict(self)
