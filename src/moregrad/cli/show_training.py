"""A training as the user of a terminal sees it, from the first remark to the last."""

from contextlib import ExitStack
from pathlib import Path
from shlex import quote
from signal import SIGINT
from typing import Any

from rich.columns import Columns

from moregrad.cli.interruption import Interruption
from moregrad.cli.losses import loss_table, sampling_notes, unresolved
from moregrad.cli.options import as_typed
from moregrad.cli.progress import training_progress
from moregrad.cli.screen import print_json, say, show, tell
from moregrad.cli.tensorboard import event_files
from moregrad.runs.experiment import Experiment
from moregrad.runs.forecast import forecast
from moregrad.runs.record import describe_labels
from moregrad.runs.run import Run
from moregrad.runs.verdict import RUN
from moregrad.sampling.words import Sample


def train_in(folder: Path, run: Run, *, samples: int, tensorboard: bool, json: bool) -> int:
    """Trains `run` to its end in `folder`, showing its progress and its results; returns the exit code."""
    tell("\n".join([_introduce(run), *forecast(run)]))
    experiment = Experiment(run, folder, samples=samples)
    if code := run_to_end(experiment, folder, tensorboard=tensorboard):
        return code
    if json:
        words = [sample.word for sample in experiment.samples]
        print_json({"folder": str(folder), **experiment.run.record.to_dict(), "samples": words})
    else:
        show_results(experiment, folder)
    return 0


def run_to_end(experiment: Experiment, folder: Path, *, tensorboard: bool = False) -> int:
    """Trains to the end, showing the progress; returns 0, or after a signal its exit code, having told how to go on."""
    run = experiment.run
    with Interruption(experiment.stop) as interruption, ExitStack() as stack:
        callbacks = [stack.enter_context(training_progress(run))]
        if tensorboard:
            callbacks.append(stack.enter_context(event_files(run, folder)))
        for latest in experiment:
            for callback in callbacks:
                callback(latest)
    if not experiment.finished:
        by = interruption.signal.name if interruption.signal else "another process"
        say(
            f"moregrad: stopped by {by} at step {experiment.run.step} of {run.recipe.steps}; "
            f"go on with: moregrad train --resume {quote(str(folder))}"
        )
        return interruption.code if interruption.signal else 128 + SIGINT
    for warning in experiment.run.record.warnings:
        tell(f"moregrad: warning: {as_typed(warning)}")
    return 0


def _introduce(run: Run) -> str:
    report, architecture = run.record.cleaning, run.architecture
    dropped = {reason.replace("_", " "): found.count for reason, found in report.dropped.items()}
    losses = "".join(f", {count:,} {reason}" for reason, count in dropped.items() if count)
    notes = "".join(f"note: {note}\n" for note in report.notes)
    return (
        f"{run.record.source}: {report.read:,} read, {report.kept:,} kept{losses}\n{notes}"
        f"{architecture.name}: {run.record.parameters:,} parameters ({_list_settings(architecture.to_dict())}); "
        f"{run.record.words['train']:,} words to train on{_leakage(run)}{_shared(run)}{_labels(run)}{_started(run)}"
    )


def _started(run: Run) -> str:
    """Says what a training began with, and how many symbols of its list were known there."""
    start = run.record.start
    if start is None:
        return ""
    counted = f"{start.shared:,} symbols shared, {start.alike:,} begun as a similar letter, {start.fresh:,} fresh"
    return f"\nbegins with the weights of {start.name}: {counted}; {run.recipe.steps:,} steps of {run.recipe.optimizer}"


def _list_settings(settings: dict[str, Any]) -> str:
    """Lists settings with their values, those of a mixture's members one member after the other."""
    members = [f"{member['name']}: {_list_settings(member)}" for member in settings.get("members", [])]
    own = [
        f"{name} {value}"
        for name, value in settings.items()
        if name not in ("name", "members") and value not in ([], ())
    ]
    return "; ".join([*members, ", ".join(own)] if own else members)


def _shared(run: Run) -> str:
    """Says which words the makemore split validates on, for they are those it tests on."""
    held_out = run.record.words["test"]
    return f"; validation and test are the same {held_out:,} words" if run.record.split == "makemore" else ""


def _one_label(run: Run) -> str:
    return f" --label {quote(run.labels.names[0])}" if run.labels else ""


def _labels(run: Run) -> str:
    return f"\nlabels of {run.record.label_column}: {describe_labels(run.record.labels)}" if run.record.labels else ""


def _leakage(run: Run) -> str:
    leaked, words = vars(run.record.leakage), run.record.words
    if not any(leaked.values()):
        return ""
    shares = (f"{count:,} of {words[name]:,} in {name}" for name, count in leaked.items())
    return f", which hold {' and '.join(shares)} as well"


def _show_words(experiment: Experiment) -> list[Any]:
    words, shortage = list(map(_name, experiment.samples)), as_typed(experiment.samples.shortage)
    remark = [f"\n{shortage} in `moregrad sample`"] if shortage else []
    return [f"\n{len(words)} new words:", Columns(words, padding=(0, 3)), *remark] if words else remark


def _name(sample: Sample) -> str:
    return sample.word if sample.label is None else f"{sample.word} [{sample.label}]"


def _show_verdict(run: Run, typed: str) -> list[str]:
    """Returns what came of the training and what to try next; `typed` is the folder as a command has it."""
    if not run.verdict:
        return []
    tries = [f"  {advice.try_next.replace(RUN, typed)}  # {advice.reason}" for advice in run.verdict.advice]
    return ["", *run.verdict.sentences, *(["\nTo try:", *tries] if tries else [])]


def show_results(experiment: Experiment, folder: Path) -> None:
    """Prints the losses, new words, the verdict, and what to do next."""
    typed, losses = quote(str(folder)), experiment.run.record.losses or {}
    show(
        loss_table(losses),
        *sampling_notes(losses, f"moregrad evaluate {typed} --all"),
        *unresolved(losses),
        *_show_words(experiment),
        *_show_verdict(experiment.run, typed),
        f"\nSaved in {folder}. Next:\n"
        f"  moregrad sample {typed} --count 50{_one_label(experiment.run)}\n"
        f"  moregrad score {typed} words.txt\n"
        f"  moregrad evaluate {typed}",
    )
