"""Explanations of words: the surprisal of every character beside what was expected instead."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from moregrad.data.vocabulary import BOUNDARY, BOUNDARY_CHARACTER, Vocabulary
from moregrad.evaluation.probabilities import END, by_character, likeliest, log_probabilities, spell
from moregrad.models.model import Model
from moregrad.text_table import Tabled, TextTable, bar

EXPECTED = 3
"""Likeliest characters that are shown beside each actual one."""


@dataclass(frozen=True, eq=False, repr=False)
class Explanation(Tabled):
    """The surprisal of each character of `word` and of its end, beside all that might have stood there.

    `tokens` are the ids of its characters and of the end; `log_probabilities`, in nats and float64, are those of every
    token of `characters`, which begins with '.' for the end, at each of these positions.
    """

    word: str
    characters: str
    tokens: Int[np.ndarray, " time"]
    log_probabilities: Float[np.ndarray, "time vocab"]

    @property
    def surprisal(self) -> Float[np.ndarray, " time"]:
        """Nats of each character and of the end; infinite where the model holds it impossible."""
        return 0.0 - self.log_probabilities[np.arange(len(self.tokens)), self.tokens]  # Not -0.0 where it is certain.

    @property
    def nats(self) -> float:
        """Nats of the whole word and its end."""
        return float(self.surprisal.sum())

    @property
    def nats_per_character(self) -> float:
        """Mean nats per character, the end counted."""
        return self.nats / len(self.tokens)

    @property
    def ranks(self) -> Int[np.ndarray, " time"]:
        """The place of each character among all by probability: 1 is the likeliest."""
        return 1 + (self.log_probabilities > -self.surprisal[:, None]).sum(axis=1)

    def expected(self, index: int, count: int = EXPECTED) -> dict[str, float]:
        """Returns the `count` likeliest characters at position `index` with their probabilities; the end is 'end'."""
        row = np.exp(self.log_probabilities[index])
        return by_character(self.characters, row, likeliest(row, count))

    def to_dict(self) -> dict[str, Any]:
        """Returns the word and every character of it as JSON data; None stands for infinity."""
        positions = zip(self.tokens.tolist(), self.surprisal.tolist(), self.ranks.tolist(), strict=True)
        characters = [
            {
                "character": END if token == BOUNDARY else self.characters[token],
                "nats": _finite(nats),
                "probability": math.exp(-nats),
                "rank": rank,
                "expected": self.expected(index),
            }
            for index, (token, nats, rank) in enumerate(positions)
        ]
        totals = {"nats": _finite(self.nats), "nats_per_character": _finite(self.nats_per_character)}
        return {"word": self.word, **totals, "characters": characters}

    def table(self) -> TextTable:
        """Returns a row per character: nats, probability, rank and what was expected instead."""
        nats, ranks = self.surprisal, self.ranks
        most = max(nats[np.isfinite(nats)].max(initial=0), 1e-9)
        rows = [
            (
                spell(self.characters, token),
                float(nats[index]),
                bar(min(float(nats[index]) / most, 1) / 2),
                int(ranks[index]),
                self._expectation(index),
            )
            for index, token in enumerate(self.tokens.tolist())
        ]
        total = f"{self.word!r}: {self.nats:.4f} nats, {self.nats_per_character:.4f} a character"
        return TextTable(("", "nats", "", "rank", "expected"), rows, [total], {"nats": ".4f"})

    def _expectation(self, index: int) -> str:
        row = np.exp(self.log_probabilities[index])
        return "  ".join(f"{spell(self.characters, i)} {row[i]:.2f}" for i in likeliest(row, EXPECTED))


def explain(model: Model, vocabulary: Vocabulary, word: str) -> Explanation:
    """Explains `word`: its surprisal character by character.

    Raises AlphabetError for a character outside the vocabulary, ModelError for a word longer than the model reads.
    """
    tokens = np.append(vocabulary.encode(word).astype(np.int64), BOUNDARY)
    return Explanation(
        word, BOUNDARY_CHARACTER + vocabulary.characters, tokens, log_probabilities(model, vocabulary, word)
    )


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
