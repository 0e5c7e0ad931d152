"""Words classified: how likely each of several lists is to be the one that a word comes from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from jaxtyping import Float

from moregrad.text_table import Tabled, TextTable

ROWS = 40
"""Words of a table before the rest is summed up."""
SIDE_BY_SIDE = 6
"""Lists that have a column each; of more, the likeliest are named."""
NAMED = 3


@dataclass(frozen=True, eq=False, repr=False)
class Classification(Tabled):
    """The probability of each of several lists, given a word that one of them brought.

    `log_likelihoods` are log p(word | list) in nats, -inf where a list cannot have made the word; `prior` holds the
    probabilities of the lists before the word is known. `problems` say, by word, which lists cannot read it and why.
    """

    words: tuple[str, ...]
    lists: tuple[str, ...]
    log_likelihoods: Float[np.ndarray, "words lists"]
    prior: Float[np.ndarray, " lists"]
    problems: tuple[str, ...]

    @cached_property
    def probabilities(self) -> Float[np.ndarray, "words lists"]:
        """Bayes: p(list | word) = p(list) p(word | list) / p(word); NaN for a word that no list can have made."""
        return posterior(self.log_likelihoods, self.prior)

    @property
    def likeliest(self) -> list[str | None]:
        """The list of greatest probability for each word; None for a word that no list can have made."""
        best, unknown = self.probabilities.argmax(axis=1).tolist(), np.isnan(self.probabilities[:, 0]).tolist()
        return [None if none else self.lists[i] for i, none in zip(best, unknown, strict=True)]

    def __len__(self) -> int:
        """The number of words."""
        return len(self.words)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns the facts of each word as JSON data; None stands for what is infinite or unknown."""
        rows = zip(self.words, self.likeliest, self.probabilities, self.log_likelihoods, self.problems, strict=True)
        return [
            {
                "word": word,
                "likeliest": likeliest,
                "probabilities": self._by_list(shares),
                "nats": self._by_list(0.0 - logs),
                "problem": problem or None,
            }
            for word, likeliest, shares, logs, problem in rows
        ]

    def table(self) -> TextTable:
        """Returns a row for each of the first words."""
        return self.tabulate(ROWS)

    def tabulate(self, count: int) -> TextTable:
        """Returns a row for each of `count` words: the probability of each list, or the likeliest lists of many."""
        shown = slice(0, count)
        many = len(self.lists) > SIDE_BY_SIDE
        columns = ("word", *((f"{n}." for n in range(1, NAMED + 1)) if many else self.lists))
        cells = self._likeliest_cells if many else self._cells
        rows = [(word, *cells(row)) for word, row in zip(self.words[shown], self.probabilities[shown], strict=True)]
        notes = [f"{word!r}: {problem}" for word, problem in zip(self.words, self.problems, strict=True) if problem]
        left = len(self) - len(rows)
        more = [f"{left:,} more words"] if left else []
        return TextTable(columns, rows, [*more, *notes[shown]], dict.fromkeys(columns[1:], ".4f"))

    def _by_list(self, numbers: Float[np.ndarray, " lists"]) -> dict[str, float | None]:
        finite = (number if math.isfinite(number) else None for number in numbers.tolist())
        return dict(zip(self.lists, finite, strict=True))

    def _cells(self, row: Float[np.ndarray, " lists"]) -> Sequence[float | str]:
        return [p if math.isfinite(p) else "-" for p in row.tolist()]

    def _likeliest_cells(self, row: Float[np.ndarray, " lists"]) -> Sequence[str]:
        order = np.argsort(-row, kind="stable")[:NAMED].tolist()
        return [f"{self.lists[i]} {row[i]:.4f}" if math.isfinite(row[i]) else "-" for i in order]


def posterior(
    log_likelihoods: Float[np.ndarray, "words lists"], prior: Float[np.ndarray, " lists"]
) -> Float[np.ndarray, "words lists"]:
    """Returns p(list | word) from log p(word | list) and p(list); NaN where every list gives the word probability 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        joint = log_likelihoods + np.log(prior)
        shares = np.exp(joint - joint.max(axis=1, keepdims=True, initial=-np.inf))
        return shares / shares.sum(axis=1, keepdims=True)
