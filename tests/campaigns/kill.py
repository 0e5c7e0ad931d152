"""A training killed with SIGKILL at a random moment.

What is in its folder must be no run yet or one that goes on to the very same end.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from campaigns import Trial
from campaigns._runs import find_loss

TRIES = 25
TRAINING = """
import sys
from pathlib import Path
from campaigns._runs import begin
from moregrad.runs.experiment import Experiment
run = begin()
print(flush=True)
for _ in Experiment(run, Path(sys.argv[1])): pass
"""
LONGEST = 2.5
"""Seconds within which the training ends even where nothing has been compiled before."""


def trials(seed: int) -> Iterator[Trial]:
    """Yields trials with one process each, without end."""
    random = Random(seed)
    while True:
        with TemporaryDirectory() as parent:
            folder, seconds = Path(parent) / "run", LONGEST * random.random()
            train(folder, seconds)
            yield Trial(f"killed after {seconds:.3f} s", find_loss(folder))


def train(folder: Path, seconds: float) -> None:
    """Trains in a process of its own and kills it so many seconds after it began."""
    with subprocess.Popen([sys.executable, "-c", TRAINING, str(folder)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)
        process.kill()
