"""Into which list a word belongs."""

from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.membership import Known, among, fingerprints
from moregrad.data.tape import Tape
from moregrad.data.vocabulary import Vocabulary

LETTERS = Vocabulary("abc")
WORDS = st.lists(st.text("abc", max_size=6), max_size=12)


@given(WORDS, WORDS)
def test_membership_is_that_of_sets(words, others):
    tape, known = Tape.of(words, LETTERS), Tape.of(others, LETTERS)
    expected = [word in set(others) for word in tape.words(LETTERS)]
    assert among(tape, known).tolist() == expected


def test_the_same_letters_in_another_order_are_another_word():
    prints = fingerprints(Tape.of(["abc", "acb", "cba", "ab", "a", "abc"], LETTERS))
    assert len(set(prints.tolist())) == 5
    assert prints[0] == prints[5]


def test_a_word_in_two_lists_is_said_to_be_in_the_first():
    known = Known({"train": Tape.of(["a", "b"], LETTERS), "test": Tape.of(["b", "c"], LETTERS)})
    assert known.whereabouts(Tape.of(["a", "b", "c", "cc"], LETTERS)) == ["train", "train", "test", "new"]
