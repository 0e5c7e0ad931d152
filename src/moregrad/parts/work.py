"""Work that can be cut into parts, and where its parts go."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, runtime_checkable

import polars as pl

from moregrad.atomic import move
from moregrad.data.parquet_file import write_parquet
from moregrad.errors import DataError, StorageError
from moregrad.parts.footer import Content, describe
from moregrad.parts.part import Done, Part, Piece

Tell = Callable[[int], None]


@runtime_checkable
class Work(Protocol):
    """Work of which the same facts make the same parts, whoever makes them; it can be pickled."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """All that the parts depend on, as plain data."""
        ...

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts, in order."""
        ...

    def pieces(self, parts: Sequence[Part]) -> Iterator[Piece]:
        """Yields the rows of `parts`, all of a part one after the other."""
        ...


@dataclass(frozen=True)
class Target:
    """The folder of parts, one within it for those under way, and the digest that the parts are known by."""

    working: Path
    folder: Path
    digest: str

    def write(self, part: Part, pieces: Iterable[Piece]) -> Done:
        """Writes the pieces of a part beside the others once they are whole."""
        path, done, content = self.folder / part.file, Done(part.number, 0), Content()

        def tables() -> Iterator[pl.DataFrame]:
            nonlocal done
            for piece in pieces:
                problems = piece.table["problem"].count() if "problem" in piece.table.columns else 0
                done = Done(part.number, done.rows + piece.table.height, done.problems + problems, piece.shortage)
                content.add(piece.table)
                yield piece.table

        try:
            # Two workers may be at one part, if the scheduler lost sight of the first.
            with TemporaryDirectory(dir=self.working) as own:
                made = Path(own) / part.file
                write_parquet(tables(), made, footer=lambda: describe(done, self.digest, content))
                if part.rows not in (None, done.rows) and not done.shortage:
                    raise DataError(f"{path.name} has {done.rows:,} rows, not {part.rows}: its list changed meanwhile")
                move(made, path)
        except OSError as error:
            raise StorageError(f"cannot write {path}: {error.strerror or error}; the parts so far are kept") from error
        except pl.exceptions.PolarsError as error:
            raise DataError(f"cannot write {path}: {str(error).splitlines()[0]}") from error
        return done


def make_here(work: Work, parts: Sequence[Part], target: Target, tell: Tell) -> Generator[Done, None, None]:
    """Makes `parts` in this process, one after the other; `tell` is called with the rows that are done."""

    def pieces() -> Iterator[Piece]:
        for piece in work.pieces(parts):
            yield piece
            tell(piece.table.height)

    for part, some in groupby(pieces(), key=lambda piece: piece.part):
        yield target.write(part, some)
