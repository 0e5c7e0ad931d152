"""The most probable words of a model as samples, and why they are fewer than asked for."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Bool

from moregrad.data.membership import NEW, Known
from moregrad.data.vocabulary import Vocabulary
from moregrad.models.model import Model
from moregrad.sampling.automaton import everything
from moregrad.sampling.best_words import encode
from moregrad.sampling.constraints import UNCONSTRAINED, Constraints
from moregrad.sampling.options import Top
from moregrad.sampling.prefixes import Prefixes
from moregrad.sampling.search import Progress, Search
from moregrad.sampling.words import Sample, Samples

Watch = Callable[[int], None]


def top_words(
    model: Model,
    vocabulary: Vocabulary,
    known: Known,
    options: Top,
    *,
    longest: int,
    constraints: Constraints = UNCONSTRAINED,
    watch: Watch | None = None,
) -> Samples:
    """Returns the most probable words of at most `longest` characters, the most probable first, by `Search`.

    Of equally probable words the shorter comes first, of these the one whose characters come first in the order of
    their code points. The empty word and words that the model holds impossible are left out. `watch` is called with
    the number of prefixes looked at after every batch. Raises AlphabetError for a prefix outside the vocabulary and
    ModelError for one longer than the words may be.
    """
    automaton = constraints.automaton or everything(len(vocabulary))
    search = Search(model, automaton, vocabulary.encode(options.prefix), longest=longest)

    def is_wanted(words: Prefixes) -> Bool[np.ndarray, " words"]:
        encoded = encode(words, vocabulary)
        passed = constraints.passes(encoded)
        return passed & (np.array(known.locate(encoded), object) == NEW) if options.novel else passed

    progress = Progress(0, Prefixes.none())
    for progress in search(options.count, is_wanted, most=options.limit):
        if watch:
            watch(progress.looked_at)
    encoded = encode(progress.words, vocabulary)
    words = encoded.words(vocabulary)
    made = Samples(map(Sample, words, progress.words.nats.tolist(), known.locate(encoded)))
    made.shortage = _explain(progress, options, longest)
    return made


def _explain(progress: Progress, options: Top, longest: int) -> str:
    found = len(progress.words)
    if found == options.count:
        return ""
    number = f"only {found:,}" if found else "none"
    if not progress.is_done:
        stopped = f"the search stopped after {progress.looked_at:,} beginnings of words"
        return (
            f"proved {number} of {options.count:,} words to be the most probable: {stopped}; raise limit, or want less"
        )
    wishes = [f"that begins with {options.prefix!r:.60}"] if options.prefix else []
    wishes += [f"that satisfies {options.told}"] if options.told else []
    wishes += ["that is novel"] if options.novel else []
    word = " ".join(["other word" if found else "word", ", ".join(wishes)]).strip() + ("," if len(wishes) > 1 else "")
    size = f"of at most {longest:,} character{'s' if longest > 1 else ''}"
    drop = [*options.wishes, *(["novel"] if options.novel else [])]
    advice = "raise max_length" + (f", or drop {' or '.join(drop)}" if drop else "")
    return f"found {number} of {options.count:,} words: the model knows no {word} {size}; {advice}"
