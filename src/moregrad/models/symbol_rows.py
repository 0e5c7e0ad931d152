"""The symbol of one vocabulary that each symbol of another begins as."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int

from moregrad.data.vocabulary import BOUNDARY, UNKNOWN, Vocabulary

FRESH = -1
"""In place of a row for a symbol that begins as no other."""


STRAY = 10
"""Capitals to each lower-case letter from which on a list counts as one in capitals."""


@dataclass(frozen=True, eq=False)
class Rows:
    """For each id of a vocabulary the id of another that it begins as, FRESH if there is none.

    `shared` symbols are in both vocabularies, `alike` ones begin as a similar letter.
    """

    ids: Int[np.ndarray, " vocab"]
    shared: int
    alike: int

    @classmethod
    def between(cls, vocabulary: Vocabulary, known: Vocabulary, *, apart: str = "") -> "Rows":
        """Finds the symbols of `vocabulary` among those `known`; the boundary begins as the boundary.

        Symbols in `apart`, which mean something else in either vocabulary, begin as no other.

        A letter that is not known begins as its lower-case or unaccented one. Where nearly all letters are capitals
        they begin as lower-case ones, for they are used as such.

        >>> Rows.between(Vocabulary("Aaéþ"), Vocabulary("aez")).ids
        array([ 0,  1,  1,  2, -1], dtype=int32)
        """
        lower = sum(symbol.islower() for symbol in vocabulary.characters)
        capitals = STRAY * lower <= sum(symbol.isupper() for symbol in vocabulary.characters)
        found = [BOUNDARY]
        shared = 0
        for symbol in vocabulary.characters:
            if symbol in apart:
                found.append(FRESH)
                continue
            likely = [symbol.lower(), symbol] if capitals else [symbol]
            found.append(_first_known([*likely, *_similar(symbol)], known))
            shared += symbol in known.characters
        ids = np.array(found, np.int32)
        return cls(ids, shared, int((ids != FRESH).sum()) - 1 - shared)

    @property
    def fresh(self) -> int:
        """The symbols that begin as no other."""
        return len(self.ids) - 1 - self.shared - self.alike

    def __len__(self) -> int:
        """The number of ids, including the boundary."""
        return len(self.ids)


def _first_known(symbols: Iterable[str], known: Vocabulary) -> int:
    """Returns the id of the first of `symbols` that is known, FRESH if none is."""
    ids = (int(known.ids(symbol)[0]) for symbol in symbols if len(symbol) == 1)
    return next((number for number in ids if number != UNKNOWN), FRESH)


def _similar(symbol: str) -> list[str]:
    """Returns the letters that `symbol` may begin as, the most similar first."""
    bare = "".join(part for part in unicodedata.normalize("NFD", symbol) if not unicodedata.combining(part))
    return [symbol.lower(), bare, bare.lower(), symbol.upper(), bare.upper()]
