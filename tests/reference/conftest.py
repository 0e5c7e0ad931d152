"""The parts that reference tests share."""

from collections.abc import Callable

import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.lectures.lists import Lists


@pytest.fixture(scope="session")
def encoded_part(lists: Lists) -> Callable[[str], EncodedWords]:
    """Encodes a part of names.txt, called as published runs call it, or a split."""
    return lists.encoded
