"""What tests of the command line share: a way to call it in this process, and a small run to call it on."""

import os
import pty
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from cli.calls import NAMES, SMALL, Call, Outcome
from moregrad.cli import main


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command in this process."""

    def call(*words: object) -> Outcome:
        capsys.readouterr()
        code = main([str(word) for word in words])
        written = capsys.readouterr()
        return Outcome(code, written.out, written.err)

    return call


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command in this process, whose output and errors go to a terminal; returns what that received."""

    def run(*words: object) -> str:
        ours, theirs = pty.openpty()
        received: list[bytes] = []
        reader = Thread(target=lambda: received.extend(_read_all(ours)))
        with monkeypatch.context() as patch, open(theirs, "w", encoding="utf-8") as stream:
            reader.start()
            patch.setattr(sys, "stdout", stream)
            patch.setattr(sys, "stderr", stream)
            main([str(word) for word in words])
        reader.join()
        os.close(ours)
        return b"".join(received).decode().replace("\r\n", "\n")

    return run


def _read_all(number: int) -> Iterator[bytes]:
    """Yields what comes from a terminal until nobody has it open; Linux then reports an error."""
    with suppress(OSError):
        while block := os.read(number, 2**16):
            yield block


@pytest.fixture(scope="session")
def names_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small list."""
    path = tmp_path_factory.mktemp("lists") / "names.txt"
    path.write_text("\n".join(NAMES) + "\n")
    return path


@pytest.fixture(scope="session")
def run_folder(names_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small run, trained to its end."""
    folder = tmp_path_factory.mktemp("runs") / "names"
    assert main(["train", str(names_file), "--out", str(folder), *SMALL]) == 0
    return folder
