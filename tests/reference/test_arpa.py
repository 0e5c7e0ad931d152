"""ARPA files of whole lists, against the scores that KenLM gave their test words."""

import json
from pathlib import Path

import numpy as np
import pytest
from arpa_models import MODELS, counted
from formats.arpa.witness import Witness

from moregrad.formats.arpa.writing import spell, write_arpa

FIGURES = json.loads(Path(__file__).with_name("arpa.json").read_text(encoding="utf-8"))["figures"]


@pytest.mark.parametrize("name", MODELS)
def test_every_test_word_has_the_score_that_kenlm_gives_it(name: str, names_path: Path, tmp_path: Path):
    run = counted(name)
    assert run.record.fingerprint == FIGURES[name]["fingerprint"]
    words = run.splits["test"].words(run.vocabulary)
    nats = FIGURES[name]["nats"]
    scored = -np.array([score.nats for score in run.score(words)])
    np.testing.assert_allclose(scored, nats, atol=1e-5)
    write_arpa(run, tmp_path / "names.arpa")
    witness = Witness((tmp_path / "names.arpa").read_text(encoding="utf-8"))
    np.testing.assert_allclose([sum(witness.nats(list(map(spell, word)))) for word in words], nats, atol=1e-5)
