"""Small lists out of a pool, with what counts of each small list say of its words: what a start is to learn from.

A network that is started from will build on counts of a few words of one kind. So it is trained on lists of a few
words of one kind, each word beside counts of the others of its own list alone.
"""

from collections.abc import Iterator, Sequence
from random import Random

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int
from start_pool import LONGEST, Lists, fold

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples, PackedRows, Targets
from moregrad.data.vocabulary import Vocabulary
from moregrad.models.counted_rows import Counted
from moregrad.models.counts import SMALLEST, Evidence
from moregrad.ngrams.cross_fitting import Lookup, cross_fit

FOLDS = 10
SHORTEST, WIDEST = 30, 80
"""Words of the shortest small list, and symbols of the widest."""

FORMS = {str: 6, str.lower: 6, fold: 2}
"""The ways in which words are written, and the weights with which each is drawn."""


class SmallLists(Examples):
    """Packed rows of many small lists, with evidence of the symbols of each; others have a probability of 0."""

    packed: PackedRows
    log_p: Float[Array, "predictions orders symbols"]
    facts: Float[Array, "predictions facts"]
    owner: Int[Array, " predictions"]
    slots: Int[Array, "lists vocab"]
    networks: int = eqx.field(static=True)

    @property
    def size(self) -> int:
        return self.packed.size

    @property
    def readers(self) -> int:
        return self.networks

    def rows(self, index: Int[Array, " batch"]) -> tuple[Counted, Targets]:
        tokens, targets = self.packed.rows(index)
        at = self.packed.starts[index][:, None] + jnp.arange(self.packed.width)
        slots = self.slots[self.owner[at]][:, :, None, :]
        log_p = jnp.take_along_axis(self.log_p[at].astype(jnp.float32), slots, axis=-1)
        return Counted(tokens, Evidence(log_p, self.facts[at])), targets


def small_lists(
    pool: Lists, vocabulary: Vocabulary, orders: Sequence[int], *, longest: int, predictions: int, networks: int
) -> SmallLists:
    """Draws lists of up to `longest` words until they have so many `predictions`."""
    tokens, log_p, facts, owner, slots = [], [], [], [], []
    made = 0
    for words in _draw(pool, longest):
        own = Vocabulary.of(words)
        if len(own) >= WIDEST or not set(own.characters) <= set(vocabulary.characters):
            continue
        encoded, lookups = cross_fit(
            EncodedWords.of(words, own), len(own), sorted(orders), "kneser-ney", folds=FOLDS, used=FOLDS
        )
        ids = np.append(0, vocabulary.ids(own.characters))
        tokens.append(ids[encoded.tokens[:-1]])
        log_p.append(_log_p(lookups, len(own)))
        facts.append(np.concatenate([_facts(lookup) for lookup in lookups], axis=1))
        owner.append(np.full(encoded.predictions, len(slots)))
        slots.append(np.full(len(vocabulary), WIDEST - 1))
        slots[-1][ids] = np.arange(len(own))
        if (made := made + encoded.predictions) >= predictions:
            break
    joined = EncodedWords(np.append(np.concatenate(tokens), 0).astype(vocabulary.dtype))
    packed = PackedRows.packed(joined, LONGEST + 1)
    spare = ((0, packed.width), (0, 0))
    return SmallLists(
        packed,
        jax.device_put(np.pad(np.concatenate(log_p), (spare[0], (0, 0), (0, 0)))),
        jax.device_put(np.pad(np.concatenate(facts), spare)),
        jax.device_put(np.pad(np.concatenate(owner), spare[0]).astype(np.int32)),
        jax.device_put(np.stack(slots).astype(np.int32)),
        networks,
    )


def _draw(pool: Lists, longest: int) -> Iterator[list[str]]:
    """Draws parts of lists without end, sizes uniform by their logarithm, and writes all words of one in one way."""
    random = Random(0)
    names = sorted(pool)
    weights = [len(pool[name]) ** 0.5 for name in names]
    while True:
        words = pool[random.choices(names, weights)[0]]
        size = round(SHORTEST * (longest / SHORTEST) ** random.random())
        (form,) = random.choices(list(FORMS), list(FORMS.values()))
        part = random.sample(words, min(size, len(words)))
        yield sorted({form(word) for word in part})


def _log_p(lookups: Sequence[Lookup], symbols: int) -> np.ndarray:
    """Returns log probabilities by order; every slot beyond the list's own symbols has a probability of 0."""
    log_p = [np.log(np.maximum(lookup.probability, SMALLEST)) for lookup in lookups]
    wide = ((0, 0), (0, 0), (0, WIDEST - symbols))
    return np.pad(np.stack(log_p, axis=1), wide, constant_values=np.log(SMALLEST)).astype(np.float16)


def _facts(lookup: Lookup) -> np.ndarray:
    """Returns the facts that `Evidence.of` computes, of a list's own symbols."""
    order = lookup.weights.shape[1]
    known = np.where(lookup.weights < 1, np.arange(order), 0).max(axis=1)
    left = np.take_along_axis(lookup.weights, known[:, None], axis=1)[:, 0]
    p = np.maximum(lookup.probability, SMALLEST)
    entropy = -(p * np.log(p)).sum(axis=1) / np.log(p.shape[1])
    return np.stack(
        [known / max(order - 1, 1), np.log(left + SMALLEST), entropy, p.max(axis=1)], axis=1, dtype=np.float32
    )
