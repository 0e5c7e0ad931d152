"""Architectures that may begin with each other's weights."""

import pytest

from moregrad.errors import ModelError
from moregrad.models.catalogue import architecture
from moregrad.models.gru import GRU
from moregrad.models.ngram import NGram
from moregrad.models.similar import check_similar, networks
from moregrad.models.stack import Stack


@pytest.mark.parametrize(
    ("start", "wanted"),
    [
        (GRU(), GRU(dropout=0.5)),
        (Stack(), Stack(copies=5, orders=(3, 5), smoothing="witten-bell").replace(dropout=0.3)),
        (architecture("gru+ngram"), architecture("gru+ngram").replace(order=3)),
    ],
)
def test_copies_dropout_and_counts_may_differ(start, wanted):
    check_similar("it", start, wanted)


@pytest.mark.parametrize(
    ("start", "wanted", "message"),
    [
        (GRU(), architecture("lstm"), "it is a gru and no lstm; leave the model out, or start from a lstm"),
        (Stack(), GRU(hidden=64), "it is a stack of gru and no gru"),
        (architecture("gru+ngram"), architecture("gru+lstm"), "a mixture of gru and no mixture of gru and lstm"),
        (GRU(hidden=64), GRU(hidden=128), "it has hidden 64, and 128 is asked for; leave hidden out, or the start"),
        (Stack(), Stack((GRU(hidden=128),)), "it has hidden 64, and 128 is asked for"),
        (NGram(), NGram(), "it has nothing but counts"),
    ],
)
def test_other_networks_are_told_apart(start, wanted, message: str):
    with pytest.raises(ModelError, match=message):
        check_similar("it", start, wanted)


def test_counts_are_no_networks():
    assert networks(NGram()) == []
    assert networks(architecture("gru+ngram+lstm")) == [GRU(), architecture("lstm")]
