"""Two trainings started at once into one folder, or two that resume one run.

One of them goes through, the other is told in one line or finds the run finished, and what is in the folder is one run.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from typing import Any

import moregrad
from campaigns import Trial
from campaigns._runs import WORDS

TRIES = 12
SETTINGS: dict[str, Any] = {"embedding": 4, "hidden": 4, "order": 3, "batch_size": 8, "steps": 3000, "eval_every": 500}
OPTIONS = [f"--{name.replace('_', '-')}={value}" for name, value in SETTINGS.items()]


def trials(seed: int) -> Iterator[Trial]:
    """Yields trials of two processes each, new trainings and resumed ones by turns, without end."""
    with TemporaryDirectory() as parent:
        lists = [Path(parent) / name for name in ("one.txt", "other.txt")]
        for path, words in zip(lists, (WORDS, [word[::-1] for word in WORDS]), strict=True):
            path.write_text("\n".join(words))
        begun = Path(parent) / "begun"
        moregrad.train(WORDS, "gru+ngram", **{**SETTINGS, "steps": 500}, out=begun)
        folder = Path(parent) / "run"
        while True:
            new = [["train", str(path), "--model=gru+ngram", f"--out={folder}", *OPTIONS] for path in lists]
            yield Trial("two new trainings", find_problem(folder, new))
            shutil.rmtree(folder)
            shutil.copytree(begun, folder)
            yield Trial(
                "two resumed trainings", find_problem(folder, [["train", f"--resume={folder}", "--steps=3000"]] * 2)
            )
            shutil.rmtree(folder)


def find_problem(folder: Path, commands: list[list[str]]) -> str:
    """Runs commands at once and says what is wrong with their ends or with the run in `folder`."""
    start = [sys.executable, "-m", "moregrad"]
    processes = [Popen([*start, *command], stdout=PIPE, stderr=PIPE, encoding="utf-8") for command in commands]
    last = [process.communicate()[1].rpartition("\nmoregrad: ")[2] for process in processes]
    codes = [process.returncode for process in processes]
    if 0 not in codes or not set(codes) <= {0, 2}:
        return f"exit codes {codes}: {last}"
    refused = [told for code, told in zip(codes, last, strict=True) if code == 2]
    if any(told.count("\n") != 1 or str(folder) not in told for told in refused):
        return f"the one that was refused said {refused}"
    run = moregrad.load(folder)
    return "" if run.record.losses == run.evaluate() else "the recorded losses are not those of the run"
