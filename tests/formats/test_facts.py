"""The facts of a run that a page shows."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from runs.labelled_run import train_labelled
from runs.prepared import prepared
from runs.small import NAMES, SMALL

import moregrad
from moregrad.formats.facts import COMPARED, describe, map_characters

LETTERS = "abcdefghijklmnopqr"


@pytest.fixture(scope="module")
def run() -> moregrad.Run:
    """A small run, trained."""
    return moregrad.train(NAMES, "mlp", **SMALL)


def test_facts_are_json_and_hold_no_word_of_the_list(run: moregrad.Run):
    written = json.dumps(describe(run), allow_nan=False)
    assert [word for word in NAMES if f'"{word}"' in written] == []


def test_of_a_path_only_the_name_of_the_file_is_told(tmp_path: Path):
    path = tmp_path / "names of ours.txt"
    path.write_text("\n".join(NAMES))
    facts = describe(moregrad.train(path, "bigram", steps=2))
    assert (facts["list"]["name"], facts["list"]["origin"]) == ("names of ours.txt", "read from names of ours.txt")
    assert str(tmp_path) not in json.dumps(facts)


@pytest.mark.parametrize("source", ["first-names", "faker:month_name:en_US"])
def test_a_named_list_has_its_licence(run: moregrad.Run, source: str):
    named = replace(run, record=run.record.replace(source=source, origin="known"))
    assert describe(named)["list"]["licence"] == "MIT, copyright 2012 Daniele Faraglia"


def test_of_other_lists_no_licence_is_on_record(run: moregrad.Run):
    assert describe(run)["list"]["licence"] is None


def test_the_surprisal_of_few_held_out_words_is_told_whole(run: moregrad.Run):
    held_out = describe(run)["held_out"]
    assert held_out["nats_per_character"] == pytest.approx(run.comparison.held_out.nats_per_character, abs=1e-6)
    assert held_out["words"] == len(held_out["nats_per_character"]) == 5


def test_of_many_held_out_words_every_so_many_is_told():
    words = [first + middle + last for first in LETTERS for middle in LETTERS for last in LETTERS]
    run = moregrad.train(words, "bigram", steps=2)
    held_out = describe(run)["held_out"]
    assert (held_out["words"], len(held_out["nats_per_character"])) == (len(run.comparison.held_out), COMPARED)
    assert held_out["nats_per_character"] == pytest.approx(
        np.quantile(run.comparison.held_out.nats_per_character, np.linspace(0, 1, COMPARED)), abs=1e-2
    )


def test_the_map_has_the_embeddings_of_all_characters(run: moregrad.Run):
    found = map_characters(run)
    assert found["characters"] == ["start", *run.vocabulary.characters]
    assert np.isfinite(found["places"]).all()
    assert (found["size"], found["note"]) == (SMALL["embedding"], "")
    assert 0 < sum(found["shares"]) <= 1


def test_the_rarest_characters_of_a_large_vocabulary_are_left_out_of_the_map():
    words = [chr(0x4E00 + index) * (1 + (index < 150)) for index in range(160)]
    run = moregrad.train(words, "mlp", **SMALL, split="lecture")
    found = map_characters(run)
    assert len(found["characters"]) == 150
    assert found["characters"][0] == "start"
    assert found["note"] == "The 11 rarest characters are left out."


def test_a_model_without_embeddings_says_why_it_has_no_map():
    assert map_characters(prepared("ngram"))["reason"].startswith("The model, ngram, has no embeddings")


@pytest.mark.parametrize("label", [None, "kind"])
def test_a_run_with_labels_is_described_without_their_symbols(label: str | None):
    run = train_labelled("mlp", **SMALL)
    name = None if label is None else next(iter(run.record.labels or {}))
    facts = describe(run if name is None else run.given(name))
    assert facts["map"]["characters"] == ["start", *facts["characters"]]
    assert not any("\ue000" <= character <= "\uf8ff" for character in json.dumps(facts, ensure_ascii=False))
