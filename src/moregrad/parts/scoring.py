"""Lists scored part by part."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from moregrad.data.reading import Reading
from moregrad.data.streaming import stream_rows, stream_some_rows
from moregrad.evaluation.scored_rows import score_rows
from moregrad.parts.lists import ListFile, cut
from moregrad.parts.part import Part, Piece
from moregrad.parts.run_file import RunFile
from moregrad.runs.rated_tables import check_scored, rate_none, rate_words
from moregrad.runs.run import Run

READ = ("column", "delimiter", "no_header", "encoding", "lower", "strip_invisible")
"""The options of reading on which the words that are read depend."""


@dataclass(frozen=True)
class Scoring:
    """The scores of all rows of some lists under a run, as `moregrad score` gives them.

    If `strict`, the first word that cannot be scored is an error; what is written is the same.
    """

    run: RunFile
    lists: tuple[ListFile, ...]
    reading: Reading
    part_rows: int
    label: str | None = None
    novel: bool = False
    rank: bool = False
    strict: bool = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts, in the order of the lists and of their rows."""
        return cut(self.lists, self.part_rows)

    @property
    def facts(self) -> dict[str, Any]:
        """All that the parts depend on, as plain data."""
        asked = {"label": self.label, "novel": self.novel, "rank": self.rank, "part_rows": self.part_rows}
        return {
            "command": "score",
            "run": self.run.to_dict(),
            "settings": {**{name: getattr(self.reading, name) for name in READ}, **asked},
            "lists": [each.to_dict() for each in self.lists],
        }

    def pieces(self, parts: Sequence[Part]) -> Iterator[Piece]:
        """Yields the rows of `parts` with their scores, all of a part one after the other."""
        run, waiting, left = self.run.load().given(self.label), deque[Part](), dict.fromkeys(parts, 0)

        def rows() -> Iterator[tuple[pl.Series, pl.DataFrame]]:
            for part in parts:
                for words, table in self._read(part):
                    waiting.append(part)
                    yield words, table
                self._source(part).check()

        for table in score_rows(rows(), lambda words: rate_words(run, words, novel=self.novel, rank=self.rank)):
            part = waiting.popleft()
            if self.strict:
                self._check(table, part, left[part])
            left[part] += table.height
            yield Piece(part, table)
        for part in (part for part, rows in left.items() if not rows):
            yield Piece(part, self._empty(part, run))

    def _read(self, part: Part) -> Iterator[tuple[pl.Series, pl.DataFrame]]:
        path = self._source(part).path
        if part.rows is None:
            return stream_rows(path, self.reading, notes=[])
        return stream_some_rows(path, self.reading, start=part.start, rows=part.rows)

    def _source(self, part: Part) -> ListFile:
        assert part.source is not None
        return self.lists[part.source]

    def _check(self, table: pl.DataFrame, part: Part, done: int) -> None:
        check_scored(table, before=part.start + done, source=str(self._source(part).path))

    def _empty(self, part: Part, run: Run) -> pl.DataFrame:
        """Returns the table of a list without rows, whose columns are those that it would have."""
        columns = {} if part.rows is None else pl.read_parquet_schema(self._source(part).path)
        words, table = pl.Series("word", [], dtype=pl.String), pl.DataFrame(schema=columns or {"word": pl.String})
        none = rate_none(run, novel=self.novel, rank=self.rank)
        return next(score_rows([(words, table)], lambda words: (none for _ in words)))
