"""Files, lines and lists that would take all memory are refused or bounded, each in a capped process.

Every try runs in a process of its own that is stopped at 6 GB, and its peak is held against what it may take more than
a process that reads a short list.
"""

import gzip
import os
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from campaigns import Trial

CAP = 6_000_000_000
MIB = 2**20
PROGRAM = """
import resource, sys, re
resource.setrlimit(resource.RLIMIT_DATA, (CAP, CAP))
import moregrad
from moregrad.errors import MoregradError
try:
    print("fine", BODY)
except MoregradError as error:
    print("refused", error)
# Not ru_maxrss, which counts the parent from before exec as well.
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""
READ = "len(moregrad.read_corpus(sys.argv[1]))"
STREAM = "sum(map(len, __import__('moregrad.data.streaming').data.streaming.stream_words(sys.argv[1])))"
RUN = "moregrad.train(['ab' * i + 'ba' * j for i in range(1, 5) for j in range(1, 5)], 'gru', hidden=8, steps=2)"
SCORE = f"{RUN}.score(['ab' * int(sys.argv[1])])[0].problem"
GROW = f"[run := {RUN}, [run.score(['ab', 'aba'] * n) for n in range(1, 1000, int(sys.argv[1]))]] and 1"


@dataclass(frozen=True)
class Try:
    """A command, its input and its expected end: the outcome's first word and the most MiB above the plain start."""

    what: str
    body: str
    argument: str
    outcome: str
    most: int


def trials(seed: int) -> Iterator[Trial]:
    """Yields tries in files of a temporary folder, the quick ones first."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.txt"
        plain.write_text("emma\nava\n")
        start = {body: _run(body, str(plain))[1] for body in (READ, STREAM)}
        for each in _tries(Path(folder), Random(seed)):
            outcome, peak = _run(each.body, each.argument)
            above = peak - start.get(each.body, start[READ])
            wrong = not outcome.startswith(each.outcome) or above > each.most
            yield Trial(each.what, f"{outcome[:200]}, {above} MiB, at most {each.most}" if wrong else "")


TRIES = 19


def _tries(folder: Path, random: Random) -> Iterator[Try]:
    for body, name in ((READ, "read"), (STREAM, "streamed")):
        yield Try(f"/dev/zero {name}", body, "/dev/zero", "refused", 40)
        yield Try(f"/dev/urandom {name}", body, "/dev/urandom", "refused", 40)
        yield Try(f"a folder {name}", body, str(folder), "refused", 40)
    for ending, piece in (("txt", b"a"), ("csv", b"a"), ("jsonl", b"a"), ("tsv", b"\t")):
        bomb = _zip(folder / f"line.{ending}.gz", piece * MIB, 1024)
        yield Try(f"a line of 1 GiB in a {ending}.gz", READ, bomb, "refused", 60)
    bomb = _zip(folder / "two.txt.gz", b"emma\n" + b"x" * MIB * random.randrange(2, 9), 1)
    yield Try("a long second line", READ, bomb, "refused", 60)
    bomb = _zip(folder / "many.txt.gz", b"a\n" * (MIB // 2), 64)
    yield Try("64 MiB of short lines streamed", STREAM, bomb, "fine", 300)
    sparse = folder / "sparse.txt"
    with sparse.open("wb") as file:
        file.truncate(2**40)
    yield Try("a sparse file of 1 TiB", READ, str(sparse), "refused", 40)
    for pairs in (5_000, 8_000, 500_000, 5_000_000):
        yield Try(f"a word of {2 * pairs:,} characters scored", SCORE, str(pairs), "fine", 1_500)
    for step in (10, 5):
        yield Try(f"lists of {999 // step} sizes scored", GROW, str(step), "fine", 700)


def _zip(path: Path, block: bytes, times: int) -> str:
    with gzip.open(path, "wb", compresslevel=zlib.Z_BEST_SPEED) as file:
        for _ in range(times):
            file.write(block)
    return str(path)


def _run(body: str, argument: str) -> tuple[str, int]:
    """Returns what the process said, and its peak in MiB."""
    program = PROGRAM.replace("CAP", str(CAP)).replace("BODY", body)
    environment = {**os.environ, "JAX_PLATFORMS": "cpu"}
    command = [sys.executable, "-c", program, argument]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)
    *said, peak = done.stdout.splitlines() or ["", "0"]
    return (" ".join(said) or done.stderr[-200:]), int(peak) if peak.isdecimal() else 0
