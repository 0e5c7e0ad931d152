"""Word lists from Faker: the whole list that a provider picks from where there is one, else what many draws bring."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

import polars as pl

from moregrad.errors import SourceError
from moregrad.suggestion import nearest

if TYPE_CHECKING:
    from faker import Generator

SEED = 0
DRAWS = 30_000
PROBES = 1_000

Draw = Callable[[], str]


def faker_words(source: str) -> tuple[pl.Series, str]:
    """The words of `faker:PROVIDER:LOCALE`, each once, and a sentence on how they were got.

    Faker's weights are left aside, as a list has the rare and the common word once each. Raises SourceError for a
    provider or locale that Faker has not, with the nearest that it has.
    """
    import faker

    provider, locale = _parts(source)
    generator = faker.Factory.create(locale, use_weighting=False)
    generator.seed_instance(SEED)
    draw = _drawing(generator, provider)
    words = _whole_list(generator, draw)
    how = "the whole list" if words else f"{DRAWS:,} draws with seed {SEED}"
    words = words or list(dict.fromkeys(draw() for _ in range(DRAWS)))
    home = type(getattr(draw, "__self__", generator)).__module__
    return pl.Series("word", words, dtype=pl.String), f"{how} of {provider} in {home}, Faker {faker.VERSION}"


def _parts(source: str) -> tuple[str, str]:
    from faker.config import AVAILABLE_LOCALES

    match source.split(":"):
        case [_, provider, locale] if locale in AVAILABLE_LOCALES:
            return provider, locale
        case [_, _, locale]:
            raise SourceError(f"Faker has no locale {locale!r}; did you mean {nearest(locale, AVAILABLE_LOCALES)!r}?")
    raise SourceError(f"{source!r} is incomplete; write faker:PROVIDER:LOCALE, such as faker:city:de_DE")


def _drawing(generator: "Generator", provider: str) -> Draw:
    """What draws one word."""
    public = {name for room in generator.get_providers() for name in dir(room) if not name.startswith("_")}
    known = sorted(name for name in public if callable(getattr(generator, name, None)))
    if provider not in known:
        raise SourceError(f"Faker has no provider {provider!r}; did you mean {nearest(provider, known)!r}?")
    draw = getattr(generator, provider)
    try:
        word = draw()
    except Exception as error:
        raise SourceError(f"Faker's provider {provider!r} fails: {error}; choose another") from error
    if not isinstance(word, str):
        raise SourceError(f"Faker's provider {provider!r} gives {type(word).__name__}, not text; choose another")
    return draw


def _whole_list(generator: "Generator", draw: Draw) -> list[str]:
    """The list that every word is picked from; empty if words are composed, or picked from several lists."""
    choices = _last_choices(generator, draw)
    known = {choice for choice in choices if isinstance(choice, str)}
    return list(dict.fromkeys(choices)) if all(draw() in known for _ in range(PROBES)) else []


def _last_choices(generator: "Generator", draw: Draw) -> Collection[str]:
    """What the last random choice in drawing one word was made from."""
    picked_from: list[Collection[str]] = [()]
    providers = [vars(provider) for provider in generator.get_providers()]
    picks = [provider.random_elements for provider in generator.get_providers()]
    for provider, pick in zip(providers, picks, strict=True):
        provider["random_elements"] = _watched(pick, picked_from)
    draw()
    for provider in providers:
        del provider["random_elements"]
    return picked_from[-1]


def _watched(pick: Callable[..., Any], picked_from: list[Collection[str]]) -> Callable[..., Any]:
    """`pick`, which from now on writes down what it picks from."""

    def watching(elements: Collection[str], *rest: Any, **named: Any) -> Any:
        picked_from.append(elements)
        return pick(elements, *rest, **named)

    return watching
