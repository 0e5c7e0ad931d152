"""From words to a run in a folder: trained to its end, stopped, and taken up again."""

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Thread
from typing import Any

import pytest
from safetensors.numpy import load_file

import moregrad
from moregrad.errors import ConfigurationError, DataError, ModelError, StorageError
from moregrad.models.composite import Averaged
from moregrad.models.mlp import MLP
from moregrad.recipe import Recipe
from moregrad.runs import experiment
from moregrad.runs.experiment import Experiment, extend, prepare, read
from runs.prepared import prepared
from runs.small import NAMES, SMALL

FILES = {"model.safetensors", "words.safetensors", "run.json", "metrics.jsonl"}
TIMELESS = ("words.safetensors", "metrics.jsonl", "samples.txt")
"""Files of a finished run that say nothing of how long it took."""


def begun() -> moregrad.Run:
    """A run before its first of two evaluations."""
    recipe = Recipe(steps=20, eval_every=10, batch_size=8, schedule="constant")
    return prepare(read(NAMES, moregrad.Reading()), MLP(hidden=8, embedding=4), recipe)


def contents(folder: Path) -> tuple[list[bytes], dict[str, bytes]]:
    """All of a run that says nothing of how long it took."""
    arrays = load_file(folder / "model.safetensors")
    return [(folder / name).read_bytes() for name in TIMELESS], {
        name: array.tobytes() for name, array in arrays.items()
    }


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that went through."""
    folder = tmp_path_factory.mktemp("unbroken")
    assert len(list(Experiment(begun(), folder))) == 2
    return folder


def test_every_evaluation_is_yielded_with_the_folder_already_written(tmp_path: Path):
    steps = []
    for run in Experiment(begun(), tmp_path):
        stored = moregrad.load(tmp_path)
        assert (stored.step, stored.metrics, stored.record) == (run.step, run.metrics, run.record)
        assert {path.name for path in tmp_path.iterdir()} == {*FILES, ".lock"}
        steps.append(run.step)
    assert steps == [10, 20]


def test_losses_and_samples_are_there_at_the_end_only(tmp_path: Path):
    training = Experiment(begun(), tmp_path, samples=100)
    for run in training:
        assert (training.finished, training.samples, run.record.losses) == (False, [], None)
    assert training.finished
    assert (tmp_path / "samples.txt").read_text().split() == [sample.word for sample in training.samples]
    assert len({sample.word for sample in training.samples} - set(NAMES)) == 100
    assert training.run.record.losses == moregrad.load(tmp_path).record.losses == training.run.evaluate()


def test_it_is_stopped_from_another_thread_and_taken_up_to_the_same_bits(unbroken: Path, tmp_path: Path):
    training = Experiment(begun(), tmp_path)
    for run in training:
        assert run.step == 10
        thread = Thread(target=training.stop)
        thread.start()
        thread.join()
    assert (training.run.step, training.finished, training.samples) == (10, False, [])
    assert {path.name for path in tmp_path.iterdir()} == FILES
    again = Experiment(moregrad.load(tmp_path), tmp_path)
    assert [run.step for run in again] == [20]
    assert again.finished
    assert contents(tmp_path) == contents(unbroken)
    assert again.run.record.losses == moregrad.load(unbroken).record.losses


def test_one_stopped_before_it_begins_ends_after_its_first_evaluation():
    training = Experiment(begun())
    training.stop()
    assert [run.step for run in training] == [10]
    assert not training.finished


def test_the_words_are_in_the_folder_before_the_first_step(tmp_path: Path):
    iterator: Iterator[moregrad.Run] = iter(Experiment(extend(begun(), 0), tmp_path, samples=0))
    assert next(iterator, None) is None
    assert moregrad.load(tmp_path).step == 0


def test_seconds_are_those_of_the_clock_and_go_on_where_they_stood(tmp_path: Path):
    ticks = count(100.0, 2.5)
    training = Experiment(begun(), tmp_path, clock=lambda: next(ticks))
    assert [run.record.seconds for run in training] == [2.5, 5.0]
    longer = Experiment(extend(moregrad.load(tmp_path), 30), tmp_path, clock=lambda: next(ticks))
    assert [run.record.seconds for run in longer] == [7.5]


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    training = Experiment(begun())
    assert len(list(training)) == 2
    assert len(training.samples) == 20
    assert list(tmp_path.iterdir()) == []


def test_a_process_beside_the_one_that_writes_trains_along_and_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(experiment, "writes", lambda: False)
    beside = Experiment(prepared("bigram"), tmp_path / "run", samples=5)
    *_, last = beside
    assert last.step == 20
    assert (beside.finished, beside.run.record.losses, len(beside.samples)) == (True, None, 0)
    assert not (tmp_path / "run").exists()


def test_resuming_from_python_leads_to_the_same_bits(tmp_path: Path):
    class Stop(Exception):
        pass

    def stop(run: moregrad.Run) -> None:
        raise Stop

    with pytest.raises(Stop):
        moregrad.train(NAMES, "mlp", **SMALL, out=tmp_path / "run", callback=stop)
    resumed = moregrad.resume(tmp_path / "run")
    whole = moregrad.train(NAMES, "mlp", **SMALL)
    assert [metrics.train for metrics in resumed.metrics] == [metrics.train for metrics in whole.metrics]
    assert moregrad.load(tmp_path / "run").record.losses == whole.record.losses
    with pytest.raises(ConfigurationError, match="has taken 20 already"):
        moregrad.resume(tmp_path / "run", steps=10)


def test_a_run_that_has_ended_ends_again_with_the_same_weights(tmp_path: Path):
    ended = moregrad.train(NAMES, "gru+ngram", **SMALL, out=tmp_path / "run")
    again = moregrad.resume(tmp_path / "run")
    assert isinstance(ended.model, Averaged)
    assert isinstance(again.model, Averaged)
    assert isinstance(again.progress.model, Averaged)
    assert (again.model.log_weights.value == ended.model.log_weights.value).all()
    assert (again.model.log_weights.value != again.progress.model.log_weights.value).all()
    assert again.record.losses == ended.record.losses


def test_a_run_that_goes_on_drops_the_losses_it_had(run: moregrad.Run, tmp_path: Path):
    moregrad.save(run, tmp_path / "run")

    def stop(run: moregrad.Run) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        moregrad.resume(tmp_path / "run", steps=40, callback=stop)
    assert moregrad.load(tmp_path / "run").record.losses is None


@pytest.mark.usefixtures("untyped_caller")
def test_a_class_is_no_model():
    with pytest.raises(ModelError, match=r"such as GRU\(\)"):
        moregrad.train(NAMES, moregrad.models.GRU)  # pyright: ignore[reportArgumentType]


def test_the_record_tells_what_was_trained_on_what(run: moregrad.Run):
    record = run.record
    assert record.source == "the given list"
    assert record.cleaning.kept == len(NAMES)
    assert record.split == "words"
    assert sum(record.words.values()) == len(NAMES)
    assert set(record.versions) == {"moregrad", "jax", "python", "platform"}
    assert record.losses is not None
    assert record.losses["test"].all.nats == run.evaluate()["test"].all.nats
    assert record.losses["train"].unseen.to_dict()["nats"] is None
    assert record.seconds > 0


def test_the_same_seed_gives_the_same_words(run: moregrad.Run):
    again = moregrad.train(NAMES, "mlp", **SMALL)
    assert again.sample(5) == run.sample(5)
    assert again.metrics == run.metrics


def test_the_callback_is_called_after_every_evaluation():
    steps = []
    moregrad.train(NAMES, "mlp", callback=lambda run: steps.append(run.metrics[-1].step), **SMALL)
    assert steps == [10, 20]


def test_settings_go_to_the_reading_the_model_and_the_recipe():
    run = moregrad.train(
        [name.upper() for name in NAMES], "mlp", lower=True, learning_rate=0.01, hidden=8, embedding=4, steps=0
    )
    assert run.vocabulary.characters.islower()
    assert run.architecture.to_dict()["hidden"] == 8
    assert run.recipe.learning_rate == 0.01


def test_a_setting_that_the_model_does_not_have_names_the_nearest():
    with pytest.raises(ConfigurationError, match=r"mlp has no setting 'hiden'; did you mean 'hidden'\?"):
        moregrad.train(NAMES, "mlp", hiden=3)


def test_an_unknown_model_names_the_nearest():
    with pytest.raises(ModelError, match="did you mean mlp"):
        moregrad.train(NAMES, "mpl")


def test_a_list_of_three_words_is_too_short():
    with pytest.raises(DataError, match="3 different words"):
        moregrad.train(NAMES[:3])


def test_the_split_of_the_lectures_keeps_repeated_words():
    run = moregrad.train(NAMES * 2, "mlp", split="lecture", hidden=8, embedding=4, steps=0)
    assert sum(run.record.words.values()) == 2 * len(NAMES)
    assert run.record.leakage.test > 0


def test_a_table_of_counts_needs_no_steps():
    run = moregrad.train(NAMES, "ngram", order=2)
    assert run.metrics == ()
    assert len(run.sample(3)) == 3


def test_a_folder_that_another_process_trains_in_is_refused(tmp_path: Path):
    code = f"from moregrad.runs.folder import *\nwith hold(Path({str(tmp_path)!r})): print(); input()"
    other = Popen([sys.executable, "-c", code], stdin=PIPE, stdout=PIPE)
    with other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(StorageError, match="is in use by another training"):
            next(iter(Experiment(begun(), tmp_path)))
        other.kill()
    assert len(list(Experiment(begun(), tmp_path))) == 2


def test_a_run_that_has_gone_on_in_its_folder_meanwhile_is_refused(tmp_path: Path):
    first = moregrad.train(NAMES, "mlp", **SMALL, out=tmp_path / "run")
    moregrad.resume(tmp_path / "run", steps=30)
    with pytest.raises(StorageError, match="holds this run at step 30, not 20 by now"):
        list(Experiment(extend(first, 40), tmp_path / "run"))
    assert moregrad.load(tmp_path / "run").step == 30


def test_what_fails_before_its_first_step_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(run: moregrad.Run) -> Iterator[moregrad.Run]:
        raise MemoryError
        yield

    monkeypatch.setattr(experiment, "fit", fail)
    with pytest.raises(MemoryError):
        moregrad.train(NAMES, "mlp", **SMALL, out=tmp_path / "runs" / "run")
    assert list(tmp_path.iterdir()) == []


def test_what_fails_later_keeps_what_it_had(tmp_path: Path):
    def fail(run: moregrad.Run) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        moregrad.train(NAMES, "mlp", **SMALL, out=tmp_path / "run", callback=fail)
    assert moregrad.load(tmp_path / "run").step == 10
    assert {path.name for path in (tmp_path / "run").iterdir()} == FILES


@pytest.mark.parametrize(
    "wrong", [{"split": 5}, {"split": ["words"]}, {"recipe": 5}, {"callback": 5}, {"model": 5}, {"out": 5}]
)
def test_a_wrong_type_is_told_before_anything_is_read(wrong: dict[str, Any], untyped_caller: None):
    with pytest.raises(moregrad.MoregradError):
        moregrad.train(NAMES, **{"model": "mlp", "steps": 0, **wrong})


@pytest.mark.parametrize("folder", [None, 5, ["runs"]])
def test_what_is_no_path_is_no_folder(run: moregrad.Run, folder: Any, untyped_caller: None):
    for use in (moregrad.load, moregrad.resume, lambda folder: moregrad.save(run, folder)):
        with pytest.raises(moregrad.StorageError, match="is no folder; give its path"):
            use(folder)
