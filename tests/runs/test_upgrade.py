"""Runs of earlier formats: what they scored, made and learned when they were written, they do still."""

import json
import shutil
from pathlib import Path

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

import moregrad
from moregrad.data.vocabulary import BOUNDARY
from moregrad.errors import StorageError
from moregrad.sampling.free import BATCH, SHORTEST_ROOM
from moregrad.sampling.generate import FREE, generate
from moregrad.sampling.options import Sampling
from moregrad.sampling.processors import Processors

FORMAT_1, FORMAT_2 = (Path(__file__).with_name(name) for name in ("format_1", "format_2"))
FIGURES = {
    folder / name: figures
    for folder in (FORMAT_1, FORMAT_2)
    for name, figures in json.loads((folder / "figures.json").read_text()).items()
}


def title(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def drawn(run: moregrad.Run, *, seed: int) -> list[tuple[str, bool]]:
    """Returns the first batch of draws, and which of them ended within the greatest length."""
    longest = run.block - 1
    forced = np.where(np.arange(SHORTEST_ROOM) < longest, FREE, BOUNDARY)
    key = jr.fold_in(jr.key(seed), 0)
    ids, _, whole = generate(run.model, jnp.asarray(forced), Processors.of(Sampling()), batch=BATCH, key=key)
    words = [run.vocabulary.decode(row[:longest]).partition(".")[0] for row in np.asarray(ids)]
    return list(zip(words, whole.tolist(), strict=True))


@pytest.mark.parametrize("stored", FIGURES, ids=title)
def test_a_run_of_an_earlier_format_scores_and_draws_as_it_did(stored: Path):
    run, expected = moregrad.load(stored), FIGURES[stored]
    for word, surprisal in expected["surprisal"].items():
        assert run.score([word])[0].surprisal == pytest.approx(surprisal, abs=1e-5)
    draws = [(word, whole) for word, whole in drawn(run, seed=3) if word]
    # Earlier formats passed on words that were cut at the greatest length.
    assert [word for word, _ in draws][:5] == expected["sampled"]
    assert [sample.word for sample in run.sample(5, seed=3)] == [word for word, whole in draws if whole][:5]


@pytest.mark.filterwarnings("ignore:the loss on validation is above")
@pytest.mark.parametrize("stored", [stored for stored in FIGURES if FIGURES[stored]["resumed"]], ids=title)
def test_a_run_of_an_earlier_format_goes_on_as_it_would_have(stored: Path, tmp_path: Path):
    folder = shutil.copytree(stored, tmp_path / stored.name)
    last = moregrad.resume(folder, steps=30).metrics[-1]
    assert [last.train, last.validation] == pytest.approx(FIGURES[stored]["resumed"], abs=1e-4)


def test_a_run_of_format_2_keeps_its_record_and_its_metrics():
    run = moregrad.load(FORMAT_2 / "mlp")
    lines = (FORMAT_2 / "mlp" / "metrics.jsonl").read_text().splitlines()
    assert [metrics.to_dict() for metrics in run.metrics] == [json.loads(line) for line in lines]
    stored = json.loads((FORMAT_2 / "mlp" / "run.json").read_text())
    kept = run.record.to_dict()
    cleaning = {name: kept["cleaning"][name] for name in stored["cleaning"]}
    losses = {
        split: {
            words: {name: each[words][name] for name in stored["losses"][split][words]} for words in ("all", "unseen")
        }
        for split, each in kept["losses"].items()
    }
    assert {name: kept[name] for name in stored} | {"cleaning": cleaning, "losses": losses} == stored


@pytest.mark.parametrize(
    ("name", "content"),
    [("run.json", "{}"), ("run.json", "[" * 100_000), ("metrics.jsonl", '{"step": 1}'), ("metrics.jsonl", "null")],
)
def test_damage_to_a_run_of_an_earlier_format_is_told(name: str, content: str, tmp_path: Path):
    folder = shutil.copytree(FORMAT_2 / "mlp", tmp_path / "run")
    (folder / name).write_text(content)
    with pytest.raises(StorageError, match="cannot be read: "):
        moregrad.load(folder)


def test_a_run_of_format_1_keeps_its_record(tmp_path: Path):
    run = moregrad.load(FORMAT_1 / "cnn")
    assert run.record.cleaning.kept == 24
    assert run.record.losses is not None
    assert run.record.losses["test"].all.nats == pytest.approx(run.evaluate()["test"].all.nats, abs=1e-5)
    assert (run.recipe.grad_clip, run.recipe.label_smoothing, run.recipe.warmup_steps) == (0.5, 0.1, 3)
    assert run.architecture == moregrad.models.CNN(embedding=4, depth=2, kernel_size=3, dropout=0.1)


def test_a_saved_run_is_of_the_present_format_and_the_same(tmp_path: Path):
    run = moregrad.load(FORMAT_1 / "mixture")
    moregrad.save(run, tmp_path / "again")
    again = moregrad.load(tmp_path / "again")
    assert again.score(["bada"]) == run.score(["bada"])
    assert again.record == run.record
