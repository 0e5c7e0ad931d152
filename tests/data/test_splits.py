"""A corpus in three parts, by whole words."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data import METHODS, Leakage, Splits, read_corpus, split
from moregrad.errors import DataError

MAKEMORE = json.loads((Path(__file__).parents[1] / "reference/makemore_split.json").read_text(encoding="utf-8"))

LISTS = st.lists(st.text("abc", min_size=1, max_size=4), min_size=60, max_size=200).filter(lambda w: len(set(w)) >= 10)


@pytest.fixture(scope="module")
def names(names_path):
    """The 32,033 names with the repeated ones."""
    return read_corpus(names_path, keep_duplicates=True)


def together(splits: Splits) -> list[str]:
    """All words of the three parts, sorted."""
    return sorted(pl.concat([splits.train, splits.validation, splits.test]))


@given(LISTS, st.integers(0, 2**64))
def test_the_parts_are_disjoint_and_complete(words, seed):
    splits = split(read_corpus(words), seed=seed)
    assert together(splits) == sorted(set(words))
    assert splits.leakage == Leakage(0, 0)


@given(LISTS)
def test_all_copies_of_a_repeated_word_go_to_the_same_part(words):
    splits = split(read_corpus(words, keep_duplicates=True))
    assert together(splits) == sorted(words)
    assert splits.leakage == Leakage(0, 0)


@given(LISTS)
def test_the_published_splits_lose_no_word(words):
    corpus = read_corpus(words, keep_duplicates=True)
    assert together(split(corpus, "lecture")) == sorted(words)
    makemore = split(corpus, "makemore")
    assert makemore.validation.equals(makemore.test)
    assert sorted(pl.concat([makemore.train, makemore.test])) == sorted(words)


def test_eight_nine_and_ten_tenths():
    splits = split(read_corpus([f"{number}" for number in range(95)]))
    assert (len(splits.train), len(splits.validation), len(splits.test)) == (76, 9, 10)


def test_the_same_seed_gives_the_same_parts_for_ever():
    corpus = read_corpus(list("abcdefghijklmnopqrst"))
    assert split(corpus).test.to_list() == split(corpus).test.to_list() == ["b", "p"]
    assert split(corpus, seed=1).test.to_list() == ["g", "t"]


def test_the_lecture_split_is_that_of_the_lectures(names):
    splits = split(names, "lecture")
    assert splits.train[:5].to_list() == ["yuheng", "diondre", "xavien", "jori", "juanluis"]
    assert splits.validation[:2].to_list() == ["amay", "aytana"]
    assert splits.test[:2].to_list() == ["mustafa", "reuben"]
    parts = (splits.train, splits.validation, splits.test)
    assert [len(part) for part in parts] == [25_626, 3_203, 3_204]
    assert [names.encode(part).predictions for part in parts] == [182_625, 22_655, 22_866]


def test_the_leakage_of_the_lecture_split_is_reported(names):
    assert split(names, "lecture").leakage == Leakage(validation=424, test=377)


@pytest.mark.parametrize("part", ["train", "test"])
def test_the_makemore_split_holds_out_the_words_that_makemore_does(names, part):
    words, recorded = getattr(split(names, "makemore"), part).to_list(), MAKEMORE[part]
    assert len(words) == recorded["count"]
    assert (words[:5], words[-5:]) == (recorded["first"], recorded["last"])
    assert sha256("".join(f"{word}\n" for word in words).encode()).hexdigest() == recorded["sha256"]


@pytest.mark.parametrize("how", ["lecture", "makemore"])
def test_a_published_split_refuses_a_list_that_lost_its_repeated_words(how):
    words = [*"abcdefghijkl", "a"]
    with pytest.raises(DataError, match="read it with keep_duplicates"):
        split(read_corpus(words), how)
    assert METHODS[how].with_repeats
    assert split(read_corpus(words, keep_duplicates=True), how).how == how


@pytest.mark.parametrize("how", METHODS)
def test_a_short_list_is_refused(how):
    with pytest.raises(DataError, match="has 3 different words, too few for three splits; give at least 10"):
        split(read_corpus(["emma", "olivia", "ava"]), how)


@pytest.mark.parametrize("how", sorted(METHODS.keys() - {"hash"}))
def test_ten_words_are_enough_where_the_sizes_of_parts_are_fixed(how):
    assert len(split(read_corpus(list("abcdefghij")), how).test) == 1


def test_the_hash_of_a_word_puts_it_in_the_same_part_of_any_list():
    words = [f"word {number}" for number in range(400)]
    whole, half = (split(read_corpus(each), "hash") for each in (words, words[:200][::-1]))
    for name in ("train", "validation", "test"):
        assert set(getattr(half, name)) == set(getattr(whole, name)) & set(words[:200])


def test_a_list_of_which_no_word_falls_to_a_part_is_refused():
    with pytest.raises(DataError, match="too few words to be split by their hashes"):
        split(read_corpus(list("abcdefghij")), "hash", seed=0)


@pytest.mark.usefixtures("untyped_caller")
@pytest.mark.parametrize("seed", [-1, 2.5, "1", None, -(10**400)])
def test_a_seed_is_a_whole_number_of_0_or_more(seed: Any):
    with pytest.raises(DataError, match="must be a whole number of 0 or more"):
        split(read_corpus(list("abcdefghij")), seed=seed)


def test_an_unknown_split_is_refused():
    corpus = read_corpus(list("abcdefghij"))
    with pytest.raises(DataError, match="did you mean 'lecture'"):
        split(corpus, "lectures")


def test_leakage_comes_back_from_json():
    written = Leakage(validation=424, test=377).to_dict()
    assert written == {"validation": 424, "test": 377}
    assert msgspec.convert(json.loads(json.dumps(written)), Leakage) == Leakage(424, 377)
