"""Ctrl-C and SIGTERM, once or twice, at any moment of any command, and outputs that are closed, full or left.

Real processes. A signal comes at a random moment after moregrad has begun, which is when it has a handler for SIGTERM.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import moregrad
from campaigns import Trial

TRIES = 180
AT_ONCE = 3
LONGEST = 5.0
"""Seconds within which a process must have ended after its last signal, on a machine at work."""
REMARKS = re.compile(
    r"moregrad: interrupted|moregrad: SIG(INT|TERM): stopping at .*|moregrad: stopped by SIG(INT|TERM) at step .*"
    r"|[\d,]+ read, [\d,]+ written to .*|Parameters for .*|`moregrad train --model NAME --help` .*"
    r"|step \d+ of \d+: .*|\S+: [\d,]+ read, .*|mlp: [\d,]+ parameters .*"
)
LIST = [first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina")]
MLP = ("--model", "mlp", "--hidden", "8", "--batch-size", "8", "--steps", "50000", "--eval-every", "200")


@dataclass(frozen=True)
class Ground:
    """A folder with a list, a long list and a run in it."""

    folder: Path

    @classmethod
    def prepare(cls, folder: Path) -> "Ground":
        """Fills `folder`."""
        (folder / "words.txt").write_text("\n".join(LIST))
        (folder / "long.txt").write_text("\n".join(LIST * 20_000))
        ground = cls(folder)
        made = ground.start(["train", "words.txt", *MLP[:6], "--steps", "10", "--eval-every", "10", "--out", "run"])
        told = made.communicate()[1]
        assert made.returncode == 0, told
        return ground

    def start(self, words: Sequence[str]) -> "subprocess.Popen[bytes]":
        """Starts a command in the folder."""
        return subprocess.Popen(
            [sys.executable, "-m", "moregrad", *words],
            cwd=self.folder,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def shell(self, command: str) -> "subprocess.CompletedProcess[str]":
        """Runs a line of Bash, in which `moregrad` is the program."""
        line = f'moregrad() {{ "{sys.executable}" -m moregrad "$@"; }}; {command}'
        return subprocess.run(
            ["bash", "-c", line],
            cwd=self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @property
    def variables(self) -> dict[str, str]:
        """The environment, with this very moregrad, and with the programs that earlier tries have compiled."""
        source, cache = str(Path(moregrad.__file__).parents[1]), str(self.folder / "compiled")
        return {**os.environ, "PYTHONPATH": source, "JAX_COMPILATION_CACHE_DIR": cache}


def commands(number: int) -> list[tuple[tuple[str, ...], float]]:
    """Returns commands, each with the seconds that it takes about; `number` makes the names of folders."""
    return [
        (("--help",), 0.1),
        (("data", "list"), 0.2),
        (("data", "show", "long.txt"), 0.8),
        (("data", "export", "long.txt", f"export-{number}.txt"), 0.8),
        (("sample", "run", "--count", "200000", "--plain"), 3.0),
        (("score", "run", "long.txt", "--csv"), 3.0),
        (("evaluate", "run", "long.txt"), 2.5),
        (("compare", "run", "run"), 1.5),
        (("models",), 1.5),
        (("train", "words.txt", *MLP, "--out", f"out-{number}"), 4.0),
    ]


def trials(seed: int) -> Iterator[Trial]:
    """Yields signals, and after every fourth one an output that cannot be written."""
    random = Random(seed)
    with TemporaryDirectory() as folder:
        ground = Ground.prepare(Path(folder))
        outputs = cycle(OUTPUTS)
        numbers = count()
        with ThreadPoolExecutor(AT_ONCE) as executor:
            while True:
                several = [_choose_signals(random, next(numbers)) for _ in range(AT_ONCE)]
                yield from executor.map(lambda each: try_signals(ground, *each), several)
                yield try_output(ground, next(outputs))


def _choose_signals(random: Random, number: int) -> "tuple[Sequence[str], float, signal.Signals, float | None]":
    """Returns a command, when it gets which signal, and after how many seconds it gets another; never if None."""
    words, seconds = random.choice(commands(number))
    kind = random.choice([signal.SIGINT, signal.SIGINT, signal.SIGTERM])
    return words, random.uniform(0, seconds), kind, random.choice([None, random.uniform(0, 0.05)])


def try_signals(ground: Ground, words: Sequence[str], moment: float, kind: signal.Signals, gap: float | None) -> Trial:
    """Sends a signal once or twice and looks at the end of the process."""
    what = f"{' '.join(words)} + {kind.name} at {moment:.3f}" + ("" if gap is None else f" and {gap:.3f} s later")
    process = ground.start(words)
    _wait_for_handler(process)
    time.sleep(moment)
    process.send_signal(kind)
    if gap is not None:
        time.sleep(gap)
        process.send_signal(kind)
    try:
        told = process.communicate(timeout=LONGEST)[1].decode()
    except subprocess.TimeoutExpired:
        process.kill()
        return Trial(what, f"did not end in {LONGEST} s: {process.communicate()[1].decode()[-300:]!r}")
    return Trial(what, _judge(process.returncode, told, 128 + kind))


def _judge(code: int, told: str, interrupted: int) -> str:
    lines = [line for line in told.splitlines() if line]
    strange = [line for line in lines if not REMARKS.fullmatch(line)]
    if code not in (0, interrupted):
        return f"exit code {code}: {told[-500:]!r}"
    if strange or lines.count("moregrad: interrupted") > 1:
        return f"says {told[-500:]!r}"
    return "" if code == 0 or "moregrad: " in told else "ended without a word"


def _wait_for_handler(process: "subprocess.Popen[bytes]") -> None:
    """Waits until the process has a handler for SIGTERM, which Python itself has not."""
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        caught = re.search(r"SigCgt:\s*(\w+)", status.read_text())
        if caught and int(caught[1], 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.001)


OUTPUTS = {
    "moregrad data list >&-": (2, "standard output is closed"),
    "moregrad data list 2>&-": (0, ""),
    "moregrad data list >&- 2>&-": (2, ""),
    "moregrad sample run 2>&- | wc -l": (0, ""),
    "moregrad sample run --plain >/dev/full": (2, "No space left on device"),
    "moregrad sample run --json >&-": (2, "standard output is closed"),
    "moregrad score run words.txt >/dev/full": (2, "No space left on device"),
    "moregrad score run long.txt | head -1; exit ${PIPESTATUS[0]}": (141, ""),
    "moregrad score run long.txt --csv 2>&1 | head -1; exit ${PIPESTATUS[0]}": (141, ""),
    "moregrad sample run --count 20000 | head -1; exit ${PIPESTATUS[0]}": (141, ""),
    "moregrad score run <&-": (2, "no standard input"),
    "moregrad data list 2>/dev/full": (0, ""),
    "moregrad score run nowhere.txt 2>/dev/full": (2, ""),
    "moregrad evaluate run words.txt >/dev/full": (2, "No space left on device"),
    "moregrad compare run 2>&- >/dev/full": (2, ""),
    "moregrad --help >/dev/full": (2, "No space left on device"),
    "moregrad sample --help >&-": (2, "standard output is closed"),
    "moregrad models >/dev/full": (2, "No space left on device"),
    "moregrad train words.txt --model bigram --steps 2 --out a$RANDOM$RANDOM 2>/dev/full": (0, ""),
    "moregrad train words.txt --model bigram --steps 2 --out a$RANDOM$RANDOM 2>&-": (0, ""),
    "moregrad train words.txt --model bigram --steps 2 --out a$RANDOM$RANDOM >&-": (2, "standard output is closed"),
    "moregrad train words.txt --model bigram --steps 2 --out a$RANDOM$RANDOM >/dev/full": (2, "No space left"),
}
"""Lines of Bash, each with the exit code and what standard error must say; nothing where it is empty or closed."""


def try_output(ground: Ground, command: str) -> Trial:
    """Runs a line of OUTPUTS."""
    code, told = OUTPUTS[command]
    outcome = ground.shell(command)
    if outcome.returncode != code:
        return Trial(command, f"exit code {outcome.returncode}, not {code}: {outcome.stderr[-500:]!r}")
    if "Traceback" in outcome.stderr + outcome.stdout or "Exception ignored" in outcome.stderr:
        return Trial(command, f"traceback: {outcome.stderr[-500:]!r}")
    return Trial(command, "" if told in outcome.stderr else f"says {outcome.stderr[-500:]!r}")
