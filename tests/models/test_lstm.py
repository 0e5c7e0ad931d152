"""The LSTM."""

from models.reach import build, reach
from moregrad.layers.layer import parameters
from moregrad.models.lstm import LSTM

EMBEDDING, HIDDEN = 3, 4


def test_it_has_the_parameters_of_an_lstm_and_a_state_to_start_from():
    """PyTorch's has 4 (e h + h h + 2 h)."""
    cell = 4 * (EMBEDDING * HIDDEN + HIDDEN * HIDDEN + 2 * HIDDEN)
    table, head, start = 5 * EMBEDDING, 5 * (HIDDEN + 1), 2 * HIDDEN
    assert parameters(build(LSTM(embedding=EMBEDDING, hidden=HIDDEN))) == table + cell + start + head


def test_it_sees_the_whole_word():
    assert reach(build(LSTM(embedding=8, hidden=8))) == 12
