"""The look-up of rows in a table."""

from jax.tree_util import Partial
from jaxtyping import Float, Int

from moregrad.backprop.operation import Array, Pullback, namespace


def embedding(
    tokens: Int[Array, "*axes"], table: Float[Array, "vocab size"]
) -> tuple[Float[Array, "*axes size"], Pullback]:
    """Looks up one row of `table` per token, which is a product with one-hot rows.

    y = table[tokens] = onehot(tokens) @ table
    dtable = onehot(tokens).T @ dy: every row of dy is added to the row of the table that it came from
    """
    return table[tokens], Partial(_pull, tokens, table)


def _pull(tokens: Array, table: Array, dy: Array) -> tuple[None, Array]:
    vocab, size = table.shape
    one_hot = tokens.reshape(-1) == namespace(table).arange(vocab)[:, None]
    return None, one_hot.astype(dy.dtype) @ dy.reshape(-1, size)
