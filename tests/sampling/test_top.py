"""The most probable words as samples."""

from collections.abc import Callable
from typing import Any

import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Known
from moregrad.errors import AlphabetError, ConfigurationError
from moregrad.sampling.constraints import UNCONSTRAINED, Constraints
from moregrad.sampling.options import Top
from moregrad.sampling.top import top_words
from moregrad.sampling.words import Samples
from sampling.enumeration import all_words
from sampling.table import MODEL, VOCABULARY, surprisal

SPLITS = {"train": ["a", "ab", "ba"], "test": ["b", "a"]}
KNOWN = Known({name: EncodedWords.of(words, VOCABULARY) for name, words in SPLITS.items()})


def find(count: int, *, longest: int = 5, constraints: Constraints = UNCONSTRAINED, **options: Any) -> Samples:
    return top_words(MODEL, VOCABULARY, KNOWN, Top(count=count, **options), longest=longest, constraints=constraints)


def test_every_word_comes_with_its_surprisal_and_the_first_split_that_holds_it():
    found = find(12)
    assert [sample.nats for sample in found] == pytest.approx([surprisal(sample.word) for sample in found], rel=1e-5)
    where = {"a": "train", "ab": "train", "ba": "train", "b": "test"}
    assert all(sample.where == where.get(sample.word, "new") for sample in found)
    assert found.shortage == ""


def test_novel_words_are_the_others_in_the_same_order():
    every = find(60)
    novel = find(40, novel=True)
    assert [x.word for x in novel] == [x.word for x in every if x.where == "new"][:40]


def test_words_that_do_not_exist_are_told():
    possible = [word for word in all_words(VOCABULARY, 2) if surprisal(word) < float("inf")]
    found = find(100, longest=2)
    assert {x.word for x in found} == set(possible)
    number = len(possible)
    assert found.shortage == (
        f"found only {number} of 100 words: the model knows no other word of at most 2 characters; raise max_length"
    )
    assert find(3, longest=3, prefix="ab", novel=True).shortage == (
        "found only 1 of 3 words: the model knows no other word that begins with 'ab', that is novel, of at most "
        "3 characters; raise max_length, or drop prefix or novel"
    )


@pytest.mark.parametrize(
    "options",
    [
        {"pattern": "?*a?"},
        {"suffix": "b", "length": "-4"},
        {"contains": "ba", "without": "c"},
        {"prefix": "a", "syllables": "2", "novel": True},
    ],
)
def test_wishes_leave_the_others_out_and_the_order_as_it_is(options: dict[str, Any]):
    wanted = Constraints.of(Top(**options), VOCABULARY, longest=5)
    assert wanted.automaton
    found = find(40, constraints=wanted, **options)
    every = find(1000)
    kept = wanted.automaton.accepts(EncodedWords.of([x.word for x in every], VOCABULARY))
    expected = [x for x, each in zip(every, kept, strict=True) if each and (x.where == "new" or "novel" not in options)]
    assert found == expected[:40]
    assert found


def test_filters_leave_words_out():
    fewer = Constraints(None, (lambda words: words.lengths != 2,))
    assert [x for x in find(60) if len(x.word) != 2][:30] == find(30, constraints=fewer)


def test_wishes_that_leave_too_few_are_told():
    options = Top(pattern="a?", unlike=2)
    found = find(30, constraints=Constraints.of(options, VOCABULARY, longest=5), pattern="a?", unlike=2)
    assert found.shortage == (
        "found only 3 of 30 words: the model knows no other word that satisfies pattern 'a?' and unlike 2 "
        "of at most 5 characters; raise max_length, or drop pattern or unlike"
    )


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        ({"suffix": "a"}, lambda word: word.endswith("a")),
        ({"contains": "ab", "length": "3-4"}, lambda word: "ab" in word and 3 <= len(word) <= 4),
        ({"pattern": "?[bc]*a"}, lambda word: word[1:2] in tuple("bc") and word[2:].endswith("a")),
        ({"prefix": "ab", "without": "c"}, lambda word: word.startswith("ab") and "c" not in word),
    ],
)
def test_words_that_fit_constraints_are_the_first_that_do(options: dict[str, Any], fits: Callable[[str], bool]):
    every = sorted(filter(fits, all_words(VOCABULARY, 5)), key=surprisal)
    expected = [nats for word in every if (nats := surprisal(word)) < float("inf")][:15]
    asked = Top(count=15, **options)
    constraints = Constraints.of(asked, VOCABULARY, longest=5)
    found = top_words(MODEL, VOCABULARY, KNOWN, asked, longest=5, constraints=constraints)
    assert len(found) == len(expected) > 3
    assert all(fits(sample.word) for sample in found)
    assert [sample.nats for sample in found] == pytest.approx(expected, rel=1e-5)


def test_filters_leave_words_out_and_see_no_more_at_once_than_they_must():
    seen: list[int] = []

    def even(words: EncodedWords) -> Any:
        seen.append(len(words))
        return words.lengths % 2 == 0

    constraints = Constraints(filters=(even,))
    found = top_words(MODEL, VOCABULARY, KNOWN, Top(count=12), longest=5, constraints=constraints)
    every = top_words(MODEL, VOCABULARY, KNOWN, Top(count=100), longest=5)
    assert [sample.word for sample in found] == [x.word for x in every if len(x.word) % 2 == 0][:12]
    assert max(seen) <= 64


def test_a_search_that_was_stopped_is_told():
    found = find(100, limit=60)
    assert 0 < len(found) < 100
    assert found.shortage.startswith(f"proved only {len(found)} of 100 words to be the most probable: the search ")
    assert find(100, limit=1).shortage.startswith("proved none of 100 words")
    assert [x.word for x in found] == [x.word for x in find(100)[: len(found)]]


def test_who_watches_hears_of_every_batch():
    heard: list[int] = []
    top_words(MODEL, VOCABULARY, KNOWN, Top(count=50), longest=5, watch=heard.append)
    assert heard == sorted(heard)
    assert heard[0] == 1


def test_a_prefix_outside_the_vocabulary_is_refused():
    with pytest.raises(AlphabetError, match="'x' at position 2"):
        find(1, prefix="ax")


@pytest.mark.parametrize(("field", "value"), [("count", -1), ("limit", 0), ("max_length", 0), ("novel", 1)])
def test_a_value_out_of_range_says_what_is_allowed(field: str, value: Any):
    with pytest.raises(ConfigurationError, match=f"top: {field} is {value!r}; it must be"):
        Top(**{field: value})
