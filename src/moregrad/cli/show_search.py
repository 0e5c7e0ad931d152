"""A search as the user of a terminal sees it, from the first remark to the run of the best settings."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import moregrad
from moregrad.cli.interruption import Interruption
from moregrad.cli.progress import DEVIATION
from moregrad.cli.screen import notes, print_json, say, show, table, tell
from moregrad.cli.show_training import run_to_end, show_results
from moregrad.errors import MoregradError
from moregrad.estimate import Estimate
from moregrad.runs.experiment import Experiment
from moregrad.runs.fit import VALIDATION_WORDS
from moregrad.runs.run import Run
from moregrad.searches.findings import SHOWN, Findings, Trial, abbreviate
from moregrad.searches.search import Search
from moregrad.searches.space import Space
from moregrad.searches.spread import train_all

PARALLEL, IMPORTANCE = "parallel-coordinates.png", "importance.png"


def search_for_best(search: Search, folder: Path, storage: Path, *, again: str, json: bool) -> int:
    """Runs `search`, shows its trials, and trains the best in `folder`; returns the exit code."""
    study = search.study
    with Interruption(search.stop) as interruption:
        tell(_introduce(search.space, len(study.findings()), storage))
        with _progress(search) as told:
            for ended in search:
                told(ended)
    others, findings = study.leave(), study.findings()
    if interruption.signal:
        _show(findings, search, json)
        say(f"moregrad: stopped by {interruption.signal.name}; {len(findings):,} trials are kept; go on with: {again}")
        return interruption.code
    if others:
        at_work = "1 other process still works" if others == 1 else f"{others} other processes still work"
        tell(f"{at_work} on {storage}; the last to end trains the best settings")
        _show(findings, search, json)
        return 0
    best = findings.best
    if not json:
        _show(findings, search, json)
        tell(f"\ntraining the best settings, those of trial {best.number}, once more as a run in {folder}")
    experiment = Experiment(search.begin(best.settings), folder)
    if code := run_to_end(experiment, folder):
        return code
    pictures = _draw(findings, folder)
    if json:
        run = {"folder": str(folder), **experiment.run.record.to_dict()}
        print_json(
            {**findings.to_dict(), "best": best.number, "storage": str(storage), "run": run, "pictures": pictures}
        )
        return 0
    show("\nThe best settings as a run:")
    show_results(experiment, folder)
    show(f"\nPictures of the search: {' '.join(pictures)}\nTo go on, with higher --trials:\n  {again}")
    return 0


def show_spread(runs: Sequence[Run], *, json: bool) -> int:
    """Trains runs that differ in their seeds, and shows how their losses spread; returns the exit code."""
    first = runs[0]
    tell(
        f"{first.record.source}: {first.record.words['train']:,} words to train on; {first.architecture.name}: "
        f"{first.record.parameters:,} parameters, {len(runs)} seeds from {first.recipe.seed} on"
    )
    spread = train_all(runs, _tell_step)
    if json:
        print_json(spread.to_dict())
    else:
        columns = spread.table().columns
        show(table(columns, [spread.row(split) for split in spread.losses]), f"\n{spread.remark}")
    return 0


def _tell_step(runs: Sequence[Run]) -> None:
    losses = [run.metrics[-1].validation for run in runs if run.metrics]
    if losses:
        step = max(run.step for run in runs)
        say(f"step {step} of {runs[0].recipe.steps}: validation {min(losses):.3f} to {max(losses):.3f}")


def _introduce(space: Space, trials: int, storage: Path) -> str:
    varied = "; ".join(f"{name} {_told(values)}" for name, values in space.varied.items())
    found = f", which holds {trials:,} already" if trials else ""
    return f"searching {space.architecture.name}: {varied}\ntrials are kept in {storage}{found}"


def _told(values: Any) -> str:
    if isinstance(values, tuple):
        return ", ".join(map(str, values))
    return f"{values}{' (logarithmic)' if values.log else ''}"


@contextmanager
def _progress(search: Search) -> Iterator[Callable[[Sequence[Trial]], None]]:
    """Yields a callback that shows trials that ended: a bar on a terminal, or else a line each."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    # Not on a terminal, the bar draws nothing.
    bar = Progress(
        BarColumn(12), MofNCompleteColumn(), TextColumn("{task.fields[best]}"), TimeElapsedColumn(), console=notes(),
        redirect_stdout=False, redirect_stderr=False, disable=not notes().is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=search.study.limit, completed=len(search.study.findings()), best="compiling")

        def tell_trials(ended: Sequence[Trial]) -> None:
            if not notes().is_terminal:
                for trial in ended:
                    say(_line(trial))
            findings = search.study.findings()
            finished = [trial for trial in findings.ranked if trial.state == "finished"]
            best = f"best {finished[0].validation:.3f}" if finished else "no trial finished"
            bar.update(task, completed=len(findings), best=best)

        yield tell_trials


def _line(trial: Trial) -> str:
    settings = ", ".join(f"{name} {abbreviate(value)}" for name, value in trial.settings.items())
    loss = "" if trial.validation is None else f" validation {trial.validation:.4f}"
    ended = {"finished": "", "pruned": f", pruned at step {trial.steps}", "failed": f", failed: {trial.problem}"}
    return f"trial {trial.number}:{loss} ({settings}){ended[trial.state]}"


def _show(findings: Findings, search: Search, json: bool) -> None:
    """Prints the best trials, with the digits that the number of validation words supports."""
    if json:
        print_json(findings.to_dict())
        return
    if not findings:
        return
    words = min(search.preparation.record.words["validation"], VALIDATION_WORDS)
    error = DEVIATION / math.sqrt(words)
    rows = [
        [Estimate(cell, error) if column == "validation" and isinstance(cell, float) else cell
         for column, cell in zip(findings.table().columns, findings.row(trial), strict=True)]
        for trial in findings.ranked[:SHOWN]
    ]  # fmt: skip
    counted = {state: sum(trial.state == state for trial in findings.trials) for state in ("pruned", "failed")}
    extra = "".join(f", {count:,} {state}" for state, count in counted.items() if count)
    shares = ", ".join(f"{name} {share:.0%}" for name, share in findings.importance.items())
    show(
        table(findings.table().columns, rows),
        f"\n{len(findings):,} trials{extra}. Validation losses of {words:,} words, in nats per character, each with a "
        f"standard error of about {error:.1g}; the lowest of many is lower than it would be on other words.",
        *([f"Share of each setting in the differences: {shares}"] if shares else []),
    )


def _draw(findings: Findings, folder: Path) -> list[str]:
    """Saves the pictures of a search and returns their paths."""
    drawn = [trial for trial in findings.ranked if trial.state != "failed"]
    losses = [trial.validation for trial in drawn if trial.validation is not None]
    settings = {
        name: [trial.settings[name] for trial in drawn if trial.validation is not None] for name in findings.varied
    }
    pictures = {PARALLEL: moregrad.plots.parallel_coordinates(settings, losses)}
    if findings.importance:
        pictures[IMPORTANCE] = moregrad.plots.importance(findings.importance)
    try:
        return [str(moregrad.plots.save(axes, folder / name)) for name, axes in pictures.items()]
    except MoregradError as error:
        say(f"moregrad: {error}")
        return []
