"""Training, keeping and taking up runs from Python."""

from pathlib import Path

import pytest

import moregrad
from moregrad.errors import ConfigurationError, DataError, ModelError, StorageError, TrainingError

NAMES = [first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina")]
SMALL = {"hidden": 8, "embedding": 4, "steps": 20, "eval_every": 10, "batch_size": 8, "schedule": "constant"}


@pytest.fixture(scope="module")
def run() -> moregrad.Run:
    """A small run."""
    return moregrad.train(NAMES, "mlp", **SMALL)


def test_a_run_samples_scores_and_evaluates(run: moregrad.Run):
    assert len(run.sample(3)) == 3
    assert len(run.score(["ada"])[0].surprisal) == 4
    assert set(run.evaluate()) == {"train", "validation", "test"}


def test_a_sample_costs_what_its_score_says(run: moregrad.Run):
    made = run.sample(20, temperature=0.5, prefix="b")
    assert [sample.nats for sample in made] == pytest.approx(
        [score.nats for score in run.score(sample.word for sample in made)], abs=1e-4
    )


def test_training_stops_after_so_many_evaluations_without_a_better_one_and_keeps_the_best():
    run = moregrad.train(NAMES, "mlp", **SMALL | {"steps": 400, "learning_rate": 0.3, "patience": 2})
    losses = [metrics.validation for metrics in run.metrics]
    assert len(losses) < 40
    assert min(losses) == min(losses[:-2])
    assert run.record.losses["validation"].all.nats == pytest.approx(min(losses), abs=1e-5)


def test_a_loss_that_explodes_in_the_last_step_is_told():
    with pytest.raises(TrainingError, match="at step 1"):
        moregrad.train(NAMES, "mlp", **SMALL | {"steps": 1, "optimizer": "sgd", "learning_rate": 1e38})


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


def test_a_run_that_goes_on_drops_the_losses_it_had(run: moregrad.Run, tmp_path: Path):
    moregrad.save(run, tmp_path / "run")
    with pytest.raises(ZeroDivisionError):
        moregrad.resume(tmp_path / "run", steps=40, callback=lambda run: 1 // 0)
    assert moregrad.load(tmp_path / "run").record.losses is None


def test_a_run_is_not_saved_over_another(run: moregrad.Run, tmp_path: Path):
    moregrad.save(run, tmp_path / "run")
    with pytest.raises(StorageError, match="nothing is overwritten"):
        moregrad.save(run, tmp_path / "run")


def test_one_text_is_no_list_of_words(run: moregrad.Run):
    for method in (run.score, run.evaluate):
        with pytest.raises(DataError, match="give a list of words"):
            method("emma")


def test_what_cannot_be_scored_is_not_evaluated():
    run = moregrad.train(NAMES, moregrad.models.Transformer(embedding=8, depth=1, heads=1, positions="learned"), steps=1)
    word = NAMES[0]
    assert run.score([word * 9])[0].problem
    assert run.evaluate([word, word * 9, "xyz"])["words"].all.words == 1


def test_a_class_is_no_model():
    with pytest.raises(ModelError, match=r"such as GRU\(\)"):
        moregrad.train(NAMES, moregrad.models.GRU)


def test_no_empty_word_is_made():
    made = moregrad.train(NAMES, "ngram", order=1, smoothing="add-k").sample(200)
    assert len(made) == 200
    assert all(sample.word for sample in made)


def test_a_seed_out_of_range_is_refused(run: moregrad.Run):
    with pytest.raises(ConfigurationError, match="seed"):
        run.sample(1, seed=2**63)


def test_the_record_tells_what_was_trained_on_what(run: moregrad.Run):
    record = run.record
    assert record.source == "the given list"
    assert record.cleaning.kept == len(NAMES)
    assert record.split == "words"
    assert sum(record.words.values()) == len(NAMES)
    assert set(record.versions) == {"moregrad", "jax", "python", "platform"}
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


def test_a_kept_run_is_the_same_when_loaded(tmp_path: Path):
    run = moregrad.train(NAMES, "mlp", out=tmp_path / "run", **SMALL)
    loaded = moregrad.load(tmp_path / "run")
    assert loaded.sample(5) == run.sample(5)
    assert loaded.record == run.record
    assert list(loaded.splits) == ["train", "validation", "test"]


def test_a_run_can_be_saved_afterwards(run: moregrad.Run, tmp_path: Path):
    moregrad.save(run, tmp_path / "run")
    assert moregrad.load(tmp_path / "run").score(["ada"]) == run.score(["ada"])


def test_nothing_is_overwritten(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StorageError, match="not empty"):
        moregrad.train(NAMES, out=tmp_path, **SMALL)


def test_settings_go_to_the_reading_the_model_and_the_recipe():
    run = moregrad.train([name.upper() for name in NAMES], "mlp", lower=True, learning_rate=0.01, hidden=8, embedding=4, steps=0)
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
