"""Smoothed counts of words, wherever the words are: counted in memory or, of words in a file, on disk."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from weakref import finalize

import numpy as np

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.stored_words import StoredWords
from moregrad.ngrams.counting import Grams, count_grams
from moregrad.ngrams.gram_table import GramTable, count_table
from moregrad.ngrams.pruning import leave_out, reserve
from moregrad.ngrams.smoothing import Smoothing, smooth
from moregrad.ngrams.table_smoothing import Smoothed, smooth_table

SCRATCH = ".grams-"
"""The beginning of the name of a folder in which n-grams are sorted."""


def count_smoothed(
    words: EncodedWords | list[Grams],
    vocab: int,
    orders: Collection[int],
    smoothing: Smoothing,
    *,
    k: float = 0,
    prune: Sequence[int] = (),
) -> tuple[list[Grams], Smoothed]:
    """Returns the n-grams of up to the highest of `orders` tokens that are kept, and how each order smooths them.

    They are counted in `words`, unless they have been already, as `count_grams` does; longer ones are left out.
    """
    if isinstance(words, StoredWords):
        return smooth_table(table_of(words, vocab, max(orders)), orders, smoothing, k=k, prune=prune)
    levels = words[: max(orders) + 1] if isinstance(words, list) else count_grams(words, vocab, max(orders))
    smoothed = {order: smooth(levels[: order + 1], smoothing, k=k, vocab=vocab) for order in orders}
    if not prune:
        return levels, smoothed
    kept = {
        order: leave_out(levels[: order + 1], reserve(levels, each, prune), prune) for order, each in smoothed.items()
    }
    return kept[max(orders)][0], {order: each for order, (_, each) in kept.items()}


def table_of(
    words: StoredWords,
    vocab: int,
    order: int,
    *,
    folder: Path | None = None,
    tell: Callable[[int], None] = lambda words: None,
) -> GramTable:
    """Returns the n-grams of `words`, counted when they are first asked for.

    They are kept as long as the words are or, with a `folder` that no other process writes to, there for good.
    """
    name = f"grams-{order}"
    if name not in words.memo:
        table = GramTable.load(folder / name, vocab, order) if folder else None
        words.memo[name] = _count(words, vocab, order, folder, tell) if table is None else table
    return words.memo[name]


def _count(words: StoredWords, vocab: int, order: int, folder: Path | None, tell: Callable[[int], None]) -> GramTable:
    scratch = _make_scratch(words, folder)
    # Where files that are mapped cannot be removed, they are once the words are gone.
    finalize(words, rmtree, scratch, ignore_errors=True)
    try:
        table = count_table(words.pieces(), vocab, order, scratch, tell=tell)
        return table.save(folder / f"grams-{order}") if folder else table
    finally:
        rmtree(scratch, ignore_errors=True)


def _make_scratch(words: StoredWords, folder: Path | None) -> Path:
    """Makes a folder to sort in; what a killed process left of one in a `folder` of its own is removed."""
    if folder is None:
        return Path(mkdtemp(prefix=SCRATCH, dir=words.path.parent if words.path else None))
    scratch = folder / SCRATCH
    rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    return scratch


def clear_scratch(folder: Path) -> None:
    """Removes what killed processes left of sorting in `folder`, in which no other is at work."""
    for left in folder.glob(f"{SCRATCH}*"):
        rmtree(left, ignore_errors=True)


def thresholds_within(table: GramTable, room: int) -> tuple[int, ...]:
    """Returns the thresholds by which at most `room` n-grams are kept: none, or the lowest that n-grams of 3 need."""
    most = 2**16
    times = np.zeros(most + 1, np.int64)
    kept = 0
    for length in range(1, table.order + 1):
        for span in table.spans(length):
            if length < 3:
                kept += len(span.count)
            else:
                times += np.bincount(np.minimum(span.count, most), minlength=most + 1)
    left = kept + times.sum() - np.cumsum(times)
    lowest = int(np.argmax(left <= room)) if (left <= room).any() else most
    return (0, 0, lowest) if lowest else ()
