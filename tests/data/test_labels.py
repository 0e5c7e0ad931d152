"""Labels as symbols before words."""

import polars as pl
import pytest

from moregrad.data.labels import Labels
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import DataError

WORDS, GIVEN = pl.Series("word", ["ω😀", "ab", "b"]), pl.Series("label", ["warm", "cold", "warm"])
LABELS = Labels(("cold", "warm"))


def test_labels_are_collected_in_order():
    words = pl.Series(["a", "b", "c", "d"])
    assert Labels.of(words, pl.Series(["warm", "cold", "warm", "cold"]), "kind") == LABELS


def test_each_word_has_the_symbol_of_its_label_before_it():
    marked = LABELS.mark(WORDS, GIVEN).to_list()
    assert marked == ["\ue001ω😀", "\ue000ab", "\ue001b"]


def test_symbols_join_the_vocabulary_in_order_and_leave_it_again():
    plain = Vocabulary.of(WORDS)
    extended = LABELS.extend(plain)
    assert extended.characters == "abω\ue000\ue001😀"
    assert LABELS.ids(extended).tolist() == [4, 5]
    assert LABELS.strip(extended) == plain


def test_people_see_names_in_place_of_symbols():
    assert LABELS.readable(".a\ue000") == [".", "a", "cold"]


@pytest.mark.parametrize("name", ["worm", "", "\ue000"])
def test_a_label_that_does_not_exist_is_refused_with_those_that_do(name: str):
    with pytest.raises(DataError, match=r"there is no label .* did you mean .*\? Give 'cold', 'warm'"):
        LABELS.symbol(name)


def test_too_many_labels_are_refused():
    words = pl.Series([f"w{n}" for n in range(3000)])
    with pytest.raises(DataError, match="column 'id' has 3,000 labels for 3,000 words, such as 'w0'"):
        Labels.of(words, words.sort(), "id")
    with pytest.raises(DataError, match="has 1,001 labels for 3,000 words"):
        Labels.of(words, pl.Series([f"{n % 1001:04}" for n in range(3000)]), "id")
    assert len(Labels.of(words, pl.Series([f"{n % 1000:04}" for n in range(3000)]), "id").names) == 1000


def test_private_use_characters_in_words_are_refused():
    with pytest.raises(DataError, match=r"1 words hold private-use characters.* such as 'a\\uf8ff'"):
        Labels.of(pl.Series(["a\uf8ff", "b"]), pl.Series(["x", "x"]), "kind")
