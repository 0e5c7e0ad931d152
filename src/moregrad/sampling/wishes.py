"""Wishes for words as automata, one by one; wishes that exclude one another are told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import numpy as np

from moregrad.configuration import shorten
from moregrad.data.vocabulary import UNKNOWN, Vocabulary
from moregrad.errors import AlphabetError, ConfigurationError, ModelError
from moregrad.sampling.automaton import Automaton, lengths
from moregrad.sampling.expressions import Chain, Expression, Letters, Repeat, anything, compile_expression, literal
from moregrad.sampling.options import Wanted
from moregrad.sampling.patterns import read_pattern
from moregrad.sampling.spans import read_span
from moregrad.sampling.syllables import has_vowels, syllables


@dataclass(frozen=True, eq=False)
class Wish:
    """The value of one option and the automaton of the words that it allows."""

    name: str
    value: object
    automaton: Automaton

    def __str__(self) -> str:
        """The wish as messages name it."""
        return f"{self.name} {shorten(self.value)}"


def read_wishes(options: Wanted, vocabulary: Vocabulary, *, longest: int) -> Iterator[Wish]:
    """Yields the wishes among `options` that concern the spelling of words; words have at most `longest` characters.

    Raises ConfigurationError and AlphabetError for what cannot be understood, ModelError for what is too intricate.
    """
    vocab = len(vocabulary)
    spelled = {
        "prefix": lambda text: Chain((literal(vocabulary.encode(text), vocab), anything(vocab))),
        "suffix": lambda text: Chain((anything(vocab), literal(vocabulary.encode(text), vocab))),
        "contains": lambda text: Chain((anything(vocab), literal(vocabulary.encode(text), vocab), anything(vocab))),
        "pattern": lambda text: read_pattern(text, vocabulary),
        "without": lambda text: _without(text, vocabulary),
    }
    for name, read in spelled.items():
        if text := getattr(options, name):
            yield Wish(name, text, _compile(name, text, read(text), vocab))
    if options.length:
        yield Wish("length", options.length, lengths(vocab, *_clip(options.length, longest)))
    if options.syllables:
        if not has_vowels(vocabulary):
            raise ConfigurationError(
                f"words: syllables is {options.syllables!r}; they cannot be counted, since the {vocabulary.quoted} "
                "has no vowels that moregrad knows; leave it out",
                setting="syllables",
            )
        yield Wish("syllables", options.syllables, syllables(vocabulary, *_clip(options.syllables, longest)))


def _compile(name: str, text: str, expression: Expression, vocab: int) -> Automaton:
    try:
        return compile_expression(expression, vocab)
    except ModelError as error:
        raise ModelError(f"{name} {shorten(text)}: {error}") from error


def _without(text: str, vocabulary: Vocabulary) -> Expression:
    ids = vocabulary.ids(text)
    if (ids == UNKNOWN).all():
        raise AlphabetError(f"no character of without {shorten(text)} is in the {vocabulary.quoted}")
    return Repeat(Letters(~np.isin(np.arange(len(vocabulary)), [0, *ids])), 0, None)


def _clip(span: str, longest: int) -> tuple[int, int | None]:
    """Returns the ends of a span of characters; a limit that all words keep is none."""
    least, most = read_span(span)
    return min(least, longest + 1), None if most is None or most >= longest else most


def combine(wishes: Sequence[Wish], vocab: int, *, longest: int) -> Automaton:
    """Returns the automaton of the words, of 1 to `longest` characters or more, that all `wishes` allow.

    Raises ConfigurationError if no word of at most `longest` characters is left, and names the fewest wishes that
    exclude one another.
    """
    combined = _multiply(wishes, vocab)
    if _is_impossible(combined, longest):
        _refuse(_find_conflict(wishes, vocab, longest), vocab, longest)
    return combined


def _multiply(wishes: Sequence[Wish], vocab: int) -> Automaton:
    smallest_first = sorted((wish.automaton for wish in wishes), key=lambda automaton: len(automaton.moves))
    return reduce(lambda one, other: one & other, smallest_first, lengths(vocab, 1, None))


def _is_impossible(automaton: Automaton, longest: int) -> bool:
    return automaton.shortest is None or automaton.shortest > longest


def _find_conflict(wishes: Sequence[Wish], vocab: int, longest: int) -> Sequence[Wish]:
    """Returns one or two wishes that no word satisfies, if there are such, else several that are all needed for it."""
    for few in (*combinations(wishes, 1), *combinations(wishes, 2)):
        if _is_impossible(_multiply(few, vocab), longest):
            return few
    needed = list(wishes)
    for wish in wishes:
        others = [other for other in needed if other is not wish]
        if _is_impossible(_multiply(others, vocab), longest):
            needed = others
    return needed


def _refuse(wishes: Sequence[Wish], vocab: int, longest: int) -> None:
    """Raises ConfigurationError for wishes that exclude one another."""
    too_long = not _multiply(wishes, vocab).is_empty
    word = f"no word of at most {longest:,} characters" if too_long else "no word"
    *first, last = map(str, wishes)
    if not first:
        advice = "change it, or raise max_length" if too_long else "change it"
        message = f"{word} satisfies {last}; {advice}"
    else:
        advice = "leave one out, or raise max_length" if too_long else "leave one out"
        message = f"{word} satisfies {'both ' * (len(first) == 1)}{', '.join(first)} and {last}; {advice}"
    raise ConfigurationError(message, setting=wishes[0].name)
