"""Raw words to clean ones, and the account of the rest."""

import json
import unicodedata
from itertools import product

import msgspec
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.cleaning import CleaningReport, Dropped, clean
from moregrad.data.reading import Reading
from moregrad.errors import ConfigurationError

text = st.text(st.characters(exclude_categories=["Cs"]))
rules = st.sampled_from(
    [
        Reading(lower=lower, alphabet=alphabet, keep_duplicates=keep, max_length=longest)
        for lower, alphabet, keep, longest in product(
            (False, True), (None, "a-z", "a-zà-ÿ"), (False, True), (None, 1, 3)
        )
    ]
)


def cleaned(*words: str | None, **how) -> tuple[list[str], CleaningReport]:
    """What becomes of `words`."""
    kept, report = clean([pl.Series(words, dtype=pl.String)], Reading(**how))
    return kept.to_list(), report


@given(st.lists(st.lists(text)), rules)
def test_kept_and_dropped_add_up_to_read(slices, rules):
    words, report = clean([pl.Series(words, dtype=pl.String) for words in slices], rules)
    assert report.read == sum(map(len, slices))
    assert report.kept == len(words)
    assert report.read == report.kept + sum(dropped.count for dropped in report.dropped.values())
    assert all(len(dropped.examples) == min(dropped.count, 5) for dropped in report.dropped.values())


@given(st.lists(text), rules)
def test_clean_words_stay_as_they_are(words, rules):
    kept, _ = clean([pl.Series(words, dtype=pl.String)], rules)
    again, report = clean([kept], rules)
    assert again.to_list() == kept.to_list()
    assert report.kept == report.read


@given(st.lists(text))
def test_words_are_composed(words):
    kept, _ = clean([pl.Series(words, dtype=pl.String)], Reading())
    assert all(unicodedata.is_normalized("NFC", word) for word in kept)


def test_white_space_around_a_word_is_cut_off():
    assert cleaned(" emma\t", "\u00a0ava\u2003", "anna lena")[0] == ["emma", "ava", "anna lena"]


def test_decomposed_letters_are_composed_and_then_the_same():
    words, report = cleaned("ñandu", "n\u0303andu")
    assert words == ["ñandu"]
    assert report.duplicate == Dropped(1, ("ñandu",))


def test_a_repeated_word_is_reported_as_duplicate():
    words, report = cleaned("emma", "ava", "emma", "emma")
    assert words == ["emma", "ava"]
    assert report.duplicate == Dropped(2, ("emma", "emma"))


def test_repeated_words_stay_if_asked_for():
    words, report = cleaned("emma", "emma", keep_duplicates=True)
    assert words == ["emma", "emma"]
    assert report.duplicate.count == 0


def test_blank_and_missing_words_are_reported_as_blank():
    words, report = cleaned("", " \t", None, "emma")
    assert words == ["emma"]
    assert report.blank == Dropped(3, ("", " \t", ""))


@pytest.mark.parametrize("word", ["em\tma", "em\nma", "em\0ma", "em\u2028ma", "em\ufeffma"])
def test_a_word_with_a_control_character_is_reported(word):
    assert cleaned(word, "ava")[1].control == Dropped(1, (word,))


def test_a_joiner_inside_a_word_is_no_control_character():
    assert cleaned("क्\u200dष")[0] == ["क्\u200dष"]


def test_words_outside_the_alphabet_are_reported_as_they_were_read():
    words, report = cleaned("Emma", "MD.IMRAN ", lower=True, alphabet="a-z")
    assert words == ["emma"]
    assert report.rejected == Dropped(1, ("MD.IMRAN ",))


def test_length_counts_characters_and_not_bytes():
    words, report = cleaned("ñandú", "emmylou", max_length=5)
    assert words == ["ñandú"]
    assert report.too_long == Dropped(1, ("emmylou",))


def test_at_most_five_examples_are_kept():
    examples = cleaned(*(f"{number}" for number in range(9)), alphabet="a-z")[1].rejected
    assert examples == Dropped(9, ("0", "1", "2", "3", "4"))


def test_a_full_stop_is_a_character_like_others():
    assert cleaned("st. john", ".")[0] == ["st. john", "."]


def test_null_as_a_word_is_a_word():
    assert cleaned("NULL", "NA", "None", "nan")[0] == ["NULL", "NA", "None", "nan"]


def test_a_greatest_length_below_one_is_refused():
    with pytest.raises(ConfigurationError, match="must be a whole number of at least 1"):
        Reading(max_length=0)


@given(st.lists(text), rules)
def test_a_report_comes_back_from_json(words, rules):
    _, report = clean([pl.Series(words, dtype=pl.String)], rules)
    assert msgspec.convert(json.loads(json.dumps(report.to_dict())), CleaningReport) == report


def test_a_report_in_json_names_every_reason():
    written = cleaned("emma", "emma", "")[1].to_dict()
    none = {"count": 0, "examples": []}
    assert written == {
        "read": 3,
        "kept": 1,
        "blank": {"count": 1, "examples": [""]},
        "control": none,
        "rejected": none,
        "too_long": none,
        "duplicate": {"count": 1, "examples": ["emma"]},
        "notes": [],
    }


def test_tabs_are_counted_in_all_words_and_not_only_in_the_examples():
    words = ["a\x01b"] * 9 + ["a\tb", "c\td", "\te\t"]
    told = "words with tabs inside: 2; give --delimiter and --column for a table, or --strip-invisible for spaces"
    assert cleaned(*words)[1].notes == (told,)
    assert cleaned(*words, strip_invisible=True)[0] == ["a b", "c d", "e"]


def test_joiners_that_scripts_need_are_neither_noted_nor_removed():
    words, report = cleaned("क्\u200dष", "می\u200cخواهم", strip_invisible=True)
    assert words == ["क्\u200dष", "می\u200cخواهم"]
    assert report.notes == ()
