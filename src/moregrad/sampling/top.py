"""The most probable words of a model as samples, and why they are fewer than asked for."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Bool

from moregrad.data.membership import NEW, Known
from moregrad.data.vocabulary import Vocabulary
from moregrad.models.model import Model
from moregrad.sampling.automaton import everything
from moregrad.sampling.best_words import encode
from moregrad.sampling.constraints import Constraints
from moregrad.sampling.options import Top, Wanted
from moregrad.sampling.prefixes import Prefixes
from moregrad.sampling.search import Progress, Search
from moregrad.sampling.words import FREE_CHOICE, Sample, Samples

Watch = Callable[[int], None]


def top_words(
    model: Model,
    vocabulary: Vocabulary,
    known: Known,
    options: Top,
    *,
    longest: int,
    constraints: Constraints = FREE_CHOICE,
    watch: Watch | None = None,
) -> Samples:
    """Returns the most probable words of at most `longest` characters that keep `constraints`, by `Search`, in order.

    Of equally probable words the shorter comes first, of these the one whose characters come first in the order of
    their code points. The empty word and words that the model holds impossible are left out. `watch` is called with
    the number of prefixes looked at after every batch. Raises AlphabetError for a prefix outside the vocabulary and
    ModelError for one longer than the words may be.
    """
    automaton = constraints.automaton
    automaton = everything(len(vocabulary)) if automaton is None else automaton
    search = Search(model, automaton, vocabulary.encode(options.prefix), longest=longest)

    def is_wanted(words: Prefixes) -> Bool[np.ndarray, " words"]:
        encoded = encode(words, vocabulary)
        is_new = np.array(known.locate(encoded)) == NEW if options.novel else True
        return constraints.passes(encoded) & is_new

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
    asked = [name for name, setting in Wanted.settings().items() if getattr(options, name) != setting.default]
    wishes = [name for name in asked if name not in ("count", "max_length")]
    fits = " that fits what is wanted" if wishes else ""
    size = f"of at most {longest:,} character{'s' if longest > 1 else ''}"
    advice = "raise max_length" + (f", or drop {' or '.join(wishes)}" if wishes else "")
    other = "other word" if found else "word"
    return f"found {number} of {options.count:,} words: the model knows no {other} {size}{fits}; {advice}"
