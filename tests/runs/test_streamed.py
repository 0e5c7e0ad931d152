"""Runs on lists that stay on disk are the runs on the same lists in memory."""

import jax
import numpy as np
import polars as pl
import pytest

import moregrad
from moregrad.data import pieces
from moregrad.data.reading import Reading
from moregrad.data.sealed import digest_file
from moregrad.data.stored_words import StoredWords
from moregrad.errors import DataError, StorageError
from moregrad.models.ngram import NGramModel
from moregrad.ngrams.counted import table_of
from moregrad.runs import streamed
from moregrad.runs.streamed import choose_files
from moregrad.training import stored
from runs.small import NAMES

TINY = {"steps": 6, "eval_every": 3, "batch_size": 4, "patience": 0}
MODELS = {
    "stack": {"hidden": 4, "embedding": 4, "copies": 1, "orders": (2, 3)},
    "gru": {"hidden": 4, "embedding": 4},
    "ngram": {"order": 3, "prune": (0, 0, 1)},
}
pytestmark = pytest.mark.filterwarnings("ignore:the loss on", "ignore:the training went wrong")


@pytest.fixture(autouse=True)
def few_buckets(monkeypatch):
    """Two buckets, which are quicker than 256."""
    monkeypatch.setattr(pieces, "BITS", 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two Parquet files of names."""
    folder = tmp_path_factory.mktemp("words")
    names = sorted(NAMES)
    for number, half in enumerate((names[::2], names[1::2])):
        pl.DataFrame({"name": half}).write_parquet(folder / f"{number}.parquet")
    return folder


def train(folder, model, **settings):
    given = {"column": "name", **TINY, **MODELS[model], **settings}
    given = {name: value for name, value in given.items() if model != "ngram" or name not in TINY}
    return moregrad.train(folder, model, start="none", **given)


@pytest.mark.parametrize("model", ["stack", "ngram"])
def test_a_run_on_disk_is_the_run_in_memory(model, folder, tmp_path):
    on_disk = train(folder, model, way="stream", scratch=tmp_path / "pieces", out=tmp_path / "run")
    whole = train(folder, model, way="memory", split="hash")
    assert isinstance(on_disk.splits["train"], StoredWords)
    assert on_disk.metrics == whole.metrics
    for mine, theirs in zip(jax.tree.leaves(on_disk.model), jax.tree.leaves(whole.model), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-6, atol=1e-12)
    again = moregrad.load(tmp_path / "run")
    assert isinstance(again.splits["train"], StoredWords)
    assert again.score(["anna"]) == on_disk.score(["anna"])
    assert again.record.to_dict() == on_disk.record.to_dict()
    assert again.record.split == "hash"


def test_a_run_on_disk_goes_on_to_the_same_bits_as_one_in_memory(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(stored, "AHEAD", 2 * 4 * 40)  # rows of two or three steps
    settings = {"schedule": "constant", "warmup_steps": 0}
    whole = train(folder, "gru", **settings, way="memory", split="hash", steps=9)
    train(folder, "gru", **settings, way="stream", scratch=tmp_path / "pieces", out=tmp_path / "run")
    assert moregrad.resume(tmp_path / "run", steps=9).metrics == whole.metrics


def test_pieces_outlive_neither_a_change_of_the_files_nor_one_of_the_rules(folder, tmp_path):
    files = choose_files([folder], Reading(column="name"), read="stream", split="words")
    assert files
    first = streamed.scratch_folder(files, Reading(), tmp_path)
    assert streamed.scratch_folder(files, Reading(), tmp_path) == first
    assert streamed.scratch_folder(files, Reading(lower=True), tmp_path) != first


def test_pieces_are_those_of_earlier_versions_of_this_format(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("\n".join([*sorted(NAMES), "Zoe\u0308", "\u6f22\u5b57", " a.b-c'd ", "x" * 70]), encoding="utf-8")
    files = choose_files([path], Reading(), read="stream", split="words")
    assert files
    stored = streamed.store_files(files, Reading(), tmp_path)
    table = table_of(stored.words["train"], len(stored.vocabulary), 6, folder=tmp_path)
    made = [digest_file(tmp_path / name) for name in ("words.safetensors", "grams-6.packed", "grams-6.count")]
    # Pieces of another kind need another number, or those that are there would be used.
    assert (streamed.FORMAT, len(table.packed)) == (2, 98)
    assert [str(each)[:8] for each in made] == ["52f15c40", "9f501adc", "4e09f75d"]


def test_large_files_are_read_in_pieces_and_small_ones_into_memory(folder, monkeypatch):
    def chosen(**options):
        return choose_files([folder], Reading(), **{"read": "auto", "split": "words", **options})

    assert chosen() is None
    monkeypatch.setattr(streamed, "memory", lambda: 10_000)
    found = chosen()
    assert found
    assert len(found.paths) == 2
    assert "in memory it would take about" in streamed.announce(found, folder)
    assert "0 MB of pieces stay there" in streamed.tell_kept(folder)
    assert chosen(read="memory") is None
    assert chosen(split="lecture") is None
    assert choose_files([folder], Reading(label="sex"), read="auto", split="words") is None


@pytest.mark.parametrize(
    ("sources", "options", "message"),
    [
        (["names"], {}, "only files are read in pieces"),
        ([["a", "b"]], {}, "only files are read in pieces"),
        (["-"], {}, "only files are read in pieces"),
        (None, {"split": "makemore"}, "the makemore split is made in memory"),
        (None, {"read": "steam"}, "there is no way 'steam' to read; give one of auto, memory, stream"),
    ],
)
def test_what_cannot_be_read_in_pieces_is_refused(folder, sources, options, message):
    with pytest.raises(DataError, match=message):
        choose_files(sources or [folder], Reading(), **{"read": "stream", "split": "words", **options})
    with pytest.raises(DataError, match="lists with labels are not read in pieces"):
        choose_files([folder], Reading(label="sex"), read="stream", split="words")


FEW = [
    ([" "], "no word of .* is left"),
    (["a", "b"] * 9, "has 2 different words, too few"),
    ([*"abcdefghij"], "by their"),
]


@pytest.mark.parametrize(("words", "message"), FEW)
def test_lists_that_leave_too_few_words_are_refused(tmp_path, words, message):
    path = tmp_path / "few.txt"
    path.write_text("\n".join(words), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        moregrad.train(path, "ngram", way="stream", scratch=tmp_path / "pieces", keep_duplicates=True)


def test_pieces_that_cannot_be_written_are_told(folder, tmp_path, monkeypatch):
    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(streamed, "store", full)
    with pytest.raises(StorageError, match=r"cannot write the pieces .*: No space left on device; make room, or name"):
        train(folder, "ngram", way="stream", scratch=tmp_path)


def test_counts_are_pruned_to_the_room_there_is(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(streamed, "GRAMS", 60)
    run = train(folder, "ngram", way="stream", scratch=tmp_path, prune=())
    assert isinstance(run.model, NGramModel)
    assert run.model.architecture.prune[:2] == (0, 0)
    assert len(run.model.tables.trie.token) <= 60 + 2
    told = train(folder, "ngram", way="stream", scratch=tmp_path, prune=(0,)).model
    assert isinstance(told, NGramModel)
    assert told.architecture.prune == (0,)
