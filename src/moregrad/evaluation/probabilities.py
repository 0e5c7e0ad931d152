"""The probabilities of what follows the beginning of a word, under any model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np
from jaxtyping import Array, Float, Int

from moregrad.data.vocabulary import BOUNDARY, BOUNDARY_CHARACTER, Vocabulary
from moregrad.errors import ModelError
from moregrad.evaluation.scores import find_problems
from moregrad.jit import quick_jit, trim
from moregrad.models.model import Model
from moregrad.text_table import Tabled, TextTable, bar, show_character

END = "end"
"""The end of a word where it must not be taken for a character of it."""

ROWS = 40
"""Rows of a table before the rest is summed up."""

SHORTEST = 64


@dataclass(frozen=True, eq=False, repr=False)
class Probabilities(Tabled):
    """The probability of every character after `prefix`, and of the end, which is written '.' and comes first.

    `probabilities` are float64 and add up to one; item i is that of `characters[i]`.
    """

    prefix: str
    characters: str
    probabilities: Float[np.ndarray, " vocab"]

    def to_dict(self) -> dict[str, Any]:
        """Returns the prefix, and the probabilities by character, the likeliest first, as JSON data."""
        ordered = likeliest(self.probabilities, len(self.characters))
        return {"prefix": self.prefix, "probabilities": by_character(self.characters, self.probabilities, ordered)}

    def table(self) -> TextTable:
        """Returns the likeliest characters, each with its probability and a bar."""
        shown = likeliest(self.probabilities, ROWS)
        most = float(self.probabilities[shown[0]])
        likely = self.probabilities[shown].tolist()
        rows = [(spell(self.characters, i), p, bar(p / most)) for i, p in zip(shown, likely, strict=True)]
        left = len(self.characters) - len(shown)
        notes = [f"{left:,} others share {1 - self.probabilities[shown].sum():.4f}"] if left else []
        return TextTable(
            (f"after {self.prefix[-20:]!r}" if self.prefix else "first", "probability", ""),
            rows,
            notes,
            {"probability": ".4f"},
        )


def probabilities_after(model: Model, vocabulary: Vocabulary, prefix: str) -> Probabilities:
    """Returns what may follow `prefix`, the first character of a word if it is empty.

    Raises AlphabetError for a character outside the vocabulary, ModelError for a prefix longer than the model reads.
    """
    distribution = np.exp(log_probabilities(model, vocabulary, prefix)[-1])
    return Probabilities(prefix, BOUNDARY_CHARACTER + vocabulary.characters, distribution)


def log_probabilities(model: Model, vocabulary: Vocabulary, word: str) -> Float[np.ndarray, "time vocab"]:
    """Returns the natural log probability, float64, of every token at each position of `word` and after it.

    Raises AlphabetError for a character outside the vocabulary, ModelError for a word longer than the model reads.
    """
    ids = vocabulary.encode(word)
    for problem in find_problems(model, vocabulary, [word]).values():
        raise ModelError(f"{word[:40]!r} is {problem}")
    trim()
    # A power of two, since each length is compiled anew; boundaries behind a word change nothing of it.
    room = max(SHORTEST, 1 << len(ids).bit_length())
    tokens = np.full((1, model.lead + room), BOUNDARY, np.int32)
    tokens[0, model.lead + 1 :][: len(ids)] = ids
    logits = np.asarray(_predict(model, jax.device_put(tokens)), np.float64)[0, -room:][: len(ids) + 1]
    logits -= logits.max(axis=1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


@quick_jit
def _predict(model: Model, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
    return model(tokens)


def likeliest(probabilities: Float[np.ndarray, " vocab"], count: int) -> list[int]:
    """Returns the tokens with the greatest probabilities, in descending order; equal ones in order of their ids."""
    return np.argsort(-probabilities, kind="stable")[:count].tolist()


def by_character(
    characters: str, probabilities: Float[np.ndarray, " vocab"], chosen: Sequence[int]
) -> dict[str, float]:
    """Returns the probabilities of the `chosen` tokens by character; that of the end is called 'end'."""
    return {END if i == BOUNDARY else characters[i]: float(probabilities[i]) for i in chosen}


def spell(characters: str, token: int) -> str:
    """Writes a token for readers: its character, or '. (end)'."""
    return f"{BOUNDARY_CHARACTER} ({END})" if token == BOUNDARY else show_character(characters[token])
