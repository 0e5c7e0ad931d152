"""A folder of parts and who works in it."""

from pathlib import Path

import pytest

from moregrad.errors import StorageError
from moregrad.parts.folder import begin, discard_parts, working_folder
from moregrad.parts.manifest import Manifest
from parts.test_manifest import FACTS, PARTS

MANIFEST = Manifest(FACTS, PARTS)


def test_new_work_goes_on_in_its_folder_and_nothing_else_is_overwritten(tmp_path: Path):
    begin(MANIFEST, tmp_path, restart=False)
    before = (tmp_path / "manifest.json").read_bytes()
    begin(MANIFEST, tmp_path, restart=False)
    assert (tmp_path / "manifest.json").read_bytes() == before
    (tmp_path / "manifest.json").rename(tmp_path / "mine.json")
    for restart in (False, True):
        with pytest.raises(StorageError, match=r"is not empty and has no manifest\.json; nothing is overwritten"):
            begin(MANIFEST, tmp_path, restart=restart)


def test_work_that_begins_anew_removes_parts_and_nothing_else(tmp_path: Path):
    begin(MANIFEST, tmp_path, restart=False)
    for name in ("part-000007.parquet", "notes.txt"):
        (tmp_path / name).touch()
    begin(Manifest({**FACTS, "command": "sample"}, PARTS), tmp_path, restart=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "notes.txt"]
    discard_parts(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_one_process_works_under_a_name_and_finds_nothing_of_those_before(tmp_path: Path):
    folder = tmp_path / "deep" / "parts"
    left = folder / ".working" / ".abc.part"
    left.mkdir(parents=True)
    (left / "0").touch()
    with working_folder(folder, "working") as working:
        assert [path.name for path in working.iterdir()] == [".lock"]
        with pytest.raises(StorageError, match="another process is at work in"), working_folder(folder, "working"):
            pass
        with working_folder(folder, "shard-1-of-2"):
            begin(MANIFEST, folder, restart=False)
        (folder / PARTS[0].file).touch()
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", PARTS[0].file]


def test_a_folder_in_which_nothing_came_about_is_gone(tmp_path: Path):
    with working_folder(tmp_path / "parts", "working"):
        begin(MANIFEST, tmp_path / "parts", restart=False)
    assert list(tmp_path.iterdir()) == []


def test_a_place_for_no_folder_is_told(tmp_path: Path):
    (tmp_path / "file").touch()
    told = "cannot be a folder of parts: Not a directory"
    with pytest.raises(StorageError, match=told), working_folder(tmp_path / "file", "working"):
        pass
