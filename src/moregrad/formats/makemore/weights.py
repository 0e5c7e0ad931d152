"""The parameters of makemore.py's six models, by the names that torch gives them, in moregrad's trees.

Every function is linear, so that what it does to parameters it does to their gradients too.
"""

from collections.abc import Callable, Mapping
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from moregrad.layers.cells import Cell, ResetFirstGRUCell, TanhCell
from moregrad.layers.embedding import Embedding, ProjectedEmbedding
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.models.model import Model

Named = Mapping[str, np.ndarray]


def linear(named: Named, name: str) -> Linear:
    return Linear(jnp.asarray(named[f"{name}.weight"].T), _bias(named, name))


def transposed(named: Named, name: str) -> TransposedLinear:
    return TransposedLinear(jnp.asarray(named[f"{name}.weight"]), _bias(named, name))


def _bias(named: Named, name: str) -> Any:
    bias = named.get(f"{name}.bias")
    return None if bias is None else jnp.asarray(bias)


def embedding(named: Named, name: str) -> Embedding:
    return Embedding(jnp.asarray(named[f"{name}.weight"]))


def bigram(named: Named, model: Any) -> Model:
    return eqx.tree_at(lambda model: model.embedding.weight, model, named["logits"])


def mlp(named: Named, model: Any) -> Model:
    """makemore.py joins the newest token's embedding first, moregrad the oldest token's."""
    table, first = embedding(named, "wte"), named["mlp.0.weight"]
    oldest_first = first.reshape(len(first), model.context, -1)[:, ::-1].reshape(first.shape)
    joined = transposed({**named, "mlp.0.weight": oldest_first}, "mlp.0")
    if isinstance(model.layers.layers[1].layers[0], Linear):
        joined = Linear(joined.weight.T, joined.bias)
    where = lambda model: (model.embedding, model.layers.layers[1].layers[0], model.layers.layers[2])  # noqa: E731
    return eqx.tree_at(where, model, (table, joined, transposed(named, "mlp.2")))


def rnn(named: Named, model: Any) -> Model:
    return _recurrent(named, model, ["xh_to_h"], TanhCell)


def gru(named: Named, model: Any) -> Model:
    return _recurrent(named, model, ["xh_to_r", "xh_to_z", "xh_to_hbar"], ResetFirstGRUCell)


def _recurrent(named: Named, model: Any, gates: list[str], cell: Callable[[Linear], Cell]) -> Model:
    """makemore.py has one matrix per gate, for the input and the state joined."""
    table = embedding(named, "wte")
    size = table.weight.shape[1]
    joined = np.concatenate([named[f"cell.{gate}.weight"].T for gate in gates], axis=1)
    bias = np.concatenate([named[f"cell.{gate}.bias"] for gate in gates])
    front = ProjectedEmbedding(table, Linear(jnp.asarray(joined[:size]), jnp.asarray(bias)))
    start = (named["start"][0],)
    where = lambda model: (  # noqa: E731
        model.embedding,
        model.body.layers[0].cell,
        model.body.layers[0].start,
        model.head,
    )
    return eqx.tree_at(
        where, model, (front, cell(Linear(jnp.asarray(joined[size:]), None)), start, transposed(named, "lm_head"))
    )


def bow(named: Named, model: Any) -> Model:
    mlp = [linear(named, f"context_block.mlp.{name}") for name in ("c_fc", "c_proj")]
    where = lambda model: (  # noqa: E731
        model.embedding,
        model.positions,
        model.body.layers[1].inner.layers[0],
        model.body.layers[1].inner.layers[2],
        model.head,
    )
    tables = embedding(named, "wte"), embedding(named, "wpe")
    return eqx.tree_at(where, model, (*tables, *mlp, transposed(named, "lm_head")))


def transformer(named: Named, model: Any) -> Model:
    model = eqx.tree_at(
        lambda model: (model.embedding, model.positions, model.head),
        model,
        (
            embedding(named, "transformer.wte"),
            embedding(named, "transformer.wpe"),
            transposed(named, "lm_head"),
        ),
    )
    layers = [model.body.layers[0]]
    for number, half in enumerate(model.body.layers[1:-1]):
        load = _mlp_half if number % 2 else _attention_half
        layers.append(load(named, f"transformer.h.{number // 2}", half))
    layers.append(_norm(named, "transformer.ln_f", model.body.layers[-1]))
    return eqx.tree_at(lambda model: model.body.layers, model, tuple(layers))


def _attention_half(named: Named, name: str, half: Any) -> Any:
    where = lambda half: (half.inner.layers[1].qkv, half.inner.layers[1].out)  # noqa: E731
    return _half(named, half, f"{name}.ln_1", where, (f"{name}.attn.c_attn", f"{name}.attn.c_proj"))


def _mlp_half(named: Named, name: str, half: Any) -> Any:
    where = lambda half: (half.inner.layers[1], half.inner.layers[3])  # noqa: E731
    return _half(named, half, f"{name}.ln_2", where, (f"{name}.mlp.c_fc", f"{name}.mlp.c_proj"))


def _half(named: Named, half: Any, norm: str, where: Callable[[Any], tuple], linears: tuple[str, str]) -> Any:
    """Half a block: the norm in front of it and its two linear layers."""
    half = eqx.tree_at(where, half, tuple(linear(named, name) for name in linears))
    return eqx.tree_at(lambda half: half.inner.layers[0], half, _norm(named, norm, half.inner.layers[0]))


def _norm(named: Named, name: str, norm: Any) -> Any:
    values = named[f"{name}.weight"], named[f"{name}.bias"]
    return eqx.tree_at(lambda norm: (norm.gain, norm.bias), norm, values)


LOADERS = {"bigram": bigram, "mlp": mlp, "rnn": rnn, "gru": gru, "bow": bow, "transformer": transformer}
