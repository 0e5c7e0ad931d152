"""Whatever is sent, the server answers in JSON, never with a fault of its own, and goes on."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from runs.prepared import prepared

from moregrad.sampling.options import Sampling
from moregrad.web import Playground
from moregrad.web.routes import ROUTES
from web.client import Client, serving
from web.conftest import LIMITS

TEXT = st.one_of(
    st.text(max_size=12), st.sampled_from(["ada", "a*", "a-c", "3-2", "(a|b", "[", "upload-1", "\0", ".."])
)
SCALAR = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 60),
    st.integers(-(2**70), 2**70),
    st.floats(),
    TEXT,
)
DATA = st.recursive(
    SCALAR, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3))
)
FIELDS = ("words", "word", "prefix", "label", "source", "settings", "model", "start", "split")
ORDERS = st.dictionaries(st.sampled_from(FIELDS), st.one_of(DATA, st.lists(TEXT, max_size=4)), max_size=4)
WISHES = st.dictionaries(st.sampled_from([*Sampling.settings(), "nothing"]), SCALAR, max_size=5)
PATHS = [route.path for route in ROUTES if "events" not in route.path]
BOUNDED = settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The client of a server of its own, since whatever is sent may train its runs."""
    playground = Playground(home=tmp_path_factory.mktemp("home") / "runs", limits=LIMITS)
    playground.runs.add("small", prepared("gru", hidden=8, embedding=4))
    playground.runs.add("counts", prepared("ngram", order=3))
    with serving(playground) as asked:
        yield asked


def check(answer: Any) -> None:
    assert answer.status < 500 or answer.status == 503, answer
    if answer.status >= 400:
        assert answer.json["error"]["message"]


def encode(data: Any) -> bytes:
    return json.dumps(data).encode()


@BOUNDED
@given(path=st.sampled_from(PATHS), name=TEXT, data=st.one_of(DATA, ORDERS, WISHES))
def test_json_of_any_form_is_answered(client: Client, path: str, name: str, data: Any):
    run = name if name.startswith("u") else "small"
    headers = {"Content-Type": "application/json"}
    target = path.replace("{run}", quote(run, safe="")) + f"?name={quote(name)}"
    check(client.ask("POST", target, encode(data), **headers))


@BOUNDED
@given(asked=WISHES, run=st.sampled_from(["small", "counts"]))
def test_wishes_of_any_kind_are_answered(client: Client, asked: dict[str, Any], run: str):
    check(client.post(f"/api/runs/{run}/sample", asked))


@BOUNDED
@given(words=st.lists(st.text(max_size=20), max_size=6))
def test_words_of_any_characters_are_scored_or_say_why_not(client: Client, words: list[str]):
    answer = client.post("/api/runs/small/score", {"words": words})
    check(answer)
    if answer.status == 200:
        assert all((each["nats"] is None) == (each["problem"] is not None) for each in answer.json["scores"])
        assert len(answer.json["scores"]) == len(words)


@BOUNDED
@given(body=st.binary(max_size=200), path=st.sampled_from(PATHS))
def test_bytes_of_any_kind_are_answered(client: Client, body: bytes, path: str):
    headers = {"Content-Type": "application/json"}
    check(client.ask("POST", path.replace("{run}", "small") + "?name=a.txt", body, **headers))


@settings(max_examples=40)
@given(name=st.sampled_from(["a.txt", "a.csv", "a.json", "a.jsonl", "a.tsv", "a.txt.gz", "a"]), content=st.binary())
def test_files_of_any_content_are_reported_on_or_say_why_not(client: Client, name: str, content: bytes):
    listed = client.upload(name, content)
    assert listed.status == 201
    check(client.post("/api/reports", {"source": listed.json["name"]}))


def test_it_goes_on_after_all_that(client: Client):
    assert client.post("/api/runs/counts/score", {"words": ["ada"]}).json["scores"][0]["nats"] > 0
    assert len(client.get("/api/runs").json["runs"]) == 2
