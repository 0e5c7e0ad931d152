"""One time step of recurrent cells with all their weights.

`x` is [batch input] and the output before is [batch size]; `weight` [input gates * size] maps the one, `recurrent`
[size gates * size] the other. A cell is two linear maps and a unit, and its pullback is made of theirs.
"""

from jax.tree_util import Partial
from jaxtyping import Float

from moregrad.backprop.linear import linear
from moregrad.backprop.operation import Array, Pullback
from moregrad.backprop.units import State, Unit, gru_unit, lstm_unit, tanh_unit

X = Float[Array, "batch input"]
Output = Float[Array, "batch size"]
Weight = Float[Array, "input joined"]
Recurrent = Float[Array, "size joined"]
Bias = Float[Array, " joined"]


def tanh_cell(x: X, before: Output, weight: Weight, recurrent: Recurrent, bias: Bias) -> tuple[Output, Pullback]:
    """Computes the plain recurrent cell (Elman 1990).

    y = tanh(x @ weight + bias + before @ recurrent)
    dz = (1 - y ** 2) * dy
    dx = dz @ weight.T             dbefore = dz @ recurrent.T
    dweight = x.T @ dz             drecurrent = before.T @ dz        dbias = the sum of dz over the batch
    """
    (y,), pullback = _cell(tanh_unit, x, (before,), (weight, bias), (recurrent,))
    return y, Partial(_pull_tanh, pullback)


def _pull_tanh(pullback: Pullback, dy: Array) -> tuple[Array, ...]:
    dx, (dbefore,), (dweight, dbias), (drecurrent,) = pullback((dy,))
    return dx, dbefore, dweight, drecurrent, dbias


def gru_cell(
    x: X, before: Output, weight: Weight, recurrent: Recurrent, bias: Bias, recurrent_bias: Bias
) -> tuple[Output, Pullback]:
    """Computes the gated recurrent unit (Cho et al. 2014); for its gates and their gradients see `gru_unit`.

    y = gru_unit(x @ weight + bias, before @ recurrent + recurrent_bias, before)
    dx, dweight, dbias and drecurrent, drecurrent_bias are those of the two linear maps
    dbefore = the unit's own + that of the second map
    """
    (y,), pullback = _cell(gru_unit, x, (before,), (weight, bias), (recurrent, recurrent_bias))
    return y, Partial(_pull_gru, pullback)


def _pull_gru(pullback: Pullback, dy: Array) -> tuple[Array, ...]:
    dx, (dbefore,), (dweight, dbias), (drecurrent, drecurrent_bias) = pullback((dy,))
    return dx, dbefore, dweight, drecurrent, dbias, drecurrent_bias


def lstm_cell(
    x: X, before: Output, memory: Output, weight: Weight, recurrent: Recurrent, bias: Bias
) -> tuple[tuple[Output, Output], Pullback]:
    """Computes long short-term memory (Hochreiter & Schmidhuber 1997); for its gates see `lstm_unit`.

    The value is the pair of output and memory, and the pullback takes the pair of gradients by them.
    """
    (y, after), pullback = _cell(lstm_unit, x, (before, memory), (weight, bias), (recurrent,))
    return (y, after), Partial(_pull_lstm, pullback)


def _pull_lstm(pullback: Pullback, dstate: State) -> tuple[Array, ...]:
    dx, (dbefore, dmemory), (dweight, dbias), (drecurrent,) = pullback(dstate)
    return dx, dbefore, dmemory, dweight, drecurrent, dbias


def _cell(
    unit: Unit, x: X, state: State, inward: tuple[Array, ...], recurrent: tuple[Array, ...]
) -> tuple[State, Pullback]:
    z, pull_inward = linear(x, *inward)
    h, pull_recurrent = linear(state[0], *recurrent)
    by_gate = (len(x), -1, state[0].shape[-1])
    after, pull_unit = unit(z.reshape(by_gate), h.reshape(by_gate), state)
    return after, Partial(_pull, pull_inward, pull_recurrent, pull_unit)


def _pull(pull_inward: Pullback, pull_recurrent: Pullback, pull_unit: Pullback, dstate: State) -> tuple:
    dz, dh, (dbefore, *dothers) = pull_unit(dstate)
    dx, *dinward = pull_inward(dz.reshape(len(dz), -1))
    dthrough, *drecurrent = pull_recurrent(dh.reshape(len(dh), -1))
    return dx, (dbefore + dthrough, *dothers), dinward, drecurrent
