"""Runs, lists and trainings by the JSON interface."""

from pathlib import Path
from typing import Any

import pytest
from runs.small import NAMES

import moregrad
from moregrad.web import Limits, Playground
from moregrad.web.managing import as_stream
from moregrad.web.training import Event
from web.client import Client, serving

TINY: dict[str, Any] = {"hidden": 8, "embedding": 4, "steps": 30, "eval_every": 10, "batch_size": 8}
LIST = "\n".join(NAMES).encode()


def test_runs_are_listed_and_described(client: Client):
    names = [each["name"] for each in client.get("/api/runs").json["runs"]]
    assert names[:2] == ["small", "counts"]
    facts = client.get("/api/runs/small").json
    assert (facts["model"], facts["metrics"], facts["training"]) == ("gru", [], None)
    assert facts["architecture"]["hidden"] == 8
    assert "d" in facts["vocabulary"]


def test_a_run_that_does_not_exist_is_refused_with_those_that_do(client: Client):
    answer = client.get("/api/runs/smal")
    assert (answer.status, "did you mean 'small'?" in answer.message) == (404, True)


def test_models_and_lists_are_listed(client: Client):
    models = {each["name"]: each for each in client.get("/api/models").json["models"]}
    assert {"gru", "ngram", "transformer", "stack"} <= set(models)
    assert models["gru"]["schema"]["properties"]["hidden"]["type"] == "integer"
    assert "first-names" in [each["name"] for each in client.get("/api/lists").json["lists"]]


def test_a_list_is_uploaded_reported_on_and_trained_on_with_the_same_result_as_in_python(client: Client):
    listed = client.upload("towns.txt", LIST)
    assert (listed.status, listed.json["description"]) == (201, "uploaded as towns.txt")
    name = listed.json["name"]
    report = client.post("/api/reports", {"source": name}).json
    assert (report["source"], report["summary"]["count"]) == ("towns.txt", len(NAMES))
    begun = client.post("/api/runs", {"source": name, "model": "gru", "start": "none", "settings": TINY})
    assert (begun.status, begun.json["name"], begun.json["training"]) == (201, "gru-towns-txt-1", "under way")
    events = client.events("gru-towns-txt-1")
    assert [kind for _, kind, _ in events] == ["evaluation"] * 3 + ["finished"]
    assert [number for number, _, _ in events] == [1, 2, 3, 4]
    witness = moregrad.train(NAMES, "gru", start="none", **TINY)
    assert [(data["step"], data["train"], data["validation"]) for _, _, data in events[:3]] == [
        (each.step, each.train, each.validation) for each in witness.metrics
    ]
    assert events[0][2]["map"]["characters"][0] == "start"
    assert len(events[0][2]["samples"]) == 12
    assert client.events("gru-towns-txt-1", after=3) == events[3:]
    facts = client.get("/api/runs/gru-towns-txt-1").json
    assert (facts["training"], facts["step"], set(facts["losses"])) == ("finished", 30, {"train", "validation", "test"})


def test_a_training_stops_and_goes_on_to_the_same_result(home: Path):
    with serving(Playground(home=home)) as client:
        name = client.upload("a.txt", LIST).json["name"]
        long = {**TINY, "steps": 2000, "eval_every": 20}
        run = client.post("/api/runs", {"source": name, "model": "gru", "start": "none", "settings": long}).json["name"]
        assert client.post(f"/api/runs/{run}/stop").status == 200
        kinds = [kind for _, kind, _ in client.events(run)]
        assert kinds[-1] == "stopped"
        assert client.post(f"/api/runs/{run}/stop").status == 409
        step = client.get(f"/api/runs/{run}").json["step"]
        assert 0 < step < 2000
        assert client.post(f"/api/runs/{run}/resume", {"steps": 1}).status == 422
        went = client.post(f"/api/runs/{run}/resume", {})
        assert (went.status, went.json["training"]) == (200, "under way")
        assert client.post(f"/api/runs/{run}/resume").status == 409
        assert client.events(run)[-1][1] == "finished"
        metrics = client.get(f"/api/runs/{run}").json["metrics"]
        again = client.post(f"/api/runs/{run}/resume")
        assert (again.status, "give more steps" in again.message) == (422, True)
    witness = moregrad.train(NAMES, "gru", start="none", **long)
    assert metrics == [each.to_dict() for each in witness.metrics]
    assert moregrad.load(home / run).step == 2000


def test_one_training_at_a_time(home: Path):
    with serving(Playground(home=home)) as client:
        name = client.upload("a.txt", LIST).json["name"]
        order = {"source": name, "model": "gru", "settings": {**TINY, "steps": 5000, "eval_every": 50}}
        run = client.post("/api/runs", order).json["name"]
        answer = client.post("/api/runs", order)
        assert (answer.status, answer.message) == (503, f"{run} is in training; stop it, or wait for its end")


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ({"source": "/etc/passwd"}, "there is no list '/etc/passwd' here"),
        ({"source": "https://example.com/a.txt"}, "there is no list 'https://example.com/a.txt' here"),
        ({"source": "-"}, "there is no list '-' here"),
        ({"start": "/tmp"}, "there is no run '/tmp'"),
        ({"model": "gur"}, "did you mean gru?"),
        ({"split": "nothing"}, "there is no split 'nothing'"),
        ({"model": "gru", "settings": {"hiden": 3}}, "did you mean 'hidden'?"),
        ({"model": "gru", "settings": {"hidden": 0}}, "hidden is 0; it must be a whole number of at least 1"),
        ({"model": "gru", "settings": {"steps": 2001}}, "steps is 2,001; here it must be at most 2,000"),
        ({"source": "first-names"}, "of which 1,000 are taken here"),
        ({"source": "faker:nothing:de_DE"}, "Faker has no provider 'nothing'"),
    ],
)
def test_a_training_that_cannot_be_is_refused(client: Client, order: dict[str, object], told: str):
    name = client.upload("a.txt", LIST).json["name"]
    answer = client.post("/api/runs", {"source": name, **order})
    assert answer.status in (404, 413, 422)
    assert told in answer.message


def test_a_model_that_is_too_large_is_refused(home: Path):
    with serving(Playground(home=home, limits=Limits(parameters=100))) as client:
        name = client.upload("a.txt", LIST).json["name"]
        answer = client.post("/api/runs", {"source": name, "model": "gru"})
        assert (answer.status, "100 are allowed" in answer.message) == (413, True)
    assert not home.exists()


def test_a_training_that_goes_wrong_says_so(home: Path):
    with serving(Playground(home=home)) as client:
        name = client.upload("a.txt", LIST).json["name"]
        settings = {**TINY, "optimizer": "sgd", "learning_rate": 1e38}
        run = client.post("/api/runs", {"source": name, "model": "mlp", "start": "none", "settings": settings}).json
        last = client.events(run["name"])[-1]
        assert (last[1], last[2]["kind"]) == ("failed", "TrainingError")
        facts = client.get(f"/api/runs/{run['name']}").json
        assert (facts["training"], "the loss is not a number" in facts["failure"]) == ("failed", True)


def test_events_of_a_run_without_a_training_are_refused(client: Client):
    assert client.get("/api/runs/small/events").status == 409
    assert client.get("/api/runs/small/events?after=-1").status == 400


def test_events_are_written_as_browsers_read_them():
    assert as_stream(Event(3, "stopped", {"step": 7})) == b'id: 3\nevent: stopped\ndata: {"step":7}\n\n'
    assert as_stream(None) == b": still here\n\n"
