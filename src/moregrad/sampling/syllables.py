"""Words by their number of syllables, told from their vowels alone.

The rule is rough. Vowels in a row make one syllable: a-nna, lou-ise, but also mari-a as two. y is a consonant before a
vowel (ma-ya), else a vowel (ma-ry); ë and ï begin a syllable of their own (zo-ë). An e that is not spoken counts (ja-ke
has two). This holds for letters of Latin, Greek and Armenian, whatever their accents. In Cyrillic and Georgian every
vowel is a syllable of its own, in Korean, Chinese and Japanese every character, save small kana, ん, ッ and ー, which
belong to the one before. Scripts that leave vowels unwritten, and all others, have none.
"""

import unicodedata
from enum import IntEnum

import numpy as np

from moregrad.data.vocabulary import Vocabulary
from moregrad.sampling.automaton import Automaton, check_size

IN_A_ROW = frozenset("aeiouæœøıəɛɔɪʊαεηιουωաեէըիոօ")
ALONE = frozenset("аеёиоуыэюяіїєӣӯөүәაეიოუëï")
GLIDES = frozenset("y")
CONSONANTS = frozenset("йў")
"""Letters that are told from a vowel by their accent alone."""
WHOLE = ("HANGUL SYLLABLE", "CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH")
KANA = ("HIRAGANA LETTER", "KATAKANA LETTER")


class Kind(IntEnum):
    """The part of a character in the syllables of a word."""

    CONSONANT, VOWEL, SYLLABLE, GLIDE, MARK = range(5)


class After(IntEnum):
    """The end of a word begun; a glide waits for the next letter to tell what it is."""

    CONSONANT, VOWEL, GLIDE, VOWEL_AND_GLIDE = range(4)


def kind_of(character: str) -> Kind:
    """Tells what `character` does to the syllables of a word."""
    letter = unicodedata.normalize("NFC", character.lower())
    base = unicodedata.normalize("NFD", letter)[:1]
    if unicodedata.category(character).startswith("M"):
        return Kind.MARK
    if letter in CONSONANTS:
        return Kind.CONSONANT
    if letter in ALONE or (base in ALONE and base not in IN_A_ROW) or _is_syllabic(letter):
        return Kind.SYLLABLE
    if base in IN_A_ROW:
        return Kind.VOWEL
    return Kind.GLIDE if base in GLIDES else Kind.CONSONANT


def _is_syllabic(letter: str) -> bool:
    name = unicodedata.name(letter[:1], "")
    return name.startswith(WHOLE) or (name.startswith(KANA) and "SMALL" not in name and not name.endswith("LETTER N"))


def has_vowels(vocabulary: Vocabulary) -> bool:
    """Tells whether any character of the vocabulary can make a syllable."""
    return any(kind_of(character) not in (Kind.CONSONANT, Kind.MARK) for character in vocabulary.characters)


def syllables(vocabulary: Vocabulary, least: int, most: int | None) -> Automaton:
    """Returns the automaton of the words of `least` to `most` syllables; no upper limit if None.

    Raises ModelError if it is too large.
    """
    highest = least if most is None else most + 1
    states = 1 + (highest + 1) * len(After)
    check_size(states, len(vocabulary))
    kinds = np.array([Kind.MARK, *map(kind_of, vocabulary.characters)])
    moves = np.zeros((states, len(vocabulary)), np.int32)
    accepting = np.zeros(states, bool)
    for counted in range(highest + 1):
        for after in After:
            row = [_number(min(counted + more, highest), then) for then, more in (_next(after, kind) for kind in Kind)]
            moves[_number(counted, after)] = np.array(row)[kinds]
            spoken = counted + (after == After.GLIDE)
            accepting[_number(counted, after)] = spoken >= least and (most is None or spoken <= most)
    moves[:, 0] = 0
    return Automaton.of(moves, accepting, _number(0, After.CONSONANT))


def _number(counted: int, after: After) -> int:
    return 1 + counted * len(After) + after


def _next(after: After, kind: Kind) -> tuple[After, int]:
    """Returns what a word ends in after a character of `kind`, and how many syllables more are then certain."""
    if kind == Kind.MARK:
        return after, 0
    waiting = after == After.GLIDE
    match kind:
        case Kind.SYLLABLE:
            # After it a vowel begins a syllable of its own.
            return After.CONSONANT, 1
        case Kind.VOWEL:
            return After.VOWEL, int(after != After.VOWEL)
        case Kind.GLIDE if after in (After.VOWEL, After.VOWEL_AND_GLIDE):
            return After.VOWEL_AND_GLIDE, 0
        case Kind.GLIDE:
            # Of two glides the first is a vowel.
            return (After.VOWEL_AND_GLIDE, 1) if waiting else (After.GLIDE, 0)
        case _:
            return After.CONSONANT, int(waiting)
