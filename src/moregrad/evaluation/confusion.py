"""The accuracy of a classification on words whose list is known."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from moregrad.text_table import Tabled, TextTable

UNDECIDED = "(none)"
"""The column of words that no list can have made."""
SHOWN = 12
"""Lists of which each has a column; of more, the commonest mistakes are named."""
MISTAKES = 10


@dataclass(frozen=True, eq=False, repr=False)
class Accuracy(Tabled):
    """Held-out words of several lists, counted by the list that they come from and the one found likeliest.

    `counts` has a row for each list and a column for each, with a last one for words that no list can have made.
    `excluded` counts, by list, the held-out words that were left out since a model was trained on them. `prior` holds
    the probabilities of the lists that were used, by which the accuracy over all of them is weighted.
    """

    lists: tuple[str, ...]
    counts: Int[np.ndarray, "lists guesses"]
    excluded: Int[np.ndarray, " lists"]
    prior: Float[np.ndarray, " lists"]

    @property
    def words(self) -> Int[np.ndarray, " lists"]:
        """The number of words of each list that were classified."""
        return self.counts.sum(axis=1)

    @property
    def by_list(self) -> Float[np.ndarray, " lists"]:
        """The share of the words of each list for which it was found likeliest; NaN if it has no words."""
        return _divide(np.diagonal(self.counts), self.words)

    @property
    def standard_errors(self) -> Float[np.ndarray, " lists"]:
        """The standard error of `by_list`, from (hits + 1) / (words + 2), which leaves doubt where all were hits."""
        share = (np.diagonal(self.counts) + 1) / (self.words + 2)
        return np.where(self.words > 0, np.sqrt(share * (1 - share) / np.maximum(self.words, 1)), np.nan)

    @property
    def overall(self) -> float:
        """The accuracy on words that come from each list as often as the prior says; NaN if a list has no words."""
        return float(self.prior @ self.by_list)

    @property
    def standard_error(self) -> float:
        """The standard error of `overall`."""
        return math.sqrt(float(self.prior**2 @ self.standard_errors**2))

    @property
    def chance(self) -> float:
        """The accuracy of always naming the list of greatest prior."""
        return float(self.prior.max())

    def to_dict(self) -> dict[str, Any]:
        """Returns all figures as JSON data; None stands for NaN."""
        columns = self._guesses()
        by_list = {
            name: {
                "words": int(self.words[row]),
                "excluded": int(self.excluded[row]),
                "accuracy": _finite(self.by_list[row]),
                "standard_error": _finite(self.standard_errors[row]),
                "classified_as": dict(zip(columns, self.counts[row].tolist(), strict=True)),
            }
            for row, name in enumerate(self.lists)
        }
        overall = {"accuracy": _finite(self.overall), "standard_error": _finite(self.standard_error)}
        return {**overall, "chance": self.chance, "lists": by_list}

    def table(self) -> TextTable:
        """Returns a row per list: its words, its accuracy with the standard error, and what they were taken for."""
        small = len(self.lists) <= SHOWN
        guesses = self._shown_guesses() if small else []
        columns = ("held-out words of", "words", "left out", "accuracy", "+-", *(f"as {name}" for name, _ in guesses))
        rows = [
            (name, words, left, _cell(hits), _cell(doubt), *(int(self.counts[row, column]) for _, column in guesses))
            for row, (name, words, left, hits, doubt) in enumerate(self._lines())
        ]
        most = "" if small else f"; most often mistaken: {', '.join(self._mistakes()) or 'none'}"
        total = (
            f"accuracy {_cell(self.overall)} +- {_cell(self.standard_error)}, each list weighted by its prior; "
            f"always naming the one of greatest prior: {self.chance:.4f}{most}"
        )
        reason = ["left out: held-out words that one of the models was trained on"] if self.excluded.any() else []
        return TextTable(columns, rows, [total, *reason])

    def _lines(self) -> Sequence[tuple[str, int, int, float, float]]:
        columns = (self.words, self.excluded, self.by_list, self.standard_errors)
        return list(zip(self.lists, *(column.tolist() for column in columns), strict=True))

    def _guesses(self) -> list[str]:
        return [*self.lists, UNDECIDED]

    def _shown_guesses(self) -> list[tuple[str, int]]:
        names = self._guesses() if self.counts[:, -1].any() else self.lists
        return [(name, column) for column, name in enumerate(names)]

    def _mistakes(self) -> list[str]:
        """Names the commonest mistakes."""
        wrong = self.counts.copy()
        np.fill_diagonal(wrong, 0)
        order = np.argsort(-wrong, axis=None, kind="stable")[:MISTAKES]
        pairs = zip(*(each.tolist() for each in np.unravel_index(order, wrong.shape)), strict=True)
        names = self._guesses()
        return [f"{self.lists[a]} as {names[b]} ({wrong[a, b]:,})" for a, b in pairs if wrong[a, b]]


def _divide(part: Int[np.ndarray, " lists"], whole: Int[np.ndarray, " lists"]) -> Float[np.ndarray, " lists"]:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)


def _finite(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None


def _cell(number: float) -> str:
    return f"{number:.4f}" if math.isfinite(number) else "-"
