"""Requests that are let in: those of this machine, of this page, and of those who have the token."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message

from moregrad.web import Limits, Playground
from moregrad.web.guard import Guard, is_loopback
from web.client import Client, serving


@pytest.mark.parametrize("host", ["localhost", "localhost:99", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST"])
def test_names_of_this_machine_are_answered(client: Client, host: str):
    assert client.get("/api/runs", Host=host).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "192.168.0.1:8765", "[", "", "127.0.0.1@evil"]
)
def test_other_names_are_refused_since_any_site_may_have_one_that_leads_here(client: Client, host: str):
    for path in ("/api/runs", "/openapi.json", "/"):
        assert client.get(path, Host=host).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_are_refused(client: Client, headers: dict[str, str]):
    answer = client.post("/api/runs/small/sample", {}, **headers)
    assert (answer.status, "other sites" in answer.message) == (403, True)


def test_the_page_itself_may_ask(client: Client):
    host = f"127.0.0.1:{client.server.port}"
    own = {"Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/runs/small/sample", {"count": 1}, **own).status == 200


def test_a_form_of_another_page_cannot_ask(client: Client):
    answer = client.ask("POST", "/api/runs/small/sample", b"{}", **{"Content-Type": "text/plain"})
    assert (answer.status, "send JSON" in answer.message) == (415, True)


def test_nothing_tells_browsers_that_other_sites_may_read(client: Client):
    headers = {name.lower(): value for name, value in client.get("/api/runs").headers.items()}
    assert not any(name.startswith("access-control") for name in headers)
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'self'" in headers["content-security-policy"]


def test_with_a_token_only_those_are_answered_who_have_it(home: Path):
    with serving(Playground(home=home), token="secret") as client:
        assert client.get("/api/runs").status == 401
        assert client.get("/openapi.json").status == 200
        assert client.get("/api/runs", Authorization="Bearer wrong").status == 401
        assert client.get("/api/runs", Authorization="Bearer secret").status == 200
        assert client.get("/api/runs", Authorization="Bearer secret", Host="my.machine").status == 200
        assert client.get("/api/runs", Authorization="Bearer secret", Origin="http://evil.example").status == 403


def test_the_page_is_given_to_all_and_the_data_wherever_they_are_mounted_to_none_without_the_token(home: Path):
    with serving(Playground(home=home), token="secret") as client:
        assert [client.get(path).status for path in ("/", "/api.js", "/parts/words.js")] == [200] * 3
        assert [client.get(path).status for path in ("/api/runs", "//api/runs", "/api/../api/runs")] == [401, 404, 401]
    guard = Guard(fail, "secret", Limits())
    for path, root in (("/api/runs", ""), ("/words/api/runs", "/words")):
        scope = {"type": "http", "path": path, "root_path": root, "headers": [(b"host", b"localhost")]}
        sent: list[Message] = []

        async def send(message: Message, sent: list[Message] = sent) -> None:
            sent.append(message)

        asyncio.run(guard(scope, fail, send))
        assert sent[0]["status"] == 401


async def fail(*asked: object) -> Any:
    raise AssertionError(asked)


def test_what_only_this_machine_reaches_is_known():
    assert [is_loopback(host) for host in ("127.0.0.1", "127.9.9.9", "::1", "localhost")] == [True] * 4
    assert [is_loopback(host) for host in ("0.0.0.0", "::", "example.com", "10.0.0.1", "")] == [False] * 5
