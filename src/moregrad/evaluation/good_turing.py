"""The probability of words where a list repeats some of them: known words get the share that Good and Turing estimate.

Of N training words N1 occur once, so that the next word is new with probability N1 / N and known with g = 1 - N1 / N
(Good 1953, who names Turing). A new word gets (1 - g) p(w) / (1 - M), as in `novelty`, and a known one g q(w), with
q = 0.7 p(w) / M + 0.3 times its share of the training words. Over all words this sums to 1.
"""

import numpy as np
from jaxtyping import Float

from moregrad.data.encoded_words import EncodedWords
from moregrad.evaluation.novelty import Listed

BY_MODEL = 0.7
"""The model's part in telling known words apart, the counts' the rest: the best on validation of five that were tried
on the two splits of names with repeats; not fitted to the list at hand."""


def has_repeats(listed: Listed) -> bool:
    """Tells whether a word occurs more than once; where none does, no word would be known."""
    return bool((listed.counts > 1).any())


def new_share(listed: Listed) -> float:
    """Returns 1 - g, the probability that the next word is new; if none occurs once, as if one did."""
    return max(int((listed.counts == 1).sum()), 1) / int(listed.counts.sum())


def calibrate(nats: Float[np.ndarray, " words"], words: EncodedWords, listed: Listed) -> Float[np.ndarray, " words"]:
    """Returns the calibrated surprisal of `words`, which the model puts at `nats`; `listed` has repeats.

    NaN for new words if the model leaves them too little of its probability.
    """
    places, share = listed.places(words), new_share(listed)
    known = places >= 0
    relative = np.where(np.isfinite(nats), -nats - (listed.log_mass if np.isfinite(listed.log_mass) else 0), -np.inf)
    counted = np.log(listed.counts[places] / listed.counts.sum())
    log_q = np.logaddexp(np.log(BY_MODEL) + relative, np.log(1 - BY_MODEL) + counted)
    return np.where(known, -np.log1p(-share) - log_q, nats - np.log(share) + listed.log_rest)
