"""The verdict on a training: every sentence and every advice, true by its numbers."""

from dataclasses import replace

import pytest

import moregrad
from moregrad.evaluation.scores import Evaluation, Score
from moregrad.evaluation.shapes import Shapes
from moregrad.runs import judging
from moregrad.runs.judging import judge
from moregrad.runs.temperatures import Trial, Trials
from runs.prepared import prepared

CAPITAL, LENGTH = "a capital inside", "an unusual length"


def shares(capital: float, length: float = 0.0, words: int = 700) -> Shapes:
    return Shapes(words, {CAPITAL: capital, LENGTH: length})


WELL = Trials(shares(0.0, words=118), (Trial(1.0, shares(0.0), ()),))


@pytest.fixture(autouse=True)
def temperatures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are well shaped at temperature 1, whatever the model."""
    monkeypatch.setattr(judging, "try_temperatures", lambda run: WELL)


def trained(
    run: moregrad.Run,
    validation: list[float],
    *,
    train: float = 2.0,
    held_out: float = 2.0,
    error: float | None = 0.01,
    **score: int,
) -> moregrad.Run:
    """The run with these losses, evaluated every 10 steps."""
    metrics = tuple(moregrad.Metrics(10 * n, 2.0, loss) for n, loss in enumerate(validation, 1))
    nothing = Score(0.0, 0, 0)
    one, other = (Score(loss * 1000, 1000, 100, error) for loss in (train, held_out))
    test = replace(other, **score)
    losses = {"train": one, "validation": other, "test": test}
    record = run.record.replace(losses={name: Evaluation(each, nothing) for name, each in losses.items()})
    progress = replace_step(run, 10 * len(validation))
    return replace(run, metrics=metrics, record=record, progress=progress)


def replace_step(run: moregrad.Run, step: int) -> moregrad.training.Progress:
    return replace(run.progress, step=run.progress.step * 0 + step)


def told(run: moregrad.Run) -> str:
    return str(judge(run))


def test_the_last_step_may_be_the_best(run: moregrad.Run):
    verdict = judge(trained(run, [2.2, 2.1, 2.1001, 2.09]))
    assert (verdict.kept, verdict.steps, verdict.overfits, verdict.rise) == (40, 40, False, 0)
    assert "The model of step 40, the last, is the best on the validation words and is kept." in verdict.sentences


def test_a_validation_loss_that_rises_is_overfitting(run: moregrad.Run):
    verdict = judge(trained(run, [2.2, 2.1, 2.5, 3.34]))
    assert (verdict.kept, verdict.overfits, verdict.rise) == (20, True, pytest.approx(1.24))
    assert "The model of step 20 of 40 is kept: after it the validation loss rose from 2.100 to 3.340" in str(verdict)
    assert [advice.try_next for advice in verdict.advice] == ["train again with --steps 20"]
    bare = replace(run, architecture=run.architecture.replace(dropout=0.0))
    (advice,) = judge(trained(bare, [2.2, 2.1, 2.5, 3.34])).advice
    assert advice.try_next == "train again with --steps 20 --dropout 0.3"


def test_a_rise_within_the_noise_is_none(run: moregrad.Run):
    verdict = judge(trained(run, [2.2, 2.1, 2.12], error=0.2))
    assert (verdict.kept, verdict.overfits, verdict.advice) == (20, False, ())
    assert "step 20 of 30 is kept; the validation loss hardly changed after it" in str(verdict)
    assert judge(trained(run, [2.2, 2.1, 2.12], error=0.01)).overfits


@pytest.mark.parametrize(
    ("train", "held_out", "error", "remark"),
    [
        (0.787, 1.7, 0.1, "0.79 nats per character on training words and 1.70 on validation words: part of the list"),
        (2.0, 2.01, 0.01, "2.000 nats per character on training words and 2.010 on validation words: the list is not"),
        (2.0, 2.1, 0.01, "2.000 nats per character on training words and 2.100 on validation words."),
        (2.0, 2.4, 0.4, "2.0 nats per character on training words and 2.4 on validation words: the list is not"),
    ],
)
def test_the_gap_tells_whether_the_list_is_known_by_heart(
    run: moregrad.Run, train: float, held_out: float, error: float, remark: str
):
    verdict = judge(trained(run, [2.0], train=train, held_out=held_out, error=error))
    assert verdict.gap == pytest.approx(held_out - train)
    assert remark in str(verdict)


def test_the_words_that_a_loss_rests_on_are_told_with_its_error(run: moregrad.Run):
    assert "The test loss, 2.000 ±0.010, rests on 100 words: on other words like them it may be 0.020 higher" in told(
        trained(run, [2.0])
    )
    assert "rests on 100 words, drawn at random from 9,000: " in told(trained(run, [2.0], sampled_from=9_000))
    assert "The test loss rests on 1 word, too few to tell its standard error." in told(
        trained(run, [2.0], error=None, words=1)
    )


def test_the_share_of_the_list_that_was_seen_is_told(run: moregrad.Run):
    rows = run.architecture.examples(run.splits["train"], len(run.vocabulary)).size
    assert run.record.rows == rows
    verdict = judge(trained(run, [2.0]))
    assert verdict.passes == pytest.approx(10 * run.recipe.batch_size / rows)
    assert f"at most {verdict.passes:.0%} of the list in 10 steps of 8 rows" in str(verdict)
    (advice,) = verdict.advice
    assert advice.try_next == f"moregrad train --resume RUN --steps {-(-2 * rows // 8)}"
    often = judge(trained(run, [2.0] * 50))
    assert often.passes is not None
    assert f"about {often.passes:.0f} times in 500 steps" in str(often)
    assert (often.advice, often.part) == ((), 1)


def test_a_network_that_trains_on_part_of_a_list_saw_no_more_than_that(run: moregrad.Run):
    half = replace(run, record=run.record.replace(rows=run.record.rows // 2))
    verdict = judge(trained(half, [2.0] * 50))
    assert verdict.part == pytest.approx(0.5, abs=0.02)
    assert f"uses {verdict.part:.0%} of the list, which it saw about {verdict.passes:.0f} times" in str(verdict)
    small = replace(half, recipe=half.recipe.replace(batch_size=2))
    assert f"at most {0.5 * 20 / half.record.rows:.0%} of the list" in str(judge(trained(small, [2.0])))


def test_a_run_that_was_recorded_without_its_rows_says_nothing_of_them(run: moregrad.Run):
    early = replace(run, record=run.record.replace(rows=0))
    assert judge(trained(early, [2.0])).passes is None


def test_more_steps_are_advised_while_the_loss_falls(run: moregrad.Run):
    (advice,) = judge(trained(run, [3 - 0.02 * number for number in range(50)])).advice
    assert advice.try_next == "moregrad train --resume RUN --steps 1000"


def test_a_training_that_went_wrong_has_its_own_advice(run: moregrad.Run):
    wrong = trained(run, [2.2, 2.1, 3.0])
    assert judge(replace(wrong, record=wrong.record.replace(warnings=("it went wrong",)))).advice == ()


def test_counts_take_no_steps(monkeypatch: pytest.MonkeyPatch):
    counts = prepared("ngram")
    verdict = judge(replace(counts, record=counts.record.replace(losses=counts.evaluate())))
    assert (verdict.kept, verdict.passes, verdict.overfits, verdict.advice) == (None, None, False, ())
    assert "The model counts and takes no steps; it has counted all 19 training words." in verdict.sentences


def test_a_network_without_a_step_has_learned_nothing():
    fresh = prepared("mlp")
    verdict = judge(replace(fresh, record=fresh.record.replace(losses=fresh.evaluate())))
    assert verdict.sentences[0] == "No step was taken, so the model has learned nothing yet."
    assert verdict.kept is None


@pytest.mark.parametrize(
    ("trials", "sentence", "advised"),
    [
        (WELL, "At temperature 1 new words are as well shaped as those of the list.", None),
        (
            Trials(shares(0.0), (Trial(1.0, shares(0.102), (CAPITAL,)), Trial(0.7, shares(0.007), ()))),
            "Of the new words at temperature 1, 10% have a capital inside (list: 0%); 0.7 suits better: 0.7% have a "
            "capital inside.",
            "moregrad sample RUN --temperature 0.7",
        ),
        (
            Trials(
                shares(0.0),
                (Trial(1.0, shares(0.1, 0.3), (CAPITAL, LENGTH)), Trial(0.8, shares(0, 0.3), (LENGTH,))),
            ),
            "0.8 suits better: 0% have a capital inside; an unusual length stays too common.",
            "moregrad sample RUN --temperature 0.8",
        ),
        (
            Trials(shares(0.0), (Trial(1.0, shares(0.1), (CAPITAL,)), Trial(0.6, shares(0.2), (CAPITAL,)))),
            "10% have a capital inside (list: 0%); no lower temperature mends that.",
            None,
        ),
        (
            Trials(shares(0.0), (Trial(1.0, shares(0.0, words=4), ()),)),
            "Hardly a word that was drawn is new, so nothing can be said of the temperature.",
            None,
        ),
    ],
)
def test_the_temperature_that_suits_is_told(
    run: moregrad.Run, trials: Trials, sentence: str, advised: str | None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(judging, "try_temperatures", lambda run: trials)
    verdict = judge(trained(run, [2.1, *[2.0] * 60]))
    assert verdict.sentences[-1].endswith(sentence)
    assert [advice.try_next for advice in verdict.advice] == ([advised] if advised else [])
    assert verdict.temperature == trials.suited.temperature


def test_a_verdict_is_kept_with_the_run(run: moregrad.Run):
    assert run.verdict is not None
    assert moregrad.Record.from_dict(run.record.to_dict()) == run.record
    assert run.verdict.kept in (10, 20)
    assert run.verdict.sentences[-1]
