"""Work done part by part: interrupted, taken up again, shared, refused."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from moregrad.data.reading import Reading
from moregrad.errors import ConfigurationError, StorageError
from moregrad.parts import State, sample_parts, score_parts

NAME = Reading(column="name")


class Interrupt:
    """Raises KeyboardInterrupt when so many rows are done."""

    def __init__(self, rows: int) -> None:
        self.rows = rows

    def __call__(self, state: State) -> None:
        if state.done >= self.rows:
            raise KeyboardInterrupt


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_work_that_is_interrupted_goes_on_to_the_same_bytes(tmp_path: Path, run_folder: Path, table: Path):
    whole = score_parts(run_folder, table, tmp_path / "whole", reading=NAME, part_rows=20)
    assert (whole.rows, whole.problems, len(whole.parts)) == (100, 1, 5)
    for rows in (20, 60):
        with pytest.raises(KeyboardInterrupt):
            score_parts(run_folder, table, tmp_path / "b", reading=NAME, part_rows=20, watch=Interrupt(rows))
    assert len(list((tmp_path / "b").glob("part-*"))) in (1, 2, 3)
    told: list[State] = []
    score_parts(run_folder, table, tmp_path / "b", reading=NAME, part_rows=20, watch=told.append)
    assert 0 < told[0].done == told[0].kept < told[-1].done == 100
    assert names(tmp_path / "b") == names(tmp_path / "whole")
    for name in names(tmp_path / "whole"):
        assert (tmp_path / "b" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert json.loads((tmp_path / "b" / "manifest.json").read_bytes())["complete"]


def test_parts_that_are_there_are_not_made_again(
    tmp_path: Path, run_folder: Path, table: Path, monkeypatch: pytest.MonkeyPatch
):
    before = sample_parts(run_folder, 25, tmp_path / "made", part_rows=10)
    (tmp_path / "made" / "part-000001.parquet").write_bytes(b"damaged")
    kept = (tmp_path / "made" / "part-000000.parquet").stat().st_mtime_ns
    assert sample_parts(run_folder, 25, tmp_path / "made", part_rows=10) == before
    assert (tmp_path / "made" / "part-000000.parquet").stat().st_mtime_ns == kept
    monkeypatch.setattr("moregrad.parts.making.Making.pieces", lambda *_: pytest.fail("made again"))
    assert sample_parts(run_folder, 25, tmp_path / "made", part_rows=10) == before


def test_other_work_begins_anew_only_if_asked(tmp_path: Path, run_folder: Path):
    sample_parts(run_folder, 25, tmp_path / "made", part_rows=10)
    with pytest.raises(StorageError, match="was begun with seed 0, not 1"):
        sample_parts(run_folder, 25, tmp_path / "made", part_rows=10, seed=1)
    anew = sample_parts(run_folder, 12, tmp_path / "made", part_rows=10, seed=1, restart=True)
    assert (anew.rows, names(tmp_path / "made")[1:]) == (12, ["part-000000.parquet", "part-000001.parquet"])


def test_one_file_has_all_rows_and_its_parts_are_gone(tmp_path: Path, run_folder: Path, table: Path):
    out = tmp_path / "out.parquet"
    with pytest.raises(KeyboardInterrupt):
        score_parts(run_folder, [table, table], out, reading=NAME, part_rows=30, watch=Interrupt(120))
    assert not out.exists()
    assert (tmp_path / "out.parquet.parts" / "part-000000.parquet").exists()
    score_parts(run_folder, [table, table], out, reading=NAME, part_rows=30)
    assert names(tmp_path) == ["a[1].parquet", "out.parquet"]
    assert pl.read_parquet(out)["id"].to_list() == [*range(100), *range(100)]
    with pytest.raises(StorageError, match="exists, and nothing is overwritten"):
        score_parts(run_folder, table, out, reading=NAME)


def test_shares_make_up_the_whole(tmp_path: Path, run_folder: Path):
    first = sample_parts(run_folder, 35, tmp_path / "shared", part_rows=10, shard="2/3")
    assert [part.number for part in first.missing] == [0, 2, 3]
    # A share goes on by itself, and other folders may stand for this one.
    shutil.copytree(tmp_path / "shared", tmp_path / "moved")
    sample_parts(run_folder, 35, tmp_path / "moved", part_rows=10, shard="3/3")
    assert sample_parts(run_folder, 35, tmp_path / "moved", part_rows=10, shard="1/3").missing == []
    sample_parts(run_folder, 35, tmp_path / "alone", part_rows=10)
    for name in names(tmp_path / "alone"):
        assert (tmp_path / "moved" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()
    with pytest.raises(ConfigurationError, match="shares meet in a folder"):
        sample_parts(run_folder, 35, tmp_path / "out.parquet", shard="1/3")


@pytest.mark.usefixtures("untyped_caller")
def test_a_count_that_is_none_is_refused(tmp_path: Path, run_folder: Path):
    for count in (0, -1, 2.5):
        with pytest.raises(ConfigurationError, match="it must be a whole number of at least 1"):
            sample_parts(run_folder, count, tmp_path / "made")  # pyright: ignore[reportArgumentType]
    with pytest.raises(ConfigurationError, match="at most 1,000,000 words"):
        sample_parts(run_folder, 1, tmp_path / "made", part_rows=2_000_000)
