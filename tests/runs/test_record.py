"""The record of a run as plain data."""

import json
import math
from dataclasses import replace
from typing import Any

import msgspec
import polars as pl
import pytest

from moregrad.data.cleaning import clean
from moregrad.data.reading import Reading
from moregrad.data.splits import Leakage
from moregrad.evaluation.scores import Evaluation, Score
from moregrad.runs.record import Metrics, Record

RECORD = Record(
    source="a test",
    origin="made up",
    fingerprint="abc",
    cleaning=clean([pl.Series(["ab", "", "ab", "c"])], Reading())[1],
    split="words",
    words={"train": 2},
    leakage=Leakage(3, 4),
    parameters=5,
    versions={"jax": "1"},
)
EVALUATION = Evaluation(Score(12.5, 5, 2), Score(0.0, 0, 0))


def test_a_record_comes_back_from_json():
    ended = RECORD.replace(losses={"test": EVALUATION}, seconds=1.5)
    calibrated = Evaluation(Score(12.5, 5, 2), Score(9.5, 3, 1), Score(8.5, 3, 1), Score(7.0, 5, 2), 0.25)
    for record in (RECORD, ended, RECORD.replace(losses={"test": calibrated})):
        assert Record.from_dict(json.loads(json.dumps(record.to_dict(), allow_nan=False))) == record


def test_a_record_as_plain_data_says_what_was_left_out_and_what_was_lost():
    told = RECORD.replace(losses={"test": EVALUATION}).to_dict()
    assert (told["cleaning"]["read"], told["cleaning"]["kept"], told["cleaning"]["duplicate"]["count"]) == (4, 2, 1)
    assert told["leakage"] == {"validation": 3, "test": 4}
    assert told["losses"]["test"]["all"]["nats"] == 2.5
    assert told["losses"]["test"]["unseen"]["nats"] is None


def test_a_record_of_an_earlier_version_has_no_loss_given_new():
    written = RECORD.replace(losses={"test": EVALUATION}).to_dict()
    for name in ("given_new", "calibrated", "training_mass"):
        del written["losses"]["test"][name]
    assert Record.from_dict(written).losses == {"test": EVALUATION}


@pytest.mark.parametrize("damage", [{"given_new": 5}, {"given_new": {}}, {"training_mass": "much"}])
def test_scores_of_another_form_are_refused(damage: dict[str, Any]):
    written = RECORD.replace(losses={"test": EVALUATION}).to_dict()
    written["losses"]["test"] |= damage
    with pytest.raises((msgspec.ValidationError, KeyError, TypeError)):
        Record.from_dict(written)


def test_other_facts_make_another_record():
    assert RECORD.replace(seconds=2.0) == replace(RECORD, seconds=2.0)
    assert RECORD.seconds == 0


def test_metrics_come_back_from_json():
    metrics = Metrics(10, 2.5, math.pi)
    assert Metrics(**json.loads(json.dumps(metrics.to_dict()))) == metrics
