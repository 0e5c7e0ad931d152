"""Wishes for tiny words, and all words that come about, one by one."""

from itertools import product
from typing import Any

import jax.numpy as jnp
import numpy as np

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.jit import jit
from moregrad.models.ngram import NGram, NGramModel
from moregrad.sampling.automaton import Automaton, from_nfa
from moregrad.sampling.options import Sampling
from moregrad.sampling.processors import Processors
from moregrad.sampling.target import Target

LETTERS = Vocabulary("abc")
ROOM = 512
"""More than there are words of at most five letters, so that one program serves all."""
LIST = ["abca", "ab", "c", "bacc", "acba", "ab", "cab"]


process: Any = jit(lambda processors, logits: processors(jnp.asarray(logits)))


def counted(words: list[str] = LIST, **settings: Any) -> NGramModel:
    return NGram(**settings).count(EncodedWords.of(words, LETTERS), len(LETTERS))


def pattern(text: str, vocabulary: Vocabulary = LETTERS) -> Automaton:
    """The words that look like `text`, where ? is any character and * any number of any characters."""
    letters = np.zeros((len(text) + 1, len(vocabulary)), bool)
    for row, character in zip(letters[1:], text, strict=True):
        row[1:] = character in "?*"
        row[vocabulary.encode(character.replace("?", "").replace("*", ""))] = True
    ends = [index for index in range(len(text) + 1) if set(text[index:]) <= {"*"}]
    return from_nfa(letters, [_follow(text, index) for index in range(len(text) + 1)], sum(1 << end for end in ends))


def _follow(text: str, index: int) -> int:
    result = 1 << index if index and text[index - 1] == "*" else 0
    for after in range(index + 1, len(text) + 1):
        result |= 1 << after
        if text[after - 1] != "*":
            break
    return result


def target(automaton: Automaton, longest: int, prefix: str = "", **options: Any) -> Target:
    return Target(automaton, Sampling(**options), LETTERS.encode(prefix), longest)


def all_words(longest: int, letters: str = "abc") -> list[str]:
    return ["".join(word) for length in range(1, longest + 1) for word in product(letters, repeat=length)]


def next_tokens(counts: NGramModel, longest: int, letters: Vocabulary) -> dict[str, np.ndarray]:
    """The probabilities by `counts` after every beginning of at most `longest` characters, from whole words alone."""
    begun = ["", *all_words(longest, letters.characters)]
    longer = EncodedWords.of([word + character for word in begun for character in letters.characters], letters)
    p = np.exp(counts.log_probabilities(longer))
    last = p[longer.starts + longer.lengths - 1].reshape(len(begun), -1)
    return {word: np.concatenate([[1 - row.sum()], row]) for word, row in zip(begun, last, strict=True)}


def probabilities(counts: NGramModel, wanted: Target, letters: Vocabulary = LETTERS) -> dict[str, float]:
    """The probability of every wanted word when tokens are drawn as the target has it, the prefix given: by hand."""
    rows = next_tokens(counts, wanted.longest, letters)
    table = np.maximum(np.stack(list(rows.values())), 0)
    if wanted.options != Sampling():
        padded = np.zeros((ROOM, table.shape[1]), np.float32)
        with np.errstate(divide="ignore"):
            padded[: len(table)] = np.log(table)
        table = np.asarray(process(Processors.of(wanted.options), padded), np.float64)[: len(table)]
        table /= table.sum(axis=1, keepdims=True)
    drawn = dict(zip(rows, table, strict=True))
    found = all_words(wanted.longest, letters.characters)
    accepted = wanted.automaton.accepts(EncodedWords.of(found, letters))
    return {word: _probability(word, drawn, letters, len(wanted.prefix)) for word in np.array(found)[accepted].tolist()}


def _probability(word: str, drawn: dict[str, np.ndarray], letters: Vocabulary, given: int) -> float:
    steps = [*letters.encode(word).tolist(), 0]
    return float(np.prod([drawn[word[:at]][token] for at, token in enumerate(steps) if at >= given]))


def words_of(ids: np.ndarray, letters: Vocabulary = LETTERS) -> list[str]:
    return ["".join(letters.characters[token - 1] for token in row if token) for row in ids]


def total_variation(drawn: list[str], expected: dict[str, float]) -> float:
    """Half the sum of what shares of `drawn` and `expected`, brought to 1, differ by; words not expected count too."""
    whole = sum(expected.values())
    names = expected.keys() | set(drawn)
    return sum(abs(drawn.count(name) / len(drawn) - expected.get(name, 0) / whole) for name in names) / 2
