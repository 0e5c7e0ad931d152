"""`moregrad reproduce`."""

import json

import pytest

from cli.calls import Call
from moregrad.lectures.replays import moons
from moregrad.lectures.reproduction import REPRODUCTIONS


def test_a_run_is_shown_beside_the_published_figures(call: Call):
    outcome = call("reproduce", "moons")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[0] == "moons: micrograd's demo: two moons, 100 steps"
    first = ["loss,", "step", "0", "0.8958441", "0.8958441", "+2.9e-09", "within", "5e-08"]
    assert first in [line.split() for line in lines]
    assert lines[-1] == "1 run, 179 figures: 179 reproduced"
    assert outcome.err == ""


def test_a_figure_that_differs_is_named_and_the_exit_code_is_1(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(moons, "SEED", 1338)
    outcome = call("reproduce", "moons")
    assert outcome.code == 1
    assert "beyond 5e-08" in outcome.out
    told = outcome.out.splitlines()
    assert told[-2].endswith("of 179 figures differ; the first is loss, step 0")
    assert told[-1].endswith(" differ")


def test_long_series_are_shortened_unless_every_figure_is_asked_for(call: Call):
    assert "more (--every)" in call("reproduce", "moons").out
    assert "loss, step 50 " in call("reproduce", "moons", "--every").out


def test_machines_get_plain_names_and_keys(call: Call, lists):
    first, second = map(json.loads, call("reproduce", "lecture-split", "moons", "--json").out.splitlines())
    assert (first["name"], second["name"], first["reproduced"]) == ("lecture-split", "moons", True)
    names = next(figure for figure in first["figures"] if figure.get("split") == "test" and "names" in figure)
    assert names == {
        "split": "test",
        "names": 3204,
        "published": 3204,
        "difference": 0.0,
        "tolerance": 0.0,
        "verdict": "reproduced",
    }


def test_a_list_that_is_missing_leaves_its_run_out_and_fails_nothing(call: Call, tmp_path, monkeypatch):
    monkeypatch.setenv("MOREGRAD_DATA", str(tmp_path))
    outcome = call("reproduce", "indian-names", "moons")
    assert outcome.code == 0
    assert "indian-names is left out: the list of Indian names has no public address" in outcome.err
    assert "--indian-names FILE" in outcome.err
    assert outcome.out.splitlines()[-1] == "1 run, 179 figures: 179 reproduced; left out: indian-names"
    (line,) = call("reproduce", "indian-names", "--json").out.splitlines()
    assert "no public address" in json.loads(line)["left_out"]


def test_the_file_of_indian_names_may_be_given(call: Call, indian_names_path, tmp_path, monkeypatch):
    monkeypatch.setenv("MOREGRAD_DATA", str(tmp_path))
    outcome = call("reproduce", "indian-names", "--indian-names", indian_names_path)
    assert outcome.out.splitlines()[-1] == "1 run, 32 figures: 32 reproduced"
    assert call("reproduce", "moons", "--indian-names", tmp_path / "none.csv").code == 2


def test_the_runs_are_listed(call: Call):
    listed = [line.split(" ")[0] for line in call("reproduce", "--list").out.splitlines()[1:]]
    assert [name for name in listed if name] == list(REPRODUCTIONS)
    assert [run["name"] for run in json.loads(call("reproduce", "--list", "--json").out)] == list(REPRODUCTIONS)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "give the name of a run, such as moons, or --all"),
        (("mons",), "did you mean 'moons'"),
        (("moons", "--all"), "--all replays every run; leave it out"),
    ],
)
def test_a_mistake_is_told_in_one_line(call: Call, words, says):
    outcome = call("reproduce", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert says in outcome.err


def test_a_terminal_of_80_columns_holds_every_line(on_terminal, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    received = on_terminal("reproduce", "moons")
    assert "179 reproduced" in received
    assert max(len(line) for line in received.splitlines() if "\x1b" not in line) <= 80
