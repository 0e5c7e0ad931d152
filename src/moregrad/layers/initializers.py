"""Where weights begin."""

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jax.core import Tracer
from jaxtyping import Array, Float, PRNGKeyArray


def normal(key: PRNGKeyArray, *shape: int) -> Float[Array, "..."]:
    """Normal numbers of mean 0 and deviation 1, drawn by NumPy from the bits of `key`.

    `jax.random.normal` is compiled anew for every shape, a tenth of a second each: for a Transformer two seconds.
    """

    def draw(bits: Array) -> np.ndarray:
        generator = np.random.Generator(np.random.Philox(key=np.asarray(bits, np.uint64)))
        return generator.standard_normal(shape, np.float32)

    if not isinstance(key, Tracer):
        return jnp.asarray(draw(jr.key_data(key)))
    return jax.pure_callback(draw, jax.ShapeDtypeStruct(shape, np.float32), jr.key_data(key))
