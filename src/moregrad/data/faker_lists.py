"""Word lists from Faker: all that a provider can say where it picks from one list, else what it says in many draws."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import TYPE_CHECKING

import polars as pl

from moregrad.data.suggestion import nearest
from moregrad.errors import SourceError

if TYPE_CHECKING:
    from faker import Generator

SEED = 0
DRAWS = 30_000
PROBES = 1_000

Say = Callable[[], str]


def faker_words(source: str) -> tuple[pl.Series, str]:
    """The words of `faker:PROVIDER:LOCALE`, each once, and a sentence on how they were got.

    Faker's weights are left aside: a list holds the rare and the common word once each. Raises SourceError for a provider
    or locale that Faker has not, with the nearest that it has.
    """
    import faker

    provider, locale = _parts(source)
    generator = faker.Factory.create(locale, use_weighting=False)
    generator.seed_instance(SEED)
    say = _sayer(generator, provider)
    words = _whole_list(generator, say)
    how = "the whole list" if words else f"{DRAWS:,} draws with seed {SEED}"
    words = words or list(dict.fromkeys(say() for _ in range(DRAWS)))
    home = type(getattr(say, "__self__", generator)).__module__
    return pl.Series("word", words, dtype=pl.String), f"{how} of {provider} in {home}, Faker {faker.VERSION}"


def _parts(source: str) -> tuple[str, str]:
    from faker.config import AVAILABLE_LOCALES

    match source.split(":"):
        case [_, provider, locale] if locale in AVAILABLE_LOCALES:
            return provider, locale
        case [_, _, locale]:
            raise SourceError(f"Faker has no locale {locale!r}; did you mean {nearest(locale, AVAILABLE_LOCALES)!r}?")
    raise SourceError(f"{source!r} is incomplete; write faker:PROVIDER:LOCALE, such as faker:city:de_DE")


def _sayer(generator: "Generator", provider: str) -> Say:
    """What draws one word."""
    public = {name for room in generator.get_providers() for name in dir(room) if not name.startswith("_")}
    known = sorted(name for name in public if callable(getattr(generator, name, None)))
    if provider not in known:
        raise SourceError(f"Faker has no provider {provider!r}; did you mean {nearest(provider, known)!r}?")
    say = getattr(generator, provider)
    try:
        word = say()
    except Exception as error:
        raise SourceError(f"Faker's provider {provider!r} fails: {error}; choose another") from error
    if not isinstance(word, str):
        raise SourceError(f"Faker's provider {provider!r} gives {type(word).__name__}, not text; choose another")
    return say


def _whole_list(generator: "Generator", say: Say) -> list[str]:
    """The list that every word is picked from; empty if words are composed, or picked from several lists."""
    choices = _last_choices(generator, say)
    known = {choice for choice in choices if isinstance(choice, str)}
    return list(dict.fromkeys(choices)) if all(say() in known for _ in range(PROBES)) else []


def _last_choices(generator: "Generator", say: Say) -> Collection[str]:
    """What the last random choice in saying one word was made from."""
    last: Collection[str] = ()

    def watched(pick):
        @wraps(pick)
        def watching(elements, *rest, **named):
            nonlocal last
            last = elements
            return pick(elements, *rest, **named)

        return watching

    rooms = generator.get_providers()
    for room in rooms:
        room.random_elements = watched(room.random_elements)
    say()
    for room in rooms:
        del room.random_elements
    return last
