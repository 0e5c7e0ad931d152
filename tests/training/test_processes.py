"""Processes that train together, as far as one process can tell; tests/cli has two."""

import socket
from collections.abc import Iterator

import numpy as np
import pytest
from cli.calls import slurm
from jax.errors import JaxRuntimeError

from moregrad.errors import ConfigurationError, LostProcessError, ProcessError
from moregrad.training import processes
from moregrad.training.processes import Place, agree, exchange, join, own_share, told_if_lost, writes


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (("localhost", 2, 0), "HOST:PORT"),
        (("localhost:0", 2, 0), "HOST:PORT"),
        (("localhost:1234", None, 0), "give the number"),
        (("localhost:1234", 0, 0), "1 or more"),
        (("localhost:1234", 2, 2), "of 2 it must be 0 to 1"),
        (("auto", 2, None), "give no number"),
    ],
)
def test_a_place_that_cannot_be_is_refused(place: tuple, told: str):
    with pytest.raises(ConfigurationError, match=told):
        Place(*place)


def test_an_address_may_be_of_either_protocol():
    assert Place("[::1]:1234", 2, 1).address == ("::1", 1234)
    assert Place("node-1:1234", 2, 1).address == ("node-1", 1234)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port where somebody listens."""
    with socket.create_server(("", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("place", [("localhost:{port}", 2, 0), ("auto",)])
def test_a_port_that_is_taken_is_told(taken: int, place: tuple, monkeypatch: pytest.MonkeyPatch):
    for name, value in slurm(taken, 0).items():
        monkeypatch.setenv(name, value)
    address, *numbers = place
    with pytest.raises(ProcessError, match=f"port {taken}: Address already in use"):
        join(Place(address.format(port=taken), *numbers))


def test_no_cluster_is_told():
    with pytest.raises(ProcessError, match="JAX finds no cluster here"):
        join(Place("auto"))


def test_a_process_0_that_is_not_there_is_told(taken: int):
    with socket.create_server(("", 0)) as server:
        free = server.getsockname()[1]
    with pytest.raises(ProcessError, match=f"no process 0 at localhost:{free} within 0.1 seconds"):
        join(Place(f"localhost:{free}", 2, 1), wait=0.1)


def test_a_process_alone_writes_and_does_everything():
    assert writes()
    assert own_share(5) == range(5)
    assert exchange([0.1, 2]).tolist() == [[0.1, 2]]
    agree({"anything": 1})


@pytest.mark.parametrize("count", [0, 1, 7, 8])
def test_shares_of_processes_are_all_there_is(monkeypatch: pytest.MonkeyPatch, count: int):
    monkeypatch.setattr(processes, "several", lambda: True)
    monkeypatch.setattr("jax.process_count", lambda: 3)
    shares = []
    for process in range(3):
        monkeypatch.setattr("jax.process_index", lambda process=process: process)
        shares += own_share(count)
    assert shares == list(range(count))


class Service:
    """A coordination service in a process, where all others have said what they have."""

    def __init__(self, **said: str) -> None:
        self.said = said

    def key_value_set(self, key: str, value: str) -> None:
        self.said[key] = value

    def blocking_key_value_get(self, key: str, timeout: int) -> str:
        return next(value for name, value in self.said.items() if key.endswith(name))

    def key_value_dir_get(self, key: str) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.said.items() if name.startswith(key)]

    def wait_at_barrier(self, name: str, timeout: int) -> None:
        pass


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ('{"recipe": {"steps": 5, "seed": 1}}', "process 1 has recipe steps 6 and process 0 5"),
        ('{"recipe": {"steps": 6}}', "process 1 has recipe seed 1 and process 0 None"),
    ],
)
def test_processes_that_are_not_alike_are_told_where(monkeypatch: pytest.MonkeyPatch, facts: str, told: str):
    _stand_beside(monkeypatch, Service(facts=facts))
    with pytest.raises(ProcessError, match=told):
        agree({"recipe": {"steps": 6, "seed": 1}})


def test_processes_that_are_alike_agree(monkeypatch: pytest.MonkeyPatch):
    _stand_beside(monkeypatch, Service(facts='{"step": 6}'))
    agree({"step": 6})


def test_an_error_of_jax_that_tells_of_a_lost_process_is_one(monkeypatch: pytest.MonkeyPatch):
    _stand_beside(monkeypatch, Service())
    for kind in (ValueError, JaxRuntimeError):
        with pytest.raises(LostProcessError, match="another process"), told_if_lost():
            raise kind("UNKNOWN: Gloo all-reduce failed: Connection closed by peer")
    with pytest.raises(ValueError, match="something else"), told_if_lost():
        raise ValueError("something else")


def _stand_beside(monkeypatch: pytest.MonkeyPatch, service: Service) -> None:
    """Makes this process seem to be process 1 of several."""
    monkeypatch.setattr(processes, "several", lambda: True)
    monkeypatch.setattr(processes, "_client", lambda: service)
    monkeypatch.setattr("jax.process_index", lambda: 1)


def test_bytes_carry_numbers_exactly():
    numbers = np.array([[0.1, 1e300]])
    np.testing.assert_array_equal(numbers.view(np.uint8).view(np.float64), numbers)
