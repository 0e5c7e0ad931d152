"""Units of recurrent cells: the next state, element by element.

Gates have an axis of their own before that of units. `x` are the pre-activations that come from the input, `h` those
that come from the output before, `state` the arrays that the cell remembers, the first of which is its output.
"""

from collections.abc import Callable
from typing import Any

from jax.tree_util import Partial
from jaxtyping import Float

from moregrad.backprop.operation import Array, Pullback, namespace

Gates = Float[Array, "*axes gates size"]
State = tuple[Float[Array, "*axes size"], ...]
Unit = Callable[[Any, Any, Any], tuple[Any, Pullback]]


def tanh_unit(x: Gates, h: Gates, state: State) -> tuple[State, Pullback]:
    """Computes the plain recurrent unit (Elman 1990).

    y = tanh(x + h)
    dx = dh = (1 - y ** 2) * dy        dstate = 0
    """
    y = namespace(x).tanh(x + h)[..., 0, :]
    return (y,), Partial(_pull_tanh, y)


def _pull_tanh(y: Array, dstate: State) -> tuple[Gates, Gates, State]:
    (dy,) = dstate
    dz = ((1 - y * y) * dy)[..., None, :]
    return dz, dz, (namespace(y).zeros_like(y),)


def gru_unit(x: Gates, h: Gates, state: State) -> tuple[State, Pullback]:
    """Computes the gated recurrent unit with gates r, z and candidate c, in this order (Cho et al. 2014).

    r = sigmoid(x0 + h0)        z = sigmoid(x1 + h1)        c = tanh(x2 + r * h2)
    y = state + z * (c - state)
    dx2 = (1 - c ** 2) * z * dy                             dh2 = r * dx2
    dx1 = dh1 = z * (1 - z) * (c - state) * dy              dstate = (1 - z) * dy
    dx0 = dh0 = r * (1 - r) * h2 * dx2

    The reset gate r acts after the product, as PyTorch has it (with 1 - z in the place of z).
    """
    (before,) = state
    r, z = sigmoid(x[..., 0, :] + h[..., 0, :]), sigmoid(x[..., 1, :] + h[..., 1, :])
    c = namespace(x).tanh(x[..., 2, :] + r * h[..., 2, :])
    return (before + z * (c - before),), Partial(_pull_gru, r, z, c, h[..., 2, :], before)


def _pull_gru(r: Array, z: Array, c: Array, h2: Array, before: Array, dstate: State) -> tuple[Gates, Gates, State]:
    (dy,) = dstate
    dx2 = (1 - c * c) * z * dy
    dx1 = z * (1 - z) * (c - before) * dy
    dx0 = r * (1 - r) * h2 * dx2
    stack = namespace(r).stack
    return stack([dx0, dx1, dx2], -2), stack([dx0, dx1, r * dx2], -2), ((1 - z) * dy,)


def lstm_unit(x: Gates, h: Gates, state: State) -> tuple[State, Pullback]:
    """Computes long short-term memory with gates i, f, g, o, in this order (Hochreiter & Schmidhuber 1997).

    i, f, o = sigmoid(x + h)        g = tanh(x + h)        each of its own gate
    memory' = f * memory + i * g
    y = o * tanh(memory')
    dm = dmemory' + o * (1 - tanh(memory') ** 2) * dy
    di = i * (1 - i) * g * dm       df = f * (1 - f) * memory * dm
    dg = (1 - g ** 2) * i * dm      do = o * (1 - o) * tanh(memory') * dy
    dx = dh = (di, df, dg, do)      dmemory = f * dm
    """
    _, memory = state
    tanh = namespace(x).tanh
    i, f, g, o = (x[..., gate, :] + h[..., gate, :] for gate in range(4))
    i, f, g, o = sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)
    after = f * memory + i * g
    squashed = tanh(after)
    return (o * squashed, after), Partial(_pull_lstm, i, f, g, o, memory, squashed)


def _pull_lstm(
    i: Array, f: Array, g: Array, o: Array, memory: Array, squashed: Array, dstate: State
) -> tuple[Gates, Gates, State]:
    dy, dafter = dstate
    dm = dafter + o * (1 - squashed * squashed) * dy
    di, df = i * (1 - i) * g * dm, f * (1 - f) * memory * dm
    dg, do = (1 - g * g) * i * dm, o * (1 - o) * squashed * dy
    xp = namespace(i)
    dz = xp.stack([di, df, dg, do], -2)
    return dz, dz, (xp.zeros_like(i), f * dm)


def sigmoid(x: Float[Array, "*axes"]) -> Float[Array, "*axes"]:
    """Returns 1 / (1 + exp(-x)), by a formula that does not overflow."""
    return 0.5 * (1 + namespace(x).tanh(0.5 * x))
