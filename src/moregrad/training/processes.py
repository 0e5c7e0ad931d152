"""Processes that train together, on one machine or many, by JAX's own distribution.

Process 0 is the coordinator, at whose address the others find it, and the one that writes. All do the same work on the
same list and settings, each on its share of every batch. A process that ends or gives no sign of life ends all others:
where a step needs it at once, and otherwise JAX aborts the process, within HEARTBEAT seconds.
"""

import json
import os
import re
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from itertools import count
from typing import Any

import jax
import numpy as np
from jax.errors import JaxRuntimeError
from jaxtyping import Float

from moregrad.errors import ConfigurationError, LostProcessError, ProcessError

HEARTBEAT = 30
"""Seconds without a sign of life after which a process is taken for lost."""
JOINING = 120
"""Seconds in which all processes must have come, by default."""
PREPARING = 3600
"""Seconds that one process may be ready for the first step before another."""
FINISHING = 7 * 24 * 3600
"""Seconds that process 0 may take for what comes after the last step, while the others wait."""
ENDING = 2
"""Seconds in which processes that fail alike tell so, before the end of one ends all."""

AUTOMATIC = "auto"
LOST = (
    "another process of this training ended or cannot be reached; see what it said itself. What was saved of the run "
    "is intact: go on with moregrad train --resume FOLDER, with any number of processes"
)
_agreements = count()
"""The agreements of this process, which all processes make in one order."""
_FAILURE = re.compile("gloo|nccl|coordination|unavailable|deadline|heartbeat|connection", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """The place of a process in a training: where process 0 is reached, how many there are, which one it is.

    Raises ConfigurationError for a place that cannot be.
    """

    coordinator: str
    processes: int | None = None
    process: int | None = None

    def __post_init__(self) -> None:
        given = [number is not None for number in (self.processes, self.process)]
        if self.coordinator == AUTOMATIC:
            self._require(not any(given), "coordinator auto takes the processes from the cluster; give no number")
            return
        self._require(all(given), f"coordinator {self.coordinator}: give the number of processes and which this is")
        host, _, port = self.coordinator.rpartition(":")
        fits = host and port.isascii() and port.isdigit() and 0 < int(port) < 2**16
        self._require(fits, f"coordinator is {self.coordinator!r:.80}; it must be HOST:PORT of process 0, or auto")
        self._require(self.count > 0, f"processes is {self.processes}; it must be 1 or more")
        last = self.count - 1
        self._require(0 <= self.number <= last, f"process is {self.process}; of {self.count} it must be 0 to {last}")

    @property
    def count(self) -> int:
        """The number of processes; 0 if the cluster knows it."""
        return self.processes or 0

    @property
    def number(self) -> int:
        """The number of this process; -1 if the cluster knows it."""
        return -1 if self.process is None else self.process

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of process 0."""
        host, _, port = self.coordinator.rpartition(":")
        return host.strip("[]"), int(port)

    def _require(self, holds: object, message: str) -> None:
        if not holds:
            raise ConfigurationError(message)


def join(place: Place, *, wait: float = JOINING) -> None:
    """Joins the other processes; must come before anything else of JAX, and returns once all have come.

    Raises ProcessError if the address is taken or out of reach, if no cluster is found, and if another process has
    another version or number of processes. If others do not come within `wait` seconds, JAX aborts the process.
    """
    end = time.monotonic() + wait
    place, devices = _found(place, wait) if place.coordinator == AUTOMATIC else (place, None)
    _find_coordinator(place, end, wait)
    try:
        jax.distributed.initialize(
            coordinator_address=place.coordinator,
            num_processes=place.count,
            process_id=place.number,
            local_device_ids=devices,
            cluster_detection_method="deactivate",
            initialization_timeout=max(int(end - time.monotonic()), 1),
            heartbeat_timeout_seconds=HEARTBEAT,
            shutdown_timeout_seconds=FINISHING,
        )
    except (ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0]
        raise ProcessError(f"cannot join the processes at {place.coordinator}: {reason}; see --coordinator") from error
    versions = {name: version(name) for name in ("moregrad", "jax")}
    agree({"processes": place.count, **versions}, wait=max(end - time.monotonic(), 1))


def _found(place: Place, wait: float) -> tuple[Place, Sequence[int] | None]:
    """Returns what the cluster says of this process, for which JAX has no public name, and its devices if not all."""
    from jax._src.clusters import ClusterEnv

    unset = (None, None, None, None, None)
    address, *numbers, devices = ClusterEnv.auto_detect_unset_distributed_params(*unset, int(wait))
    if address is None:
        raise ProcessError(
            f"coordinator {place.coordinator}: JAX finds no cluster here, such as Slurm's; give HOST:PORT of process "
            "0, the number of processes and which this is"
        )
    return Place(address, *numbers), devices


def _find_coordinator(place: Place, end: float, wait: float) -> None:
    """Checks that the address is free, where this is process 0, or else waits until process 0 listens there."""
    if place.number == 0:
        try:
            with socket.create_server(("", place.address[1])):
                return
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            raise ProcessError(f"port {place.address[1]}: {reason}; choose another for all processes") from error
    while True:
        try:
            with socket.create_connection(place.address, timeout=max(end - time.monotonic(), 1)):
                return
        except OSError as error:
            if time.monotonic() >= end:
                raise ProcessError(
                    f"no process 0 at {place.coordinator} within {wait:g} seconds: {error.strerror or error}; start it "
                    "there with the same --coordinator, or give its address"
                ) from error
            time.sleep(0.1)


def several() -> bool:
    """Tells whether several processes train together."""
    return jax.distributed.is_initialized() and jax.process_count() > 1


def writes() -> bool:
    """Tells whether this process is the one that writes: process 0, or the only one."""
    return not several() or jax.process_index() == 0


def own_share(count: int) -> range:
    """Returns which of `count` things are this process's own to do."""
    processes, process = (jax.process_count(), jax.process_index()) if several() else (1, 0)
    return range(count * process // processes, count * (process + 1) // processes)


def exchange(numbers: Sequence[float]) -> Float[np.ndarray, "processes numbers"]:
    """Returns the numbers of every process, in float64, the same on all."""
    own = np.array([numbers], np.float64)
    if not several():
        return own
    from jax.experimental.multihost_utils import process_allgather

    # As bytes: JAX computes in float32.
    with told_if_lost():
        return np.asarray(process_allgather(own.view(np.uint8), tiled=True)).view(np.float64)


def agree(facts: Mapping[str, Any], *, wait: float = PREPARING) -> None:
    """Waits until all processes have come here; raises ProcessError, on all of them, if their facts differ."""
    if not several():
        return
    client, own = _client(), json.dumps(facts)
    process, within, topic = jax.process_index(), int(1000 * wait), f"moregrad/{next(_agreements)}"
    with told_if_lost():
        if process == 0:
            client.key_value_set(f"{topic}/facts", own)
        first = json.loads(client.blocking_key_value_get(f"{topic}/facts", within))
        if difference := _difference(first, json.loads(own)):
            client.key_value_set(f"{topic}/unlike/{process}", f"process {process} has {difference}")
        client.wait_at_barrier(topic, within)
        unlike = sorted(value for _, value in client.key_value_dir_get(f"{topic}/unlike/"))
    if unlike:
        more = f", and {len(unlike) - 1:,} more differ" if len(unlike) > 1 else ""
        raise ProcessError(f"{unlike[0]}{more}; start all processes with the same list, settings and versions")


def _difference(first: Any, own: Any, path: str = "") -> str:
    """Describes the first place where `own` is not as what process 0 has; nothing if there is none."""
    if isinstance(first, dict) and isinstance(own, dict):
        names = [name for name in {**first, **own} if first.get(name) != own.get(name)]
        return _difference(first.get(names[0]), own.get(names[0]), f"{path} {names[0]}".strip()) if names else ""
    return "" if first == own else f"{path} {own!s:.60} and process 0 {first!s:.60}"


@contextmanager
def told_if_lost() -> Iterator[None]:
    """Within its `with`, raises LostProcessError where JAX fails because another process is lost."""
    try:
        yield
    except (ValueError, JaxRuntimeError) as error:
        if several() and _FAILURE.search(str(error)):
            raise LostProcessError(LOST) from error
        raise


def leave() -> None:
    """Parts from the other processes when all are done; waits for them."""
    if jax.distributed.is_initialized():
        with told_if_lost():
            jax.distributed.shutdown()


def await_failing() -> None:
    """Waits for a moment, so that processes which fail alike can all tell so before the end of one ends all."""
    if several():
        with suppress(JaxRuntimeError):
            _client().wait_at_barrier("moregrad/failed", 1000 * ENDING)


def _client() -> Any:
    """Returns the client of JAX's coordination service, for which JAX has no public name."""
    from jax._src.distributed import global_state

    return global_state.client
