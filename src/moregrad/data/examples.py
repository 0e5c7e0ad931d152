"""A tape as rows of tokens and targets, cut inside the compiled program."""

from abc import abstractmethod
from typing import Self

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int, Integer

from moregrad.data.tape import Tape

UNSCORED = -1

Tokens = Int[Array, "batch time"]
Targets = Int[Array, "batch position"]


class Examples(eqx.Module):
    """A numbered set of rows; row i becomes tokens and targets only when it is asked for."""

    symbols: eqx.AbstractVar[Integer[Array, " length"]]

    @property
    @abstractmethod
    def size(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def rows(self, index: Int[Array, " batch"]) -> tuple[Tokens, Targets]:
        """The rows numbered `index`; targets are aligned to the end of time and -1 where nothing is scored."""


class Windows(Examples):
    """One prediction per row: `context` tokens and the symbol after them, as in the lectures.

    Row k asks for the symbol after place k of the tape. Tokens from before the word are left for the model to ignore.
    """

    symbols: Integer[Array, " length"]
    context: int = eqx.field(static=True)

    @classmethod
    def of(cls, tape: Tape, context: int) -> Self:
        """Every prediction of `tape`, each with the `context` symbols before it."""
        return cls(jnp.asarray(np.pad(tape.symbols, (context - 1, 0))), context)

    @property
    def size(self) -> int:
        return len(self.symbols) - self.context

    def rows(self, index: Int[Array, " batch"]) -> tuple[Tokens, Targets]:
        places = index[:, None] + jnp.arange(self.context + 1)
        row = self.symbols[places].astype(jnp.int32)
        return row[:, :-1], row[:, -1:]


class Lines(Examples):
    """Several whole words per row of `width` predictions; only the end of a row that no word fits is unscored.

    `lead` more tokens stand before each row, so that a model that needs them to fill its window has them.
    """

    symbols: Integer[Array, " length"]
    starts: Int[Array, " rows"]
    stops: Int[Array, " rows"]
    width: int = eqx.field(static=True)
    lead: int = eqx.field(static=True)

    @classmethod
    def packed(cls, tape: Tape, width: int, *, lead: int = 0) -> Self:
        """Words of `tape` in order, as many to a row as fit; a word longer than a row goes on in the next."""
        starts, stops = _pack(tape, width)
        return cls._of(tape, starts, stops, width, lead)

    @classmethod
    def single(cls, tape: Tape, *, lead: int = 0) -> Self:
        """One word per row."""
        stops = np.append(tape.starts[1:], len(tape.symbols) - 1)
        return cls._of(tape, tape.starts, stops, tape.longest + 1, lead)

    @classmethod
    def _of(cls, tape: Tape, starts: np.ndarray, stops: np.ndarray, width: int, lead: int) -> Self:
        symbols = jnp.asarray(np.pad(tape.symbols, (lead, width)))
        return cls(symbols, jnp.asarray(starts, jnp.int32), jnp.asarray(stops, jnp.int32), width, lead)

    @property
    def size(self) -> int:
        return len(self.starts)

    def rows(self, index: Int[Array, " batch"]) -> tuple[Tokens, Targets]:
        start, stop = self.starts[index][:, None], self.stops[index][:, None]
        row = self.symbols[start + jnp.arange(self.lead + self.width + 1)].astype(jnp.int32)
        scored = start + jnp.arange(self.width) < stop
        return row[:, :-1], jnp.where(scored, row[:, self.lead + 1 :], UNSCORED)


def _pack(tape: Tape, width: int) -> tuple[Int[np.ndarray, " rows"], Int[np.ndarray, " rows"]]:
    """Where rows of at most `width` predictions start and stop, cut between words wherever one fits."""
    cuts = _cuts(tape, width)
    following = np.searchsorted(cuts, cuts + width, side="right") - 1
    chosen = [0]
    while chosen[-1] < len(cuts) - 1:
        chosen.append(int(following[chosen[-1]]))
    bounds = cuts[chosen]
    return bounds[:-1], bounds[1:]


def _cuts(tape: Tape, width: int) -> Int[np.ndarray, " cuts"]:
    """Every place where a row may begin or end: between words, and each `width` symbols inside a longer word."""
    pieces = tape.lengths // width + 1
    first = np.repeat(tape.starts, pieces)
    rank = np.arange(len(first)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    return np.unique(np.append(first + rank * width, len(tape.symbols) - 1))
