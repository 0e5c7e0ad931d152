"""Encoded words in a file, of which only the parts in use are in memory."""

import json
import mmap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from shutil import copyfileobj
from typing import Any

import numpy as np
from jaxtyping import Int, Integer, UInt

from moregrad.atomic import replacing
from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import DataError

SCATTERED = 2**16
"""Tokens from all over a file that are read before the pages they are on are let go."""

BLOCK = 2**24
"""Bytes of a file that are copied together."""

TOKENS = 2**22
"""Tokens that are looked at together."""

TYPES = {"U8": np.dtype("u1"), "U16": np.dtype("<u2"), "U32": np.dtype("<u4")}
STORED = "stored"
"""In the header of a file whose words are to stay in it."""

ROOM = 2**9
"""Bytes of the header of a file that `writing` makes."""


@dataclass(frozen=True, eq=False)
class StoredWords(EncodedWords):
    """Encoded words whose tokens are mapped from a file, for lists of any length.

    Nothing here makes an array of the size of `tokens`, and of one number a word only `starts`, of four bytes each.
    What goes through all words does so in `pieces`, which leave nothing behind in memory.
    """

    @cached_property
    def memo(self) -> dict[str, Any]:
        """Facts about all words, by name, that are not to be computed anew."""
        return {}

    @property
    def path(self) -> Path | None:
        """The file; None for no words, which are in none."""
        name = getattr(self.tokens, "filename", None)
        return Path(name) if name else None

    @cached_property
    def starts(self) -> Integer[np.ndarray, " words"]:
        """The index of the boundary before each word, in four bytes where they hold it."""
        kind = np.dtype(np.uint32 if len(self.tokens) < 2**32 else np.int64)
        starts, done = np.empty(sum(np.count_nonzero(tokens == 0) for _, tokens in self._spans()), kind), 0
        for at, tokens in self._spans():
            found = at + np.flatnonzero(tokens == 0)
            starts[done : done + len(found)] = found
            done += len(found)
        return starts[:-1]

    @property
    def longest(self) -> int:
        """Characters in the longest word; 0 if there are no words."""
        if "longest" not in self.memo:
            self.memo["longest"] = max((piece.longest for piece in self.pieces()), default=0)
        return self.memo["longest"]

    def first(self, count: int) -> EncodedWords:
        """Returns the first `count` words, in memory."""
        ends, tokens = 0, []
        for _, some in self._spans():
            tokens.append(some)
            ends += int(np.count_nonzero(some == 0))
            if ends > count:
                break
        return EncodedWords(np.concatenate(tokens)).first(count)

    def take(self, index: Int[np.ndarray, " chosen"]) -> EncodedWords:
        """Returns the words numbered `index`, in this order and in memory."""
        first = self.starts[index].astype(np.int64)
        following = self.starts.take(index + 1, mode="clip").astype(np.int64)
        sizes = np.where(index + 1 < len(self.starts), following, len(self.tokens) - 1) - first
        places = np.arange(sizes.sum()) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
        tokens = np.zeros(len(places) + 1, self.tokens.dtype)
        # Every look at a page brings its neighbours into memory as well.
        for start in range(0, len(places), SCATTERED):
            some = places[start : start + SCATTERED]
            tokens[start : start + len(some)] = self.tokens[some]
            self.release()
        return EncodedWords(tokens)

    def pieces(self) -> Iterator[EncodedWords]:
        """Yields all words in order, some at a time, in memory; no word is divided."""
        rest = self.tokens[:0]
        for _, tokens in self._spans():
            tokens = np.concatenate([rest, tokens])
            last = int(np.flatnonzero(tokens == 0)[-1]) if (tokens == 0).any() else 0
            if last:
                yield EncodedWords(tokens[: last + 1])
            rest = tokens[last:]

    def slices(self, most: int) -> Iterator[EncodedWords]:
        """Yields all words, at most so many at a time."""
        for piece in self.pieces():
            yield from piece.slices(most)

    def release(self) -> None:
        """Lets go of the pages of the file that reading has brought into memory."""
        mapped = getattr(self.tokens, "_mmap", None)
        if mapped is not None and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)

    def _spans(self) -> Iterator[tuple[int, UInt[np.ndarray, " some"]]]:
        """Yields all tokens, some at a time, each time with the index of the first."""
        for at in range(0, len(self.tokens), TOKENS):
            yield at, np.array(self.tokens[at : at + TOKENS])
            self.release()


def read_stored(path: Path) -> dict[str, StoredWords] | None:
    """Maps the words in a file that `writing` made, by name; returns None for another file of safetensors.

    Raises DataError for a file that is none, and OSError where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            size = int.from_bytes(file.read(8), "little")
            fields = json.loads(file.read(min(size, path.stat().st_size)))
        if STORED not in fields.pop("__metadata__", {}):
            return None
        return {name: StoredWords(_map(path, 8 + size, **field)) for name, field in fields.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(f"{path} is no file of safetensors: {error}") from error


def _map(path: Path, data: int, *, dtype: str, shape: list[int], data_offsets: list[int]) -> np.ndarray:
    kind, (begin, end), (length,) = TYPES[dtype], data_offsets, shape
    if end - begin != length * kind.itemsize or data + end > path.stat().st_size:
        raise ValueError("its arrays are not of the sizes that its header says")
    return np.memmap(path, kind, "r", data + begin, (length,)) if length else np.zeros(0, kind)


@contextmanager
def writing(path: Path, names: Sequence[str], kind: np.dtype) -> Iterator[Callable[[str, EncodedWords], Any]]:
    """Yields what adds words to the list of a name; in the end all lists are in one file of safetensors, or none is."""
    parts = {name: path.with_name(f"{path.name}.{name}") for name in names}
    try:
        with replacing(path) as temporary:
            with ExitStack() as stack:
                files = {name: stack.enter_context(part.open("wb")) for name, part in parts.items()}
                yield lambda name, words: files[name].write(words.tokens[:-1].tobytes())
                for file in files.values():
                    file.write(bytes(kind.itemsize))
            with temporary.open("wb") as whole:
                whole.write(_header({name: part.stat().st_size for name, part in parts.items()}, kind))
                for part in parts.values():
                    with part.open("rb") as file:
                        copyfileobj(file, whole, BLOCK)
                    part.unlink()
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _header(sizes: Mapping[str, int], kind: np.dtype) -> bytes:
    name = next(name for name, each in TYPES.items() if each.itemsize == kind.itemsize)
    ends = np.cumsum([0, *sizes.values()]).tolist()
    fields = {
        key: {"dtype": name, "shape": [size // kind.itemsize], "data_offsets": ends[number : number + 2]}
        for number, (key, size) in enumerate(sizes.items())
    }
    text = json.dumps({"__metadata__": {STORED: "1"}, **fields}).encode()
    return (ROOM - 8).to_bytes(8, "little") + text.ljust(ROOM - 8)
