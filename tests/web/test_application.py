"""The interface as a whole: what does not exist and what fails."""

from pathlib import Path

import pytest

from moregrad.runs import Run
from moregrad.web import Limits, Playground
from web.client import Client, serving


def test_what_does_not_exist_is_told_in_json(client: Client):
    answer = client.get("/api/nothing")
    assert (answer.status, answer.json["error"]["kind"]) == (404, "RequestError")
    assert "'/api/nothing'" in answer.message
    answer = client.get("/api/runs/small/score")
    assert (answer.status, answer.headers["allow"]) == (405, "POST")
    assert client.ask("DELETE", "/api/runs/small").status == 405


def test_a_name_that_leads_out_of_the_path_is_no_run(client: Client):
    for path in ("/api/runs/..%2f..%2fetc", "/api/runs/%00", "/api/runs/../small", "/api/runs/%ff"):
        assert client.get(path).status == 404


def test_a_fault_is_told_without_its_details(home: Path, small: Run, monkeypatch: pytest.MonkeyPatch):
    def fail(*asked: object, **named: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(Run, "explain", fail)
    playground = Playground(home=home)
    playground.runs.add("small", small)
    with serving(playground) as client:
        answer = client.post("/api/runs/small/explain", {"word": "ada"})
        assert (answer.status, answer.json["error"]["kind"]) == (500, "ZeroDivisionError")
        assert "secret" not in str(answer.json)
        assert client.get("/api/runs").status == 200


def test_a_missing_parameter_is_told(client: Client):
    answer = client.ask("POST", "/api/lists", b"a\n", **{"Content-Type": "text/plain"})
    assert (answer.status, "'name' is missing" in answer.message) == (400, True)


def test_a_first_run_that_takes_long_to_prepare_does_not_disturb_the_end(small: Run, home: Path):
    playground = Playground(home=home, limits=Limits(seconds=0.001))
    playground.runs.add("small", small)
    with serving(playground) as client:
        assert client.get("/api/runs").status == 200
    with pytest.raises(RuntimeError, match="after shutdown"):
        playground.score._executor.submit(print)
