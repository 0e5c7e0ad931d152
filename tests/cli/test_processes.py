"""`moregrad train --coordinator`: two real processes on loopback."""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from cli.calls import Call, slurm, start

LONGEST = 60
"""Seconds after which a process that should have ended is taken for hanging."""
SHAPE = ("--model", "bigram", "--batch-size", 8, "--eval-every", 10, "--schedule", "constant")


@contextmanager
def two_processes(*words: object, by_slurm: bool = False) -> Iterator[list["subprocess.Popen[str]"]]:
    """Starts a training by two processes; those that still run in the end are killed."""
    with socket.create_server(("", 0)) as server:
        port = server.getsockname()[1]
    command = ("train", *words, "--wait", LONGEST // 2, "--coordinator")
    with ExitStack() as stack:
        found = []
        for number in (0, 1):
            place = ("auto",) if by_slurm else (f"127.0.0.1:{port}", "--processes", 2, "--process", number)
            variables = slurm(port, number) if by_slurm else {}
            found.append(start(*command, *place, stdin=subprocess.DEVNULL, cwd=None, **variables))
        for process in found:
            stack.enter_context(process)
            stack.callback(process.kill)
        yield found


def metrics(folder: Path) -> list[list[float]]:
    return [list(json.loads(line).values()) for line in (folder / "metrics.jsonl").read_text().splitlines()]


def test_a_run_goes_on_in_two_processes_as_in_one(call: Call, names_file: Path, tmp_path: Path):
    alone, together = tmp_path / "alone", tmp_path / "together"
    assert call("train", names_file, "--out", alone, *SHAPE, "--steps", 40).code == 0
    assert call("train", names_file, "--out", together, *SHAPE, "--steps", 20).code == 0
    with two_processes("--resume", together, "--steps", 40, "--json") as found:
        (out, err), (nothing, remark) = (process.communicate(timeout=LONGEST) for process in found)
    assert [process.returncode for process in found] == [0, 0], err + remark
    assert metrics(together)[2:] == [pytest.approx(line, abs=1e-5) for line in metrics(alone)[2:]]
    assert json.loads(out)["folder"] == str(together)
    assert (nothing, remark) == ("", "process 1 of 2: trains along; process 0 writes the run\n")


def test_a_lost_process_under_slurm_ends_the_other_and_one_goes_on(call: Call, names_file: Path, tmp_path: Path):
    folder = tmp_path / "run"
    with two_processes(names_file, "--out", folder, *SHAPE, "--steps", 2_000_000, by_slurm=True) as found:
        assert found[0].stderr
        assert any(line.startswith("step 20 of") for line in found[0].stderr)
        os.kill(found[1].pid, signal.SIGKILL)
        _, err = found[0].communicate(timeout=LONGEST)
    assert found[0].returncode == 3
    assert "moregrad: another process of this training ended" in err.splitlines()[-1]
    reached = len(metrics(folder))
    assert call("train", "--resume", folder, "--steps", 10 * (reached + 1)).code == 0
    assert len(metrics(folder)) == reached + 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--processes", 2), "several processes need --coordinator"),
        (("--coordinator", "here", "--processes", 2, "--process", 0), "HOST:PORT"),
        (("--coordinator", "here:1"), "--coordinator here:1 needs --processes N and --process, from 0 to N-1"),
        (("--coordinator", "localhost:1", "--processes", 2, "--process", -1), "--process is -1"),
        (("--device", "abacus"), "it must be one of cpu, gpu, tpu"),
    ],
)
def test_a_place_or_device_that_cannot_be_is_told_before_anything_is_read(
    call: Call, typed: tuple[object, ...], told: str
):
    outcome = call("train", "/nowhere", *typed)
    assert outcome.code == 2
    assert told in outcome.err


def test_help_explains_the_options_and_waits_for_nobody(call: Call):
    out = call("train", "--coordinator", "localhost:1", "--processes", 2, "--process", 1, "--help").out
    assert "HOST:PORT of process 0" in " ".join(out.split())


def test_a_device_can_be_named(call: Call, names_file: Path, tmp_path: Path):
    words = ("--model", "ngram", "--order", 2, "--out", tmp_path / "run", "--device", "cpu")
    assert call("train", names_file, *words).code == 0
