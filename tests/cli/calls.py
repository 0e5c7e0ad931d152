"""How tests call the command line, and on what."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

NAMES = [first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina")]
SHAPE = ("--model", "mlp", "--hidden", "8", "--embedding", "4", "--batch-size", "8", "--schedule", "constant")
SMALL = (*SHAPE, "--steps", "20", "--eval-every", "10")


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str


Call = Callable[..., Outcome]


def start(
    *words: object, stdin: int | IO[bytes] = subprocess.PIPE, cwd: Path | None = None, **variables: str
) -> "subprocess.Popen[str]":
    """Runs a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "moregrad", *map(str, words)],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **variables},
    )


def slurm(port: int, process: int) -> dict[str, str]:
    """The variables by which Slurm tells a process its place among two on this machine, and JAX the port of both."""
    own = {"SLURM_PROCID": str(process), "SLURM_LOCALID": str(process)}
    job = {"SLURM_JOB_ID": "7", "SLURM_STEP_NODELIST": "localhost,other", "SLURM_NTASKS": "2"}
    return {**own, **job, "JAX_COORDINATOR_PORT": str(port)}


@contextmanager
def playing(*words: str, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`moregrad play` in a process of its own, and the address that it tells; stopped at the end."""
    command = [sys.executable, "-m", "moregrad", "play", *words, "--no-browser", "--port", "0", "--json"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=folder) as process:
        assert process.stdout
        try:
            yield process, json.loads(process.stdout.readline())["url"]
        finally:
            process.terminate()
            try:
                process.communicate(timeout=60)
            finally:
                # Popen waits for the end of a process, however long that takes.
                process.kill()
        assert process.returncode == 0
