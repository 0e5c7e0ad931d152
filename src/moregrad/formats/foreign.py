"""Models that other programs left behind, before they are runs."""

from dataclasses import dataclass
from pathlib import Path

from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import DataError
from moregrad.models.architecture import Architecture
from moregrad.models.model import Model

MOST = 2**30
"""The most bytes that are read of a file."""


@dataclass(frozen=True, eq=False)
class Foreign:
    """A model that was read, and what its file tells about it.

    `vocab` is the number of its tokens, and `vocabulary` None where the file has no characters for them. `block` is the
    number of tokens in the longest word that it was made for, the boundary included; None if that is not told. `split`
    is how its words are split, `lower` tells whether they are put in lower case, and `notes` say what the file leaves
    open.
    """

    architecture: Architecture
    model: Model
    origin: str
    vocab: int
    vocabulary: Vocabulary | None = None
    block: int | None = None
    split: str = "words"
    lower: bool = False
    notes: tuple[str, ...] = ()


def read_content(path: Path) -> bytes:
    """Returns the content of the file `path`; raises DataError if it cannot be read or is longer than MOST."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST + 1)
    except OSError as error:
        raise DataError(f"it cannot be read: {error.strerror}") from error
    if len(content) > MOST:
        raise DataError(f"it has more than {MOST:,} bytes, the most that is read")
    return content
