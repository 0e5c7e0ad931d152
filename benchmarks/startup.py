"""Seconds that moregrad takes to begin.

Claims: `moregrad --help` within 0.4 s; a second `moregrad train` has taken its first step within 3 s;
`from moregrad.scalar import *` within 60 ms.

    python benchmarks/startup.py [--runs 5] [--json]

Both are commands timed from the start of their process. `moregrad train` trains the default model on the default list
for one step, with an empty cache of compiled programs and then again with a full one; the time is that at which it
tells of its first step, after an evaluation, which needs a program of its own. The import is timed inside a new Python.
"""

import os
import subprocess
import sys
import time
from tempfile import TemporaryDirectory

from measuring import Claim, Contender, Figures, arguments, by_turns, report, seconds

IMPORT = "import time; start = time.perf_counter(); from moregrad.scalar import *; print(time.perf_counter() - start)"


def importing_scalar() -> Figures:
    """`from moregrad.scalar import *` in a Python that has imported nothing."""
    printed = subprocess.run([sys.executable, "-c", IMPORT], stdout=subprocess.PIPE, text=True, check=True).stdout
    return {"ms": 1000 * float(printed)}


def showing_help() -> Figures:
    """`moregrad --help` to its end."""
    command = [sys.executable, "-m", "moregrad", "--help"]
    return {"seconds": seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))}


def first_step() -> Figures:
    """`moregrad train` until it tells of its first step, twice."""
    with TemporaryDirectory() as folder:
        os.environ["JAX_COMPILATION_CACHE_DIR"] = f"{folder}/compiled"
        first, again = (_until_first_step(f"{folder}/{name}") for name in ("first", "again"))
    return {"seconds": first, "again": again}


def _until_first_step(folder: str) -> float:
    command = [sys.executable, "-m", "moregrad", "train", "--steps", "1", "--out", folder]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        lines = process.stderr or ()
        told = next(time.perf_counter() for line in lines if line.startswith("step 1 "))
        process.communicate()
    return told - start


def main() -> None:
    """Measures and reports."""
    options = arguments(__doc__)
    contenders = [
        Contender("moregrad --help", showing_help),
        Contender("moregrad train, to its first step", first_step),
        Contender("import moregrad.scalar", importing_scalar),
    ]
    results = by_turns(contenders, runs=options.runs)
    shown, begun, imported = (results[contender.name] for contender in contenders)
    claims = [
        Claim("seconds to the end of moregrad --help", shown["seconds"], 0.4, at_most=True),
        Claim("seconds to the first step of a second moregrad train", begun["again"], 3, at_most=True),
        Claim("ms to import moregrad.scalar", imported["ms"], 60, at_most=True),
    ]
    report(results, claims, runs=options.runs, as_json=options.json)


if __name__ == "__main__":
    main()
