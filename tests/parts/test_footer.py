"""Parts are known by their footers, and sound ones from damaged ones."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from moregrad.parts.footer import Content, describe, find_done, find_sound
from moregrad.parts.part import Done, Part

PARTS = (Part(0, 3, 0, 0), Part(1, 2, 0, 3))
TABLE = pl.DataFrame({"id": [1, 2, 3], "word": ["ada", None, "lea"], "nats": [0.5, None, 2.5]})


def write(folder: Path, part: Part, done: Done, digest: str) -> Path:
    table, content = TABLE.head(done.rows), Content()
    content.add(table)
    table.write_parquet(folder / part.file, metadata=describe(done, digest, content))
    return folder / part.file


def test_parts_are_known_by_their_footers(tmp_path: Path):
    write(tmp_path, PARTS[0], Done(0, 3, 1), "work")
    write(tmp_path, PARTS[1], Done(1, 2), "other work")
    assert find_done(PARTS, "work", tmp_path) == find_sound(PARTS, "work", tmp_path) == {0: Done(0, 3, 1)}
    # A part under a wrong name, one that was cut off, and one without a footer are made again.
    (tmp_path / PARTS[0].file).rename(tmp_path / PARTS[1].file)
    assert find_done(PARTS, "work", tmp_path) == {}
    path = write(tmp_path, PARTS[0], Done(0, 3), "work")
    path.write_bytes(path.read_bytes()[:-20])
    TABLE.head(2).write_parquet(tmp_path / PARTS[1].file)
    assert find_done(PARTS, "work", tmp_path) == {}


def test_rows_have_the_same_content_however_many_come_at_a_time():
    whole, some = Content(), Content()
    whole.add(TABLE)
    for row in range(3):
        some.add(TABLE.slice(row, 1))
    assert whole.digest == some.digest
    for other in (TABLE.rename({"id": "number"}), TABLE.with_columns(id=pl.lit(1, pl.Int64)), TABLE.head(2)):
        changed = Content()
        changed.add(other)
        assert changed.digest != whole.digest


def test_no_bit_of_a_part_changes_what_is_read_of_it(tmp_path: Path):
    path = write(tmp_path, PARTS[0], Done(0, 3), "work")
    content, random = path.read_bytes(), np.random.default_rng(0)
    for place in random.choice(len(content) * 8, 100, replace=False).tolist():
        damaged = bytearray(content)
        damaged[place // 8] ^= 1 << place % 8
        path.write_bytes(damaged)
        if find_sound(PARTS, "work", tmp_path):
            assert pl.read_parquet(path).equals(TABLE), place


def test_rows_that_another_polars_hashed_are_taken_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as other:
        other.setattr("moregrad.parts.footer.pl.__version__", "0")
        other.setattr("moregrad.parts.footer.Content.digest", "unknown")
        write(tmp_path, PARTS[0], Done(0, 3), "work")
    assert list(find_sound(PARTS, "work", tmp_path)) == [0]
