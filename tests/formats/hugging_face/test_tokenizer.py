"""Vocabularies as tokenizer.json."""

from typing import Any

import pytest

from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import DataError
from moregrad.formats.hugging_face.tokenizer import TOKEN, UNKNOWN, from_tokenizer, to_tokenizer


@pytest.mark.parametrize("characters", ["abc", " '-az", "aé☃😀", "<>|"])
@pytest.mark.parametrize("lower", [True, False])
def test_a_vocabulary_is_found_again(characters: str, lower: bool):
    assert from_tokenizer(to_tokenizer(Vocabulary(characters), lower=lower)) == (Vocabulary(characters), lower)


def test_the_boundary_is_the_first_token_and_nothing_stands_for_unknown_characters():
    vocab = to_tokenizer(Vocabulary("ab"), lower=False)["model"]["vocab"]
    assert vocab == {TOKEN: 0, "a": 1, "b": 2}
    assert UNKNOWN not in vocab


CHANGES: dict[str, dict[str, Any]] = {
    "words": {"type": "WordLevel", "vocab": {TOKEN: 0, "the": 1}},
    "parts of words": {"type": "BPE", "vocab": {TOKEN: 0, "a": 1}},
    "another boundary": {"type": "WordLevel", "vocab": {"<s>": 0, "a": 1}},
    "gaps": {"type": "WordLevel", "vocab": {TOKEN: 0, "a": 2}},
    "another order": {"type": "WordLevel", "vocab": {TOKEN: 0, "b": 1, "a": 2}},
    "no numbers": {"type": "WordLevel", "vocab": {TOKEN: "0", "a": 1}},
    "no vocabulary": {"type": "WordLevel"},
}


@pytest.mark.parametrize("model", CHANGES.values(), ids=CHANGES)
def test_a_tokenizer_that_divides_words_otherwise_is_refused(model: dict[str, Any]):
    with pytest.raises(DataError, match=r"tokenizer\.json"):
        from_tokenizer(to_tokenizer(Vocabulary("a"), lower=False) | {"model": model})
