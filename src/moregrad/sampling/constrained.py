"""Draws of words that an automaton accepts: exact for counts, sequential Monte Carlo for every other model.

Both draw from the words that come about without an automaton, less those that it does not accept: temperature and cuts
change the probabilities of each token first, and among the words that can then be drawn the automaton chooses.
"""

from collections.abc import Callable, Iterator

from moregrad.errors import ModelError
from moregrad.models.model import Model
from moregrad.models.ngram import NGramModel
from moregrad.sampling.draws import Draws
from moregrad.sampling.exact import draw_exactly
from moregrad.sampling.guide import Guide
from moregrad.sampling.look_ahead import LookAhead
from moregrad.sampling.particles import search_batches
from moregrad.sampling.target import Target

MOST = 2**25
"""The most numbers in one table of an exact look-ahead, some 200 MiB."""

GUIDE_ORDER, GUIDE_MOST = 5, 2**22
"""Tokens in the longest n-gram that guides a search, and the most numbers in one of its tables."""

OPEN_TO = 0.1
"""The share of the guide that no cut touches, so that it holds nothing impossible that the model may draw."""


def draw_wanted(model: Model, target: Target, *, guide: Callable[[], NGramModel]) -> Iterator[Draws]:
    """Yields batches of words as `target` has them without end, none if the model holds all of them impossible.

    Counts are drawn from exactly, unless tables with more than MOST numbers were needed; other models are guided by the
    counts that `guide` returns. Raises ModelError for a target too intricate for words of that length.
    """
    if isinstance(model, NGramModel):
        ahead = target.look_ahead(model, order=model.architecture.order, most=MOST)
        if ahead is not None:
            return draw_exactly(model, ahead, seed=target.options.seed, part=target.options.part)
    found = _guide(guide(), target)
    return iter(()) if found.is_impossible else search_batches(model, Guide.of(found), target)


def _guide(counts: NGramModel, target: Target) -> LookAhead:
    """Looks ahead with n-grams as long as memory allows."""
    for order in range(GUIDE_ORDER, 0, -1):
        ahead = target.look_ahead(counts, order=order, most=GUIDE_MOST, open_to=OPEN_TO)
        if ahead is not None:
            return ahead
    raise ModelError(
        f"what is wanted is too intricate for words of up to {target.longest:,} characters; want less at once, or "
        "shorter words"
    )
