"""Words made part by part."""

from pathlib import Path

import polars as pl
import pytest

import moregrad
from moregrad.errors import ConfigurationError
from moregrad.parts.making import Making
from moregrad.parts.run_file import RunFile
from moregrad.sampling.options import Sampling


def making(run: Path, count: int = 25, *, plain: bool = False, **options: object) -> Making:
    return Making(RunFile.of(run), Sampling().replace(**options), count, 10, plain)


def test_each_part_is_drawn_for_itself_and_the_first_is_that_of_plain_sampling(run_folder: Path):
    work = making(run_folder, seed=3)
    assert [part.rows for part in work.parts] == [10, 10, 5]
    tables = [piece.table for piece in work.pieces(work.parts)]
    assert next(iter(work.pieces(work.parts[1:2]))).table.equals(tables[1])
    sampled = moregrad.load(run_folder).sample(10, seed=3)
    assert tables[0].to_dicts() == [sample.to_dict() for sample in sampled]
    assert len({tuple(table["word"][:5]) for table in tables}) == 3


def test_few_words_of_a_part_are_told(run_folder: Path):
    work = making(run_folder, 12, prefix="bada", max_length=4, novel=True, plain=True)
    pieces = list(work.pieces(work.parts))
    assert [piece.table.schema for piece in pieces] == [{"word": pl.String}] * 2
    assert all("found none of" in piece.shortage for piece in pieces)


def test_what_parts_cannot_promise_is_refused(run_folder: Path):
    with pytest.raises(ConfigurationError, match="distinct is True; the 3 parts do not know each other's words"):
        _ = making(run_folder, distinct=True).parts
    assert len(making(run_folder, 10, distinct=True).parts) == 1
    with pytest.raises(ConfigurationError, match="part is 1; it must be 0"):
        _ = making(run_folder, part=1).parts


def test_work_is_other_work_when_a_file_of_banned_words_changes(run_folder: Path, tmp_path: Path):
    file = tmp_path / "banned.txt"
    file.write_text("bada\n")
    before = making(run_folder, ban=str(file)).facts
    assert before == making(run_folder, ban=str(file)).facts
    file.write_text("lina\n")
    assert before != making(run_folder, ban=str(file)).facts
