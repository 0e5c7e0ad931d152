"""The likelihood of words pair by pair."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from jaxtyping import Float, UInt

from moregrad.data.code_points import from_code_points, to_code_points
from moregrad.data.encoded_words import EncodedWords
from moregrad.text_table import TextTable, show_character

CHUNK = 2**22
"""Pairs whose likelihood is summed at a time."""

ROWS = 40
"""Pairs that are shown."""


@dataclass(frozen=True, eq=False)
class PairReport:
    """The probability of every pair of some words, in order, and the likelihood of all of them together.

    Nothing is computed pair by pair until it is asked for, and then as arrays. `smoothing` is what had been added to
    every count. A pair that was never counted has probability 0 and makes the loss infinite.
    """

    encoded: EncodedWords
    characters: str
    probabilities: Float[np.ndarray, "vocab vocab"]
    smoothing: float

    def __len__(self) -> int:
        """The number of pairs: every character and one end per word."""
        return self.encoded.predictions

    @property
    def pairs(self) -> list[str]:
        """The pairs in order, such as '.e', 'em'."""
        return self.table["pair"].to_list()

    @property
    def probability(self) -> Float[np.ndarray, " pairs"]:
        """The probability of the second character of each pair after the first."""
        return self.probabilities[self._first, self._second]

    @property
    def log_likelihood(self) -> Float[np.ndarray, " pairs"]:
        """The natural logarithm of each probability; minus infinity for a pair that was never counted."""
        return self._logs[self._first, self._second]

    @property
    def nll(self) -> Float[np.ndarray, " pairs"]:
        """The negative log likelihood of each pair: its surprisal in nats."""
        return 0.0 - self.log_likelihood  # Not -0.0 where a pair is certain.

    @cached_property
    def total(self) -> float:
        """The log likelihood of all pairs, summed in float64."""
        first, second = self._first, self._second
        parts = (slice(start, start + CHUNK) for start in range(0, len(self), CHUNK))
        return float(sum(self._logs[first[part], second[part]].sum() for part in parts))

    @property
    def total_nll(self) -> float:
        """The negative log likelihood of all pairs, in nats."""
        return 0.0 - self.total

    @property
    def mean(self) -> float:
        """The loss: mean negative log likelihood, in nats per character with the ends counted; NaN without pairs."""
        return self.total_nll / len(self) if len(self) else math.nan

    @cached_property
    def impossible(self) -> list[str]:
        """The pairs of probability 0, each once, in the order in which they occur; they make the loss infinite."""
        never = self._logs[self._first, self._second] == -np.inf
        found = dict.fromkeys(zip(self._first[never].tolist(), self._second[never].tolist(), strict=True))
        return [self.characters[a] + self.characters[b] for a, b in found]

    @property
    def table(self) -> pl.DataFrame:
        """A row per pair: `pair`, `probability`, `log_likelihood` and `nll`."""
        return self._table(len(self))

    def to_dict(self) -> dict[str, Any]:
        """Returns totals, and every pair, as JSON data; None stands for infinity."""
        rows = [{name: _finite(value) for name, value in row.items()} for row in self.table.iter_rows(named=True)]
        totals = {"log_likelihood": self.total, "nll": self.total_nll, "mean": self.mean}
        return {**{k: _finite(v) for k, v in totals.items()}, "impossible": self.impossible, "pairs": rows}

    def explain_infinity(self) -> str:
        """Says which pairs make the loss infinite and what to do; empty if it is finite."""
        if not self.impossible:
            return ""
        listed = ", ".join(map(repr, self.impossible[:5])) + (", ..." if len(self.impossible) > 5 else "")
        return f"{listed} never occurred, so its probability is 0 and the loss infinite; smoothing=1 makes it finite"

    def text_table(self) -> TextTable:
        """Returns the first pairs, and the totals below."""
        shown = self._table(min(len(self), ROWS))
        rows = [("".join(map(show_character, pair)), *numbers) for pair, *numbers in shown.iter_rows()]
        left = len(self) - len(rows)
        total = f"log likelihood {self.total:.6f}, negative {self.total_nll:.6f}, mean {self.mean:.6f} nats"
        notes = [f"and {left:,} pairs more" if left else "", total, self.explain_infinity()]
        formats = {"probability": ".4f", "log likelihood": ".4f", "nll": ".4f"}
        return TextTable(("pair", "probability", "log likelihood", "nll"), rows, list(filter(None, notes)), formats)

    def __repr__(self) -> str:
        return str(self.text_table())

    def _repr_html_(self) -> str:
        return self.text_table().to_html()

    @property
    def _first(self) -> UInt[np.ndarray, " pairs"]:
        return self.encoded.tokens[:-1]

    @property
    def _second(self) -> UInt[np.ndarray, " pairs"]:
        return self.encoded.tokens[1:]

    @cached_property
    def _logs(self) -> Float[np.ndarray, "vocab vocab"]:
        with np.errstate(divide="ignore"):
            return np.log(self.probabilities)

    def _table(self, rows: int) -> pl.DataFrame:
        first, second = self._first[:rows], self._second[:rows]
        logs = self._logs[first, second]
        points = to_code_points(self.characters)
        spelled = from_code_points(np.stack([points[first], points[second]], axis=1).ravel())
        pairs = pl.Series([spelled]).str.extract_all("(?s)..").explode(empty_as_null=False)
        numbers = {"probability": self.probabilities[first, second], "log_likelihood": logs, "nll": 0.0 - logs}
        return pl.DataFrame({"pair": pairs, **numbers})


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
