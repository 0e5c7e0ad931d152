"""Stopping and going on: the end is the same to the bit."""

import signal
import subprocess
from pathlib import Path

import pytest
from safetensors.numpy import load_file

from cli.calls import SHAPE, SMALL, Call, start
from moregrad.cli import main

FILES = ("metrics.jsonl", "samples.txt", "words.safetensors")
LONG = (*SHAPE, "--steps", "40000", "--eval-every", "2000")


def contents(folder: Path) -> tuple[list[bytes], dict[str, bytes]]:
    """All of a run that says nothing of time."""
    arrays = load_file(folder / "model.safetensors")
    return [(folder / name).read_bytes() for name in FILES], {name: array.tobytes() for name, array in arrays.items()}


@pytest.fixture(scope="module")
def unbroken(names_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that went through."""
    folder = tmp_path_factory.mktemp("unbroken") / "run"
    assert main(["train", str(names_file), "--out", str(folder), *LONG]) == 0
    return folder


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_a_run_that_was_stopped_goes_on_to_the_same_bits(
    call: Call, names_file: Path, unbroken: Path, tmp_path: Path, stop: signal.Signals, code: int
):
    folder = tmp_path / "run"
    process = start("train", names_file, "--out", folder, *LONG)
    _await_line(process, "step 4000 of")
    process.send_signal(stop)
    _, err = process.communicate()
    assert process.returncode == code
    assert "Traceback" not in err
    assert stop == signal.SIGKILL or f"go on with: moregrad train --resume {folder}" in err
    assert not (folder / "samples.txt").exists()
    assert call("train", "--resume", folder).code == 0
    assert contents(folder) == contents(unbroken)


def _await_line(process: subprocess.Popen[str], beginning: str) -> None:
    """Reads standard error up to a line that begins so."""
    for line in process.stderr or ():
        if line.startswith(beginning):
            return
    raise AssertionError(f"no line {beginning!r}")


def test_more_steps_go_on_beyond_the_end(call: Call, names_file: Path, tmp_path: Path):
    call("train", names_file, "--out", tmp_path / "short", *SMALL)
    assert call("train", "--resume", tmp_path / "short", "--steps", 30).code == 0
    call("train", names_file, "--out", tmp_path / "long", *SHAPE, "--eval-every", 10, "--steps", 30)
    assert contents(tmp_path / "short") == contents(tmp_path / "long")


def test_a_resumed_run_refuses_other_settings(call: Call, run_folder: Path):
    outcome = call("train", "--resume", run_folder, "--hidden", 3)
    assert outcome.code == 2
    assert "only --steps" in outcome.err


def test_a_resumed_run_refuses_another_model(call: Call, run_folder: Path):
    assert "has its model already" in call("train", "--resume", run_folder, "--model", "gru").err


def test_a_folder_without_a_run_cannot_be_resumed(call: Call, tmp_path: Path):
    assert "no run folder" in call("train", "--resume", tmp_path).err
