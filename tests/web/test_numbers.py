"""Single numbers by the JSON interface."""

import pytest

from web.client import Client


def test_an_expression_has_its_result_its_gradients_and_a_picture_of_each_step(client: Client):
    answer = client.post("/api/graph", {"text": "a = 2\nb = -3\nL = a * b"})
    assert (answer.json["result"], answer.json["gradients"]) == (-6.0, {"a": -3.0, "b": 2.0, "L": 1.0})
    assert [each["told"].split()[0] for each in answer.json["steps"]] == ["Forward:", "The", "L,"]
    assert all(each["svg"].startswith("<svg ") for each in answer.json["steps"])


def test_what_is_not_allowed_is_told(client: Client):
    answer = client.post("/api/graph", {"text": "__import__('os')"})
    assert (answer.status, answer.json["error"]["kind"]) == (422, "ScalarError")


def test_moons_are_trained_step_by_step(client: Client):
    first = client.post("/api/moons", {"steps": 0}).json
    then = client.post("/api/moons", {"parameters": first["parameters"], "step": 0, "steps": 10}).json
    assert then["step"] == 10
    assert then["loss"] < first["loss"]


@pytest.mark.parametrize(
    "asked", [{"steps": 21}, {"hidden": 33}, {"learning_rate": 0}, {"parameters": ["a"]}, {"step": -1}]
)
def test_more_than_is_allowed_is_refused(client: Client, asked: dict[str, object]):
    assert client.post("/api/moons", asked).status == 400
