"""Encoded words in a file are the same as in memory."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from moregrad.data import stored_words
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import hash_words
from moregrad.data.stored_words import StoredWords, read_stored, writing
from moregrad.errors import DataError

WORDS = st.lists(st.lists(st.integers(1, 3), max_size=9), min_size=1, max_size=30)


def encode(words):
    return EncodedWords(np.array([0, *(token for word in words for token in (*word, 0))], np.uint8))


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch):
    """Spans of seven tokens, so that most words lie across two of them."""
    monkeypatch.setattr(stored_words, "TOKENS", 7)


def write(folder, **lists):
    with writing(folder / "words.safetensors", tuple(lists), np.dtype("u1")) as add:
        for name, words in lists.items():
            add(name, words)
    return folder / "words.safetensors"


@given(WORDS, st.data())
def test_stored_words_are_those_in_memory(words, data):
    whole = encode(words)
    stored = StoredWords(whole.tokens)
    index = np.array(data.draw(st.lists(st.integers(0, len(words) - 1), max_size=9)), np.int64)
    most = data.draw(st.integers(1, 9))
    assert stored.starts.tolist() == whole.starts.tolist()
    assert stored.longest == whole.longest
    assert stored.lengths.tolist() == whole.lengths.tolist()
    assert stored.take(index).tokens.tolist() == whole.take(index).tokens.tolist()
    assert stored.first(most).tokens.tolist() == whole.first(most).tokens.tolist()
    assert EncodedWords.join(stored.pieces()).tokens.tolist() == whole.tokens.tolist()
    assert EncodedWords.join(stored.slices(most)).tokens.tolist() == whole.tokens.tolist()
    assert max(map(len, stored.slices(most))) <= most
    assert hash_words(stored).tolist() == hash_words(whole).tolist()


def test_words_written_some_at_a_time_are_read_as_any_file_of_safetensors(tmp_path):
    with writing(tmp_path / "words.safetensors", ("train", "test", "none"), np.dtype("<u2")) as add:
        for name, word in (("train", [1, 2]), ("test", [300]), ("train", [3])):
            add(name, EncodedWords(np.array([0, *word, 0], np.uint16)))
    found = {name: tokens.tolist() for name, tokens in load_file(tmp_path / "words.safetensors").items()}
    assert found == {"train": [0, 1, 2, 0, 3, 0], "test": [0, 300, 0], "none": [0]}
    stored = read_stored(tmp_path / "words.safetensors")
    assert stored
    assert {name: words.tokens.tolist() for name, words in stored.items()} == found
    assert [path.name for path in tmp_path.iterdir()] == ["words.safetensors"]


def test_words_of_another_file_of_safetensors_are_not_for_staying_in_it(tmp_path):
    save_file({"train": np.zeros(1, np.uint8)}, tmp_path / "words.safetensors")
    assert read_stored(tmp_path / "words.safetensors") is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("shape", [99]), ("data_offsets", [0, 99]), ("data_offsets", [-9, 0]), ("dtype", "F9"), ("more", 1)],
)
def test_a_file_whose_header_is_wrong_is_refused(tmp_path, field, value):
    path = write(tmp_path, train=encode([[1, 2]]))
    content = path.read_bytes()
    header = json.loads(content[8:512])
    header["train"][field] = value
    path.write_bytes(content[:8] + json.dumps(header).encode().ljust(504) + content[512:])
    with pytest.raises(DataError, match="is no file of safetensors"):
        read_stored(path)


@pytest.mark.parametrize("kept", [0, 5, 300, -1])
def test_a_file_cut_short_is_refused(tmp_path, kept):
    path = write(tmp_path, train=encode([[1, 2]]))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(DataError, match="is no file of safetensors"):
        read_stored(path)
