"""ONNX files."""

import json
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import pytest
from runs.prepared import prepared

from formats.onnx.running import Session
from moregrad.errors import MoregradError, StorageError
from moregrad.formats import export
from moregrad.formats.onnx.writing import write_onnx

# Shapes are checked with sizes that are known.
pytestmark = pytest.mark.usefixtures("untyped_caller")


def test_a_file_scores_words_as_the_run_does(tmp_path: Path):
    run = prepared("gru+ngram", hidden=8, embedding=8, order=3)
    export(run, tmp_path / "names.onnx")
    model = onnx.load(tmp_path / "names.onnx")
    facts = {each.key: each.value for each in model.metadata_props}
    assert facts["vocabulary"] == run.vocabulary.characters
    assert int(facts["longest"]) == run.block - 1
    assert json.loads(facts["architecture"]) == json.loads(json.dumps(run.architecture.to_dict()))
    for score in run.score(["lada", "t", ""]):
        session, nats = Session(model, 1), 0.0
        ids = [0, *(facts["vocabulary"].index(character) + 1 for character in score.word), 0]
        for token, following in pairwise(ids):
            logits = session.advance([token])[0].astype(np.float64)
            nats += np.log(np.exp(logits).sum()) - logits[following]
        assert nats == pytest.approx(score.nats, abs=1e-5)


def test_without_onnx_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(MoregradError, match=r"pip install 'moregrad\[onnx\]'"):
        write_onnx(prepared("bigram"), tmp_path / "names.onnx")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path):
    with pytest.raises(StorageError, match="cannot write"):
        write_onnx(prepared("bigram"), tmp_path / "nowhere" / "names.onnx")
