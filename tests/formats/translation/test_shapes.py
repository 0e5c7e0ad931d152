"""Elements that only move."""

import jax.numpy as jnp
import numpy as np
from jax import lax

from formats.engines import check

CUBE = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
ROW = np.arange(3, dtype=np.float32) - 10


def test_views_move_nothing_and_find_the_same():
    check(
        {
            "transpose": lambda x, y: x.transpose(2, 0, 1),
            "slice": lambda x, y: x[1:, ::2, 1:3],
            "reverse": lambda x, y: x[:, ::-1, ::-1],
            "broadcast": lambda x, y: y[:, None] + x,
            "broadcast of what costs": lambda x, y: jnp.broadcast_to(jnp.exp(jnp.sin(y))[:, None], (3, 5)),
            "squeeze": lambda x, y: x[:, 1:2].squeeze(1),
            "reshape": lambda x, y: (x * 2).reshape(4, 6),
            "reshape of a view": lambda x, y: x.transpose(2, 1, 0).reshape(3, 8),
            "reshape with ones": lambda x, y: x[:, :1].reshape(1, 2, 1, 4),
            "split": lambda x, y: jnp.split(jnp.exp(-x), 2, axis=2),
            "iota": lambda x, y: lax.broadcasted_iota(jnp.int32, (2, 3), 1) + y.astype(jnp.int32),
        },
        CUBE,
        ROW,
    )


def test_arrays_are_joined_and_filled_up():
    pads = {"around": ((1, 2, 0), (0, 0, 0), (2, 0, 0)), "cut": ((-1, 2, 0), (1, -1, 0), (0, -2, 0))}
    pads |= {"between": ((0, 0, 1), (1, 1, 2), (0, 0, 0)), "between, cut": ((-1, 0, 1), (-1, -1, 2), (0, 0, 0))}
    check(
        {
            "concatenate": lambda x, y: jnp.concatenate([x, x[:, :1] * 2, x[:, 1:] + y[1]], axis=1),
            "stack": lambda x, y: jnp.stack([y, -y, y * 2], axis=1),
            "with nothing": lambda x, y: jnp.concatenate([y[:0], y, y[3:]]),
            **{name: (lambda x, y, pad=pad: lax.pad(x, y[0], pad)) for name, pad in pads.items()},
        },
        CUBE,
        ROW,
    )


def test_what_is_left_as_it_is():
    check({"stop": lambda x: lax.stop_gradient(x) + 1, "barrier": lambda x: lax.optimization_barrier(x)}, ROW)
