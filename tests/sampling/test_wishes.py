"""Wishes, against tests of whole words in plain Python."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import AlphabetError, ConfigurationError, ModelError
from moregrad.sampling.automaton import Automaton
from moregrad.sampling.options import Sampling
from moregrad.sampling.wishes import combine, read_wishes
from sampling.automata import ALL, LETTERS, language

LONGEST = 6


def read(options: dict[str, str], longest: int = LONGEST) -> Automaton:
    """The automaton of all wishes among `options`."""
    wishes = list(read_wishes(Sampling().replace(**options), LETTERS, longest=longest))
    return combine(wishes, len(LETTERS), longest=longest)


def within(span: str) -> Callable[[int], bool]:
    least, hyphen, most = span.partition("-")
    return lambda number: int(least or 0) <= number <= (int(most or 99) if hyphen else int(least))


few = st.text("abc", max_size=2)
spans = st.sampled_from(["", "2", "1-3", "4-", "-3", "0-9"])
wanted = st.fixed_dictionaries(
    {
        "prefix": few,
        "suffix": few,
        "contains": few,
        "pattern": st.sampled_from(["", "?*", "a*", "*[ab]?", "(ab|c)*", "?{2,5}"]),
        "without": st.sampled_from(["", "", "a", "bc", "cxy"]),
        "length": spans,
        "syllables": spans,
    }
)


def keeps(word: str, options: dict[str, str]) -> bool:
    """True if a word is as `options` want it."""
    pattern = options["pattern"].replace("*", ".*").replace("?", ".").replace("(ab|c).*", "(ab|c)(.*)")
    return (
        word != ""
        and word.startswith(options["prefix"])
        and word.endswith(options["suffix"])
        and options["contains"] in word
        and not set(word) & set(options["without"])
        and (not pattern or re.fullmatch(pattern, word) is not None)
        and (not options["length"] or within(options["length"])(len(word)))
        and (not options["syllables"] or within(options["syllables"])(len(re.findall("a+", word))))
    )


@given(wanted)
def test_words_are_accepted_that_keep_all_wishes(options: dict[str, str]):
    expected = {word for word in ALL if keeps(word, options)}
    if not expected:
        with pytest.raises(ConfigurationError, match="no word"):
            read(options)
    else:
        assert language(read(options)) == expected


@given(wanted)
def test_the_wishes_named_exclude_one_another_and_none_of_them_alone_does(options: dict[str, str]):
    try:
        read(options)
    except ConfigurationError as error:
        message = str(error)
    else:
        return
    named = {name: value for name, value in options.items() if f"{name} {value!r}" in message and value}
    assert named
    nothing = dict.fromkeys(options, "")
    assert not any(keeps(word, nothing | named) for word in ALL)
    for name in named:
        assert any(keeps(word, nothing | named | {name: ""}) for word in ALL)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"length": "3", "prefix": "abca"}, "no word satisfies both prefix 'abca' and length '3'; leave one out"),
        ({"suffix": "ab", "without": "b", "length": "3"}, "no word satisfies both suffix 'ab' and without 'b'; leave"),
        ({"pattern": "?{9}"}, "no word of at most 6 characters satisfies pattern '?{9}'; change it, or raise max_len"),
        ({"prefix": "aaaa", "suffix": "bbb"}, "characters satisfies both prefix 'aaaa' and suffix 'bbb'; leave one ou"),
        ({"prefix": "aa", "suffix": "bb", "contains": "ccc"}, "prefix 'aa', suffix 'bb' and contains 'ccc'; leave one"),
        ({"prefix": "ab", "suffix": "c", "length": "2", "pattern": "*"}, "prefix 'ab', suffix 'c' and length '2'; le"),
        ({"without": "abc"}, "no word satisfies without 'abc'; change it"),
        ({"length": "0"}, "no word satisfies length '0'; change it"),
        ({"length": "7-70000"}, "no word of at most 6 characters satisfies length '7-70000'; change it, or raise"),
        ({"syllables": "9"}, "no word of at most 6 characters satisfies syllables '9'"),
        ({"pattern": "()"}, "no word satisfies pattern '()'; change it"),
        ({"syllables": "0", "pattern": "*a*"}, "no word satisfies both pattern '*a*' and syllables '0'"),
    ],
)
def test_impossible_wishes_are_told(options: dict[str, str], told: str):
    with pytest.raises(ConfigurationError) as caught:
        read(options)
    assert str(caught.value).startswith("no word")
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"suffix": "añ"}, "'ñ' at position 2 of 'añ' is not in the vocabulary 'abc'"),
        ({"contains": "x"}, "'x' at position 1 of 'x' is not in the vocabulary"),
        ({"prefix": "x"}, "'x' at position 1"),
        ({"pattern": "x"}, "'x' at position 1 of pattern 'x'"),
        ({"without": "xyz"}, "no character of without 'xyz' is in the vocabulary 'abc'"),
    ],
)
def test_letters_outside_the_vocabulary_are_told(options: dict[str, str], told: str):
    with pytest.raises(AlphabetError) as caught:
        read(options)
    assert told in str(caught.value)


def test_syllables_without_vowels_are_told():
    vocabulary = Vocabulary("רשת")
    with pytest.raises(ConfigurationError, match="the vocabulary 'רשת' has no vowels that moregrad knows"):
        list(read_wishes(Sampling(syllables="2"), vocabulary, longest=5))


@pytest.mark.parametrize("pattern", ["?{5000}", "*a?{30}"])
def test_too_intricate_patterns_are_told(pattern: str):
    with pytest.raises(ModelError, match=re.escape(f"pattern '{pattern}': ")):
        read({"pattern": pattern}, longest=40)


def test_no_wishes_leave_every_word_but_the_empty_one():
    assert language(read({})) == set(ALL) - {""}


def test_spans_beyond_all_words_cost_nothing():
    assert len(read({"length": "2-60000"}).moves) < 10
    assert read({"length": "2-60000"}).accepts(EncodedWords.of(["a", "ab"], LETTERS)).tolist() == [False, True]
