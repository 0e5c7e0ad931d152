"""A training as the user of a terminal sees it, from the first remark to the last."""

import time
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from shlex import quote

from rich.columns import Columns

from moregrad.cli.interruption import Interruption
from moregrad.cli.losses import loss_table
from moregrad.cli.progress import shown_progress
from moregrad.cli.screen import print_json, say, show
from moregrad.cli.tensorboard import event_files
from moregrad.errors import StorageError
from moregrad.runs.experiment import finish, pursue
from moregrad.runs.run import Run
from moregrad.sampling.words import Sample

RUNS = Path("runs")


def free_folder(run: Run) -> Path:
    """A new folder in runs/, called after the model and the source; trainings that start together get one each."""
    source = "".join(letter if letter.isalnum() else "-" for letter in Path(run.record["source"]).name).strip("-")
    names = (RUNS / f"{run.architecture.name}-{source or 'list'}-{number}" for number in count(1))
    return next(folder for folder in names if _made(folder))


def _made(folder: Path) -> bool:
    """Whether `folder` could be made; false if it was there already."""
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        return False
    except OSError as error:
        raise StorageError(f"cannot make the folder {folder}: {error.strerror}; name one with --out") from error
    return True


def train_in(folder: Path, run: Run, *, samples: int, tensorboard: bool, json: bool) -> int:
    """Trains `run` to its end in `folder`, showing how it goes and what came of it; returns the exit code."""
    say(_introduction(run))
    with Interruption() as interruption:
        run = _trained(run, folder, interruption, tensorboard=tensorboard)
    if interruption.signal:
        say(
            f"moregrad: stopped by {interruption.signal.name} at step {int(run.progress.step)} of {run.recipe.steps}; "
            f"go on with: moregrad train --resume {quote(str(folder))}"
        )
        return interruption.code
    run, made = finish(run, folder, count=samples)
    if json:
        print_json({"folder": str(folder), **run.record, "samples": [sample.word for sample in made]})
    else:
        _show(run, made, folder)
    return 0


def _trained(run: Run, folder: Path, interruption: Interruption, *, tensorboard: bool) -> Run:
    with ExitStack() as stack:
        watches = [stack.enter_context(shown_progress(run))]
        if tensorboard:
            watches.append(stack.enter_context(event_files(run, folder)))
        latest = run
        for latest in pursue(run, folder, clock=time.monotonic):
            for watch in watches:
                watch(latest)
            if interruption.signal:
                break
    return latest


def _introduction(run: Run) -> str:
    report, architecture = run.record["cleaning"], run.architecture
    dropped = {reason.replace("_", " "): found["count"] for reason, found in report.items() if isinstance(found, dict)}
    losses = "".join(f", {count:,} {reason}" for reason, count in dropped.items() if count)
    settings = ", ".join(f"{name} {value}" for name, value in architecture.record().items() if name != "name")
    return (
        f"{run.record['source']}: {report['read']:,} read, {report['kept']:,} kept{losses}\n"
        f"{architecture.name}: {run.record['parameters']:,} parameters ({settings}); "
        f"{run.record['words']['train']:,} words to train on{_leakage(run)}"
    )


def _leakage(run: Run) -> str:
    leaked, words = run.record["leakage"], run.record["words"]
    if not any(leaked.values()):
        return ""
    shares = (f"{count:,} of {words[name]:,} in {name}" for name, count in leaked.items())
    return f", which hold {' and '.join(shares)} as well"


def _show(run: Run, made: list[Sample], folder: Path) -> None:
    typed = quote(str(folder))
    show(
        loss_table(run.record["losses"]),
        f"\n{len(made)} new words:",
        Columns([sample.word for sample in made], padding=(0, 3)),
        f"\nKept in {folder}. Next:\n"
        f"  moregrad sample {typed} --count 50\n"
        f"  moregrad score {typed} words.txt\n"
        f"  moregrad evaluate {typed}",
    )
