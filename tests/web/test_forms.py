"""Runs as answers."""

import msgspec
import pytest
from runs.labelled_run import train_labelled

from moregrad.runs import Run
from moregrad.web.forms import Brief, Facts, to_losses
from moregrad.web.registry import Entry


def test_facts_say_all_that_a_brief_does_and_can_be_written(small: Run):
    entry = Entry("small", None, small)
    brief, facts = msgspec.to_builtins(Brief.of(entry)), msgspec.to_builtins(Facts.of(entry))
    assert brief == {name: facts[name] for name in brief}
    assert facts["record"]["source"] == brief["source"]
    assert facts["longest"] == max(map(len, small.splits["train"].words(small.vocabulary)))
    assert b"NaN" not in msgspec.json.encode(facts)


def test_the_vocabulary_shows_no_symbols_of_labels():
    run = train_labelled()
    facts = Facts.of(Entry("kinds", None, run))
    assert len(facts.labels) == 2
    assert len(facts.vocabulary) == len(run.vocabulary.characters) - 2


def test_losses_are_those_of_the_record(small: Run):
    found = small.evaluate(["ada"])
    assert to_losses(found).losses["words"]["all"]["nats"] == pytest.approx(found["words"].all.nats)
