"""Whatever the list and the rules, a list read as a stream makes the run that it makes in memory."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jax
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import moregrad
from moregrad.data import pieces
from moregrad.errors import MoregradError

# Letters of one to four bytes, capitals that grow when they become small, marks that compose, separators, unseen ones.
LETTERS = st.sampled_from([*"aabbcAZ.-' 0", *"ßİéЖ漢𝔸", "e\u0301", "\u200b", "\u00ad", "\t", "\x0b", "\u2028", "\r", "\ufeff"])
WORDS = st.lists(LETTERS, max_size=6).map("".join)
RULES = st.fixed_dictionaries(
    {},
    optional={
        "lower": st.booleans(),
        "keep_duplicates": st.booleans(),
        "strip_invisible": st.booleans(),
        "alphabet": st.just("a-cß"),
        "max_length": st.integers(1, 5),
    },
)


def write(folder: Path, words: list[str | None], form: str) -> list[Path]:
    """Writes a list to two files, some words to both."""
    halves = words[: len(words) // 2 + 2], words[len(words) // 2 :]
    paths = [folder / f"{number}.{form}" for number in range(2)]
    for path, half in zip(paths, halves, strict=True):
        if form == "parquet":
            pl.DataFrame({"word": half}, schema={"word": pl.String}).write_parquet(path, row_group_size=3)
        else:
            path.write_text("".join(f"{word or ''}\n" for word in half), encoding="utf-8", newline="")
    return paths


def outcome(source: Path, **asked: Any) -> moregrad.Run | str:
    try:
        return moregrad.train(source, "ngram", order=3, start="none", split="hash", **asked)
    except MoregradError as error:
        return str(error)


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=20)
@given(st.lists(st.none() | WORDS, min_size=30, max_size=60), RULES, st.sampled_from(["parquet", "txt"]))
def test_a_stream_makes_the_run_that_memory_makes(words: list[str | None], rules: dict[str, Any], form: str):
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "BITS", 2)
        folder = Path(name)
        write(folder, words, form)
        source = f"{folder}/*.{form}"
        stored = outcome(source, way="stream", scratch=folder / "pieces", **rules)
        whole = outcome(source, way="memory", **rules)
        if isinstance(stored, str) or isinstance(whole, str):
            assert isinstance(stored, str) and isinstance(whole, str), (stored, whole)
            return
        assert stored.vocabulary == whole.vocabulary
        for part, held in whole.splits.items():
            assert stored.splits[part].tokens.tolist() == held.tokens.tolist()
        mine, theirs = stored.record.cleaning, whole.record.cleaning
        assert (mine.read, mine.kept) == (theirs.read, theirs.kept)
        assert {why: each.count for why, each in mine.dropped.items()} == {
            why: each.count for why, each in theirs.dropped.items()
        }
        assert stored.record.words == whole.record.words
        for one, other in zip(jax.tree.leaves(stored.model), jax.tree.leaves(whole.model), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)
