"""Commands on a run whose words have labels."""

import json
from pathlib import Path

import pytest
from data.labelled_table import write_table

from cli.calls import Call
from moregrad.cli import main


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_table(tmp_path_factory.mktemp("table") / "table.csv")


@pytest.fixture(scope="module")
def folder(table: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("runs") / "run"
    words = ["train", str(table), "--column", "word", "--label", "kind", "--model", "ngram", "--out", str(place)]
    assert main(words) == 0
    return place


def test_words_are_shown_with_their_labels(call: Call, folder: Path):
    heading, *rows = call("sample", folder, "--count", 8).out.splitlines()
    assert heading.split() == ["word", "nats/char", "where", "label"]
    assert {row.split()[-1] for row in rows} <= {"soft", "hard"}
    made = [json.loads(line) for line in call("sample", folder, "--label", "soft", "--json").out.splitlines()]
    assert {each["label"] for each in made} == {"soft"}
    outcome = call("sample", folder, "--label", "sofd")
    assert (outcome.code, outcome.err.split(";")[0]) == (2, "moregrad: there is no label 'sofd'")


def test_words_are_scored_explained_and_classified_given_labels(call: Call, folder: Path, tmp_path: Path):
    (tmp_path / "words.txt").write_text("lana\n")
    given, anyhow = (
        json.loads(call("score", folder, tmp_path / "words.txt", "--json", *more).out)["nats"]
        for more in (("--label", "soft"), ())
    )
    assert given < anyhow
    assert call("explain", folder, "lala", "--label", "soft").code == 0
    assert call("probabilities", folder, "l", "--label", "hard").code == 0
    first, _ = map(json.loads, call("classify", "--word", "lana", folder, "--json").out.splitlines())
    assert first["likeliest"] == "soft"


def test_losses_are_told_by_label(call: Call, folder: Path, table: Path):
    losses = json.loads(call("evaluate", folder, "--json").out)
    assert set(losses) == {"train", "validation", "test", "test, hard", "test, soft"}
    outcome = call("evaluate", folder, table, "--column", "word", "--label", "kind", "--json")
    assert next(iter(json.loads(outcome.out).values()))["all"]["words"] == 40


def test_labels_are_counted_and_exported(call: Call, table: Path, tmp_path: Path):
    assert "label 'soft'" in call("data", "show", table, "--column", "word", "--label", "kind").out
    call("data", "export", table, tmp_path / "out.csv", "--column", "word", "--label", "kind")
    assert (tmp_path / "out.csv").read_text().startswith("word,label\nlala,soft\n")
