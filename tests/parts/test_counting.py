"""N-grams counted piece by piece are those counted at once."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ngrams.encoded_lists import LIST, VOCAB, encode
from ngrams.equal import assert_same_grams
from runs.prepared import prepared
from runs.small import NAMES
from safetensors.numpy import load_file

import moregrad
from moregrad.errors import ModelError
from moregrad.models.catalogue import architecture
from moregrad.ngrams import count_grams
from moregrad.parts.counting import check_counted, count_parts, prepare_counted
from moregrad.runs import prepare
from moregrad.runs.starting import of_run


@pytest.fixture(autouse=True)
def cluster_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces are counted in this process, the last one first; what a cluster does with them, its own tests tell."""

    @contextmanager
    def connect(address: str) -> Iterator[None]:
        assert address == "somewhere"
        yield

    def run_tasks(client: None, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        assert client is None
        return map(function, reversed(list(items)))

    monkeypatch.setattr("moregrad.parts.counting.connect", connect)
    monkeypatch.setattr("moregrad.parts.counting.run_tasks", run_tasks)


def test_counts_of_pieces_add_up(monkeypatch: pytest.MonkeyPatch):
    for words in (1, 2, 100):
        monkeypatch.setattr("moregrad.parts.counting.WORDS", words)
        assert_same_grams(count_parts(encode(LIST), VOCAB, 3, "somewhere"), count_grams(encode(LIST), VOCAB, 3))
    assert_same_grams(count_parts(encode([]), VOCAB, 3, "somewhere"), count_grams(encode([]), VOCAB, 3))


def test_the_run_is_the_one_that_a_single_process_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("moregrad.parts.counting.WORDS", 5)
    corpus, chosen = moregrad.read_corpus(NAMES), architecture("ngram", order=4)
    moregrad.save(prepare(corpus, chosen, chosen.recipe), tmp_path / "alone")
    moregrad.save(prepare_counted(corpus, chosen, chosen.recipe, cluster="somewhere"), tmp_path / "shared")
    alone, shared = (load_file(tmp_path / name / "model.safetensors") for name in ("alone", "shared"))
    assert alone.keys() == shared.keys()
    assert all(np.array_equal(alone[name], shared[name]) for name in alone)


def test_models_with_weights_are_refused():
    with pytest.raises(ModelError, match="gru has more to train; give --model ngram"):
        check_counted(architecture("gru"))
    start = of_run(prepared("ngram"), "runs/mine")
    with pytest.raises(ModelError, match="need no weights of runs/mine; leave --start out"):
        check_counted(architecture("ngram"), start)
