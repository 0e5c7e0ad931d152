"""The list `first-names`: its file, and how it was made from Faker's lists.

Faker is slow to import and its lists change from release to release, so the list was made once and comes with the
package. `tests/reference/record_first_names.py` makes it again.
"""

import unicodedata
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

FIRST_NAMES = Path(__file__).with_name("first_names.txt.gz")

# Letters of Latin script that Unicode does not decompose into a letter of a-z and an accent.
_UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"} | dict(zip("øłđðħıŋŧəɓɗƙƴ", "olddhinteb" + "dky", strict=True))
)


def gather() -> list[str]:
    """Collects the first names of all locales of the installed Faker that are a-z once folded, distinct and sorted."""
    folded = {fold(name.strip()) for name in _faker_first_names()}
    return sorted(name for name in folded if name.isascii() and name.isalpha())


def fold(name: str) -> str:
    """Lowers `name`, strips its accents and replaces other Latin letters by the nearest of a-z.

    >>> fold("Øyvind"), fold("Jürgen"), fold("Þóra")
    ('oyvind', 'jurgen', 'thora')
    """
    letters = (letter for letter in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(letter))
    return "".join(letters).translate(_UNDECOMPOSED)


def _faker_first_names() -> Iterator[str]:
    from faker.config import AVAILABLE_LOCALES

    for locale in AVAILABLE_LOCALES:
        try:
            provider = vars(import_module(f"faker.providers.person.{locale}").Provider)
        except ModuleNotFoundError:
            continue
        for attribute, names in provider.items():
            if attribute.startswith(("first_names", "first_romanized_names")) and not isinstance(names, property):
                yield from names
