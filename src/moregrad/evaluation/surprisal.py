"""The surprisal of every token of a word list under a model."""

import equinox as eqx
import jax
import numpy as np
from jaxtyping import Array, Float, Int, Integer

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import UNSCORED, PackedRows, Targets, Tokens
from moregrad.jit import jit, trim
from moregrad.models.model import Model
from moregrad.parallel import parallel_map
from moregrad.training.loss import surprisal

ROW = 64
POSITIONS = 8192
FEW = 8
"""Rows up to which they are scored in a program of their own: a word does not take the time of hundreds."""

NUMBERS = 2**22
"""The most logits held at once where symbols are more than a byte tells apart (16 MiB of float32 on each core)."""


def surprisals(model: Model, encoded: EncodedWords) -> Float[np.ndarray, " predictions"]:
    """Returns minus the natural log probability of each character and end of `encoded`, in order, float32 nats."""
    trim()
    # Long words are scored apart, so that one of them does not make long rows for all.
    long = np.repeat(encoded.lengths >= ROW, encoded.lengths + 1)
    nats = np.empty(encoded.predictions, np.float32)
    for part in (long, ~long):
        if part.any():
            nats[part] = _surprisals(model, EncodedWords(np.append(encoded.tokens[:-1][part], encoded.tokens[-1:])))
    return nats


def word_nats(model: Model, encoded: EncodedWords) -> Float[np.ndarray, " words"]:
    """Returns minus the natural log probability of each whole word of `encoded`, its end included, in float64."""
    return sum_by_word(surprisals(model, encoded), encoded)


def sum_by_word(nats: Float[np.ndarray, " predictions"], encoded: EncodedWords) -> Float[np.ndarray, " words"]:
    """Sums the nats of each word and its end, in float64."""
    return np.add.reduceat(nats.astype(np.float64), encoded.starts) if len(encoded) else np.zeros(0)


def _surprisals(model: Model, encoded: EncodedWords) -> Float[np.ndarray, " predictions"]:
    packed = PackedRows.packed(encoded, _row_width(encoded), lead=model.lead)
    model, size, examples = jax.device_put(model), packed.size, jax.tree.map(_pad, packed)
    batches = _batches(size, _rows_at_once(size, packed.width))
    costs = _costs if encoded.tokens.dtype == np.uint8 else _costs_in_parts

    def nats(index: Int[np.ndarray, " batch"]) -> Float[np.ndarray, " scored"]:
        tokens, targets = _rows(examples, jax.device_put(index.astype(np.int32)))
        scored = (np.asarray(targets) != UNSCORED) & (index < size)[:, None]
        return np.asarray(costs(model, tokens, targets))[scored]

    return np.concatenate(list(parallel_map(nats, batches)), dtype=np.float32)


def _rows_at_once(size: int, width: int) -> int:
    """Returns the rows of a batch: one of two numbers for each width, since each is compiled anew."""
    most = max(1, POSITIONS // width)
    return min(FEW, most) if size <= FEW else most


def _row_width(encoded: EncodedWords) -> int:
    """Returns a width that cuts no word; a power of two, since each width is compiled anew."""
    return max(ROW, 1 << encoded.longest.bit_length())


def _pad(array: Integer[Array, " length"]) -> Integer[Array, " padded"]:
    """Pads `array` to a power of two, for the same reason."""
    padded = 1 << (len(array) - 1).bit_length()
    return jax.device_put(np.pad(np.asarray(array), (0, padded - len(array))))


def _batches(size: int, batch: int) -> list[Int[np.ndarray, " batch"]]:
    """Returns the row numbers 0 to `size` - 1 in full batches; the last is filled up with `size`, which is no row."""
    count = -(-size // batch)
    return list(np.minimum(np.arange(count * batch), size).reshape(count, batch))


# A program of its own, so that lists of another size compile only this anew and not the model.
@jit
def _rows(examples: PackedRows, index: Int[Array, " batch"]) -> tuple[Tokens, Targets]:
    return examples.rows(index)


@jit
def _costs(model: Model, tokens: Tokens, targets: Targets) -> Float[Array, "batch width"]:
    return surprisal(model(tokens), targets)


@jit
def _costs_in_parts(model: Model, tokens: Tokens, targets: Targets) -> Float[Array, "batch width"]:
    """Does as `_costs` with a few rows at a time: the logits of all would take gigabytes with thousands of symbols."""
    numbers = tokens.shape[1] * eqx.filter_eval_shape(model, tokens[:1]).shape[-1]
    # A power of two, as batches are: no rows are left over, which would be a second program.
    rows = 1 << (max(NUMBERS // numbers, 1).bit_length() - 1)

    def costs(row: tuple[Array, Array]) -> Float[Array, " width"]:
        return surprisal(model(row[0][None]), row[1][None])[0]

    return jax.lax.map(costs, (tokens, targets), batch_size=rows)
