"""One step of a model as a program: from a token and the state before it to logits and the state after it."""

from dataclasses import dataclass
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from moregrad.errors import ModelError

# Each registers what it translates.
from moregrad.formats.translation import control, convolution, elementwise, gathering, ordering, reductions, shapes  # noqa: F401
from moregrad.formats.translation.expressions import Expression, name
from moregrad.formats.translation.hoisting import optimize
from moregrad.formats.translation.jaxpr import DTYPES, Translation
from moregrad.formats.translation.program import Buffer, Program, Statement, Store, statements
from moregrad.formats.translation.values import stored, uniform
from moregrad.layers.layer import partition
from moregrad.models.model import Model
from moregrad.models.ngram_tables import NGramTables

TOKEN: Expression = name("token", "int32")


@dataclass(frozen=True)
class Step:
    """The program of `Model.advance` for one row. Its outputs are the logits and then the arrays of the state.

    `begun` holds the state before the opening boundary; `state` are the arrays that the program reads it from.
    """

    program: Program
    body: list[Statement]
    state: list[Buffer]
    outputs: list[Buffer]
    begun: list[np.ndarray]

    @property
    def temporaries(self) -> list[Buffer]:
        """The arrays of what is computed on the way and read again."""
        stored = {each.buffer for each in statements(self.body) if isinstance(each, Store)}
        return [each for each in self.program.buffers if each.kind == "temporary" and each in stored]

    @classmethod
    def of(cls, model: Model, vocab: int) -> "Step":
        """Translates `model`, whose logits are those of `vocab` tokens.

        Raises ModelError if it computes what cannot be translated.
        """
        model = _without_rows(model)
        numbers, rest = eqx.partition(model, eqx.is_array)
        begun, tree = jax.tree.flatten(model.begin(1))
        begun = [jnp.asarray(each) for each in begun]

        def advance(numbers: Any, state: list[Any], token: Any) -> tuple[Any, list[Any]]:
            logits, after = eqx.combine(numbers, rest).advance(jax.tree.unflatten(tree, state), token)
            return logits, jax.tree.leaves(after)

        jaxpr, (logits, after) = jax.make_jaxpr(advance, return_shape=True)(numbers, begun, jnp.zeros(1, jnp.int32))
        _check(logits, after, begun, vocab)
        translation = Translation()
        program = translation.program
        state = [program.buffer("state", str(each.dtype), each.size) for each in begun]
        known = [translation.known(array, rounds=rounds) for array, rounds in _marked(model, numbers)]
        read = [stored(buffer, each.shape, str(each.dtype)) for buffer, each in zip(state, begun, strict=True)]
        made = translation.call(jaxpr, [*known, *read, uniform(TOKEN, (1,))])
        outputs = [program.buffer("output", each.dtype, each.size) for each in made]
        for value, buffer in zip(made, outputs, strict=True):
            translation.store(value, buffer)
        return cls(program, optimize(program), state, outputs, [np.asarray(each) for each in begun])


def _without_rows(model: Model) -> Model:
    """Returns `model` with tables of counts from which probabilities are computed when needed."""
    return jax.tree.map(
        lambda node: node.without_rows() if isinstance(node, NGramTables) else node,
        model,
        is_leaf=lambda node: isinstance(node, NGramTables),
    )


def _marked(model: Model, numbers: Any) -> list[tuple[np.ndarray, bool]]:
    """Returns the arrays of `model` as JAX has them, and of each whether it is trained, so that it may be rounded."""
    trained = {id(leaf) for leaf in jax.tree.leaves(partition(model)[0])}
    leaves = jax.tree.leaves(numbers)
    return [(np.asarray(leaf, jax.dtypes.canonicalize_dtype(leaf.dtype)), id(leaf) in trained) for leaf in leaves]


def _check(logits: Any, after: list[Any], begun: list[Any], vocab: int) -> None:
    if logits.shape != (1, vocab):
        raise ModelError(f"the logits of one row have the shape {logits.shape}; it must be {(1, vocab)}")
    before, later = ([(each.shape, str(each.dtype)) for each in state] for state in (begun, after))
    if before != later:
        raise ModelError(f"advance turns a state of {before} into one of {later}; they must be of one kind")
    for _, dtype in before:
        if dtype not in DTYPES:
            raise ModelError(f"the state has numbers of {dtype}; only {', '.join(DTYPES)} are translated")
