"""Tries of whole words, against sets of prefixes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.sampling.word_trie import WordTrie
from sampling.automata import LETTERS, sets_of_words


def spell(trie: WordTrie) -> list[str]:
    """The prefix of every node."""
    spelled = [""]
    for node in range(len(trie.token)):
        assert len(spelled) > node
        spelled += [
            spelled[node] + LETTERS.decode([trie.token[child]]) for child in range(*trie.first[node : node + 2])
        ]
    return spelled


@given(sets_of_words)
def test_nodes_are_prefixes(listed: set[str]):
    trie = WordTrie.of(EncodedWords.of(sorted(listed), LETTERS))
    prefixes = {word[:length] for word in listed for length in range(len(word) + 1)} | {""}
    found = spell(trie)
    assert found == sorted(prefixes, key=lambda prefix: (len(prefix), prefix))
    assert {prefix for prefix, ends in zip(found, trie.ends, strict=True) if ends} == listed
    if listed:
        for prefix, least, most in zip(found, trie.least, trie.most, strict=True):
            left = [len(word) - len(prefix) for word in listed if word.startswith(prefix)]
            assert (least, most) == (min(left), max(left))


@given(sets_of_words, st.data())
def test_children_come_with_their_parents(listed: set[str], data: st.DataObject):
    trie = WordTrie.of(EncodedWords.of(sorted(listed), LETTERS))
    nodes = data.draw(st.lists(st.integers(0, len(trie.token) - 1), max_size=5))
    parent, child = trie.children(np.array(nodes, np.int64))
    expected = [(place, each) for place, node in enumerate(nodes) for each in range(*trie.first[node : node + 2])]
    assert list(zip(parent.tolist(), child.tolist(), strict=True)) == expected
