"""Whatever the list and the rules, a list read as a stream has the words, the split and the report of memory."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moregrad.data import pieces, read_corpus, split
from moregrad.data.reading import Reading
from moregrad.runs.streamed import choose_files, store_files
from runs.small import NAMES

# Letters of one to four bytes, capitals that grow when they become small, marks that compose, separators, unseen ones.
LETTERS = st.sampled_from(
    [*"aabbcAZ.-' 0", *"ßİéЖ漢𝔸", "e\u0301", "\u200b", "\u00ad", "\t", "\x0b", "\u2028", "\r", "\ufeff"]
)
WORDS = st.lists(LETTERS, max_size=6).map("".join)
LISTS = st.lists(st.none() | WORDS, max_size=30).flatmap(lambda more: st.permutations([*NAMES[:60], *more]))
RULES = st.fixed_dictionaries(
    {},
    optional={
        "lower": st.booleans(),
        "keep_duplicates": st.booleans(),
        "strip_invisible": st.booleans(),
        "alphabet": st.just("a-zß"),
        "max_length": st.integers(4, 8),
    },
)


def write(folder: Path, words: list[str | None], form: str) -> None:
    """Writes a list to two files, some words to both."""
    halves = words[: len(words) // 2 + 2], words[len(words) // 2 :]
    for number, half in enumerate(halves):
        path = folder / f"{number}.{form}"
        if form == "parquet":
            pl.DataFrame({"word": half}, schema={"word": pl.String}).write_parquet(path, row_group_size=3)
        else:
            path.write_text("".join(f"{word or ''}\n" for word in half), encoding="utf-8", newline="")


@settings(max_examples=15)
@given(LISTS, RULES, st.sampled_from(["parquet", "txt"]))
def test_a_stream_keeps_the_words_that_memory_keeps(words: list[str | None], rules: dict[str, Any], form: str):
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "BITS", 2)
        write(folder := Path(name), words, form)
        reading = Reading().replace(**rules)
        files = choose_files([f"{folder}/*.{form}"], reading, read="stream", split="words")
        assert files
        stored = store_files(files, reading, folder / "pieces")
        corpus = read_corpus(files, **rules)
        splits = split(corpus, "hash")
        assert (stored.vocabulary, stored.distinct) == (corpus.vocabulary, len(corpus.distinct))
        for part, held in stored.words.items():
            assert held.tokens.tolist() == corpus.encode(getattr(splits, part)).tokens.tolist()
        mine, theirs = stored.report, corpus.report
        assert (mine.read, mine.kept) == (theirs.read, theirs.kept)
        assert [each.count for each in mine.dropped.values()] == [each.count for each in theirs.dropped.values()]
