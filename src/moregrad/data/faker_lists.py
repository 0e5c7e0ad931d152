"""Word lists from Faker: the list that a provider picks from, or the result of many draws if there is no such list."""

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
    """Returns the distinct words of `faker:PROVIDER:LOCALE` and a description of their origin.

    Faker's weights are ignored, since a list has rare and common words once each. Raises SourceError for an unknown
    provider or locale, suggesting the nearest known one.
    """
    import faker

    provider, locale = _parse(source)
    generator = faker.Factory.create(locale, use_weighting=False)
    generator.seed_instance(SEED)
    draw = _find_provider(generator, provider)
    words = _whole_list(generator, draw)
    how = "the whole list" if words else f"{DRAWS:,} draws with seed {SEED}"
    words = words or list(dict.fromkeys(draw() for _ in range(DRAWS)))
    home = type(getattr(draw, "__self__", generator)).__module__
    return pl.Series("word", words, dtype=pl.String), f"{how} of {provider} in {home}, Faker {faker.VERSION}"


def _parse(source: str) -> tuple[str, str]:
    from faker.config import AVAILABLE_LOCALES

    match source.split(":"):
        case [_, provider, locale] if locale in AVAILABLE_LOCALES:
            return provider, locale
        case [_, _, locale]:
            raise SourceError(f"Faker has no locale {locale!r}; did you mean {nearest(locale, AVAILABLE_LOCALES)!r}?")
    raise SourceError(f"{source!r} is incomplete; write faker:PROVIDER:LOCALE, such as faker:city:de_DE")


def _find_provider(generator: "Generator", provider: str) -> Draw:
    """Returns the method that draws one word."""
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
    """Returns the list that every word is picked from; empty if words are composed or picked from several lists."""
    choices = _last_choices(generator, draw)
    known = {choice for choice in choices if isinstance(choice, str)}
    return list(dict.fromkeys(choices)) if all(draw() in known for _ in range(PROBES)) else []


def _last_choices(generator: "Generator", draw: Draw) -> Collection[str]:
    """Draws one word and returns the collection from which its last random choice was made."""
    picked_from: list[Collection[str]] = [()]
    providers = [vars(provider) for provider in generator.get_providers()]
    picks = [provider.random_elements for provider in generator.get_providers()]
    for provider, pick in zip(providers, picks, strict=True):
        provider["random_elements"] = _record(pick, picked_from)
    draw()
    for provider in providers:
        del provider["random_elements"]
    return picked_from[-1]


def _record(pick: Callable[..., Any], picked_from: list[Collection[str]]) -> Callable[..., Any]:
    """Wraps `pick` so that it appends the elements it picks from to `picked_from`."""

    def recording(elements: Collection[str], *rest: Any, **named: Any) -> Any:
        picked_from.append(elements)
        return pick(elements, *rest, **named)

    return recording
