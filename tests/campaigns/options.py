"""Every option and argument of every command with twenty odd values each, capped in memory and in time."""

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from random import Random
from tempfile import TemporaryDirectory

from cyclopts import App

from campaigns import Trial
from campaigns._commands import Outcome, Worker
from moregrad.cli import app
from moregrad.models.catalogue import CATALOGUE

TRIES = 3000
VALUES = 20
"""Values tried for each option; the seed chooses them."""
AT_ONCE = 2
SLOW = 5.0
"""Seconds that no try may take."""
LIST = "".join(f"{first}{rest}\n" for first in "bdlm" for rest in ("ada", "ea", "ina"))
ODD = (
    *("0", "1", "3", "-1", "2.5", "-0.0", "1e3", "0x10", "0_2", "٣", "1,2", "1/2"),
    *(
        str(2**31),
        str(2**63),
        str(-(2**63)),
        "1" + 400 * "0",
        "9" * 5000,
        "1e400",
        "1e-400",
        "1e38",
        "nan",
        "inf",
        "-inf",
    ),
    *(
        "",
        " ",
        "none",
        "true",
        "word",
        "[red]",
        "[/]",
        "=1+1",
        "\x1b[31m\x07",
        "\u202eabc",
        "a\nb",
        "é" * 10_000,
        "-",
        "--",
    ),
    *("nowhere/at/all.txt", "..", "words.txt", "{}", '{"a": 1}', "[1, 2]", "gru+gru+ngram", "a-z"),
)
TINY = {
    **{"--embedding": "4", "--hidden": "4", "--depth": "1", "--heads": "2", "--mlp-ratio": "1", "--levels": "1"},
    **{"--steps": "2", "--eval-every": "2", "--batch-size": "4", "--samples": "1"},
}
"""Options that make a training last a second."""


@dataclass(frozen=True)
class Command:
    """A command that works: its words, and by name the options and arguments that it may be given otherwise."""

    words: tuple[str, ...]
    arguments: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    tried: tuple[str, ...]

    def with_value(self, name: str, value: str) -> list[str]:
        """Returns the words with `value` for an option, or for an argument whose place is its `name`."""
        arguments = [value if name == str(place) else given for place, given in enumerate(self.arguments)]
        options = [f"{option}={given}" for option, given in self.options if option != name]
        return [*self.words, *arguments, *options, *([f"{name}={value}"] if name.startswith("--") else [])]


def commands(app: App = app, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yields the words of every command that `app` has."""
    for name in app:
        if name.startswith("-"):
            continue
        inner = app[name]
        below = list(commands(inner, (*path, name))) if inner.default_command is None else []
        yield from below or [(*path, name)]


def prepare(worker: Worker, folder: Path) -> list[Command]:
    """Makes what the commands work on; returns them, with the options that their help names."""
    (folder / "words.txt").write_text(LIST)
    (folder / "table.csv").write_text("name,n\n" + "".join(f"{word},1\n" for word in LIST.split()))
    tiny = [f"{name}={value}" for name, value in TINY.items() if name not in ("--heads", "--mlp-ratio", "--levels")]
    assert worker.run(["train", "words.txt", "--model", "gru", "--out", "run", *tiny]).code == 0
    assert worker.run(["train", "words.txt", "--model", "ngram", "--out", "counts"]).code == 0
    arguments = {
        ("sample",): ("run",),
        ("top",): ("run",),
        ("score",): ("run", "words.txt"),
        ("classify",): ("words.txt", "run", "counts"),
        ("evaluate",): ("run", "words.txt"),
        ("compare",): ("run",),
        ("probabilities",): ("run", "an"),
        ("explain",): ("run", "anna"),
        ("plot",): ("words.txt", "lengths"),
        ("reproduce",): ("lecture-split",),
        ("lessons",): ("lessons",),
        ("data", "show"): ("table.csv",),
        ("data", "export"): ("table.csv", "export.txt"),
    }
    made = []
    for words in commands():
        if words == ("train",):
            made += [_training(worker, name) for name in CATALOGUE]
            made.append(_resumption(worker))
        elif words == ("lrfind",):
            made.append(_training(worker, "gru", words))
        else:
            given = (("--column", "name"),) if words[0] == "data" and words != ("data", "list") else ()
            made.append(_command(worker, words, arguments.get(words, ()), given))
    return made


def _command(
    worker: Worker, words: tuple[str, ...], arguments: tuple[str, ...], options: tuple[tuple[str, str], ...]
) -> Command:
    told = worker.run([*words, *(f"{name}={value}" for name, value in options), "--help"]).out
    named = sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", told)) - {"--help", "--version"})
    fitting = tuple((name, value) for name, value in options if name in named)
    return Command(words, arguments, fitting, (*map(str, range(len(arguments))), *named))


def _training(worker: Worker, model: str, words: tuple[str, ...] = ("train",)) -> Command:
    out = (("--out", "out"),) if words == ("train",) else ()
    options = (("--model", model), *out, *TINY.items())
    whole = _command(worker, words, ("words.txt",), (("--model", model),))
    fitting = tuple((name, value) for name, value in options if name in whole.tried)
    return Command(whole.words, whole.arguments, fitting, whole.tried)


def _resumption(worker: Worker) -> Command:
    return _command(worker, ("train",), (), (("--resume", "run"),))


def trials(seed: int) -> Iterator[Trial]:
    """Yields a trial for every value of every option, in random order; options of all trainings alike only once."""
    random = Random(seed)
    with TemporaryDirectory() as place:
        folders = [Path(place) / str(number) / "in" / "it" for number in range(AT_ONCE)]
        workers = [_open(folder) for folder in folders]
        try:
            made = prepare(workers[0], folders[0])
            for folder in folders[1:]:
                shutil.copytree(folders[0], folder, dirs_exist_ok=True)
            ways = [(command, name, value) for command, name in _tried(made) for value in random.sample(ODD, VALUES)]
            random.shuffle(ways)
            yield from _try_all(workers, folders, ways)
        finally:
            for worker in workers:
                worker.close()


def _try_all(workers: list[Worker], folders: list[Path], ways: list[tuple[Command, str, str]]) -> Iterator[Trial]:
    free: SimpleQueue[int] = SimpleQueue()
    for number in range(AT_ONCE):
        free.put(number)
    with ThreadPoolExecutor(AT_ONCE) as executor:
        for start in range(0, len(ways), 2 * AT_ONCE):
            yield from executor.map(partial(_try, workers, folders, free), ways[start : start + 2 * AT_ONCE])


def _open(folder: Path) -> Worker:
    folder.mkdir(parents=True)
    return Worker(folder)


def _tried(made: list[Command]) -> list[tuple[Command, str]]:
    """Returns the options of every command; those of the recipe and of reading are tried with one model."""
    seen: set[tuple[tuple[str, ...], str]] = set()
    result = []
    for command in made:
        model = dict(command.options).get("--model", "")
        own = set(CATALOGUE[model]().options()) if model else set()
        for name in command.tried:
            kind = model if name.removeprefix("--").replace("-", "_") in own else str(bool(model))
            if ((*command.words, kind), name) not in seen:
                seen.add(((*command.words, kind), name))
                result.append((command, name))
    return result


def _try(workers: list[Worker], folders: list[Path], free: "SimpleQueue[int]", way: tuple[Command, str, str]) -> Trial:
    number = free.get()
    try:
        command, name, value = way
        folder = folders[number]
        words = command.with_value(name, value)
        before = set(folder.iterdir())
        outcome = workers[number].run(words)
        for path in set(folder.iterdir()) - before - {folder / "compiled"}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return Trial(" ".join(word if len(word) < 60 else f"{word[:60]}..." for word in words), judge(outcome))
    finally:
        free.put(number)


def judge(outcome: Outcome) -> str:
    """Says what is wrong with the end of a command."""
    lines = outcome.err.splitlines()
    if outcome.code not in (0, 1, 2) or "Traceback" in outcome.err:
        return f"exit code {outcome.code}: {outcome.err[-700:]!r}"
    if outcome.seconds > SLOW:
        return f"took {outcome.seconds:.1f} s: {outcome.err[-200:]!r}"
    if any("Warning" in line for line in lines):
        return f"warns: {outcome.err[-500:]!r}"
    if outcome.code == 2 and (not lines or not lines[-1].startswith("moregrad: ")):
        return f"ends without a line of its own: {outcome.err[-500:]!r}"
    if outcome.code == 2 and len(lines[-1]) > 1500:
        return f"a line of {len(lines[-1])} characters: {lines[-1][:300]!r}"
    return ""
