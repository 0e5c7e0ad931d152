"""The start of a training."""

import json
from pathlib import Path

import jax.random as jr
import numpy as np
import pytest
from data.labelled_table import write_table

import moregrad
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ModelError, StorageError
from moregrad.models.catalogue import architecture
from moregrad.models.gru import GRU
from moregrad.models.model import Model
from moregrad.models.sequence_model import SequenceModel
from moregrad.models.stack import Stack
from moregrad.models.symbol_rows import Rows
from moregrad.models.transfer import Start, transfer
from moregrad.runs.run import Run
from moregrad.runs.starting import NAME, SHIPPED_FILE, SHORT, find_start, of_run, pack, settle, shipped
from runs.labelled_run import train_labelled
from runs.small import NAMES, SMALL

LATIN = Vocabulary("".join(sorted("abcdeÄéß")))

FIGURES = json.loads((Path(__file__).parents[1] / "reference" / "start.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return moregrad.train(NAMES, "gru", **SMALL, out=tmp_path_factory.mktemp("runs") / "run")


def test_the_shipped_network_is_small_and_says_what_it_is_made_of():
    assert SHIPPED_FILE.stat().st_size == FIGURES["bytes"] < 10**6
    assert FIGURES["licence"].startswith("MIT")
    assert FIGURES["taken_out"] > 1000
    assert shipped().name == NAME
    assert {*"azAZäéčłαω", " ", "-"} <= {*shipped().vocabulary.characters}


def test_short_lists_begin_with_the_shipped_network_where_it_fits():
    assert settle("automatic", Stack(), LATIN, SHORT - 1) is shipped()
    assert settle("automatic", Stack(copies=1).replace(dropout=0.4), LATIN, 100) is shipped()
    assert settle("automatic", Stack(), LATIN, SHORT) is None
    assert settle("automatic", Stack((GRU(hidden=32),)), LATIN, 100) is None
    assert settle("automatic", architecture("gru"), LATIN, 100) is None
    assert settle("none", Stack(), LATIN, 100) is None
    assert settle(shipped(), Stack(), LATIN, 10**6) is shipped()


def test_a_list_in_letters_that_the_shipped_network_does_not_know_begins_with_new_weights():
    assert settle("automatic", Stack(), Vocabulary("下山川田"), 100) is None
    assert settle("automatic", Stack(), Vocabulary("aé田"), 100) is shipped()
    assert settle(shipped(), Stack(), Vocabulary("下山川田"), 100) is shipped()


def test_a_start_is_found_by_folder_name_and_run(run: Run, tmp_path: Path):
    moregrad.save(run, tmp_path / "run")
    for given, name in ((tmp_path / "run", str(tmp_path / "run")), (run, "the run that was given")):
        start = find_start(given)
        assert isinstance(start, Start)
        assert (start.name, start.vocabulary) == (name, run.vocabulary)
    assert find_start("shipped") is shipped()
    assert (find_start("none"), find_start("automatic")) == ("none", "automatic")


def test_only_the_same_labels_begin_as_they_were(tmp_path: Path):
    labelled = train_labelled("gru", **SMALL)
    again = train_labelled("gru", **SMALL, start=labelled)
    assert again.record.start
    assert again.record.start.fresh == 0
    path = write_table(tmp_path / "t.csv")
    path.write_text(path.read_text().replace("soft", "mild").replace("hard", "rough"))
    others = moregrad.train(path, "gru", column="word", label="kind", **SMALL, start=labelled)
    assert others.record.start
    assert others.record.start.fresh == 2


def test_the_run_of_a_label_is_no_start():
    labelled = train_labelled("ngram", order=2)
    for view in (labelled.given(), labelled.given("soft")):
        with pytest.raises(ModelError, match="start from the one that it was made from"):
            find_start(view)


def test_what_is_no_start_is_refused(tmp_path: Path):
    with pytest.raises(StorageError, match="is no run folder"):
        find_start(tmp_path / "nowhere")
    with pytest.raises(StorageError, match="there is no folder 'shiped' to start from; give that of a run, shipped or"):
        find_start("shiped")
    with pytest.raises(StorageError, match="3 is no start; give a run, its folder, 'shipped' or 'none'"):
        find_start(3)


def test_a_packed_start_has_its_weights_in_half_precision(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "packed").write_bytes(pack(of_run(run, "it"), {"licence": "none"}))
    monkeypatch.setattr("moregrad.runs.starting.SHIPPED_FILE", tmp_path / "packed")
    read = shipped.__wrapped__()
    assert (read.architecture, read.vocabulary, read.block) == (run.architecture, run.vocabulary, run.block)
    rows = Rows.between(run.vocabulary, read.vocabulary)
    model = transfer(read, run.architecture, rows, run.block, key=jr.key(3))
    np.testing.assert_allclose(_head(model), _head(run.model), rtol=1e-3, atol=1e-6)


def test_training_goes_on_from_a_run_whatever_the_vocabulary(run: Run):
    names = [name.replace("a", "é").title() for name in NAMES]
    second = moregrad.train(names, start=run, steps=0)
    assert second.architecture == run.architecture.replace(dropout=0.5)
    started = second.record.start
    assert started is not None
    assert started.shared + started.alike + started.fresh == len(second.vocabulary) - 1
    assert (started.name, started.fresh, started.alike > 0) == ("the run that was given", 0, True)
    table, old = (_head(each.model) for each in (second, run))
    np.testing.assert_array_equal(table[second.vocabulary.ids("e")], old[run.vocabulary.ids("e")])


def test_the_start_is_on_record_and_the_run_resumes_without_it(run: Run, tmp_path: Path):
    def interrupt(latest: Run) -> None:
        raise KeyboardInterrupt

    moregrad.save(run, tmp_path / "first")
    settings = {"start": tmp_path / "first", "steps": 12, "eval_every": 4}
    whole = moregrad.train(NAMES, **settings, out=tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        moregrad.train(NAMES, **settings, out=tmp_path / "half", callback=interrupt)
    (tmp_path / "first" / "model.safetensors").unlink()
    resumed = moregrad.resume(tmp_path / "half")
    assert whole.record.start is not None
    assert moregrad.load(tmp_path / "half").record.start == whole.record.start
    np.testing.assert_array_equal(_head(resumed.progress.model), _head(whole.progress.model))


def test_a_start_of_another_kind_is_refused(run: Run):
    with pytest.raises(ModelError, match="is a gru and no lstm; leave the model out"):
        moregrad.train(NAMES, "lstm", start=run)
    with pytest.raises(ModelError, match="has hidden 8, and 16 is asked for"):
        moregrad.train(NAMES, start=run, hidden=16)


def test_a_started_training_is_short_and_by_adamw_unless_it_is_told_otherwise(monkeypatch: pytest.MonkeyPatch):
    # The recipe is settled before the first step; the commands of the README train a started network to its end.
    monkeypatch.setattr("moregrad.runs.experiment._run_to_end", lambda experiment, callback: experiment.run)
    planned = moregrad.train(NAMES, steps=1)
    assert planned.record.start is not None
    assert planned.recipe.optimizer == "adamw"
    told = moregrad.train(NAMES, steps=1, optimizer="muon", learning_rate=0.01)
    assert (told.recipe.optimizer, told.recipe.learning_rate) == ("muon", 0.01)
    fresh = moregrad.train(NAMES, steps=1, start="none")
    assert (fresh.record.start, fresh.recipe.optimizer) == (None, "muon")


def _head(model: Model) -> np.ndarray:
    assert isinstance(model, SequenceModel)
    assert model.head is not None
    return np.asarray(model.head.weight)
