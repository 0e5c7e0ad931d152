"""ARPA files of n-grams, read by a reader that has nothing to do with moregrad's."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from runs.prepared import prepared

from formats.arpa.witness import Witness
from moregrad.errors import ModelError
from moregrad.formats.arpa.writing import spell, write_arpa
from moregrad.runs import Run

SETTINGS = {
    "kneser-ney": {"order": 4},
    "one token": {"order": 1},
    "two tokens": {"order": 2, "smoothing": "witten-bell"},
    "longer than the words": {"order": 10, "smoothing": "witten-bell"},
    "add-k": {"order": 3, "smoothing": "add-k"},
    "unsmoothed": {"order": 3, "smoothing": "add-k", "k": 0.0},
}


def written(run: Run, path: Path) -> str:
    write_arpa(run, path)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_every_character_has_the_probability_that_the_run_gives_it(settings: dict[str, Any], tmp_path: Path):
    run = prepared("ngram", **settings)
    witness = Witness(written(run, tmp_path / "names.arpa"))
    for words in run.splits.values():
        expected = run.model.log_probabilities(words)  # pyright: ignore[reportAttributeAccessIssue]
        found = [nats for word in words.words(run.vocabulary) for nats in witness.nats(list(word))]
        smallest = math.log(10) * -99
        np.testing.assert_allclose(np.maximum(found, smallest), np.maximum(expected, smallest), atol=1e-5)


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_probabilities_add_up_to_one_after_every_history(settings: dict[str, Any], tmp_path: Path):
    witness = Witness(written(prepared("ngram", **settings), tmp_path / "names.arpa"))
    tokens = [gram[0] for gram in witness.probability if len(gram) == 1 and gram[0] not in ("<s>", "<unk>")]
    for history in [(), *(gram for gram in witness.probability if gram[-1] not in ("</s>", "<unk>"))]:
        assert sum(10 ** witness.log10(history, token) for token in tokens) == pytest.approx(1, abs=1e-6)


def test_the_file_says_how_many_n_grams_it_has(tmp_path: Path):
    lines = written(prepared("ngram", order=3), tmp_path / "names.arpa").splitlines()
    counts = [int(line.partition("=")[2]) for line in lines if line.startswith("ngram ")]
    assert lines[0] == "\\data\\"
    assert lines[-1] == "\\end\\"
    for length, count in enumerate(counts, start=1):
        at = lines.index(f"\\{length}-grams:")
        assert lines[at + 1 + count] == ""
        assert all(len(line.split("\t")[1].split(" ")) == length for line in lines[at + 1 : at + 1 + count])


def test_white_space_is_spelled_so_that_it_divides_no_tokens():
    assert [spell(character) for character in "a' \u3000<"] == ["a", "'", "<U+0020>", "<U+3000>", "<"]


def test_a_model_that_is_no_n_gram_is_refused(tmp_path: Path):
    with pytest.raises(ModelError, match=r"run of gru; .*--model ngram"):
        write_arpa(prepared("gru"), tmp_path / "names.arpa")
