"""The mixing function against the published one."""

import numpy as np

from moregrad.data.mixing import mix


def test_the_mixing_function_is_the_published_one():
    assert mix(np.arange(1, dtype=np.uint64)).tolist() == [0xE220A8397B1DCDAF]
