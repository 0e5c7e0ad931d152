"""`moregrad top`."""

import json
from pathlib import Path

import pytest

import moregrad
from cli.calls import NAMES, Call
from moregrad.cli import main


@pytest.fixture(scope="module")
def capitals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose list was put in lower case, in letters of two bytes."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "list.txt").write_text("Άννα\nΆρης\nΝίκη\nΝίνα\nΆνα\nΝάνα\nΡένα\nΡία\nΚία\nΝίκα\nΡίνα\nΚάρη\n")
    words = ["train", folder / "list.txt", "--model", "ngram", "--order", "3", "--lower", "--out", folder / "run"]
    assert main(list(map(str, words))) == 0
    return folder / "run"


def test_words_come_in_order_with_rank_loss_and_where_they_stand(call: Call, run_folder: Path):
    found = [json.loads(line) for line in call("top", run_folder, "--count", 40, "--json").out.splitlines()]
    assert [item["rank"] for item in found] == list(range(1, 41))
    assert [item["nats"] for item in found] == sorted(item["nats"] for item in found)
    assert all((item["where"] != "new") == (item["word"] in NAMES) for item in found)


def test_the_losses_are_those_of_score(call: Call, run_folder: Path):
    found = [json.loads(line) for line in call("top", run_folder, "--count", 9, "--json").out.splitlines()]
    scores = moregrad.load(run_folder).score([item["word"] for item in found])
    assert [item["nats"] for item in found] == pytest.approx([score.nats for score in scores], abs=1e-4)


def test_plain_prints_nothing_but_words(call: Call, run_folder: Path):
    words = call("top", run_folder, "--plain", "--prefix", "li", "--count", 7).out.splitlines()
    assert len(words) == 7
    assert all(word.startswith("li") and word.isalpha() for word in words)


def test_a_table_has_a_heading_and_ranks(call: Call, run_folder: Path):
    lines = call("top", run_folder, "--count", 3).out.splitlines()
    assert lines[0].split() == ["rank", "word", "nats", "nats/char", "where"]
    assert [line.split()[0] for line in lines[1:]] == ["1", "2", "3"]
    assert call("top", run_folder, "--count", 0).out == ""


def test_novel_words_are_in_no_split(call: Call, run_folder: Path):
    assert not set(call("top", run_folder, "--novel", "--plain", "--count", 100).out.split()) & set(NAMES)


def test_fewer_words_than_asked_for_are_told_and_the_exit_code_is_1(call: Call, run_folder: Path):
    outcome = call("top", run_folder, "--count", 300, "--max-length", 1, "--plain")
    found = outcome.out.splitlines()
    assert outcome.code == 1
    assert f"found only {len(found)} of 300 words" in outcome.err
    assert outcome.err.endswith("of at most 1 character; raise --max-length\n")


def test_a_limit_that_is_reached_is_told_and_the_exit_code_is_1(call: Call, run_folder: Path):
    outcome = call("top", run_folder, "--count", 300, "--limit", 60)
    assert outcome.code == 1
    assert "moregrad: proved " in outcome.err
    assert "raise --limit" in outcome.err


def test_words_of_another_alphabet_are_found(call: Call, capitals: Path):
    outcome = call("top", capitals, "--prefix", "Ν", "--plain", "--count", 3)
    assert len(outcome.out.split()) == 3
    assert all(word.startswith("ν") for word in outcome.out.split())
    assert "put in lower case, and so is the prefix" in outcome.err


@pytest.mark.parametrize("words", [("--prefix", "añ"), ("--count", "-1"), ("--limit", "0"), ("--max-length", "0")])
def test_what_is_not_allowed_is_told(call: Call, run_folder: Path, words: tuple[str, str]):
    outcome = call("top", run_folder, *words)
    assert outcome.code == 2
    assert words[0] in outcome.err or "'ñ' at position 2" in outcome.err


def test_what_is_wanted_is_combined_as_for_samples(call: Call, run_folder: Path):
    wishes = ("--suffix", "a", "--length", "4-5", "--unlike", 2, "--ban", "m*", "--plain")
    words = call("top", run_folder, "--count", 9, *wishes).out.split()
    assert len(words) == 9
    assert all(word.endswith("a") and len(word) in (4, 5) and word[0] != "m" for word in words)
    assert not set(words) & set(NAMES)
    assert call("top", run_folder, "--prefix", "m", "--length", 1, "--suffix", "a").code == 2


def test_options_of_draws_are_none_of_a_search(call: Call, run_folder: Path):
    assert call("top", run_folder, "--temperature", "1").code == 2
