"""Parts that are made and written."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from moregrad.errors import DataError, StorageError
from moregrad.parts.manifest import find_done
from moregrad.parts.part import Done, Part, Piece
from moregrad.parts.work import Target, make_here


class Twice:
    """Each part is two tables."""

    parts = (Part(0, 4), Part(1, 4), Part(2, 4))
    facts: Mapping[str, Any] = {}

    def pieces(self, parts: Sequence[Part]) -> Iterator[Piece]:
        for part in parts:
            yield Piece(part, pl.DataFrame({"word": ["ada", "lea"], "problem": [None, "why"]}))
            if part.number == 1:
                raise KeyboardInterrupt
            yield Piece(part, pl.DataFrame({"word": ["mia", "zoe"], "problem": ["why", "why"]}), "few")


@pytest.fixture
def target(tmp_path: Path) -> Target:
    (tmp_path / "working").mkdir()
    return Target(tmp_path / "working", tmp_path, "digest")


def test_parts_are_whole_or_not_there(target: Target):
    told: list[int] = []
    made = make_here(Twice(), Twice.parts, target, told.append)
    assert next(made) == Done(0, 4, 3, "few")
    with pytest.raises(KeyboardInterrupt):
        list(made)
    assert told == [2, 2, 2]
    assert find_done(Twice.parts, "digest", target.folder) == {0: Done(0, 4, 3, "few")}
    assert sorted(path.name for path in target.folder.rglob("*")) == [Twice.parts[0].file, "working"]
    assert pl.read_parquet(target.folder / Twice.parts[0].file)["word"].to_list() == ["ada", "lea", "mia", "zoe"]


def test_a_part_of_fewer_rows_than_its_list_had_is_refused(target: Target):
    part, table = Part(0, 3), pl.DataFrame({"word": ["ada", "lea"]})
    with pytest.raises(DataError, match=r"part-000000\.parquet has 2 rows, not 3: its list changed meanwhile"):
        target.write(part, [Piece(part, table)])
    assert target.write(part, [Piece(part, table, "no more words")]).rows == 2


def test_what_cannot_be_written_is_told(target: Target):
    part = Part(0, 1)
    target.working.rmdir()
    with pytest.raises(StorageError, match=r"cannot write .*part-000000\.parquet: No such file or directory; "):
        target.write(part, [Piece(part, pl.DataFrame({"word": ["ada"]}))])
