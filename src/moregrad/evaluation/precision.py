"""The standard error of a loss: how much of it is chance, since it rests on some words and not on others."""

import numpy as np
from jaxtyping import Float, Int


def standard_error(totals: Float[np.ndarray, " words"], sizes: Int[np.ndarray, " words"]) -> float | None:
    """Returns the standard error of the mean nats per prediction of words with these `totals` and so many predictions.

    The mean is a ratio of two sums over words, whose characters are not independent of each other, so its error is that
    of a ratio estimator (Cochran 1977, section 6.4): with the residuals r = total - mean * size of m words,

        sqrt(m / (m - 1) * sum(r^2)) / sum(size)

    None for fewer than two words and for a loss that is not finite.
    """
    words = len(totals)
    if words < 2 or not np.isfinite(totals).all():
        return None
    residuals = totals - totals.sum() / sizes.sum() * sizes
    return float(np.sqrt(words / (words - 1) * np.square(residuals).sum()) / sizes.sum())
