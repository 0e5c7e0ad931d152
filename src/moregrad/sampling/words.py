"""Words from a model: as many as asked for, new ones or distinct ones if asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jaxtyping import Array, Int, PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import NEW, Known
from moregrad.data.vocabulary import BOUNDARY, Vocabulary
from moregrad.errors import ModelError
from moregrad.models.model import Model
from moregrad.parallel import parallel_map
from moregrad.sampling.decoding import FREE, Decoding, generate

BATCH = 1024
BARREN_BATCHES = 20


@dataclass(frozen=True)
class Sample:
    """A word a model made: its surprisal in nats, the end counted, and in which split it stands, or 'new'."""

    word: str
    nats: float
    where: str

    @property
    def nats_per_character(self) -> float:
        """Mean surprisal per character, the end counted."""
        return self.nats / (len(self.word) + 1)


@dataclass(frozen=True)
class Wish:
    """Which words are wanted: a prefix, a greatest length, none that the splits hold, none twice."""

    longest: int
    prefix: str = ""
    novel: bool = False
    distinct: bool = False


def samples(
    model: Model, vocabulary: Vocabulary, known: Known, wish: Wish, decoding: Decoding, *, key: PRNGKeyArray
) -> Iterator[Sample]:
    """Words without end, the same for the same key; ends only when many batches on end bring nothing wanted.

    Raises AlphabetError for a prefix outside the vocabulary and ModelError for one longer than the words may be.
    """
    model, forced = jax.device_put(model), _forced(vocabulary.encode(wish.prefix), wish.longest)
    made: set[str] = set()
    barren = 0
    keys = (jr.fold_in(key, number) for number in count())
    for batch in parallel_map(lambda key: _batch(model, vocabulary, known, forced, decoding, key), keys):
        barren += 1
        for sample in batch:
            if not sample.word or (wish.novel and sample.where != NEW) or (wish.distinct and sample.word in made):
                continue
            barren = 0
            made.add(sample.word)
            yield sample
        if barren == BARREN_BATCHES:
            return


def _forced(prefix: Int[np.ndarray, " prefix"], longest: int) -> Int[Array, " time"]:
    """The prefix, then free places up to `longest` characters, then the end."""
    if len(prefix) > longest:
        raise ModelError(f"a prefix of {len(prefix)} characters does not fit in words of at most {longest}")
    return jnp.asarray([*prefix, *[FREE] * (longest - len(prefix)), BOUNDARY], jnp.int32)


def _batch(
    model: Model,
    vocabulary: Vocabulary,
    known: Known,
    forced: Int[Array, " time"],
    decoding: Decoding,
    key: PRNGKeyArray,
) -> list[Sample]:
    ids, nats = generate(model, forced, decoding, batch=BATCH, key=key)
    words = _strings(np.asarray(ids), vocabulary)
    where = known.locate(EncodedWords.of(words, vocabulary))
    return list(map(Sample, words, np.asarray(nats).tolist(), where))


def _strings(ids: Int[np.ndarray, "batch time"], vocabulary: Vocabulary) -> list[str]:
    """Rows of ids as strings; NumPy drops the trailing zeros, which are the boundaries."""
    points = np.concatenate([[0], vocabulary.points]).astype(np.uint32)
    return np.ascontiguousarray(points[ids]).view(f"U{ids.shape[1]}")[:, 0].tolist()
