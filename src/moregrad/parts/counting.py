"""N-grams counted by the workers of a cluster."""

from collections.abc import Callable, Collection
from functools import partial

from moregrad.data.corpus import Corpus
from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import ModelError
from moregrad.models.architecture import Architecture
from moregrad.models.ngram import NGram, NGramModel
from moregrad.models.transfer import Start
from moregrad.ngrams.counting import Grams, count_grams
from moregrad.ngrams.merging import merge_grams
from moregrad.parts.cluster import connect, run_tasks
from moregrad.recipe import Recipe
from moregrad.runs.fit import as_run
from moregrad.runs.planning import FOLLOWING, TUNED, plan
from moregrad.runs.preparation import Preparation
from moregrad.runs.run import TRAIN, Run, longest_row
from moregrad.runs.starting import NOTHING, Starting

WORDS = 2**20
"""Words that a worker counts at a time, and sends the counts of."""


def check_counted(architecture: Architecture, start: Starting = NOTHING) -> NGram:
    """Returns `architecture` if a cluster can count it; raises ModelError for one that has weights, old or new ones."""
    if isinstance(start, Start):
        raise ModelError(f"a cluster counts n-grams, which need no weights of {start.name}; leave --start out")
    if not isinstance(architecture, NGram):
        raise ModelError(f"a cluster counts n-grams, and {architecture.name} has more to train; give --model ngram")
    return architecture


def counted_on(cluster: str, architecture: Architecture, start: Starting) -> Callable[..., Run]:
    """Returns what prepares a run as `prepare` does, with n-grams counted on `cluster`; raises as `check_counted`."""
    check_counted(architecture, start)
    return partial(prepare_counted, cluster=cluster)


def prepare_counted(
    corpus: Corpus,
    architecture: Architecture,
    recipe: Recipe,
    *,
    cluster: str,
    split: str = "words",
    given: Collection[str] = (*FOLLOWING, *TUNED),
    start: Starting = NOTHING,
) -> Run:
    """Returns the run that `prepare` does, whose n-grams the workers of `cluster` have counted: the very same one."""
    prepared = Preparation.of(corpus, split=split, start=start)
    words, vocabulary = prepared.splits[TRAIN], prepared.vocabulary
    planned, recipe = plan(architecture, recipe, len(words), given=given)
    counted = check_counted(planned, start)
    model = NGramModel.of(counted, count_parts(words, len(vocabulary), counted.order, cluster), len(vocabulary))
    block = longest_row(prepared.splits)
    return as_run(model, prepared.splits, vocabulary, block, counted, recipe, prepared.record)


def count_parts(words: EncodedWords, vocab: int, order: int, cluster: str) -> list[Grams]:
    """Returns what `count_grams` does: each worker counts some of the words, and the counts are added up here.

    Raises ClusterError, as `over_cluster` does.
    """
    pieces = words.slices(WORDS) if len(words) else [words]
    with connect(cluster) as client:
        counted = run_tasks(client, _count, ((piece, vocab, order) for piece in pieces))
        total = next(counted)
        for levels in counted:
            total = merge_grams([total, levels], vocab)
    return total


def _count(task: tuple[EncodedWords, int, int]) -> list[Grams]:
    return count_grams(*task)
