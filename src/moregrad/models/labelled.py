"""Models of words whose first token is a label, seen as models of the words themselves."""

import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float, Int, PRNGKeyArray

from moregrad.data.vocabulary import BOUNDARY
from moregrad.jit import quick_jit
from moregrad.layers.layer import State
from moregrad.models.model import Model
from moregrad.models.states import batch_axes, rows_back, rows_first


class GivenLabel(Model):
    """p(word | label): the words alone, in a vocabulary without labels, after one label.

    `ids` are the tokens of `model` for those of this vocabulary; `opening` is what it gives once it has read the
    boundary and the label: logits and a state with its rows in front, of one row.
    """

    model: Model
    label: Int[Array, ""]
    ids: Int[Array, " vocab"]
    opening: State

    @classmethod
    def of(cls, model: Model, label: int, ids: Int[np.ndarray, " vocab"]) -> "GivenLabel":
        """Reads the boundary and the label once."""
        tokens = jnp.asarray(ids, jnp.int32)
        return cls(model, jnp.asarray(label, jnp.int32), tokens, _open(model, jnp.asarray([label], jnp.int32)))

    @property
    def longest(self) -> int | None:
        return _without_label(self.model.longest)

    @property
    def lead(self) -> int:
        return self.model.lead

    def observe(self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray) -> tuple[Any, Model]:
        raise NotImplementedError("a model given a label is not trained; train the one that it has inside")

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        """Inserts the label after every boundary; rows become twice as long, filled up in front with boundaries."""
        rows, time = tokens.shape
        opens = tokens == BOUNDARY
        inserted = jnp.cumsum(opens, axis=1)
        # After a boundary the label's logits are wanted, after any other token its own.
        wanted = time - inserted[:, -1:] + jnp.arange(time) + inserted
        row = jnp.arange(rows)[:, None]
        longer = jnp.zeros((rows, 2 * time), self.ids.dtype).at[row, wanted - opens].set(self.ids[tokens])
        longer = longer.at[row, jnp.where(opens, wanted, 2 * time)].set(self.label, mode="drop")
        logits = self.model(longer)
        first = 2 * time - logits.shape[1]
        shown = wanted[:, min(self.lead, time - 1) :] - first
        return jnp.take_along_axis(logits, jnp.maximum(shown, 0)[..., None], axis=1)[..., self.ids]

    def begin(self, batch: int) -> State:
        return self.model.begin(batch)

    def advance(self, state: State, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        axes = batch_axes(self.model)
        logits, state = self.model.advance(state, self.ids[token])
        logits, state = _where(token == BOUNDARY, self.opening, (logits, rows_first(state, axes)))
        return logits[:, self.ids], rows_back(state, axes)


class AnyLabel(Model):
    """p(word) = sum of p(label) p(word | label), token by token: each label has its share of what follows.

    After a prefix the share of a label is p(label | prefix). The work is that of as many models as there are labels.
    `opening` is as that of `GivenLabel`, with a row for each label.
    """

    model: Model
    log_shares: Float[Array, " labels"]
    ids: Int[Array, " vocab"]
    opening: State

    @classmethod
    def of(
        cls,
        model: Model,
        labels: Int[np.ndarray, " labels"],
        shares: Float[np.ndarray, " labels"],
        ids: Int[np.ndarray, " vocab"],
    ) -> "AnyLabel":
        """Reads the boundary and each label once; `shares` are the probabilities of the labels."""
        with np.errstate(divide="ignore"):
            log_shares = jnp.asarray(np.log(shares), jnp.float32)
        tokens = jnp.asarray(ids, jnp.int32)
        return cls(model, log_shares, tokens, _open(model, jnp.asarray(labels, jnp.int32)))

    @property
    def longest(self) -> int | None:
        return _without_label(self.model.longest)

    def observe(self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray) -> tuple[Any, Model]:
        raise NotImplementedError("a mixture over labels is not trained; train the model that it has inside")

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch time vocab"]:
        def step(state: State, token: Int[Array, " batch"]) -> tuple[State, Array]:
            logits, state = self.advance(state, token)
            return state, logits

        _, logits = jax.lax.scan(step, self.begin(len(tokens)), tokens.T)
        return logits.swapaxes(0, 1)

    def begin(self, batch: int) -> State:
        """The states of all labels, their log shares, and the log probabilities of what comes next under each."""
        shape = (batch, len(self.log_shares))
        states = _split(rows_first(self.model.begin(math.prod(shape)), batch_axes(self.model)), shape)
        shares = jnp.broadcast_to(self.log_shares, shape)
        return states, shares, jnp.zeros((*shape, len(self.ids)))

    def advance(self, state: State, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        states, shares, following = state
        opens = token == BOUNDARY
        told = jnp.take_along_axis(following, token[:, None, None], axis=2)[..., 0]
        shares = jnp.where(opens[:, None], self.log_shares, _normalise(shares + told, self.log_shares))
        axes = batch_axes(self.model)
        flat = rows_back(jax.tree.map(lambda x: x.reshape(-1, *x.shape[2:]), states), axes)
        logits, flat = self.model.advance(flat, jnp.repeat(self.ids[token], len(self.log_shares)))
        logits, states = _where(opens, self.opening, _split((logits, rows_first(flat, axes)), shares.shape))
        following = jax.nn.log_softmax(logits[..., self.ids])
        return jax.nn.logsumexp(shares[..., None] + following, axis=1), (states, shares, following)


class OwnLabel(Model):
    """p(word | its own label) of words that have their labels: these cost nothing, and no other token is one.

    Only `__call__` is of use, and only if it reads whole words: it looks at the token that follows.
    """

    model: Model
    is_label: Bool[Array, " vocab"]

    @classmethod
    def of(cls, model: Model, is_label: Bool[np.ndarray, " vocab"]) -> "OwnLabel":
        """Marks the tokens that are labels."""
        return cls(model, jnp.asarray(is_label))

    @property
    def longest(self) -> int | None:
        return self.model.longest

    @property
    def lead(self) -> int:
        return self.model.lead

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        logits = jnp.where(self.is_label, -jnp.inf, self.model(tokens))
        following = jnp.pad(tokens[:, 1:], ((0, 0), (0, 1)))[:, -logits.shape[1] :]
        certain = jnp.where(following[..., None] == jnp.arange(len(self.is_label)), 0.0, -jnp.inf)
        return jnp.where(self.is_label[following][..., None], certain, logits)

    def begin(self, batch: int) -> State:
        return self.model.begin(batch)

    def advance(self, state: State, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        raise NotImplementedError("words with their own labels are read as a whole")


# As one program: operation by operation, dozens of small ones are compiled.
@quick_jit
def _open(model: Model, labels: Int[Array, " labels"]) -> State:
    _, state = model.advance(model.begin(len(labels)), jnp.full_like(labels, BOUNDARY))
    logits, state = model.advance(state, labels)
    return logits, rows_first(state, batch_axes(model))


def _without_label(longest: int | None) -> int | None:
    return None if longest is None else longest - 1


def _normalise(
    log_weights: Float[Array, "batch labels"], otherwise: Float[Array, " labels"]
) -> Float[Array, "batch labels"]:
    """Returns log shares that add up to 1; `otherwise` where every weight is 0, after a prefix that cannot be."""
    total = jax.nn.logsumexp(log_weights, axis=1, keepdims=True)
    return jnp.where(jnp.isfinite(total), log_weights - jnp.where(jnp.isfinite(total), total, 0), otherwise)


def _split(tree: Any, shape: tuple[int, ...]) -> Any:
    """Splits the first axis of arrays in two."""
    return jax.tree.map(lambda x: x.reshape(*shape, *x.shape[1:]), tree)


def _where(opens: Bool[Array, " batch"], opening: Any, moved: Any) -> Any:
    """Takes the rows of `moved`, but where a word opens what `opening` has for every row."""

    def pick(x: Array, y: Array) -> Array:
        return jnp.where(opens.reshape(-1, *[1] * (y.ndim - 1)), x if y.ndim == x.ndim else x[None], y)

    return jax.tree.map(pick, opening, moved)
