"""`moregrad sample`."""

import json
from pathlib import Path

from cli.calls import NAMES, Call


def test_so_many_words_are_made_each_with_its_loss_and_where_it_stands(call: Call, run_folder: Path):
    made = [json.loads(line) for line in call("sample", run_folder, "--count", 50, "--json").out.splitlines()]
    assert len(made) == 50
    assert all(item["where"] in {"train", "validation", "test", "new"} for item in made)
    assert all((item["where"] != "new") == (item["word"] in NAMES) for item in made)
    assert all(item["nats_per_character"] == item["nats"] / (len(item["word"]) + 1) for item in made)


def test_the_same_seed_makes_the_same_words(call: Call, run_folder: Path):
    first, again, other = (call("sample", run_folder, "--seed", seed).out for seed in (1, 1, 2))
    assert first == again != other


def test_plain_prints_nothing_but_words(call: Call, run_folder: Path):
    words = call("sample", run_folder, "--plain", "--prefix", "li", "--count", 7).out.splitlines()
    assert len(words) == 7
    assert all(word.startswith("li") and word.isalpha() for word in words)


def test_a_table_has_a_heading(call: Call, run_folder: Path):
    assert call("sample", run_folder).out.split()[:3] == ["word", "nats/char", "where"]


def test_words_that_cannot_be_found_are_counted_and_the_exit_code_is_1(call: Call, run_folder: Path):
    outcome = call("sample", run_folder, "--count", 300, "--max-length", 1, "--distinct", "--plain")
    found = outcome.out.splitlines()
    assert outcome.code == 1
    assert f"found only {len(found)} of 300 words" in outcome.err
    assert len(set(found)) == len(found)


def test_novel_words_are_in_no_split(call: Call, run_folder: Path):
    assert not set(call("sample", run_folder, "--novel", "--plain", "--count", 100).out.split()) & set(NAMES)


def test_a_prefix_outside_the_vocabulary_is_told(call: Call, run_folder: Path):
    outcome = call("sample", run_folder, "--prefix", "añ")
    assert outcome.code == 2
    assert "'ñ' at position 2" in outcome.err


def test_settings_out_of_range_are_told(call: Call, run_folder: Path):
    for words in (("--temperature", "-1"), ("--top-p", "0"), ("--min-p", "2"), ("--top-k", "-1"), ("--count", "-1")):
        outcome = call("sample", run_folder, *words)
        assert outcome.code == 2
        assert words[0].strip("-") in outcome.err


def test_the_heading_stands_apart_over_short_words_and_is_missing_over_none(call: Call, run_folder: Path):
    assert call("sample", run_folder, "--count", 0).out == ""
    assert call("sample", run_folder, "--max-length", 3, "--count", 1).out.startswith("word  nats/char  where\n")
