"""Pairs of a state and a history, against walking through both."""

import numpy as np
import pytest

from moregrad.ngrams.histories import Histories
from moregrad.sampling.automaton import Automaton, everything
from moregrad.sampling.product import BEGUN, ENDED, Product
from moregrad.sampling.reduction import DEAD
from sampling.wanted import LETTERS, all_words, counted, pattern

NO_LIMIT = 10**6


def histories_of(order: int) -> Histories:
    tables = counted(order=order).tables
    return Histories.of(tables.trie, tables.gain, tables.weight, len(LETTERS), order=order)  # type: ignore[arg-type]


def product_of(automaton: Automaton, order: int = 3) -> Product:
    product = Product.of(automaton, histories_of(order), most=NO_LIMIT)
    assert product is not None
    return product


@pytest.mark.parametrize("order", [1, 2, 4])
@pytest.mark.parametrize("wanted", ["*a", "?b?", "*", "a*b*", "abc"])
def test_a_word_ends_as_wanted_if_the_automaton_accepts_it(order: int, wanted: str):
    automaton, histories = pattern(wanted), histories_of(order)
    product = product_of(automaton, order)
    for word in all_words(4):
        pair, state, history = BEGUN, automaton.start, histories.start
        for token in LETTERS.encode(word):
            pair, state, history = (
                product.after[pair, token],
                automaton.moves[state, token],
                histories.after[history, token],
            )
            assert (pair == DEAD) == (state == DEAD)
            if state == DEAD:
                break
            assert (product.state[pair], product.history[pair]) == (state, history)
        else:
            assert product.after[pair, 0] == (ENDED if automaton.accepting[state] else DEAD)


@pytest.mark.parametrize("order", [1, 3])
def test_the_empty_word_is_never_wanted(order: int):
    # With counts of single characters a word of some has the state and history of the empty one.
    product = product_of(everything(len(LETTERS)), order)
    assert product.after[BEGUN, 0] == DEAD
    assert (product.after[product.after[BEGUN, 1:], 0] == ENDED).all()
    assert BEGUN not in product.after


def test_nothing_leads_out_of_a_word_that_has_ended():
    product = product_of(pattern("a*"))
    assert product.after[DEAD].tolist() == [DEAD] * 4
    assert product.after[ENDED].tolist() == [ENDED, DEAD, DEAD, DEAD]


def test_every_pair_is_there_once():
    product = product_of(pattern("*a*b"))
    pairs = np.stack([product.state, product.history])[:, BEGUN + 1 :]
    assert len(np.unique(pairs, axis=1).T) == len(product) - BEGUN - 1
    assert len(product.after) == len(product.state) == len(product.history)
    assert set(product.after.ravel().tolist()) == set(range(len(product))) - {BEGUN}


def test_a_product_with_too_many_moves_is_not_made():
    automaton, histories = pattern("*a*"), histories_of(3)
    moves = product_of(automaton).after.size
    assert Product.of(automaton, histories, most=moves) is not None
    assert Product.of(automaton, histories, most=moves - 1) is None


def test_an_automaton_that_accepts_nothing_leaves_no_way():
    automaton = pattern("a") & pattern("b")
    assert (product_of(automaton).after[BEGUN] == DEAD).all()
