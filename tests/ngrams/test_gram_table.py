"""Tables of n-grams, sorted in memory and in files."""

import numpy as np
import pytest
from hypothesis import given

from moregrad.data import EncodedWords
from moregrad.errors import ModelError
from moregrad.ngrams import gram_table
from moregrad.ngrams.gram_table import GramTable, count_table
from moregrad.ngrams.table_smoothing import smooth_table
from ngrams.test_table_smoothing import LISTS, assert_same, encode, in_memory, pieces


@pytest.mark.parametrize("order", [1, 3, 6])
def test_a_table_sorted_in_files_is_the_one_counted_in_memory(order, tmp_path, monkeypatch):
    random = np.random.default_rng(1)
    encoded, vocab = encode(["".join(random.choice(list("abcdefgh"), size)) for size in random.integers(0, 12, 1200)])
    whole = count_table([encoded], vocab, order)
    monkeypatch.setattr(gram_table, "PENDING", 400)
    monkeypatch.setattr(gram_table, "SPAN", 100)
    files = count_table(pieces(encoded, 50), vocab, order, tmp_path)
    assert files.packed.tolist() == whole.packed.tolist()
    assert files.count.tolist() == whole.count.tolist()
    assert {path.name for path in tmp_path.iterdir()} <= {"grams.packed", "grams.count"}
    levels, smoothed = smooth_table(files, [order], "kneser-ney")
    assert_same((levels, smoothed[order]), in_memory(encoded, vocab, order, "kneser-ney", ()))


@given(LISTS, LISTS)
def test_words_are_taken_out_of_a_table_as_if_they_had_never_been_counted(words, others):
    encoded, vocab = encode([*words, *others])
    both, some = EncodedWords(encoded.tokens), encoded.first(len(words))
    rest = encoded.take(np.arange(len(words), len(encoded)))
    found = count_table([both], vocab, 3).without(count_table([some], vocab, 3))
    levels, smoothed = smooth_table(found, [3], "kneser-ney")
    assert_same((levels, smoothed[3]), in_memory(rest, vocab, 3, "kneser-ney", ()))


def test_an_order_that_no_number_holds_is_refused():
    with pytest.raises(ModelError, match=r"order 10 of 100 symbols takes more than 64 bits.*at most 9"):
        count_table([], 100, 10)


def test_a_table_that_was_saved_is_the_same(tmp_path):
    encoded, vocab = encode(["ab", "abc", "c"])
    table = count_table([encoded], vocab, 3)
    assert GramTable.load(tmp_path / "grams", vocab, 3) is None
    for saved in (table.save(tmp_path / "grams"), GramTable.load(tmp_path / "grams", vocab, 3)):
        assert saved
        assert (saved.packed.tolist(), saved.count.tolist()) == (table.packed.tolist(), table.count.tolist())
    for name in ("packed", "count", "json"):
        table.save(tmp_path / "grams")
        path = tmp_path / f"grams.{name}"
        path.write_bytes(path.read_bytes()[:-1] + b"~")
        assert GramTable.load(tmp_path / "grams", vocab, 3) is None
        path.unlink()
        assert GramTable.load(tmp_path / "grams", vocab, 3) is None
