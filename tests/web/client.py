"""A client of the JSON interface with nothing but Python's own, so that what is tested is what goes over the wire."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from threading import Thread
from typing import Any, NamedTuple

from moregrad.web import Playground, Server


class Answer(NamedTuple):
    """The status of an answer, its JSON, and its headers."""

    status: int
    json: Any
    headers: dict[str, str]

    @property
    def message(self) -> str:
        """The text of the error that it tells."""
        return self.json["error"]["message"]


class Client:
    """Asks a server, on a new connection each time."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def get(self, path: str, **headers: str) -> Answer:
        """Asks for `path`."""
        return self.ask("GET", path, None, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Answer:
        """Sends `data` as JSON."""
        body = json.dumps(data if data is not None else {}).encode()
        return self.ask("POST", path, body, **{"Content-Type": "application/json", **headers})

    def upload(self, name: str, content: bytes) -> Answer:
        """Sends a file."""
        headers = {"Content-Type": "application/octet-stream"}
        return self.ask("POST", f"/api/lists?name={name}", content, **headers)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Sends a request and reads the whole answer."""
        with self.open(method, path, body, **headers) as response:
            content = response.read()
            is_json = response.headers.get_content_type() == "application/json"
            return Answer(response.status, json.loads(content) if is_json else content, dict(response.headers))

    @contextmanager
    def open(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Iterator[HTTPResponse]:
        """Sends a request and leaves the answer to be read."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            yield connection.getresponse()
        finally:
            connection.close()

    def events(self, run: str, after: int = 0) -> list[tuple[int, str, Any]]:
        """Returns the number, the kind and the data of all events of a training, to its end."""
        with self.open("GET", f"/api/runs/{run}/events?after={after}") as response:
            assert response.status == 200, response.read()
            blocks = response.read().decode().split("\n\n")[:-1]
        fields = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks if block[0] != ":"]
        return [(int(each["id"]), each["event"], json.loads(each["data"])) for each in fields]


@contextmanager
def serving(playground: Playground, **settings: Any) -> Iterator[Client]:
    """A server in a thread of its own, at any free port."""
    server = Server(playground, **{"port": 0, **settings})
    # A daemon, since a process waits for others at its end.
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Client(server)
    finally:
        server.stop()
        thread.join(60)
        assert not thread.is_alive()
