"""The words that the shipped start is trained on: lists of Faker's locales, without what benchmarks hold out."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import faker
from faker.config import AVAILABLE_LOCALES

from moregrad.data import read_corpus, split
from moregrad.data.sources import data_folder

ROOMS = ("address", "bank", "color", "company", "job", "lorem", "person")
COMPOSED = (("company", "company"), ("address", "city"))
"""Providers, by room, whose words some locales compose; so many of them are drawn."""
DRAWS = 1500

SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
MARKS = " -'.,&’"
LEAST, LONGEST, RAREST = 30, 40, 20
"""Words that make a list, characters of the longest word, and occurrences of the rarest symbol."""

Lists = dict[str, list[str]]


def gather() -> Lists:
    """Returns the distinct words of every list that a locale's own provider has, and draws where it composes words."""
    lists: Lists = {}
    for room in ROOMS:
        for locale in AVAILABLE_LOCALES:
            try:
                provider = vars(import_module(f"faker.providers.{room}.{locale}").Provider)
            except ModuleNotFoundError:
                continue
            for name, values in provider.items():
                lists[f"{room}.{name}.{locale}"] = _clean(_texts(name, values))
            for composed_in, method in COMPOSED:
                if composed_in == room:
                    lists[f"{room}.{method}().{locale}"] = _clean(_draw(method, locale))
    return {name: words for name, words in lists.items() if len(words) >= LEAST}


def without(lists: Lists, folded: set[str]) -> tuple[Lists, int]:
    """Takes the words of the `folded` forms out; returns the rest, and how many distinct words were taken out."""
    taken = {word for words in lists.values() for word in words if fold(word) in folded}
    rest = {name: [word for word in words if word not in taken] for name, words in lists.items()}
    return {name: words for name, words in rest.items() if len(words) >= LEAST}, len(taken)


def common(lists: Lists) -> Lists:
    """Leaves out words with a symbol that hardly occurs."""
    distinct = {word for words in lists.values() for word in words}
    known = {symbol for symbol, count in Counter("".join(distinct)).items() if count >= RAREST}
    rest = {name: [word for word in words if known.issuperset(word)] for name, words in lists.items()}
    return {name: words for name, words in rest.items() if len(words) >= LEAST}


def held_out() -> set[str]:
    """Returns the folded words that benchmarks validate and test on: of four lists, and every German town."""
    words: list[str] = [*read_corpus("faker:city:de_DE").words]
    for source in ("names", "first-names", data_folder() / "indian-names.csv"):
        words.extend(_held_out(source, "words"))
    for how in ("lecture", "makemore"):
        words.extend(_held_out("names", how, keep_duplicates=True))
    return {fold(word) for word in words}


def fold(word: str) -> str:
    """Returns `word` without case and accents.

    >>> fold("Löhne"), fold("LOHNE")
    ('lohne', 'lohne')
    """
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()


def _held_out(source: str | Path, how: str, **reading: bool) -> Iterator[str]:
    parts = split(read_corpus(source, **reading), how)
    # Words that repeat are in train as well; a start may know them.
    yield from (word for part in (parts.validation, parts.test) for word in part)


def _texts(name: str, values: object) -> Iterable[str]:
    if name.startswith("_") or name.endswith(("formats", "codes", "abbr")) or isinstance(values, str | property):
        return []
    return [value for value in values if isinstance(value, str)] if isinstance(values, Iterable) else []


def _draw(method: str, locale: str) -> Iterable[str]:
    generator = faker.Factory.create(locale, use_weighting=False)
    generator.seed_instance(0)
    return [getattr(generator, method)() for _ in range(DRAWS)]


def _clean(words: Iterable[str]) -> list[str]:
    composed = (" ".join(unicodedata.normalize("NFC", word).split()) for word in words)
    return sorted({word for word in composed if 1 < len(word) <= LONGEST and all(map(_allowed, word))})


def _allowed(symbol: str) -> bool:
    return symbol in MARKS or (symbol.isalpha() and unicodedata.name(symbol, "").startswith(SCRIPTS))
