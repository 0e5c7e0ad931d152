"""`moregrad classify`."""

import csv
import io
import json
from pathlib import Path

import pytest

import moregrad
from cli.calls import NAMES, Call


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two runs of counts: of names, and of the same ones backwards with one more letter."""
    place = tmp_path_factory.mktemp("runs")
    lists = {"forwards": NAMES, "backwards": [f"{name[::-1]}q" for name in NAMES]}
    for name, words in lists.items():
        moregrad.train(words, "ngram", order=3, out=place / name)
    return [place / name for name in lists]


def test_words_of_a_list_are_classified_and_the_accuracy_is_told(call: Call, folders: list[Path], tmp_path: Path):
    (tmp_path / "words.txt").write_text("ada\nadaq\nω\n", encoding="utf-8")
    outcome = call("classify", tmp_path / "words.txt", *folders)
    lines = outcome.out.splitlines()
    assert lines[0].split() == ["word", "forwards", "backwards"]
    assert lines[2].split() == ["adaq", "0.0000", "1.0000"]
    assert lines[3].split() == ["ω", "-", "-"]
    assert "'adaq': forwards cannot read it: 'q' is not in its vocabulary" in lines
    assert any(line.startswith("held-out words of") for line in lines)
    assert any(line.startswith("accuracy ") for line in lines[-2:])
    assert outcome.code == 0
    assert outcome.err == "2 words cannot be read by some of the runs, which have probability 0 for them\n"


def test_single_words_may_be_given_in_place_of_a_list(call: Call, folders: list[Path]):
    outcome = call("classify", *folders, "--word", "ada", "--word", "lea", "--json")
    *rows, last = map(json.loads, outcome.out.splitlines())
    assert [row["word"] for row in rows] == ["ada", "lea"]
    expected = moregrad.classify(["ada"], [moregrad.load(folder) for folder in folders])
    assert list(rows[0]["probabilities"].values()) == pytest.approx(expected.probabilities[0])
    assert set(last["held_out"]["lists"]) == {"forwards", "backwards"}


def test_comma_separated_values_have_a_column_for_each_list(call: Call, folders: list[Path], tmp_path: Path):
    (tmp_path / "words.csv").write_text("name,age\nada,3\nlea,4\n")
    outcome = call("classify", tmp_path / "words.csv", *folders, "--csv", "--column", "name", "--prior", "1,0")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert rows[0] == {
        "word": "ada",
        "likeliest": "forwards",
        "forwards": "1.000000",
        "backwards": "0.000000",
        "problem": "",
    }
    assert outcome.err == "note: header: 'name', 'age'\n"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "give words and the folders of runs, such as: moregrad classify"),
        (["words.txt"], "give words and the folders of runs"),
        (["{0}", "{1}"], "is a run; give the words first"),
        (["words.txt", "{0}"], "1 list: to classify words give the runs of two lists or more"),
        (["--word", "ada", "{0}", "{0}"], "is given twice"),
        (["--word", "ada", "{0}", "{1}", "--prior", "1,2,3"], "--prior is [1.0, 2.0, 3.0]; it must be"),
        (["--word", "ada", "{0}", "{1}", "--prior", "half"], "--prior is 'half'; it must be"),
        (["--word", "ada", "{0}", "{1}", "--csv", "--json"], "exclude each other"),
        (["nowhere.txt", "{0}", "{1}"], "cannot read nowhere.txt"),
        (["--word", "ada", "{0}", "nowhere"], "nowhere is no run folder"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(call: Call, folders: list[Path], words: list[str], complaint: str):
    outcome = call("classify", *(word.format(*folders) for word in words))
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in outcome.err
    assert outcome.err.count("\n") == 1
