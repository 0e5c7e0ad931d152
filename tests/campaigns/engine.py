"""Thousands of random calls on the objects of the scalar engine, compiled, each thousand in a process of its own.

Any method is called with any receiver and any arguments, again and again on the same objects, and from inside of
operations while programs run. A process that ends by a signal, or an engine that computes a wrong gradient afterwards,
is a failure.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from campaigns import Trial

TRIES = 200
SCRIPT = Path(__file__).parents[1] / "scalar" / "abuse.py"


def trials(seed: int) -> Iterator[Trial]:
    """Yields a trial for each of the seeds from 1000 times `seed` on."""
    for number in count(1000 * seed):
        command = [sys.executable, "-u", str(SCRIPT), str(number)]
        done = subprocess.run(
            command,
            env={**os.environ, "PYTHONMALLOC": "debug"},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
            check=False,
        )
        last = (done.stdout.splitlines() or [""])[-1]
        told = "" if done.returncode == 0 else f"exit code {done.returncode} at {last}; {done.stderr[-300:]}"
        yield Trial(f"seed {number}", told)
