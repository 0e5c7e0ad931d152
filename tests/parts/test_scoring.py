"""Lists scored part by part."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

import moregrad
from moregrad.data.reading import Reading
from moregrad.errors import AlphabetError
from moregrad.parts.lists import ListFile
from moregrad.parts.part import Part
from moregrad.parts.run_file import RunFile
from moregrad.parts.scoring import Scoring


def scoring(run: Path, *lists: Path, rows: int = 40, column: str | None = "name", **settings: Any) -> Scoring:
    files = tuple(map(ListFile.of, lists))
    return Scoring(RunFile.of(run), files, Reading(column=column), rows, **settings)


def rows(work: Scoring, *numbers: int) -> dict[Part, pl.DataFrame]:
    tables: dict[Part, list[pl.DataFrame]] = {}
    for piece in work.pieces([work.parts[number] for number in numbers]):
        tables.setdefault(piece.part, []).append(piece.table)
    return {part: pl.concat(some) for part, some in tables.items()}


def test_each_part_has_its_rows_with_their_scores(run_folder: Path, table: Path):
    work = scoring(run_folder, table)
    made = rows(work, 1, 2)
    assert list(made) == list(work.parts[1:])
    read = pl.read_parquet(table, glob=False)
    assert pl.concat(made.values()).select(read.columns).equals(read[40:])
    ratings = moregrad.load(run_folder).rate(read["name"][40:80])
    told = made[work.parts[1]]
    assert told["nats"].to_list()[:1] == pytest.approx([ratings[0].nats])
    assert told["problem"].to_list() == [rating.problem or None for rating in ratings]
    assert told["where"].to_list() == [rating.where for rating in ratings]


def test_a_list_of_lines_is_one_part(run_folder: Path, tmp_path: Path):
    (tmp_path / "words.txt").write_text("bada\nlea\n")
    work = scoring(run_folder, tmp_path / "words.txt", column=None)
    assert pl.concat(rows(work, 0).values())["word"].to_list() == ["bada", "lea"]


def test_lists_without_rows_have_the_same_columns(run_folder: Path, tmp_path: Path, table: Path):
    pl.read_parquet(table, glob=False).clear().write_parquet(tmp_path / "none.parquet")
    work = scoring(run_folder, table, tmp_path / "none.parquet", novel=True, rank=True)
    (empty,) = rows(work, 3).values()
    assert len(empty) == 0
    assert empty.schema == next(iter(rows(work, 0).values())).schema
    (tmp_path / "none.txt").touch()
    (empty,) = rows(scoring(run_folder, tmp_path / "none.txt", column=None), 0).values()
    assert (len(empty), empty.columns[:2]) == (0, ["word", "nats"])


def test_strict_scoring_stops_at_a_word_and_names_its_row(run_folder: Path, table: Path):
    strict = scoring(run_folder, table, strict=True)
    assert strict.facts == scoring(run_folder, table).facts
    with pytest.raises(AlphabetError, match=r"word 42 of .*a\[1\]\.parquet, 'ÄÖ', cannot be scored"):
        rows(strict, 0, 1)
