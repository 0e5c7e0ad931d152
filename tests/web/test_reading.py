"""Bodies of requests: limits of size and time, and the form that is described."""

import json
import socket

import pytest

from moregrad.errors import ConfigurationError
from moregrad.sampling.options import Sampling
from moregrad.web import reading
from moregrad.web.forms import Words
from moregrad.web.problems import RequestError
from moregrad.web.reading import check_body
from web.client import Client


def test_a_body_becomes_what_it_asks():
    assert check_body(b'{"words": ["ada"]}', Words) == Words(["ada"])
    assert check_body(b'{"count": 3, "top_p": 1}', Sampling) == Sampling(count=3, top_p=1)
    assert check_body(b"", Sampling) == Sampling()
    assert check_body(b"any", bytes) == b"any"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b'{"words": "ada"}',
        b'{"words": [1]}',
        b'{"wrds": []}',
        b"\xff",
        b'["\\ud800"]',
        b"[" * 9999,
    ],
)
def test_what_is_of_another_form_is_refused(body: bytes):
    with pytest.raises(RequestError, match=r"form that /openapi\.json describes|no JSON"):
        check_body(body, Words)


def test_a_setting_is_checked_as_in_python():
    with pytest.raises(ConfigurationError, match="did you mean 'count'"):
        check_body(b'{"cont": 3}', Sampling)
    with pytest.raises(ConfigurationError, match="count is 'three'"):
        check_body(b'{"count": "three"}', Sampling)


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(client: Client):
    words = {"words": ["a" * 30] * 1000}
    answer = client.post("/api/runs/small/score", words)
    assert (answer.status, "larger than 20,000 bytes" in answer.message) == (413, True)
    chunks = json.dumps(words).encode()
    with socket.create_connection(("127.0.0.1", client.server.port)) as connection:
        connection.sendall(
            b"POST /api/runs/small/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(chunks), chunks)
        )
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_a_body_that_does_not_come_is_not_waited_for(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "PATIENCE", 0.2)
    with socket.create_connection(("127.0.0.1", client.server.port)) as connection:
        connection.sendall(
            b"POST /api/runs/small/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 99\r\n\r\n{"
        )
        assert connection.recv(100).startswith(b"HTTP/1.1 408")
