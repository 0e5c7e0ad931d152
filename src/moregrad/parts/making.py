"""Words made part by part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import polars as pl

from moregrad.errors import ConfigurationError
from moregrad.parts.part import Part, Piece
from moregrad.parts.run_file import RunFile
from moregrad.sampling.ban import read_ban
from moregrad.sampling.options import Sampling

COLUMNS = {"word": pl.String, "nats": pl.Float64, "nats_per_character": pl.Float64, "where": pl.String}


@dataclass(frozen=True)
class Making:
    """`count` words of a run, drawn as `options` say but for their own count; if `plain`, nothing is told of them.

    Each part is drawn with a key folded from the seed and its number, so that it is the same whoever makes it.
    """

    run: RunFile
    options: Sampling
    count: int
    part_rows: int
    plain: bool = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts, all of as many words but the last; raises ConfigurationError for what no part can promise."""
        starts = range(0, self.count, self.part_rows)
        self.options.require("part", not self.options.part, "0 where parts are counted anyway")
        if self.options.distinct and len(starts) > 1:
            raise ConfigurationError(
                f"{self.options.title}: distinct is True; the {len(starts):,} parts do not know each other's words, "
                "so draw without it, then drop repeated words with Polars' unique('word'), or make one part",
                setting="distinct",
            )
        return tuple(Part(number, min(self.part_rows, self.count - at), None, at) for number, at in enumerate(starts))

    @property
    def facts(self) -> dict[str, Any]:
        """All that the parts depend on, as plain data."""
        asked = {"count": self.count, "plain": self.plain, "part_rows": self.part_rows}
        # A file of banned words may change.
        banned = "\n".join(read_ban(self.options.ban)) if self.options.ban else ""
        ban = (
            {"ban": f"{len(banned.splitlines()):,} words, {sha256(banned.encode()).hexdigest()[:16]}"} if banned else {}
        )
        settings = {**self.options.to_dict(), **asked, **ban}
        return {"command": "sample", "run": self.run.to_dict(), "settings": settings}

    def pieces(self, parts: Sequence[Part]) -> Iterator[Piece]:
        """Yields the words of each part as one table."""
        run = self.run.load()
        columns = COLUMNS if run.labels is None else {**COLUMNS, "label": pl.String}
        columns = {"word": pl.String} if self.plain else columns
        for part in parts:
            options = replace(self.options, count=part.rows, part=part.number)
            made = run.sample(**vars(options))
            rows = [sample.to_dict() for sample in made]
            yield Piece(part, pl.DataFrame(rows, schema=columns), made.shortage)
