r"""Words that are not to be made, and beginnings, ends and parts that no word is to have.

They are separated by commas, as in `anna, *bad*, pre*`, or stand in a file that the lists of words may stand in. `*` in
front or behind is any number of characters; `\,` and `\*` are the characters themselves.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from jaxtyping import Bool
from numpy import ndarray

from moregrad.configuration import shorten
from moregrad.data.corpus import read_corpus
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import NEW, Known
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ConfigurationError
from moregrad.sampling.automaton import Automaton, nothing
from moregrad.sampling.expressions import Chain, Choice, Expression, anything, compile_expression, literal

ENDINGS = (".txt", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".gz")
COMMA = re.compile(r"(?<!\\),")
INNER_STAR = re.compile(r"[^\\]\*.")
MOST_CHARACTERS = 1500
"""Characters in the longest ban that is made an automaton; longer ones are looked up word by word."""


def read_ban(text: str) -> pl.Series:
    """Returns what `text` bans, each with its stars: what it lists, or what is in the file that it names.

    Raises ConfigurationError for a list without words or with a star inside of one, DataError for a file that cannot be
    read.
    """
    if _is_file(text):
        return read_corpus(Path(text)).words.str.replace_all(",", r"\,", literal=True)
    listed = [part.strip() for part in COMMA.split(text) if part.strip()]
    inside = next((part for part in listed if INNER_STAR.search(part)), None)
    if not listed or inside:
        what = f"the star inside {shorten(inside)} is none of them" if inside else "it has no words"
        raise ConfigurationError(
            rf"words: ban is {shorten(text)}; {what}: give words such as 'anna,*bad*,pre*', or a file of them; "
            rf"a star stands before or behind a word, \* is the character itself",
            setting="ban",
        )
    return pl.Series("word", listed, dtype=pl.String)


def _is_file(text: str) -> bool:
    looks = not COMMA.search(text) and (os.sep in text or text.lower().endswith(ENDINGS))
    return looks or os.path.isfile(text)


@dataclass(frozen=True, eq=False)
class Ban:
    """Texts, each banned as a whole word, or wherever it has something `before` or `behind` it."""

    text: pl.Series
    before: pl.Series
    behind: pl.Series

    @classmethod
    def of(cls, entries: pl.Series) -> "Ban":
        """Takes entries as `read_ban` returns them."""
        before, behind = entries.str.starts_with("*"), entries.str.ends_with("*") & ~entries.str.ends_with(r"\*")
        text = entries.str.replace(r"^\*", "").str.replace(r"([^\\]|^)\*$", "${1}")
        return cls(text.str.replace_all(r"\\([*,])", "${1}"), before, behind)

    def within(self, vocabulary: Vocabulary) -> "Ban":
        """Returns what can occur at all in words of this vocabulary."""
        known = set(vocabulary.characters)
        kept = pl.Series([known.issuperset(text) for text in self.text], dtype=pl.Boolean)
        return Ban(self.text.filter(kept), self.before.filter(kept), self.behind.filter(kept))

    @property
    def is_small(self) -> bool:
        """True if its automaton is small."""
        return int(self.text.str.len_chars().sum()) <= MOST_CHARACTERS

    def automaton(self, vocabulary: Vocabulary) -> Automaton:
        """Returns the automaton of the words that are not banned."""
        vocab = len(vocabulary)
        banned: list[Expression] = []
        for text, before, behind in zip(self.text, self.before, self.behind, strict=True):
            word = literal(vocabulary.encode(text), vocab)
            banned.append(Chain((*[anything(vocab)] * before, word, *[anything(vocab)] * behind)))
        return (compile_expression(Choice(tuple(banned)), vocab) if banned else nothing(vocab)).complement()

    def test(self, vocabulary: Vocabulary) -> Callable[[EncodedWords], Bool[ndarray, " words"]]:
        """Returns the function that tells which words are not banned."""
        whole = EncodedWords.of(self.text.filter(~self.before & ~self.behind), vocabulary)
        known = Known({"banned": whole})
        parts = self.text.filter(self.before & self.behind).to_list()
        begun = _by_length(self.text.filter(~self.before & self.behind))
        ended = _by_length(self.text.filter(self.before & ~self.behind))

        def allows(words: EncodedWords) -> Bool[ndarray, " words"]:
            spelled = words.words(vocabulary)
            banned = spelled.str.contains_any(parts) if parts else spelled.is_null()
            for length, texts in begun.items():
                banned |= spelled.str.head(length).is_in(texts)
            for length, texts in ended.items():
                banned |= spelled.str.tail(length).is_in(texts)
            return ~banned.to_numpy() & (np.array(known.locate(words), object) == NEW)

        return allows


def _by_length(texts: pl.Series) -> dict[int, list[str]]:
    result: dict[int, list[str]] = {}
    for text in texts.unique().sort():
        result.setdefault(len(text), []).append(text)
    return result
