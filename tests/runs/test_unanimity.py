"""What processes that train one run must have alike."""

import json

import pytest

from moregrad.runs import unanimity
from moregrad.runs.unanimity import facts_of
from runs.prepared import prepared


def test_a_process_alone_has_nothing_to_agree_on():
    assert facts_of(prepared("bigram")) == {}


def test_facts_are_json_and_tell_lists_settings_and_weights_apart(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(unanimity, "several", lambda: True)
    run, other = prepared("mlp", hidden=4), prepared("mlp", hidden=5)
    facts, others = facts_of(run), facts_of(other)
    assert json.loads(json.dumps(facts)) == facts == facts_of(prepared("mlp", hidden=4))
    assert {name for name in facts if facts[name] != others[name]} == {"model", "weights"}
