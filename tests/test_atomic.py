"""Files are written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from moregrad.atomic import write_bytes


def test_the_content_is_written_and_nothing_else_is_left(tmp_path: Path):
    write_bytes(tmp_path / "a.bin", b"\x00new\r\n")
    assert (tmp_path / "a.bin").read_bytes() == b"\x00new\r\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_an_earlier_file_is_replaced(tmp_path: Path):
    path = tmp_path / "a.bin"
    path.write_bytes(b"a much longer earlier content")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(("owner", "step"), [(os, "fsync"), (Path, "replace")])
@pytest.mark.parametrize("failure", [OSError("no space left on device"), KeyboardInterrupt()])
def test_on_failure_the_earlier_file_stays_and_no_temporary_file_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, step: str, failure: BaseException
):
    def fail(*_: object) -> None:
        raise failure

    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, fail)
        with pytest.raises(type(failure)):
            write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_appears_only_when_its_content_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path, seen = tmp_path / "a.bin", []
    sync = os.fsync

    def look(descriptor: int) -> None:
        seen.append(path.exists())
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    write_bytes(path, b"new")
    assert seen[0] is False
    assert path.read_bytes() == b"new"


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        write_bytes(tmp_path / "missing" / "a.bin", b"new")


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_the_umask_is_honoured(tmp_path: Path, umask: int, mode: int):
    before = os.umask(umask)
    try:
        write_bytes(tmp_path / "a.bin", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.bin").stat().st_mode) == mode
