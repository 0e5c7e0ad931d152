"""One figure: what was published, what came out, and whether they agree."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Value = float | int | str
Verdict = Literal["reproduced", "differs", "unpublished"]

NUMBER = "number"
"""The place of a figure in a list, counted from 1."""


@dataclass(frozen=True)
class Row:
    """A figure of one kind, such as a loss, with the place it belongs to, such as {"split": "test"}."""

    measure: str
    at: Mapping[str, int | str]
    published: Value | None
    obtained: Value
    tolerance: float

    @property
    def what(self) -> str:
        """The figure in words, such as "loss, validation", "loss, step 100" and "name 5"."""
        first = f"{self.measure} {self.at[NUMBER]}" if NUMBER in self.at else self.measure
        places = [(name, value) for name, value in self.at.items() if name != NUMBER]
        return ", ".join([first, *(value if isinstance(value, str) else f"{name} {value}" for name, value in places)])

    @property
    def difference(self) -> float | None:
        """Obtained minus published; None for text and where nothing was published."""
        if self.published is None or isinstance(self.published, str) or isinstance(self.obtained, str):
            return None
        return 0.0 if self.obtained == self.published else float(self.obtained) - float(self.published)

    @property
    def verdict(self) -> Verdict:
        """True if the difference is within the tolerance; texts must be equal."""
        if self.published is None:
            return "unpublished"
        if self.difference is None:
            return "reproduced" if self.obtained == self.published else "differs"
        # Not `>`: a difference that is no number differs.
        return "reproduced" if abs(self.difference) <= self.tolerance else "differs"

    def to_dict(self) -> dict[str, Any]:
        """Returns the row as JSON data, such as {"split": "test", "loss": 2.1, "published": 2.1, ...}."""
        difference = self.difference
        return {
            **self.at,
            self.measure: self.obtained,
            "published": self.published,
            "difference": difference if difference is None or math.isfinite(difference) else str(difference),
            "tolerance": self.tolerance,
            "verdict": self.verdict,
        }
