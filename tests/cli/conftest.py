"""What tests of the command line share: a way to call it in this process, and small runs to call it on."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from moregrad.cli import main

NAMES = "ada bea cleo dora edda fina gala hera ida jana kaja lea mara nora olga pia rosa sina tara uma vera".split()
SMALL = ("--hidden", "8", "--embedding", "4", "--steps", "20", "--every", "10", "--batch", "8")


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str


Call = Callable[..., Outcome]


@pytest.fixture(scope="session", autouse=True)
def compiled_programs(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compiled programs are kept in a folder of the test session, also by commands in processes of their own."""
    os.environ["JAX_COMPILATION_CACHE_DIR"] = str(tmp_path_factory.getbasetemp() / "compiled")


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command in this process."""

    def call(*words: object) -> Outcome:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Outcome(code, *capsys.readouterr())

    return call


def start(*words: object, **variables: str) -> subprocess.Popen[str]:
    """Runs a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "moregrad", *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **variables},
    )


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
