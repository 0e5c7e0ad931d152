"""Files are written whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from moregrad.atomic import clear, move, replacing, write_bytes


def test_a_file_is_made_and_nothing_else_is_left_in_its_folder(tmp_path):
    write_bytes(tmp_path / "words.txt", b"emma\n")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"words.txt": b"emma\n"}


def test_a_path_may_be_text_and_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_bytes("words.txt", b"emma\n")
    assert (tmp_path / "words.txt").read_bytes() == b"emma\n"


def test_an_existing_file_is_replaced_and_keeps_its_permissions(tmp_path):
    path = tmp_path / "words.txt"
    path.write_bytes(b"a longer content than the next\n")
    path.chmod(0o640)
    write_bytes(path, b"emma\n")
    assert path.read_bytes() == b"emma\n"
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path, umask, mode):
    before = os.umask(umask)
    try:
        write_bytes(tmp_path / "words.txt", b"emma\n")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "words.txt").stat().st_mode) == mode


def test_a_symbolic_link_stays_and_its_file_is_replaced(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "words.txt").write_bytes(b"olivia\n")
    link = tmp_path / "link.txt"
    link.symlink_to(folder / "words.txt")
    write_bytes(link, b"emma\n")
    assert link.is_symlink()
    assert (folder / "words.txt").read_bytes() == b"emma\n"


def test_a_name_as_long_as_file_systems_take_is_no_trouble(tmp_path):
    path = tmp_path / ("é" * 125 + ".txt")
    write_bytes(path, b"emma\n")
    assert path.read_bytes() == b"emma\n"


def test_a_missing_folder_is_the_callers_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_bytes(tmp_path / "missing" / "words.txt", b"emma\n")


@pytest.mark.parametrize(("owner", "name"), [(os, "fsync"), (Path, "replace")])
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_keeps_the_earlier_file_and_removes_the_temporary_one(tmp_path, monkeypatch, owner, name, failure):
    path = tmp_path / "words.txt"
    path.write_bytes(b"olivia\n")

    def fail(*_: object) -> None:
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fail)
        with pytest.raises(type(failure)):
            write_bytes(path, b"emma\n")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"words.txt": b"olivia\n"}


def test_file_and_folder_are_synced_the_one_before_the_rename_the_other_after(tmp_path, monkeypatch):
    steps = []
    sync, rename = os.fsync, Path.replace

    def record_sync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def record_rename(path: Path, target: Path) -> Path:
        steps.append("rename")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", record_sync)
    monkeypatch.setattr(Path, "replace", record_rename)
    write_bytes(tmp_path / "words.txt", b"emma\n")
    assert steps == ["file", "rename", "folder"]


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP])
def test_a_file_system_that_cannot_sync_folders_is_no_failure(tmp_path, monkeypatch, code):
    sync = os.fsync

    def refuse_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(code, os.strerror(code))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    write_bytes(tmp_path / "words.txt", b"emma\n")
    assert (tmp_path / "words.txt").read_bytes() == b"emma\n"


def test_a_file_written_by_others_takes_its_place_only_when_all_went_well(tmp_path):
    path = tmp_path / "words.txt"
    with replacing(path) as temporary:
        temporary.write_text("emma\n")
        assert not path.exists()
    assert path.read_text() == "emma\n"
    with pytest.raises(UnicodeEncodeError), replacing(path) as temporary:
        temporary.write_text("oliv\udc80", encoding="utf-8")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"words.txt": "emma\n"}


def test_a_file_is_moved_in_place_of_another(tmp_path):
    (tmp_path / "new.txt").write_text("emma\n")
    (tmp_path / "words.txt").write_text("olivia\n")
    move(tmp_path / "new.txt", tmp_path / "words.txt")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"words.txt": "emma\n"}


def test_what_a_killed_process_left_is_removed_and_nothing_else(tmp_path):
    own, other = ".words.txt.0123456789abcdef.part", ".run.json.0123456789abcdef.part"
    for name in (own, other, ".words.txt.part", "words.txt"):
        (tmp_path / name).touch()
    clear(tmp_path, "words.txt")
    assert {path.name for path in tmp_path.iterdir()} == {other, ".words.txt.part", "words.txt"}
    clear(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {".words.txt.part", "words.txt"}
