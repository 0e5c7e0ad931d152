"""`moregrad score`."""

import csv
import io
import json
import math
import os
import pty
import signal
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import moregrad
from cli.calls import Call, start

WORDS = ("ada", "xyz", "", "añb", "  lea ", "Ada")


@pytest.fixture
def words_file(tmp_path: Path) -> Path:
    """Words that can be scored and words that cannot."""
    path = tmp_path / "words.txt"
    path.write_text("".join(f"{word}\n" for word in WORDS), encoding="utf-8")
    return path


def test_every_line_is_answered_in_order(call: Call, run_folder: Path, words_file: Path):
    outcome = call("score", run_folder, words_file, "--json")
    rows = [json.loads(line) for line in outcome.out.splitlines()]
    assert [row["word"] for row in rows] == [word.strip() for word in WORDS]
    assert "'x' at position 1" in rows[1]["problem"]
    assert rows[1]["nats"] is rows[1]["surprisal"] is None
    assert outcome.code == 0
    assert "3 of 6 words cannot be scored" in outcome.err


def test_how_a_table_was_understood_is_told_on_standard_error(call: Call, run_folder: Path, tmp_path: Path):
    (tmp_path / "table.csv").write_text("name\nada\n")
    outcome = call("score", run_folder, tmp_path / "table.csv", "--csv")
    assert outcome.err == "note: header: 'name'\n"
    assert len(outcome.out.splitlines()) == 2


def test_scores_are_those_of_the_run(call: Call, run_folder: Path, words_file: Path):
    row = json.loads(call("score", run_folder, words_file, "--json").out.splitlines()[0])
    score = moregrad.load(run_folder).score(["ada"])[0]
    assert row["surprisal"] == pytest.approx(score.surprisal, rel=1e-6)
    assert row["nats"] == pytest.approx(score.nats, rel=1e-6)
    assert row["nats_per_character"] == pytest.approx(score.nats_per_character, rel=1e-6)


def test_comma_separated_values_have_a_heading_and_a_line_per_word(call: Call, run_folder: Path, words_file: Path):
    rows = list(csv.DictReader(io.StringIO(call("score", run_folder, words_file, "--csv").out)))
    assert [row["word"] for row in rows] == [word.strip() for word in WORDS]
    assert len(rows[0]["surprisal"].split()) == 4
    assert rows[3]["nats"] == ""


def test_a_table_shows_every_character_beside_its_surprisal(call: Call, run_folder: Path, words_file: Path):
    heading, first, second, *_ = call("score", run_folder, words_file).out.splitlines()
    assert heading.split()[:6] == ["word", "nats", "nats/char", "where", "likelier", "than"]
    assert first.split()[3:7] == ["new", "5", "of", "5"]
    assert first.split()[7::2] == ["a", "d", "a", "."]
    assert "cannot be scored" in second


def test_lower_puts_words_in_lower_case(call: Call, run_folder: Path, words_file: Path):
    rows = [json.loads(line) for line in call("score", run_folder, words_file, "--lower", "--json").out.splitlines()]
    assert rows[5]["nats"] == rows[0]["nats"]


def test_strict_stops_at_the_first_word_that_cannot_be_scored(call: Call, run_folder: Path, words_file: Path):
    outcome = call("score", run_folder, words_file, "--strict")
    assert outcome.code == 2
    assert "word 2, 'xyz'" in outcome.err


def test_words_come_from_standard_input_by_default(call: Call, run_folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"ada\nlea")))
    assert len(call("score", run_folder, "--json").out.splitlines()) == 2


def test_a_list_of_nothing_prints_nothing(call: Call, run_folder: Path, tmp_path: Path):
    (tmp_path / "empty.txt").write_text("")
    assert call("score", run_folder, tmp_path / "empty.txt").code == 0


def test_a_long_list_goes_through_in_pieces(call: Call, run_folder: Path, tmp_path: Path):
    (tmp_path / "long.txt").write_text("ada\nbea\n" * 20_000)
    rows = call("score", run_folder, tmp_path / "long.txt", "--csv").out.splitlines()
    assert len(rows) == 40_001
    assert rows.count("word,nats,nats_per_character,surprisal,problem,where,percentile") == 1
    assert len(set(rows)) == 3


def test_two_forms_at_once_are_refused(call: Call, run_folder: Path):
    assert "--csv and --json exclude each other" in call("score", run_folder, "--csv", "--json").err


def test_the_table_holds_words_that_look_like_formulas_as_they_are(call: Call, run_folder: Path, tmp_path: Path):
    words = ["=1+1", "+1", "-1", "@x", "ada"]
    (tmp_path / "words.txt").write_text("\n".join(words))
    table = pl.read_csv(call("score", run_folder, tmp_path / "words.txt", "--csv").out.encode(), infer_schema=False)
    assert table["word"].to_list() == words
    assert "= + - or @" in " ".join(call("score", "--help").out.replace("│", "").split())


def read(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_words_are_scored_as_arguments(call: Call, run_folder: Path):
    ratings = moregrad.load(run_folder).rate(["bada", "ada", ""])
    rows = read(call("score", run_folder, "bada", "ada", "", "--json").out)
    assert [row["word"] for row in rows] == ["bada", "ada", ""]
    assert [(row["where"], row["percentile"]) for row in rows] == [(v.where, v.percentile) for v in ratings]
    assert [row["nats"] for row in rows] == pytest.approx([rating.nats for rating in ratings])


def test_a_file_that_there_is_not_is_no_word(call: Call, run_folder: Path):
    outcome = call("score", run_folder, "candidates.txt")
    assert (outcome.code, outcome.out) == (2, "")
    assert "there is no file 'candidates.txt'" in outcome.err
    row, *_ = read(call("score", run_folder, "candidates.txt", "--as-words", "--json").out)
    assert "'c' at position 1" in row["problem"]


def test_a_table_explains_its_comparison(call: Call, run_folder: Path):
    outcome = call("score", run_folder, "bada")
    mean = moregrad.load(run_folder).comparison.held_out.mean
    told = f"of the 5 held-out words, those that cost more nats per character; their mean is {mean:.4f}"
    assert told in " ".join(outcome.err.split())
    assert call("score", run_folder, "bada", "--csv").err == ""


def test_sorted_words_begin_with_the_most_plausible(call: Call, run_folder: Path, words_file: Path):
    rows = read(call("score", run_folder, words_file, "--json").out)
    scored = sorted((row for row in rows if row["nats"] is not None), key=lambda row: row["nats_per_character"])
    found = read(call("score", run_folder, words_file, "--sort", "--json").out)
    assert found == scored + [row for row in rows if row["nats"] is None]
    assert call("score", run_folder, words_file, "--sort", "--strict").code == 2


def test_only_new_words_have_nats_given_that_they_are_new(call: Call, run_folder: Path):
    run = moregrad.load(run_folder)
    known = run.splits["train"].words(run.vocabulary)[0]
    first, second = read(call("score", run_folder, known, "dadada", "--novel", "--json").out)
    assert (first["where"], first["nats_given_new"]) == ("train", None)
    assert second["nats_given_new"] == pytest.approx(run.score_novel(["dadada"])[0].nats)
    assert "not new  " in call("score", run_folder, known, "--novel").out
    assert "nats_given_new" in call("score", run_folder, known, "--novel", "--csv").out


def test_a_line_is_answered_when_it_arrives(run_folder: Path):
    with start("score", run_folder, "--csv") as process:
        assert process.stdin
        assert process.stdout
        for word in ("ada", "lea"):
            process.stdin.write(f"{word}\n")
            process.stdin.flush()
            row = process.stdout.readline()
            assert (row if word == "lea" else process.stdout.readline()).startswith(f"{word},")
        process.stdin.close()
        assert process.stdout.read() == ""
    assert process.returncode == 0


def test_a_person_is_asked_for_words_until_the_end_of_input(run_folder: Path):
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "rb") as keyboard, start("score", run_folder, "--json", stdin=keyboard) as process:
        assert process.stdout
        for word in (b"ada", b"lea"):
            os.write(ours, word + b"\n")
            assert json.loads(process.stdout.readline())["word"] == word.decode()
        os.write(ours, b"\x04")
        assert process.stdout.read() == ""
        assert process.stderr
        assert process.stderr.read() == "word> word> word> \n"
    os.close(ours)
    assert process.returncode == 0


def test_a_person_may_leave_by_interrupting(run_folder: Path):
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "rb") as keyboard, start("score", run_folder, "--json", stdin=keyboard) as process:
        assert process.stdout
        os.write(ours, b"ada\n")
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == ""
        assert process.stderr
        assert process.stderr.read().endswith("moregrad: interrupted\n")
    os.close(ours)
    assert process.returncode == 130


def test_words_have_their_rank_with_its_error(call: Call, run_folder: Path):
    words = ("ada", "dadada", "xyz")
    expected = moregrad.load(run_folder).rank(words)
    rows = read(call("score", run_folder, *words, "--rank", "--json").out)
    assert [row["rank"] for row in rows[:2]] == pytest.approx([found.rank for found in expected[:2]], rel=1e-3)
    for row, found in zip(rows[:2], expected, strict=False):
        is_limit = math.isinf(found.standard_error)
        assert row["rank_error"] == (None if is_limit else pytest.approx(found.standard_error, rel=1e-2))
    assert (rows[2]["rank"], rows[2]["rank_error"]) == (None, None)
    assert ",rank,rank_error" in call("score", run_folder, *words, "--rank", "--csv").out.splitlines()[0]
    assert " rank " in call("score", run_folder, *words, "--rank").out.splitlines()[0]
