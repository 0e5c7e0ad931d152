"""Patterns, against Python's regular expressions."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import AlphabetError, ConfigurationError, ModelError
from moregrad.sampling.expressions import compile_expression
from moregrad.sampling.patterns import DEEPEST, SPECIAL, read_pattern
from sampling.automata import ALL, LETTERS, language


def matches(pattern: str, words: list[str], vocabulary: Vocabulary | None = None) -> list[str]:
    """The words that the pattern accepts."""
    vocabulary = vocabulary or Vocabulary.of([*words, pattern])
    automaton = compile_expression(read_pattern(pattern, vocabulary), len(vocabulary))
    accepted = automaton.accepts(EncodedWords.of(words, vocabulary))
    return [word for word, each in zip(words, accepted, strict=True) if each]


atoms = st.sampled_from(["a", "b", "c", "?", "*", "[ab]", "[^a]", "[a-b]", "[^b-c]", "()", "(|a)"])
counts = st.sampled_from(["", "", "+", "{2}", "{1,2}", "{0,1}", "{1,}", "{,2}"])


def lengthened(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    grouped = st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})")
    return st.lists(st.tuples(inner | grouped, counts).map(group_if_needed), max_size=3).map("".join)


def group_if_needed(pair: tuple[str, str]) -> str:
    part, count = pair
    return f"({part}){count}" if count else part


@given(st.recursive(atoms, lengthened, max_leaves=6))
def test_a_pattern_accepts_what_the_same_expression_accepts_in_python(pattern: str):
    written = "".join({"*": ".*", "?": "."}.get(character, character) for character in pattern)
    expected = {word for word in ALL if re.fullmatch(written, word)}
    found = language(compile_expression(read_pattern(pattern, LETTERS), len(LETTERS)))
    assert found == expected, written


@pytest.mark.parametrize(
    ("pattern", "accepted"),
    [
        ("emma", ["emma"]),
        ("e*a", ["emma", "ea", "ella"]),
        ("e??a", ["emma", "ella"]),
        ("[aeiou]*", ["emma", "ea", "ella", "olive", "a"]),
        ("*[^aeiou][aeiou]", ["emma", "ella", "olive"]),
        ("[a-f][l-m]+a", ["emma", "ella"]),
        ("(em|el)*", ["emma", "ella"]),
        ("?{2}", ["ea"]),
        ("?{,2}", ["ea", "a", ""]),
        ("?{4,5}", ["emma", "ella", "olive"]),
        ("|a", ["a", ""]),
        ("()", [""]),
        ("e[ml]{2}a|olive", ["emma", "ella", "olive"]),
    ],
)
def test_patterns_by_example(pattern: str, accepted: list[str]):
    words = ["emma", "ea", "ella", "olive", "a", ""]
    assert matches(pattern, words, Vocabulary("aeilmov")) == accepted


@pytest.mark.parametrize("character", [*SPECIAL, "-", "^", "a", "é", "😀"])
def test_any_character_can_be_escaped_outside_classes_and_inside(character: str):
    words = [character, "z"]
    assert matches(f"\\{character}", words) == [character]
    assert matches(f"[\\{character}]", words) == [character]
    assert matches(f"[^\\{character}]", words) == ["z"]


def test_hyphens_at_the_ends_of_a_class_are_characters():
    words = ["a", "-", "b", "^"]
    assert matches("[a-]", words) == ["a", "-"]
    assert matches("[-a]", words) == ["a", "-"]
    assert matches("[b^]", words) == ["b", "^"]
    assert matches(r"[a\-b]", words) == ["a", "-", "b"]


@pytest.mark.parametrize("whole", ["αβγ", "שלום", "😀😁", "van dyk", "김민수"])
def test_patterns_are_in_any_alphabet(whole: str):
    rest = whole[1:]
    words = [whole, rest]
    assert matches(f"?{rest}", words) == [whole]
    assert matches(f"{whole[0]}*", words) == [whole]
    assert matches(f"[{whole[0]}]{rest}", words) == [whole]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("ab)", "at position 3 the ')' closes nothing: write \\) for the character itself"),
        ("a]", "at position 2 the ']' closes nothing"),
        ("a}", "at position 2 the '}' closes nothing"),
        ("b(a", "at position 2 the '(' is never closed: add a ')'"),
        ("(a]", "at position 1 the '(' is never closed"),
        ("a[bc", "at position 2 the '[' is never closed: add a ']'"),
        ("a[]", "at position 3 the class is empty: write its characters, such as [aeiou]"),
        ("a\\", "at position 2 the '\\' has nothing after it: write \\\\"),
        ("+a", "at position 1 the '+' repeats nothing: put what it repeats before it"),
        ("a|{2}", "at position 3 the '{' repeats nothing"),
        ("a{b}", "at position 2 the '{' begins no number of times: write {2}, {2,3}, {2,} or {,3}"),
        ("a{,}", "begins no number of times"),
        ("a{}", "begins no number of times"),
        ("a{10000}", "begins no number of times"),
        ("a{3,2}", "at position 2 the {3,2} runs backwards: write {2,3}"),
        ("a[c-a]", "at position 3 the range c-a runs backwards: write a-c"),
        ("(" * (DEEPEST + 1), f"groups lie more than {DEEPEST} deep"),
    ],
)
def test_a_malformed_pattern_is_told_with_the_place(pattern: str, told: str):
    with pytest.raises(ConfigurationError, match="words: pattern is ") as caught:
        read_pattern(pattern, LETTERS)
    assert told in str(caught.value)
    assert caught.value.setting == "pattern"


def test_letters_outside_the_vocabulary_are_told():
    with pytest.raises(AlphabetError, match="'é' at position 2 of pattern 'aé' is not in the vocabulary 'abc'"):
        read_pattern("aé", LETTERS)
    with pytest.raises(
        AlphabetError, match=r"'\[x-z\]' at position 2 of pattern 'a\[x-z\]' allows no character of the"
    ):
        read_pattern("a[x-z]", LETTERS)
    with pytest.raises(AlphabetError, match="allows no character"):
        read_pattern("[^a-c]", LETTERS)


def test_classes_may_name_letters_outside_the_vocabulary():
    assert matches("[aeiouy]", ["a", "b"], LETTERS) == ["a"]
    assert matches("[^xyz]", ["a", "b"], LETTERS) == ["a", "b"]


@given(st.text("ab?*[]^-(){}+|\\2,", max_size=12))
def test_every_text_is_a_pattern_or_is_told_to_be_none(text: str):
    with suppress(ConfigurationError, AlphabetError, ModelError):
        compile_expression(read_pattern(text, LETTERS), len(LETTERS))
