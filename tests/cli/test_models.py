"""`moregrad models`."""

import json

import pytest

from cli.calls import Call
from moregrad.models.catalogue import CATALOGUE


def test_every_model_of_the_catalogue_is_listed(call: Call):
    rows = json.loads(call("models", "--json").out)
    assert {row["model"] for row in rows} == set(CATALOGUE)
    parameters = [row["parameters"] or 0 for row in rows]
    assert parameters == sorted(parameters)
    assert all(name in call("models").out for name in CATALOGUE)


@pytest.mark.parametrize("wrong", [("--preset", "gpt"), ("--vocabulary", 0), ("--longest", -1)])
def test_a_wrong_option_is_told_in_one_line(call: Call, wrong: tuple):
    outcome = call("models", *wrong)
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)


def test_the_makemore_preset_counts_the_parameters_of_makemore(call: Call):
    rows = json.loads(call("models", "--preset", "makemore", "--json").out)
    assert sorted(row["parameters"] for row in rows) == [729, 11_803, 12_827, 28_315, 69_147, 204_544]
