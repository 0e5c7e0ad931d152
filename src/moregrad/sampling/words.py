"""Words from a model: as many as asked for, new or distinct ones if asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Any

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jaxtyping import Array, Int, PRNGKeyArray, UInt

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import NEW, Known
from moregrad.data.vocabulary import BOUNDARY, Vocabulary
from moregrad.errors import ModelError
from moregrad.models.model import Model
from moregrad.parallel import parallel_map
from moregrad.sampling.generate import FREE, generate
from moregrad.sampling.options import Sampling
from moregrad.sampling.processors import Processors

BATCH = 1024
FRUITLESS_BATCHES = 20
"""Batches in a row without a wanted word after which the search ends."""
SHORTEST_ROOM = 64


@dataclass(frozen=True)
class Sample:
    """A word that a model made: its surprisal in nats, the end included, and the split that holds it, or 'new'.

    If words have labels, `label` is that of the word, and the surprisal is that given the label.
    """

    word: str
    nats: float
    where: str
    label: str | None = None

    @property
    def nats_per_character(self) -> float:
        """Mean surprisal per character, the end included."""
        return self.nats / (len(self.word) + 1)

    def to_dict(self) -> dict[str, Any]:
        """Returns the sample as plain data."""
        per_character = self.nats_per_character
        label = {} if self.label is None else {"label": self.label}
        facts = {"word": self.word, "nats": self.nats, "nats_per_character": per_character, "where": self.where}
        return {**facts, **label}


@dataclass
class Tally:
    """Draws that were made, those of them that ended within the greatest length, and the empty ones of these."""

    longest: int
    drawn: int = 0
    ended: int = 0
    empty: int = 0


class Samples(list[Sample]):
    """Words that a model made; `shortage` says why they are fewer than asked for, and is empty if they are not."""

    shortage: str = ""


def name_label(samples: Samples, label: str | None) -> Samples:
    """Returns the words of a label, each with its name."""
    named = Samples(replace(sample, label=label) for sample in samples)
    named.shortage = samples.shortage
    return named


def collect(found: Iterator[Sample], options: Sampling, tally: Tally) -> Samples:
    """Takes as many words as `options` ask for from those of `sample_words`, which counted in `tally`."""
    samples = Samples(islice(found, options.count))
    if len(samples) < options.count:
        number = f"only {len(samples):,}" if samples else "none"
        samples.shortage = f"found {number} of {options.count:,} words: {_explain(options, tally, bool(samples))}"
    return samples


def _explain(options: Sampling, tally: Tally, found: bool) -> str:
    if tally.ended < tally.drawn / 100:
        ended = f"{tally.ended or 'none'} of {tally.drawn:,} draws ended within {tally.longest:,} characters"
        return f"{ended}; raise max_length, or try another temperature"
    cuts = [name for name in ("top_k", "top_p", "min_p") if getattr(options, name) != getattr(Sampling, name)]
    wanted = [name for name in ("novel", "distinct") if getattr(options, name)]
    fruitless = f"the last {FRUITLESS_BATCHES * BATCH:,} draws brought"
    if tally.empty == tally.ended or not wanted:
        return f"{fruitless} nothing but the empty word; {_advise(cuts)}"
    other = "other word" if found else "word"
    return f"{fruitless} no {other} that is {' and '.join(wanted)}; {_advise([*cuts, *wanted])}"


def _advise(droppable: list[str]) -> str:
    return f"raise temperature, or drop {' or '.join(droppable)}" if droppable else "raise temperature"


def sample_words(
    model: Model, vocabulary: Vocabulary, known: Known, options: Sampling, *, longest: int, tally: Tally | None = None
) -> Iterator[Sample]:
    """Yields words that end within `longest` characters, the same for the same seed, whatever their number.

    Draws that have not ended by then are made again, never cut. The search ends only when many batches in a row bring
    nothing that is wanted; `tally` counts the draws. Raises AlphabetError for a prefix outside the vocabulary and
    ModelError for one longer than the words may be.
    """
    model, key = jax.device_put(model), jr.key(options.seed)
    forced, processors = force(vocabulary.encode(options.prefix), longest), Processors.of(options)
    made: set[str] = set()
    tally = tally or Tally(longest)
    fruitless = 0
    keys = (jr.fold_in(key, number) for number in count())
    for batch in parallel_map(lambda key: _batch(model, vocabulary, known, forced, processors, longest, key), keys):
        fruitless += 1
        tally.drawn += BATCH
        tally.ended += len(batch)
        for sample in batch:
            if not _is_wanted(sample, options, made):
                tally.empty += sample.word == ""
                continue
            fruitless = 0
            made.add(sample.word)
            yield sample
        if fruitless == FRUITLESS_BATCHES:
            return


def _is_wanted(sample: Sample, options: Sampling, made: set[str]) -> bool:
    known, repeated = sample.where != NEW, sample.word in made
    return sample.word != "" and not (options.novel and known) and not (options.distinct and repeated)


def force(prefix: UInt[np.ndarray, " prefix"], longest: int) -> Int[Array, " time"]:
    """Returns the prefix, free positions up to `longest` characters, and boundaries from there on.

    Few lengths occur, since each is compiled anew.
    """
    if len(prefix) > longest:
        raise ModelError(f"a prefix of {len(prefix)} characters does not fit in words of at most {longest}")
    room = max(SHORTEST_ROOM, 1 << longest.bit_length())
    forced = np.full(room, BOUNDARY, np.int32)
    forced[:longest] = FREE
    forced[: len(prefix)] = prefix
    return jnp.asarray(forced)


def _batch(
    model: Model,
    vocabulary: Vocabulary,
    known: Known,
    forced: Int[Array, " time"],
    processors: Processors,
    longest: int,
    key: PRNGKeyArray,
) -> list[Sample]:
    ids, nats, whole = map(np.asarray, generate(model, forced, processors, batch=BATCH, key=key))
    if not whole.any():
        return []
    words = _decode(ids[whole, :longest], vocabulary)
    where = known.locate(EncodedWords.of(words, vocabulary))
    return list(map(Sample, words, nats[whole].tolist(), where))


def _decode(ids: Int[np.ndarray, "batch time"], vocabulary: Vocabulary) -> list[str]:
    """Returns rows of ids as strings; NumPy drops the trailing zeros, which are the boundaries."""
    points = np.concatenate([[0], vocabulary.points]).astype(np.uint32)
    return np.ascontiguousarray(points[ids]).view(f"U{ids.shape[1]}")[:, 0].tolist()
