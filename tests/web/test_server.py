"""The server: where it listens, and how it ends."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest
from runs.small import NAMES

from moregrad.errors import ConfigurationError
from moregrad.runs import Run
from moregrad.web import Playground, Server
from web.client import Client


def test_elsewhere_than_on_this_machine_a_token_is_made(home: Path):
    server = Server(Playground(home=home), host="0.0.0.0", port=0)
    assert server.token
    assert server.url.endswith(f":{server.port}/#token={server.token}")
    server._socket.close()
    here = Server(Playground(home=home), port=0)
    assert (here.token, here.url) == (None, f"http://127.0.0.1:{here.port}/")
    here._socket.close()


def test_a_port_that_is_taken_is_told_and_without_one_the_next_is_tried(home: Path):
    told = r"cannot listen at 127\.0\.0\.1 port \d+: Address already in use"
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigurationError, match=told):
        Server(Playground(home=home), port=taken.getsockname()[1])
    one, two = Server(Playground(home=home)), Server(Playground(home=home))
    assert one.port != two.port
    one._socket.close()
    two._socket.close()


def test_a_host_that_cannot_be_is_told(home: Path):
    with pytest.raises(ConfigurationError, match="cannot listen at no such host"):
        Server(Playground(home=home), host="no such host", port=0)


def test_what_is_under_way_is_answered_when_the_server_stops(home: Path, small: Run):
    playground = Playground(home=home)
    playground.runs.add("small", small)
    server = Server(playground, port=0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    client = Client(server)
    assert client.post("/api/runs/small/score", {"words": ["ada"]}).status == 200
    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(client.post, "/api/runs/small/score", {"words": NAMES}) for _ in range(16)]
        time.sleep(0.1)
        server.stop()
        assert {each.result().status for each in asked} == {200}
    thread.join(30)
    assert not thread.is_alive()
    with pytest.raises(ConnectionRefusedError):
        client.get("/api/runs")


def test_a_training_and_those_who_follow_it_end_with_the_server(home: Path):
    server = Server(Playground(home=home), port=0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    client = Client(server)
    name = client.upload("a.txt", "\n".join(NAMES).encode()).json["name"]
    settings = {"hidden": 8, "embedding": 4, "steps": 20_000, "eval_every": 50, "batch_size": 8}
    run = client.post("/api/runs", {"source": name, "model": "gru", "settings": settings}).json["name"]
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(client.events, run)
        time.sleep(0.5)
        server.stop()
        thread.join(60)
        assert not thread.is_alive()
        assert [kind for _, kind, _ in following.result(60)][-1] == "stopped"
    assert (home / run / "model.safetensors").is_file()
