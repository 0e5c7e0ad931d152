"""Nodes of the trie against tuples of tokens."""

from collections import Counter
from itertools import product

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import given

from moregrad.ngrams.counting import count_grams
from moregrad.ngrams.trie import MISSING, ROOT, Trie
from ngrams.encoded_lists import LIST, VOCAB, WORDS, encode

ORDER = 3


def build(words) -> Trie:
    return Trie.of(count_grams(encode(words), VOCAB, ORDER))


def find(trie: Trie, gram: tuple[int, ...]) -> int:
    """The node of an n-gram, token by token from the root."""
    return find_all(trie, [gram])[0]


def find_all(trie: Trie, grams: list[tuple[int, ...]]) -> list[int]:
    """The nodes of n-grams of one length, all followed at once."""
    nodes = np.full(len(grams), ROOT)
    for tokens in np.array(grams, int).T:
        nodes = trie.follow(nodes, tokens, VOCAB)
    return nodes.tolist()


def grams_of(words, length: int) -> set[tuple[int, ...]]:
    rows = [(0, *word, 0) for word in words]
    found = {row[end - length + 1 : end + 1] for row in rows for end in range(1, len(row)) if end >= length - 1}
    return found | {(0,)} if length == 1 else found


@given(WORDS)
def test_an_n_gram_has_a_node_of_its_own_if_the_list_has_it(words):
    trie = build(words)
    every = [list(product(range(VOCAB), repeat=length)) for length in range(1, ORDER + 1)]
    nodes = [pair for grams in every for pair in zip(grams, find_all(trie, grams), strict=True)]
    found = [gram for gram, node in nodes if node != MISSING]
    assert set(found) == set().union(*(grams_of(words, length) for length in range(1, ORDER + 1)))
    assert len({node for _, node in nodes if node != MISSING}) == len(found) == len(trie.token) - 2


@given(WORDS)
def test_the_most_followers_are_those_of_the_history_with_most(words):
    followed = [Counter(gram[:-1] for gram in grams_of(words, length)) for length in range(1, ORDER + 1)]
    assert build(words).most_followers() == [max(counts.values(), default=0) for counts in followed]


def test_the_missing_node_has_no_children():
    trie = build(LIST)
    assert trie.follow(np.full(VOCAB, MISSING), np.arange(VOCAB), VOCAB).tolist() == [MISSING] * VOCAB


def test_words_start_from_the_empty_history_and_the_boundary():
    trie = build(LIST)
    assert trie.starts.tolist() == [ROOT, find(trie, (0,)), MISSING]


@given(WORDS)
def test_a_walk_visits_the_histories_before_each_token(words):
    trie, tokens = build(LIST), encode(words).tokens
    walked = list(trie.walk(tokens, VOCAB))
    ends = [((0, *word, 0), end) for word in words for end in range(1, len(word) + 2)]
    for length, (nodes, children) in enumerate(walked):
        within = np.array([end >= length for _, end in ends])
        histories = [row[end - length : end] for row, end in ends if end >= length]
        assert nodes[within].tolist() == find_all(trie, histories)
        following = [row[end - length : end + 1] for row, end in ends if end >= length]
        assert children[within].tolist() == find_all(trie, following)
        assert {*nodes[~within].tolist(), *children[~within].tolist()} <= {MISSING}
    assert len(walked) == ORDER


def test_numpy_and_jax_lead_to_the_same_nodes():
    trie = build(LIST)
    nodes, tokens = (part.ravel() for part in np.meshgrid(np.arange(len(trie.first) - 1), np.arange(VOCAB)))
    follow = jax.jit(lambda trie, node, token: trie.follow(node, token, VOCAB))
    found = follow(jax.tree.map(jnp.asarray, trie), jnp.asarray(nodes), jnp.asarray(tokens))
    np.testing.assert_array_equal(found, trie.follow(nodes, tokens, VOCAB))
