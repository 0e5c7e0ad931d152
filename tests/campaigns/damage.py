"""A file of a run with a flipped bit, cut, emptied, missing, or in place of it that of another run.

The run must be refused in one line or be the very same as before.
"""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, mkdtemp

import moregrad
from campaigns import Trial
from campaigns._runs import SETTINGS, WORDS, find_difference, finished, unbroken
from moregrad.errors import StorageError

TRIES = 1000


@cache
def other() -> Path:
    """The folder of a run of the same kind on other words."""
    folder = Path(mkdtemp()) / "run"
    moregrad.train([word[::-1] for word in WORDS], "gru+ngram", **SETTINGS, out=folder)
    return folder


def flip(path: Path, random: Random) -> None:
    content = bytearray(path.read_bytes())
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    path.write_bytes(content)


def cut(path: Path, random: Random) -> None:
    path.write_bytes(path.read_bytes()[: random.randrange(path.stat().st_size)])


def lengthen(path: Path, random: Random) -> None:
    path.write_bytes(path.read_bytes() + random.randbytes(random.randrange(1, 9)))


def shift(path: Path, random: Random) -> None:
    """Moves a part of the file to another place in it."""
    content = path.read_bytes()
    start, stop = sorted(random.choices(range(len(content) + 1), k=2))
    path.write_bytes(content[stop:] + content[start:stop] + content[:start])


def empty(path: Path, random: Random) -> None:
    path.write_bytes(b"")


def remove(path: Path, random: Random) -> None:
    path.unlink()


def swap(path: Path, random: Random) -> None:
    shutil.copy(other() / path.name, path)


DAMAGES: tuple[Callable[[Path, Random], None], ...] = (
    flip,
    flip,
    flip,
    flip,
    cut,
    cut,
    lengthen,
    shift,
    empty,
    remove,
    swap,
)


def trials(seed: int) -> Iterator[Trial]:
    """Yields trials of one damage each, drawn at random, without end."""
    random = Random(seed)
    names = sorted(path.name for path in finished().iterdir())
    with TemporaryDirectory() as parent:
        while True:
            folder = shutil.copytree(finished(), Path(parent) / "run")
            name, damage = random.choice(names), random.choice(DAMAGES)
            damage(folder / name, random)
            yield Trial(f"{damage.__name__} {name}", find_problem(folder))
            shutil.rmtree(folder)


def find_problem(folder: Path) -> str:
    """Says what is wrong with how a damaged run is read."""
    try:
        run = moregrad.load(folder)
    except StorageError as error:
        return "more than a line" if "\n" in str(error) else ""
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return find_difference(unbroken(), run)
