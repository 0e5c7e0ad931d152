"""Prefixes of words as arrays, and the pile of those whose continuations are still to be looked at."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np
from jaxtyping import Float64, Int, UInt32


@dataclass(frozen=True, eq=False)
class Prefixes:
    """Beginnings of words with minus their log probability in nats, and the words themselves once they have ended.

    `ids` are padded with boundaries. `place` is the state of the automaton that has read each prefix, `parent` the row
    that the model's state before its last character has among the states it is kept with.
    """

    ids: UInt32[np.ndarray, "prefixes width"]
    lengths: Int[np.ndarray, " prefixes"]
    nats: Float64[np.ndarray, " prefixes"]
    place: Int[np.ndarray, " prefixes"]
    parent: Int[np.ndarray, " prefixes"]

    @classmethod
    def none(cls) -> "Prefixes":
        """Returns none."""
        nothing = np.zeros(0, np.int64)
        return cls(np.zeros((0, 1), np.uint32), nothing, np.zeros(0), nothing, nothing)

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def nbytes(self) -> int:
        """The bytes that they take."""
        return sum(getattr(self, field.name).nbytes for field in dataclasses.fields(self))

    @property
    def last(self) -> Int[np.ndarray, " prefixes"]:
        """The last character of each, the boundary for the empty one."""
        found = self.ids[np.arange(len(self)), np.maximum(self.lengths - 1, 0)]
        return np.where(self.lengths > 0, found, 0).astype(np.int32)

    def take(self, index: Any) -> "Prefixes":
        """Returns the prefixes that `index`, of any kind that NumPy knows, selects."""
        return Prefixes(*(getattr(self, field.name)[index] for field in dataclasses.fields(self)))

    def with_nats(self, nats: Float64[np.ndarray, " prefixes"]) -> "Prefixes":
        """Returns them with other `nats`."""
        return dataclasses.replace(self, nats=nats)

    def extend(
        self,
        row: Int[np.ndarray, " children"],
        token: Int[np.ndarray, " children"],
        nats: Float64[np.ndarray, " children"],
        place: Int[np.ndarray, " children"],
    ) -> "Prefixes":
        """Returns the prefixes `row` longer by a `token`; their parents are these rows."""
        lengths = self.lengths[row]
        ids = widen(self.ids, int(lengths.max(initial=0)) + 1)[row]
        ids[np.arange(len(row)), lengths] = token
        return Prefixes(ids, lengths + 1, nats, place, row)


Pair = tuple[Prefixes, Any]
"""Prefixes and the states that their `parent` are rows of."""


def join(parts: Sequence[Prefixes]) -> Prefixes:
    """Joins prefixes in the order given."""
    width = max(part.ids.shape[1] for part in parts)
    ids = np.concatenate([widen(part.ids, width) for part in parts])
    names = [field.name for field in dataclasses.fields(Prefixes) if field.name != "ids"]
    return Prefixes(ids, *(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def widen(ids: UInt32[np.ndarray, "prefixes width"], width: int) -> UInt32[np.ndarray, "prefixes wider"]:
    """Pads `ids` with boundaries to a power of two of at least `width` columns."""
    wide = max(ids.shape[1], 1 << (width - 1).bit_length())
    return ids if wide == ids.shape[1] else np.pad(ids, ((0, 0), (0, wide - ids.shape[1])))


class Pile:
    """Prefixes still to be looked at, of which those pushed last are taken first, and of these the most probable.

    So few states are kept: the children of a batch share those of the batch, and are gone before others are taken.
    """

    def __init__(self) -> None:
        self._parts: list[Pair] = []

    def push(self, prefixes: Prefixes, states: Any) -> None:
        """Adds prefixes, whose `parent` is a row of `states`."""
        if len(prefixes):
            self._parts.append((prefixes.take(np.argsort(-prefixes.nats, kind="stable")), states))

    def pop(self, count: int, most: float) -> Pair | None:
        """Takes up to `count` prefixes of at most `most` nats and, row by row, their states; None if none is left.

        Prefixes of more nats that lie before them are dropped.
        """
        taken: list[Pair] = []
        missing = count
        while self._parts and missing:
            prefixes, states = self._parts.pop()
            prefixes = prefixes.take(prefixes.nats <= most)
            cut = max(len(prefixes) - missing, 0)
            if cut:
                self._parts.append((prefixes.take(slice(cut)), states))
            taken.append((prefixes.take(slice(cut, None)), states))
            missing -= len(prefixes) - cut
        if missing == count:
            return None
        rows = [jax.tree.map(lambda leaf, part=part: leaf[part.parent], states) for part, states in taken]
        return join([part for part, _ in taken]), jax.tree.map(lambda *leaves: np.concatenate(leaves), *rows)
