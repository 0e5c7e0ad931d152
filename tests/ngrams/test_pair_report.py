"""The likelihood of words pair by pair against the figures of the first lecture."""

import json
import math

import numpy as np
import pytest

from moregrad.ngrams import Bigrams
from moregrad.ngrams import pair_report as module


@pytest.fixture(scope="module")
def names(names_words: list[str]) -> Bigrams:
    return Bigrams.of(names_words)


@pytest.mark.parametrize(
    ("smoothing", "total", "mean"),
    [(0, -559873.589642728, 2.4540144891548743), (1, -560001.8832021174, 2.454576820115704)],
)
def test_the_whole_list_costs_what_was_computed_in_float64(smoothing, total, mean, names, names_words, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 10_000)
    report = names.report(names_words, smoothing)
    assert len(report) == 228_146
    assert report.total == pytest.approx(total, rel=1e-13)
    assert report.total_nll == -report.total
    assert report.mean == pytest.approx(mean, rel=1e-13)


@pytest.mark.parametrize(
    ("smoothing", "total", "mean"),
    [(0, -38.78563692352164, 2.4241023077201027), (1, -38.808565926792994, 2.425535370424562)],
)
def test_three_names_cost_what_was_computed_in_float64(smoothing, total, mean, names):
    report = names.report(["emma", "olivia", "ava"], smoothing)
    assert len(report) == 16
    assert (report.total, report.mean) == (pytest.approx(total, rel=1e-13), pytest.approx(mean, rel=1e-13))


def test_every_pair_of_andrejq_costs_what_is_printed(names):
    report = names.report(["andrejq"], smoothing=1)
    assert report.pairs == [".a", "an", "nd", "dr", "re", "ej", "jq", "q."]
    printed = [1.9835, 1.8302, 3.2594, 2.5646, 2.0143, 5.9004, 7.9817, 2.3331]
    np.testing.assert_allclose(report.nll, printed, atol=5e-5)
    assert report.total == pytest.approx(-27.867215885164224, rel=1e-13)
    assert report.mean == pytest.approx(3.483401985645528, rel=1e-13)
    assert report.impossible == []
    assert report.explain_infinity() == ""


def test_emma_costs_what_is_printed(names):
    report = names.report(["emma"], smoothing=1)
    assert report.total_nll == pytest.approx(12.571642, abs=5e-7)
    assert report.mean == pytest.approx(2.514328, abs=5e-7)


def test_the_infinite_loss_of_andrejq_is_told_with_its_pair_and_what_to_do(names):
    report = names.report(["andrejq", "andrejq"])
    assert (report.total, report.mean) == (-math.inf, math.inf)
    assert report.impossible == ["jq"]
    assert "'jq' never occurred" in repr(report)
    assert "smoothing=1" in report.explain_infinity()


def test_a_table_has_a_row_per_pair(names):
    table = names.report(["andrejq"]).table
    assert table.columns == ["pair", "probability", "log_likelihood", "nll"]
    row = table.row(1, named=True)
    assert row["pair"] == "an"
    assert row["nll"] == -row["log_likelihood"] == -math.log(row["probability"])
    assert table["nll"][6] == math.inf


def test_a_report_in_json_has_null_for_infinity(names):
    written = json.loads(json.dumps(names.report(["jq"]).to_dict(), allow_nan=False))
    assert (written["nll"], written["mean"], written["impossible"]) == (None, None, ["jq"])
    assert [row["pair"] for row in written["pairs"]] == [".j", "jq", "q."]


def test_long_reports_show_their_beginning(names, names_words):
    lines = repr(names.report(names_words)).splitlines()
    assert len(lines) == module.ROWS + 3
    assert lines[-2] == f"and {228_146 - module.ROWS:,} pairs more"
    assert "mean 2.454014 nats" in lines[-1]
    assert max(map(len, lines)) <= 80


def test_characters_beyond_the_basic_plane_are_spelled():
    words = ["é😀", "😀"]
    assert Bigrams.of(words).report(words).pairs == [".é", "é😀", "😀.", ".😀", "😀."]


def test_no_words_have_no_mean(names):
    report = names.report([])
    assert (len(report), report.total) == (0, 0)
    assert math.isnan(report.mean)
    assert report.pairs == []
