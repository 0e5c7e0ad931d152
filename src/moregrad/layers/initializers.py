"""Initial weights."""

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jax.core import Tracer
from jaxtyping import Array, Float, PRNGKeyArray


def normal(key: PRNGKeyArray, *shape: int) -> Float[Array, "..."]:
    """Draws numbers of mean 0 and deviation 1 with NumPy, seeded by the bits of `key`.

    `jax.random.normal` compiles anew for every shape, which takes 0.1 s each: two seconds for a Transformer.
    """

    def draw(bits: Array) -> np.ndarray:
        generator = np.random.Generator(np.random.Philox(key=np.asarray(bits, np.uint64)))
        return generator.standard_normal(shape, np.float32)

    if not isinstance(key, Tracer):
        return jnp.asarray(draw(jr.key_data(key)))
    return jax.pure_callback(draw, jax.ShapeDtypeStruct(shape, np.float32), jr.key_data(key))
