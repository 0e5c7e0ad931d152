"""What tests of the command line share: a way to call it in this process, and a small run to call it on."""

import os
from pathlib import Path

import pytest

from cli.calls import NAMES, SMALL, Call, Outcome
from moregrad.cli import main


@pytest.fixture(scope="session", autouse=True)
def compiled_programs(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compiled programs are kept in a folder of the test session, also by commands in processes of their own."""
    os.environ["JAX_COMPILATION_CACHE_DIR"] = str(tmp_path_factory.getbasetemp().parent / "compiled")


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command in this process."""

    def call(*words: object) -> Outcome:
        capsys.readouterr()
        code = main([str(word) for word in words])
        written = capsys.readouterr()
        return Outcome(code, written.out, written.err)

    return call


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
