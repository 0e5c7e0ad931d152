"""How surprising every symbol of a list is to a model."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from moregrad.compiled import compiled
from moregrad.data.examples import UNSCORED, Lines
from moregrad.data.tape import Tape
from moregrad.models.model import Model
from moregrad.training.loss import surprisal

ROW = 64
POSITIONS = 16384


def surprisals(model: Model, tape: Tape) -> Float[np.ndarray, " predictions"]:
    """Minus the natural log probability of each character and end of `tape`, in tape order, float32 nats."""
    if not len(tape):
        return np.zeros(0, np.float32)
    examples = Lines.packed(tape, _width(tape), lead=model.lead)
    size, roomy = examples.size, jax.tree.map(_roomy, examples)
    rows = _batches(size, max(1, POSITIONS // examples.width))
    computed = [_batch(model, roomy, jnp.asarray(index)) for index in rows]
    nats = np.concatenate([np.asarray(part) for part, _ in computed])[:size]
    scored = np.concatenate([np.asarray(mask) for _, mask in computed])[:size]
    return nats[scored]


def _width(tape: Tape) -> int:
    """A row that no word of `tape` is cut by; one of few sizes, since each is compiled anew."""
    return max(ROW, 1 << tape.longest.bit_length())


def _roomy(array: Int[Array, " length"]) -> Int[Array, " room"]:
    """`array` filled up to one of few lengths, for the same reason."""
    room = 1 << (len(array) - 1).bit_length()
    return jnp.asarray(np.pad(np.asarray(array), (0, room - len(array))))


def _batches(size: int, batch: int) -> Int[np.ndarray, "batches batch"]:
    """Row numbers 0..size-1 in full batches; the last batch repeats its final row to be full."""
    count = -(-size // batch)
    return np.minimum(np.arange(count * batch), size - 1).reshape(count, batch)


@compiled
def _batch(
    model: Model, examples: Lines, index: Int[Array, " batch"]
) -> tuple[Float[Array, "batch width"], Float[Array, "batch width"]]:
    tokens, targets = examples.rows(index)
    return surprisal(model(tokens), targets), targets != UNSCORED
