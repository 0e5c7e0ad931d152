"""The most probable words, against an enumeration of all."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ModelError
from moregrad.layers.embedding import Embedding
from moregrad.layers.sequential import Sequential
from moregrad.models.model import Model
from moregrad.models.ngram import NGram
from moregrad.models.window_model import WindowModel
from moregrad.sampling import automaton
from moregrad.sampling.automaton import Automaton, everything
from moregrad.sampling.best_words import encode
from moregrad.sampling.cuts import MEMORY
from moregrad.sampling.prefixes import Prefixes
from moregrad.sampling.search import Progress, Search
from sampling.enumeration import all_words, begun, ordered
from sampling.table import MODEL, VOCABULARY

PLENTY = 10**7
NOT_SMOOTHED = {"smoothing": "add-k", "k": 0.0}


def anything(words: Prefixes) -> np.ndarray:
    return np.ones(len(words), bool)


def find(
    count: int,
    *,
    model: Model = MODEL,
    vocabulary: Vocabulary = VOCABULARY,
    longest: int = 5,
    prefix: str = "",
    wanted: Automaton | None = None,
    most: int = PLENTY,
    memory: int = MEMORY,
) -> tuple[list[tuple[str, float]], Progress]:
    """The words that a search finds, with their nats, and its last state."""
    automaton = wanted or everything(len(vocabulary))
    search = Search(model, automaton, vocabulary.encode(prefix), longest=longest, memory=memory)
    *_, last = search(count, anything, most=most)
    words = encode(last.words, vocabulary).words(vocabulary).to_list()
    return list(zip(words, last.words.nats.tolist(), strict=True)), last


def agree(found: list[tuple[str, float]], every: list[tuple[str, float]], count: int) -> None:
    """Holds that `found` are the first `count` of `every` word, but for the order of what differs by rounding."""
    expected = every[:count]
    nats = [nats for _, nats in found]
    assert nats == sorted(nats) == pytest.approx([nats for _, nats in expected], rel=1e-5)
    assert len(dict(found)) == len(found)
    assert dict(found) == pytest.approx({word: dict(every)[word] for word, _ in found}, rel=1e-5)


@pytest.mark.parametrize("count", [1, 7, 100, 300])
def test_the_words_are_the_first_of_all_in_order(count: int):
    every = ordered(MODEL, VOCABULARY, all_words(VOCABULARY, 5))
    agree(find(count)[0], every, count)


@pytest.mark.parametrize("order", [1, 2, 3, 6])
@pytest.mark.parametrize("smoothing", [NOT_SMOOTHED, {}, {"smoothing": "witten-bell"}])
def test_counts_of_every_order_and_smoothing_agree_with_an_enumeration(order: int, smoothing: dict[str, Any]):
    vocabulary = Vocabulary("abcd")
    words = EncodedWords.of(["ab", "abba", "cab", "dad", "c", "ab"], vocabulary)
    model = NGram().replace(order=order, **smoothing).count(words, len(vocabulary))
    every = ordered(model, vocabulary, all_words(vocabulary, 4))
    for count in (5, 50):
        agree(find(count, model=model, vocabulary=vocabulary, longest=4)[0], every, count)


def test_equally_probable_words_come_the_shorter_first_then_by_their_characters():
    even = WindowModel(Embedding(jnp.zeros((4, 4))), Sequential(()), context=1, padding=0)
    words = [word for word, _ in find(30, model=even)[0]]
    assert words == sorted(all_words(VOCABULARY, 3), key=lambda word: (len(word), word))[:30]


def test_words_of_the_same_characters_are_equally_probable_where_only_their_number_counts():
    vocabulary = Vocabulary("abcd")
    words = EncodedWords.of(["abcd", "aabd", "cabba"], vocabulary)
    model = NGram(order=1, smoothing="add-k").count(words, len(vocabulary))
    found = find(400, model=model, vocabulary=vocabulary, longest=4)[0]
    assert len(found) == 4 + 16 + 64 + 256
    assert found == sorted(found, key=lambda item: (item[1], len(item[0]), item[0]))
    spelled: dict[tuple[str, ...], set[float]] = {}
    for word, nats in found:
        spelled.setdefault(tuple(sorted(word)), set()).add(nats)
    assert {len(numbers) for numbers in spelled.values()} == {1}


def test_where_all_is_certain_no_prefix_is_taken_for_worse_than_its_word():
    vocabulary = Vocabulary("ab")
    model = NGram().replace(order=4, **NOT_SMOOTHED).count(EncodedWords.of(["abab"], vocabulary), 3)
    assert find(5, model=model, vocabulary=vocabulary)[0] == [("abab", 0.0)]


@pytest.mark.parametrize("prefix", ["a", "ab", "ba", "aaaaa"])
def test_all_words_begin_with_the_prefix_and_cost_as_much_as_without(prefix: str):
    every = ordered(MODEL, VOCABULARY, [word for word in all_words(VOCABULARY, 5) if word.startswith(prefix)])
    agree(find(20, prefix=prefix)[0], every, 20)


def test_words_are_those_that_the_automaton_accepts():
    even = automaton.lengths(4, 0, 2).complement() & automaton.words(
        EncodedWords.of(["abc", "aab", "cc", "ba", "aba", "bbb"], VOCABULARY), 4
    )
    expected = ordered(MODEL, VOCABULARY, ["abc", "aab", "aba", "bbb"])
    found, last = find(9, wanted=even)
    agree(found, expected, 9)
    assert last.is_done
    agree(find(9, wanted=even, prefix="ab")[0], [item for item in expected if item[0].startswith("ab")], 9)


@pytest.mark.parametrize("wanted", [automaton.nothing(4), automaton.lengths(4, 6, 9)])
def test_wishes_that_no_word_meets_end_at_once(wanted: Automaton):
    found, last = find(9, wanted=wanted)
    assert (found, last.is_done) == ([], True)
    assert last.looked_at <= 1


def test_an_impossible_prefix_has_no_words():
    assert find(9, prefix="bc")[0] == []


def test_a_prefix_longer_than_the_words_is_refused():
    with pytest.raises(ModelError, match="a prefix of 3 characters does not fit in words of at most 2"):
        find(1, prefix="aaa", longest=2)


def test_the_empty_word_is_not_found_and_none_may_be_asked_for():
    assert "" not in dict(find(300)[0])
    assert find(0)[0] == []


@pytest.mark.parametrize("memory", [0, 30_000, MEMORY])
@pytest.mark.parametrize("most", [1, 50, 300, 1000, 3000])
def test_a_search_that_is_stopped_has_the_first_words_all_the_same(most: int, memory: int):
    vocabulary = Vocabulary("abcdefgh")
    words = EncodedWords.of(["abcd", "efgh", "headed", "faced", "beach", "decade"], vocabulary)
    model = NGram(order=3, smoothing="witten-bell").count(words, len(vocabulary))
    full, _ = find(2000, model=model, vocabulary=vocabulary, longest=7)
    part, last = find(2000, model=model, vocabulary=vocabulary, longest=7, most=most, memory=memory)
    assert not last.is_done
    assert len(part) < 2000
    assert part == full[: len(part)]
    assert (len(part) > 0) == (most >= 50)
    assert last.looked_at < most + 512


def test_the_words_proven_so_far_are_the_first_at_every_moment():
    found, _ = find(300)
    states = list(Search(MODEL, everything(4), VOCABULARY.encode(""), longest=5)(300, anything, most=PLENTY))
    for state in states:
        assert state.words.nats.tolist() == [nats for _, nats in found[: len(state.words)]]
    assert len({len(state.words) for state in states}) > 3


@pytest.mark.parametrize("memory", [0, 10_000, 100_000])
def test_without_memory_for_what_was_cut_off_rounds_begin_anew_and_find_the_same(memory: int):
    vocabulary = Vocabulary("abcdefgh")
    words = EncodedWords.of(["abcd", "efgh", "headed", "faced", "beach", "decade"], vocabulary)
    model = NGram(order=3, smoothing="witten-bell").count(words, len(vocabulary))
    expected, quick = find(3000, model=model, vocabulary=vocabulary, longest=7)
    found, slow = find(3000, model=model, vocabulary=vocabulary, longest=7, memory=memory)
    assert found == expected
    assert quick.looked_at < slow.looked_at < 4 * quick.looked_at


def test_a_model_of_one_letter_has_its_words_looked_at_one_by_one():
    vocabulary = Vocabulary("a")
    model = NGram(order=2, smoothing="witten-bell").count(EncodedWords.of(["aaaaaa", "aa"], vocabulary), 2)
    found, last = find(200, model=model, vocabulary=vocabulary, longest=1000)
    assert [word for word, _ in found] == ["a" * length for length in range(1, 201)]
    assert last.looked_at < 210


def test_no_more_prefixes_are_looked_at_than_a_few_times_those_above_the_last_word():
    vocabulary = Vocabulary("abcdefgh")
    words = EncodedWords.of(["abcd", "efgh", "headed", "faced", "beach", "decade"], vocabulary)
    model = NGram(order=2, smoothing="witten-bell").count(words, len(vocabulary))
    found, last = find(200, model=model, vocabulary=vocabulary, longest=5)
    above = 1 + (begun(model, vocabulary, all_words(vocabulary, 5)) <= found[-1][1]).sum()
    assert above <= last.looked_at < 4 * above
