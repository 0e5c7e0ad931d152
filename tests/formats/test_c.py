"""A run as a file of C: compiled, it scores as Python does and draws words as often as they are probable."""

import math
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from cli.calls import NAMES
from runs.prepared import prepared

import moregrad
from formats.engines import COMPILE
from moregrad.formats.c import write_c


@pytest.fixture(scope="module")
def run() -> moregrad.Run:
    return moregrad.train([*NAMES, "zoë", "ıșıl", 'a"\\b'], "ngram", order=3)


@pytest.fixture(scope="module")
def program(run: moregrad.Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("c")
    write_c(run, folder / "words.c")
    subprocess.run([*COMPILE, folder / "words.c", "-o", folder / "words", "-lm"], check=True, timeout=300)
    return folder / "words"


def call(program: Path, *words: object) -> subprocess.CompletedProcess[str]:
    command = [str(program), *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)


def test_words_are_scored_as_in_python(run: moregrad.Run, program: Path):
    words = ["dada", "bina", "zoë", 'a"\\b', "ıșıl"]
    lines = [line.split("\t") for line in call(program, "score", *words).stdout.splitlines()]
    for line, word, score in zip(lines, words, run.score(words), strict=True):
        assert line[0] == word
        assert float(line[1]) == pytest.approx(score.nats, abs=1e-4)
        assert [part.split(" ")[0] for part in line[2:]] == [*word, "."]
        told = [float(part.split(" ")[1]) for part in line[2:]]
        assert told == pytest.approx(list(score.surprisal), abs=1e-4)


def test_words_are_drawn_as_often_as_they_are_probable(run: moregrad.Run, program: Path):
    drawn = call(program, "sample", 20_000, 3).stdout.splitlines()
    counts = Counter(drawn)
    longest = run.block - 1
    assert len(drawn) == 20_000
    assert "" not in counts
    assert max(map(len, drawn)) <= longest
    # Words that are empty or longer than the longest are drawn anew, which makes all others likelier by one factor.
    words = [word for word, _ in counts.most_common(40)]
    nats = [score.nats for score in run.score(words)]
    python = run.sample(20_000, seed=1)
    share = sum(sample.word in words for sample in python) / len(python)
    factor = share / sum(math.exp(-each) for each in nats)
    for word, each in zip(words, nats, strict=True):
        expected = 20_000 * factor * math.exp(-each)
        assert abs(counts[word] - expected) < 5 * math.sqrt(expected) + 20, word


def test_the_seed_and_the_temperature_decide(program: Path):
    assert call(program, "sample", 20, 1).stdout == call(program, "sample", 20, 1).stdout
    assert call(program, "sample", 20, 1).stdout != call(program, "sample", 20, 2).stdout
    assert len(set(call(program, "sample", 20, 1, 0).stdout.splitlines())) == 1
    assert call(program, "sample", 0).stdout == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["score", "dada", "xyz!"], "xyz!: a character is not in the vocabulary"),
        (["score", "a" * 1001], "too long for the model"),
        (["sample", "many"], "COUNT is many; it must be a number from 0 to 1e+09"),
        (["sample", "3", "1", "-1"], "TEMPERATURE is -1; it must be"),
        (["sample", "3", "nan"], "SEED is nan"),
        ([], "usage:"),
        (["score"], "usage:"),
    ],
)
def test_what_is_wrong_is_said(program: Path, words: list[str], told: str):
    done = call(program, *words)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_word_that_a_model_cannot_read_is_refused(tmp_path: Path):
    run = prepared("transformer", embedding=8, depth=1, heads=1, positions="learned")
    assert run.model.longest is not None
    write_c(run, tmp_path / "words.c")
    subprocess.run([*COMPILE, tmp_path / "words.c", "-o", tmp_path / "words", "-lm"], check=True, timeout=300)
    readable = "a" * run.model.longest
    assert call(tmp_path / "words", "score", readable).returncode == 0
    assert "too long" in call(tmp_path / "words", "score", readable + "a").stderr


def test_a_program_of_one_s_own_has_no_main(run: moregrad.Run, tmp_path: Path):
    write_c(run, tmp_path / "words.c")
    own = '#include "words.c"\nint main(void) { moregrad_state s; moregrad_begin(&s); return 7; }\n'
    (tmp_path / "own.c").write_text(own)
    options = ["-DMOREGRAD_NO_MAIN", tmp_path / "own.c", "-o", tmp_path / "own", "-lm"]
    subprocess.run([*COMPILE, *options], check=True, timeout=300)
    assert call(tmp_path / "own").returncode == 7
