"""Words from a model: as many as asked for, new or distinct ones if asked for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jaxtyping import Array, Int, PRNGKeyArray, UInt

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import NEW, Known
from moregrad.data.vocabulary import Vocabulary
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
    """A word that a model made: its surprisal in nats, the end included, and the split that holds it, or 'new'."""

    word: str
    nats: float
    where: str

    @property
    def nats_per_character(self) -> float:
        """Mean surprisal per character, the end included."""
        return self.nats / (len(self.word) + 1)

    def to_dict(self) -> dict[str, Any]:
        """Returns the sample as plain data."""
        per_character = self.nats_per_character
        return {"word": self.word, "nats": self.nats, "nats_per_character": per_character, "where": self.where}


@dataclass
class Tally:
    """What became of the words drawn so far: how many, and how many of them were not wanted, for each reason."""

    drawn: int = 0
    unfinished: int = 0
    empty: int = 0
    known: int = 0
    repeated: int = 0


class Samples(list[Sample]):
    """Words that a model made, in the order in which they were drawn; `tally` tells how many were not wanted."""

    def __init__(self, made: Iterable[Sample], options: Sampling, longest: int, tally: Tally) -> None:
        super().__init__(made)
        self.options, self.longest, self.tally = options, longest, tally

    @property
    def reasons(self) -> str:
        """Why there are fewer words than asked for, as counts of what was drawn; empty if there are as many."""
        if len(self) >= self.options.count:
            return ""
        told = {
            f"had not ended after {self.longest:,} character{'s' * (self.longest > 1)}": self.tally.unfinished,
            "had no character": self.tally.empty,
            "are in the list": self.tally.known,
            "were made before": self.tally.repeated,
        }
        return f"of {self.tally.drawn:,} drawn, " + ", ".join(f"{n:,} {reason}" for reason, n in told.items() if n)

    def shortfall(self, spell: Callable[[str], str] = str) -> str:
        """Says why there are fewer words than asked for and what to do; empty if there are as many.

        `spell` writes the names of settings as they are typed.
        """
        if len(self) >= self.options.count:
            return ""
        found = f"found only {len(self):,} of {self.options.count:,} words"
        advice = " or ".join(self._advise(spell))
        return f"{found}: {self.reasons}; {advice}"

    def _advise(self, spell: Callable[[str], str]) -> Iterator[str]:
        options, tally = self.options, self.tally
        if tally.unfinished:
            yield f"raise {spell('max_length')}"
        if tally.known:
            yield f"drop {spell('novel')}"
        if tally.repeated:
            yield f"drop {spell('distinct')}"
        if cuts := [name for name in ("top_k", "top_p", "min_p") if getattr(options, name) != getattr(Sampling, name)]:
            yield f"drop {' and '.join(map(spell, cuts))}"
        yield f"{'lower' if options.temperature > 1 else 'raise'} {spell('temperature')}"


def sample_words(
    model: Model, vocabulary: Vocabulary, known: Known, options: Sampling, *, longest: int, tally: Tally | None = None
) -> Iterator[Sample]:
    """Yields words of at most `longest` characters, the same for the same seed, whatever their number.

    Words are drawn from those that end by themselves; one that is longer is drawn again, never cut. Ends only when many
    batches in a row bring nothing that is wanted; `tally` counts what was drawn. Raises AlphabetError for a prefix
    outside the vocabulary and ModelError for one longer than the words may be.
    """
    model, key = jax.device_put(model), jr.key(options.seed)
    forced, processors = _force(vocabulary.encode(options.prefix), longest), Processors.of(options)
    made: set[str] = set()
    fruitless, tally = 0, tally or Tally()
    keys = (jr.fold_in(key, number) for number in count())
    for batch in parallel_map(lambda key: _batch(model, vocabulary, known, forced, processors, longest, key), keys):
        fruitless += 1
        tally.drawn += BATCH
        tally.unfinished += BATCH - len(batch)
        for sample in batch:
            if not _is_wanted(sample, options, made, tally):
                continue
            fruitless = 0
            made.add(sample.word)
            yield sample
        if fruitless == FRUITLESS_BATCHES:
            return


def _is_wanted(sample: Sample, options: Sampling, made: set[str], tally: Tally) -> bool:
    """Tells whether a word is wanted; counts it if not."""
    if sample.word == "":
        tally.empty += 1
    elif options.novel and sample.where != NEW:
        tally.known += 1
    elif options.distinct and sample.word in made:
        tally.repeated += 1
    else:
        return True
    return False


def _force(prefix: UInt[np.ndarray, " prefix"], longest: int) -> Int[Array, " time"]:
    """Returns the prefix and free positions after it, more than `longest`.

    Few lengths occur, since each is compiled anew.
    """
    if len(prefix) > longest:
        raise ModelError(
            f"a prefix of {len(prefix)} characters does not fit in words of at most {longest}; "
            "shorten it, or raise max_length"
        )
    room = max(SHORTEST_ROOM, 1 << longest.bit_length())
    forced = np.full(room, FREE, np.int32)
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
    """Draws a batch and returns the words of it that ended."""
    ids, nats, ended = map(
        np.asarray, generate(model, forced, processors, longest=jnp.asarray(longest), batch=BATCH, key=key)
    )
    words = _decode(ids[ended, :longest], vocabulary)
    where = known.locate(EncodedWords.of(words, vocabulary))
    return list(map(Sample, words, nats[ended].tolist(), where))


def _decode(ids: Int[np.ndarray, "batch time"], vocabulary: Vocabulary) -> list[str]:
    """Returns rows of ids as strings; NumPy drops the trailing zeros, which are the boundaries."""
    points = np.concatenate([[0], vocabulary.points]).astype(np.uint32)
    return np.ascontiguousarray(points[ids]).view(f"U{ids.shape[1]}")[:, 0].tolist()
