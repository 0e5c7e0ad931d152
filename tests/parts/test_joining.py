"""Parts put together."""

from pathlib import Path

import polars as pl
import pytest

from moregrad.errors import DataError, StorageError
from moregrad.parts.joining import join


def test_parts_stand_one_below_the_other(tmp_path: Path):
    parts = [tmp_path / f"part-[{number}].parquet" for number in range(3)]
    for number, part in enumerate(parts):
        pl.DataFrame({"number": [number] * number}, schema={"number": pl.Int64}).write_parquet(part)
    join(parts, tmp_path / "all.parquet")
    assert pl.read_parquet(tmp_path / "all.parquet")["number"].to_list() == [1, 2, 2]
    with pytest.raises(StorageError, match=r"cannot write .*its parts are kept"):
        join(parts, tmp_path / "none" / "all.parquet")
    pl.DataFrame({"other": [1]}).write_parquet(parts[0])
    with pytest.raises(DataError, match=r"are no one table: .*; name a folder with --out"):
        join(parts, tmp_path / "more.parquet")
    assert not (tmp_path / "more.parquet").exists()
