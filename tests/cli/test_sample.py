"""`moregrad sample`."""

import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sampling.distances import distance

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


def test_every_wish_is_an_option_and_they_combine(call: Call, run_folder: Path, tmp_path: Path):
    (tmp_path / "bad.txt").write_text("bada\n*ea\n")

    def make(*words: object) -> list[str]:
        outcome = call("sample", run_folder, "--plain", "--count", 12, "--temperature", 2, *words)
        assert outcome.code == 0
        return outcome.out.splitlines()

    assert all(word.endswith("a") for word in make("--suffix", "a"))
    assert all("na" in word for word in make("--contains", "na"))
    assert all(re.fullmatch("[bd]..*a", word) for word in make("--pattern", "[bd]?*a"))
    assert all(len(word) <= 3 for word in make("--length", "-3"))
    assert all(3 <= len(word) <= 4 for word in make("--length", "3-4"))
    assert all(not set(word) & set("be") for word in make("--without", "be"))
    assert all(word != "bada" and not word.endswith("ea") for word in make("--ban", tmp_path / "bad.txt"))
    assert all("d" not in word for word in make("--ban", "*d*"))
    assert all(len(re.findall("[aei]+", word)) == 2 for word in make("--syllables", "2"))
    assert all(min(distance(word, name) for name in NAMES) >= 2 for word in make("--unlike", 2))
    combined = make("--prefix", "b", "--pattern", "?{3,5}", "--without", "m", "--ban", "*ea", "--unlike", 2, "--novel")
    assert all(
        word[0] == "b" and 3 <= len(word) <= 5 and "m" not in word and not word.endswith("ea") for word in combined
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--pattern", "(a"), "words: --pattern is '(a'; at position 1 the '(' is never closed: add a ')'"),
        (("--length", "8-5"), "--length is '8-5'; it must be a number or a span such as '5-8', '5', '5-' or '-8'"),
        (("--syllables", "x"), "--syllables is 'x'; it must be"),
        (("--unlike", "-1"), "--unlike is -1; it must be"),
        (("--ban", "a*b"), "--ban is 'a*b'; the star inside 'a*b' is none of them"),
        (("--ban", "nothing/here.txt"), "cannot read nothing/here.txt"),
        (("--suffix", "ñ"), "'ñ' at position 1 of 'ñ' is not in the vocabulary"),
        (("--length", "3", "--prefix", "bada"), "no word satisfies both prefix 'bada' and length '3'; leave one out"),
        (("--suffix", "na", "--without", "n"), "no word satisfies both suffix 'na' and without 'n'; leave one out"),
        (("--pattern", "?{9}"), "no word of at most 4 characters satisfies pattern '?{9}'; change it, or raise --"),
    ],
)
def test_wishes_that_are_malformed_or_impossible_are_told(call: Call, run_folder: Path, words: tuple[str], told: str):
    outcome = call("sample", run_folder, *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".jsonl", ".json", ".parquet"])
def test_a_table_of_words_is_what_is_printed(call: Call, run_folder: Path, tmp_path: Path, ending: str):
    file = tmp_path / f"words{ending}"
    outcome = call("sample", run_folder, "--count", 5, "--out", file)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"5 words written to {file}\n")
    printed = [json.loads(line) for line in call("sample", run_folder, "--count", 5, "--json").out.splitlines()]
    readers: dict[str, Any] = {
        ".csv": pl.read_csv,
        ".tsv": lambda path: pl.read_csv(path, separator="\t"),
        ".jsonl": pl.read_ndjson,
        ".json": pl.read_json,
        ".parquet": pl.read_parquet,
    }
    assert readers[ending](file).to_dicts() == printed


def test_a_text_of_words_is_what_plain_prints(call: Call, run_folder: Path, tmp_path: Path):
    file = tmp_path / "words.txt"
    assert json.loads(call("sample", run_folder, "--out", file, "--json").out) == {"file": str(file), "words": 20}
    assert file.read_text() == call("sample", run_folder, "--plain").out
    assert "exists, and nothing is overwritten" in call("sample", run_folder, "--out", file).err
    plain = tmp_path / "plain.csv"
    assert call("sample", run_folder, "--plain", "--out", plain).code == 0
    assert plain.read_text() == f"word\n{file.read_text()}"
