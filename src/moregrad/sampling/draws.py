"""Words as they were drawn, before anybody asks whether they are new."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int


@dataclass(frozen=True, eq=False)
class Draws:
    """The words that `made` draws came to, as rows of ids padded with boundaries, and the surprisal of each in nats."""

    made: int
    ids: Int[np.ndarray, "words time"]
    nats: Float[np.ndarray, " words"]
