"""Encoded words as rows of tokens and targets, which the compiled program cuts when it needs them."""

from abc import abstractmethod

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int, Integer, PyTree

from moregrad.data.encoded_words import EncodedWords

UNSCORED = -1

Tokens = Int[Array, "batch time"]
Targets = Int[Array, "batch position"]
Inputs = PyTree[Array]
"""The input of a model that trains: tokens, and whatever else its examples have to say of them."""


class Examples(eqx.Module):
    """A numbered set of rows, of which only those asked for are turned into tokens and targets."""

    @property
    @abstractmethod
    def size(self) -> int:
        """The number of rows."""

    @property
    def readers(self) -> int:
        """The networks that learn side by side; each has rows of its own in every step."""
        return 1

    @abstractmethod
    def rows(self, index: Int[Array, " batch"]) -> tuple[Inputs, Targets]:
        """Returns the rows numbered `index`, in most cases as tokens alone.

        Targets are aligned to the end of time and -1 where nothing is scored.
        """

    def part(self, start: int, stop: int) -> "Examples":
        """Returns the rows from `start` up to `stop`, at least one, by themselves."""
        raise NotImplementedError(f"{type(self).__name__} cannot be dealt among devices")


class Windows(Examples):
    """One prediction per row: `context` tokens and the token after them, as in the lectures.

    Row k asks for token k + 1 of the encoded words. Its context may hold tokens of earlier words, which models mask.
    """

    tokens: Integer[Array, " length"]
    context: int = eqx.field(static=True)

    @classmethod
    def of(cls, encoded: EncodedWords, context: int) -> "Windows":
        """Makes a row for every prediction of `encoded`, with the `context` tokens before it."""
        return cls(jax.device_put(np.pad(encoded.tokens, (context - 1, 0))), context)

    @property
    def size(self) -> int:
        return len(self.tokens) - self.context

    def rows(self, index: Int[Array, " batch"]) -> tuple[Tokens, Targets]:
        positions = index[:, None] + jnp.arange(self.context + 1)
        row = self.tokens[positions].astype(jnp.int32)
        return row[:, :-1], row[:, -1:]

    def part(self, start: int, stop: int) -> "Windows":
        return Windows(jax.device_put(np.asarray(self.tokens)[start : stop + self.context]), self.context)


class PackedRows(Examples):
    """Rows of `width` predictions, each packed with whole words; where the next word does not fit, nothing is scored.

    `lead` extra tokens precede each row, for models that need them to fill their first window.
    """

    tokens: Integer[Array, " length"]
    starts: Int[Array, " rows"]
    stops: Int[Array, " rows"]
    width: int = eqx.field(static=True)
    lead: int = eqx.field(static=True)

    @classmethod
    def packed(cls, encoded: EncodedWords, width: int, *, lead: int = 0) -> "PackedRows":
        """Packs words in order, as many to a row as fit; a word longer than a row continues in the next."""
        bounds = pack(encoded, width)
        return cls._of(encoded, bounds[:-1], bounds[1:], width, lead)

    @classmethod
    def single(cls, encoded: EncodedWords, *, lead: int = 0) -> "PackedRows":
        """Makes one row per word."""
        stops = np.append(encoded.starts[1:], len(encoded.tokens) - 1)
        return cls._of(encoded, encoded.starts, stops, encoded.longest + 1, lead)

    @classmethod
    def _of(cls, encoded: EncodedWords, starts: np.ndarray, stops: np.ndarray, width: int, lead: int) -> "PackedRows":
        # Not by `jnp.asarray`, which compiles a program for every new length.
        tokens = jax.device_put(np.pad(encoded.tokens, (lead, width)))
        first, last = (jax.device_put(bounds.astype(np.int32)) for bounds in (starts, stops))
        return cls(tokens, first, last, width, lead)

    @property
    def size(self) -> int:
        return len(self.starts)

    def rows(self, index: Int[Array, " batch"]) -> tuple[Tokens, Targets]:
        start, stop = self.starts[index][:, None], self.stops[index][:, None]
        row = self.tokens[start + jnp.arange(self.lead + self.width + 1)].astype(jnp.int32)
        scored = start + jnp.arange(self.width) < stop
        return row[:, :-1], jnp.where(scored, row[:, self.lead + 1 :], UNSCORED)

    def part(self, start: int, stop: int) -> "PackedRows":
        starts, stops = np.asarray(self.starts)[start:stop], np.asarray(self.stops)[start:stop]
        first, end = starts[0], starts[-1] + self.lead + self.width + 1
        tokens, begun, ended = jax.device_put((np.asarray(self.tokens)[first:end], starts - first, stops - first))
        return PackedRows(tokens, begun, ended, self.width, self.lead)


def pack(encoded: EncodedWords, width: int) -> Int[np.ndarray, " bounds"]:
    """Returns where rows of at most `width` predictions begin and the last one ends, between words where possible."""
    cuts, begun, done, bounds = np.zeros(0, np.int64), 0, 0, [np.zeros(1, np.int64)]
    for piece in encoded.pieces():
        # Where a piece ends the next one begins, so that its end is a cut only after the last.
        cuts = np.append(cuts[np.searchsorted(cuts, begun) :], done + _possible_cuts(piece, width)[:-1])
        done += piece.predictions
        if len(chosen := _follow(cuts, begun, width, done)):
            bounds.append(chosen)
            begun = int(chosen[-1])
    cuts = np.append(cuts[np.searchsorted(cuts, begun) :], done)
    return np.concatenate([*bounds, _follow(cuts, begun, width, done + width)])


def _follow(cuts: Int[np.ndarray, " cuts"], begun: int, width: int, known: int) -> Int[np.ndarray, " chosen"]:
    """Returns the ends of rows, the first of which begins at `begun`, as far as all cuts that may end one are known."""
    following = np.searchsorted(cuts, cuts + width, side="right") - 1
    chosen, at = [], int(np.searchsorted(cuts, begun))
    while at < len(cuts) - 1 and cuts[at] + width < known:
        at = int(following[at])
        chosen.append(at)
    return cuts[chosen] if chosen else cuts[:0]


def _possible_cuts(encoded: EncodedWords, width: int) -> Int[np.ndarray, " cuts"]:
    """Returns the positions where a row may begin or end: between words, and every `width` tokens in a longer word."""
    end = len(encoded.tokens) - 1
    if encoded.longest < width:
        return np.append(encoded.starts, end)
    pieces = encoded.lengths // width + 1
    first = np.repeat(encoded.starts, pieces)
    rank = np.arange(len(first)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    return np.append(first + rank * width, end)
