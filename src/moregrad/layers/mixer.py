"""Layers along time: each position hears of what its word holds so far."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import Self

import equinox as eqx
import jax.random as jr
from jaxtyping import Array, Float, Int, PRNGKeyArray, PyTree

from moregrad.layers.layer import Layer

State = PyTree[Array]


class Mixer(eqx.Module):
    """Vectors in, vectors out, one per position; a position hears only its word, up to and including itself.

    `places` counts the tokens since the last boundary, the boundary itself being 0: so far back may a position hear.
    With a `key` the mixer is training, and dropout draws from it; without one it predicts.
    """

    @abstractmethod
    def __call__(
        self, x: Float[Array, "batch time size"], places: Int[Array, "batch time"], *, key: PRNGKeyArray | None = None
    ) -> Float[Array, "batch time out"]:
        """All positions at once."""

    @abstractmethod
    def begin(self, batch: int) -> State:
        """What `advance` needs of the past before there is any."""

    @abstractmethod
    def advance(
        self, state: State, x: Float[Array, "batch size"], places: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch out"], State]:
        """The next position as `__call__` would give it when predicting, and the state with `x` in it."""


class Pointwise(Mixer):
    """A layer at each position by itself; one that keeps nothing of what it observes."""

    layer: Layer

    def __call__(
        self, x: Float[Array, "batch time size"], places: Int[Array, "batch time"], *, key: PRNGKeyArray | None = None
    ) -> Float[Array, "batch time out"]:
        return self.layer(x) if key is None else self.layer.observe(x, key=key)[0]

    def begin(self, batch: int) -> State:
        return ()

    def advance(
        self, state: State, x: Float[Array, "batch size"], places: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch out"], State]:
        return self.layer(x), state


class Chain(Mixer):
    """Each mixer's output is the next one's input."""

    mixers: tuple[Mixer, ...]

    @classmethod
    def of(cls, parts: Iterable[Mixer | Layer]) -> Self:
        """Mixers after one another, and layers, which act on each position by itself."""
        return cls(tuple(part if isinstance(part, Mixer) else Pointwise(part) for part in parts))

    def __call__(
        self, x: Float[Array, "batch time size"], places: Int[Array, "batch time"], *, key: PRNGKeyArray | None = None
    ) -> Float[Array, "batch time out"]:
        for number, mixer in enumerate(self.mixers):
            x = mixer(x, places, key=None if key is None else jr.fold_in(key, number))
        return x

    def begin(self, batch: int) -> State:
        return tuple(mixer.begin(batch) for mixer in self.mixers)

    def advance(
        self, state: State, x: Float[Array, "batch size"], places: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch out"], State]:
        memories = []
        for mixer, known in zip(self.mixers, state, strict=True):
            x, known = mixer.advance(known, x, places)
            memories.append(known)
        return x, tuple(memories)


class Skip(Mixer):
    """`x + inner(x)` (He et al. 2016)."""

    inner: Mixer

    @classmethod
    def around(cls, *parts: Mixer | Layer) -> Self:
        """A chain of `parts` around which the input passes."""
        return cls(Chain.of(parts))

    def __call__(
        self, x: Float[Array, "batch time size"], places: Int[Array, "batch time"], *, key: PRNGKeyArray | None = None
    ) -> Float[Array, "batch time size"]:
        return x + self.inner(x, places, key=key)

    def begin(self, batch: int) -> State:
        return self.inner.begin(batch)

    def advance(
        self, state: State, x: Float[Array, "batch size"], places: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch size"], State]:
        y, state = self.inner.advance(state, x, places)
        return x + y, state
