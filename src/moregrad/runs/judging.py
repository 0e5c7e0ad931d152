"""From a run that was trained and evaluated to the verdict on it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from moregrad.estimate import Estimate, EstimateWithError
from moregrad.evaluation.scores import Score
from moregrad.runs.run import TEST, TRAIN, VALIDATION, Run
from moregrad.runs.temperatures import LEAST, Trials, try_temperatures
from moregrad.runs.verdict import RUN, Advice, Verdict

NOISE = 0.005
"""The least rise of the validation loss, in nats, that is one."""

PAIRED = 0.25
"""The part of a loss's standard error that remains between two steps of one training, whose words are the same."""

BY_HEART = 0.3
"""The gap between held-out words and those trained on, in nats, from which on a list is known by heart in part."""

ENOUGH = 2.0
"""Passes over the list below which more steps are advised."""

BEGINNING = 2_000
"""Words at the beginning of a list that tell how many rows all of it would make."""

WHOLE = 0.95
"""The part of a list from which on it is taken for the whole, since the rows of all of it are estimated."""

LONGER = 10
"""The most that steps are advised to be multiplied by."""


@dataclass(frozen=True)
class Course:
    """The course of a training: the kept step and the last, their validation losses in nats, and the last fall."""

    kept: int
    last: int
    best: Estimate
    final: Estimate
    fall: float

    @classmethod
    def of(cls, run: Run) -> "Course | None":
        """Returns the course of `run`; None if it was never evaluated."""
        if not run.metrics:
            return None
        losses = run.record.losses or {}
        error = losses[VALIDATION].all.uncertainty if VALIDATION in losses else None
        best, last = min(run.metrics, key=lambda metrics: metrics.validation), run.metrics[-1]
        fall = run.metrics[-2].validation - last.validation if len(run.metrics) > 1 else math.inf
        return cls(best.step, last.step, Estimate(best.validation, error), Estimate(last.validation, error), fall)

    @property
    def rise(self) -> float:
        """The validation loss of the last step less that of the kept one, in nats."""
        return float(self.final) - float(self.best)

    @property
    def noise(self) -> float:
        """The difference between two steps, in nats, that is none."""
        return max(NOISE, PAIRED * (self.best.error or 0))

    @property
    def overfits(self) -> bool:
        """Tells whether the validation loss rose from the kept step to the last one."""
        return self.kept < self.last and self.rise > self.noise


def judge(run: Run) -> Verdict:
    """Returns the verdict on `run`, which has its losses on record; draws words from it to find the temperature."""
    course, gap, (passes, part), trials = Course.of(run), _gap(run), _passes(run), try_temperatures(run)
    sentences = [
        *_tell_course(run, course),
        *_tell_gap(run, gap),
        *_tell_precision(run),
        *_tell_passes(run, passes, part),
        *_tell_temperature(trials),
    ]
    return Verdict(
        kept=course.kept if course else None,
        steps=run.step,
        rise=course.rise if course else None,
        overfits=bool(course and course.overfits),
        gap=gap,
        passes=passes,
        part=part,
        temperature=trials.suited.temperature,
        listed=trials.listed,
        made=trials.suited.new,
        sentences=tuple(sentences),
        advice=() if run.record.warnings else tuple(_advise(run, course, passes, trials)),
    )


def _gap(run: Run) -> float | None:
    losses = run.record.losses or {}
    if TRAIN not in losses or VALIDATION not in losses:
        return None
    gap = losses[VALIDATION].all.nats - losses[TRAIN].all.nats
    return gap if math.isfinite(gap) else None


def _passes(run: Run) -> tuple[float | None, float | None]:
    """Returns how often the steps went through what the network trains on, and which part of the list that is."""
    if not run.record.parameters or not run.step or not run.record.rows:
        return None, None
    # Rows of a whole long list may take long to make; those of its beginning tell how many there would be.
    words = run.splits[TRAIN]
    beginning = words.first(BEGINNING)
    rows = run.architecture.examples(beginning, len(run.vocabulary)).size * words.predictions / beginning.predictions
    part = run.record.rows / rows
    return run.step * run.recipe.batch_size / run.record.rows, part if part < WHOLE else 1.0


def _tell_course(run: Run, course: Course | None) -> Iterator[str]:
    if course is None:
        words = f"all {run.record.words[TRAIN]:,} training words"
        counted = f"The model counts and takes no steps; it has counted {words}."
        yield counted if not run.record.parameters else "No step was taken, so the model has learned nothing yet."
    elif course.overfits:
        yield (
            f"The model of step {course.kept:,} of {course.last:,} is kept: after it the validation loss rose from "
            f"{course.best} to {course.final}, so the training overfits the list."
        )
    elif course.kept < course.last:
        kept = f"The model of step {course.kept:,} of {course.last:,} is kept"
        yield f"{kept}; the validation loss hardly changed after it."
    else:
        yield f"The model of step {course.kept:,}, the last, is the best on the validation words and is kept."


def _tell_gap(run: Run, gap: float | None) -> Iterator[str]:
    if gap is None or not run.record.losses:
        return
    train, held_out = (_estimate(run.record.losses[name].all) for name in (TRAIN, VALIDATION))
    error = math.hypot(train.error or 0, held_out.error or 0)
    remark = ""
    if gap > BY_HEART and gap > 2 * error:
        remark = ": part of the list is known by heart"
    elif gap <= max(2 * error, NOISE):
        remark = ": the list is not known by heart"
    yield f"Its loss is {train} nats per character on training words and {held_out} on validation words{remark}."


def _tell_precision(run: Run) -> Iterator[str]:
    if not run.record.losses:
        return
    score = run.record.losses[TEST].all
    drawn = f", drawn at random from {score.sampled_from:,}" if score.sampled_from else ""
    words = f"{score.words:,} word{'s' * (score.words != 1)}{drawn}"
    if score.standard_error is None:
        yield f"The test loss rests on {words}, too few to tell its standard error."
        return
    shown = EstimateWithError(score.nats, score.standard_error)
    chance = Estimate(2 * score.standard_error, score.standard_error)
    yield f"The test loss, {shown}, rests on {words}: on other words like them it may be {chance} higher or lower."


def _tell_passes(run: Run, passes: float | None, part: float | None) -> Iterator[str]:
    if passes is None or part is None:
        return
    rows = f"in {run.step:,} steps of {run.recipe.batch_size:,} rows"
    often = f"about {passes:,.{0 if passes >= 10 else 1}f} times {rows}"
    if passes < 1:
        yield f"Training saw at most {_percent(passes * part)} of the list {rows}."
    elif part < 1:
        yield f"Training uses {_percent(part)} of the list, which it saw {often}."
    else:
        yield f"Training saw the list {often}."


def _tell_temperature(trials: Trials) -> Iterator[str]:
    first, suited = trials.made[0], trials.suited
    if first.new.words < LEAST:
        yield "Hardly a word that was drawn is new, so nothing can be said of the temperature."
        return
    if not first.astray:
        yield "At temperature 1 new words are as well shaped as those of the list."
        return
    told = " and ".join(
        f"{_percent(first.new.shares[name])} have {name} (list: {_percent(trials.listed.shares[name])})"
        for name in first.astray
    )
    mended = [name for name in first.astray if name not in suited.astray]
    if not mended:
        yield f"Of the new words at temperature 1, {told}; no lower temperature mends that."
        return
    better = " and ".join(f"{_percent(suited.new.shares[name])} have {name}" for name in mended)
    rest = f"; {' and '.join(suited.astray)} stays too common" if suited.astray else ""
    yield f"Of the new words at temperature 1, {told}; {suited.temperature:g} suits better: {better}{rest}."


def _advise(run: Run, course: Course | None, passes: float | None, trials: Trials) -> Iterator[Advice]:
    if course and course.overfits:
        yield Advice(_retrain(run, course), "the training overfits after that step")
    elif course and passes and course.kept == course.last and passes < ENOUGH:
        steps = min(math.ceil(run.step * ENOUGH / passes), run.step * LONGER)
        yield Advice(f"moregrad train --resume {RUN} --steps {steps}", "training has seen little of the list")
    elif course and course.kept == course.last and course.fall > course.noise:
        yield Advice(f"moregrad train --resume {RUN} --steps {2 * run.step}", "the validation loss was still falling")
    suited, first = trials.suited, trials.made[0]
    if suited.temperature < 1:
        mended = [name for name in first.astray if name not in suited.astray]
        yield Advice(
            f"moregrad sample {RUN} --temperature {suited.temperature:g}", f"fewer words have {' or '.join(mended)}"
        )


def _retrain(run: Run, course: Course) -> str:
    dropout = run.architecture.options().get("dropout")
    regular = " --dropout 0.3" if dropout and not (dropout.default or 0) >= 0.3 else ""
    return f"train again with --steps {course.kept}{regular}"


def _estimate(score: Score) -> Estimate:
    return Estimate(score.nats, score.uncertainty)


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.1 or share == 0 else f"{share * 100:.2g}%"
