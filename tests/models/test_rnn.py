"""The plain recurrent network."""

from models.reach import build, reach
from moregrad.layers.layer import parameters
from moregrad.models.rnn import RNN

EMBEDDING, HIDDEN = 3, 4


def test_it_has_the_parameters_of_an_elman_network():
    cell = EMBEDDING * HIDDEN + HIDDEN * HIDDEN + HIDDEN
    table, head, start = 5 * EMBEDDING, 5 * (HIDDEN + 1), HIDDEN
    assert parameters(build(RNN(embedding=EMBEDDING, hidden=HIDDEN))) == table + cell + start + head


def test_it_sees_the_whole_word():
    assert reach(build(RNN(embedding=8, hidden=8))) == 12
