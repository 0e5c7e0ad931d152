"""How work is cut, as plain values."""

import pytest

from moregrad.errors import ConfigurationError
from moregrad.parts.options import Parting


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1", "1/", "/2", "a/b", "1/2/3", "-1/2", "1/0", "²/3"])
def test_a_share_that_is_none_is_refused(shard: str):
    with pytest.raises(ConfigurationError, match=r"shard is .*; it must be two whole numbers such as 3/16"):
        Parting(shard=shard)


def test_a_share_counts_from_one():
    assert Parting(shard="3/16").share == (2, 16)
    assert Parting().share == (0, 1)


def test_what_excludes_a_share_is_told():
    with pytest.raises(ConfigurationError, match="left out with a cluster"):
        Parting(shard="1/2", cluster="local:2")
    with pytest.raises(ConfigurationError, match="false with a share"):
        Parting(shard="1/2", restart=True)
