"""Parts made by the workers of a Dask cluster."""

import asyncio
import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from moregrad.errors import ClusterError, MoregradError
from moregrad.parts.part import Done, Part
from moregrad.parts.work import Target, Tell, Work

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
R = TypeVar("R")

LOCAL = "local:"
CONNECT = 15
"""Seconds in which a scheduler answers and has a worker."""
TRIMMING = "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_"
"""The setting by which Dask's workers give memory back at once: a third of the time then goes into taking it again."""
AHEAD = 3
"""Items with the workers, for each of their threads."""


def over_cluster(
    work: Work, parts: Sequence[Part], target: Target, tell: Tell, address: str
) -> Generator[Done, None, None]:
    """Has the workers of the scheduler at `address` make `parts`; those of a worker that dies go to another one.

    "local:4" starts 4 workers as processes of this machine. The folders of the run, of the lists and of the parts must
    be the same on every worker, and each loads the run once. Raises ClusterError if there is no such cluster or its
    workers keep dying, and what the work raises.
    """
    with connect(address) as client:
        for done in run_tasks(client, make_part, ((work, part, target, version("moregrad")) for part in parts)):
            tell(done.rows)
            yield done


def make_part(task: tuple[Work, Part, Target, str]) -> Done:
    """Makes a part on a worker, whose version of moregrad must be the one given; raises ClusterError otherwise."""
    work, part, target, wanted = task
    if (own := version("moregrad")) != wanted:
        raise ClusterError(f"a worker has moregrad {own}, not {wanted}; install the same version everywhere")
    if not target.working.is_dir():
        raise ClusterError(
            f"a worker finds no folder {target.folder}; keep run, lists and --out where every worker has them"
        )
    return target.write(part, work.pieces([part]))


def run_tasks(client: "Client", function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """Yields what `function` returns of each of `items`, in the order in which workers are done with them.

    Few items are sent ahead of the workers, since some are large.
    """
    from distributed import KilledWorker, as_completed

    left, pending, completed = iter(items), set(), as_completed()

    def send() -> None:
        threads = sum(client.nthreads().values())  # pyright: ignore[reportAttributeAccessIssue]
        for item in islice(left, max(max(AHEAD * threads, 1) - len(pending), 0)):
            pending.add(future := client.submit(function, item, pure=False))
            completed.add(future)

    try:
        send()
        for future in completed:
            yield future.result()
            pending.discard(future)
            send()
    except KilledWorker as error:
        raise ClusterError(
            "workers died again and again over one and the same part; look for their reason, such as too little memory"
        ) from error
    except MoregradError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        raise ClusterError(
            f"a worker failed: {reason:.200}; does every worker have this version of moregrad?"
        ) from error
    finally:
        client.cancel(list(pending))


@contextmanager
def connect(address: str) -> "Iterator[Client]":
    """Yields a client of the scheduler at `address`, or of a cluster of processes made for it; closed in the end.

    Raises ClusterError if there is none that answers, or it has no worker.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("--cluster needs Dask: pip install 'moregrad[cluster]'") from error
    # What Dask logs of workers that come and go is no news to whoever waits for the parts.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        place = stack.enter_context(_local(address)) if address.startswith(LOCAL) else address
        try:
            client = stack.enter_context(Client(place, timeout=CONNECT))
            client.wait_for_workers(1, timeout=CONNECT)
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterError(
                f"no Dask scheduler with a worker answers at {address!r:.100}; give an address such as "
                "tcp://host:8786, or local:4"
            ) from error
        yield client


@contextmanager
def _local(address: str) -> Iterator[Any]:
    from dask import config
    from distributed import LocalCluster

    number = address.removeprefix(LOCAL)
    if not number.isdecimal() or not 1 <= int(number) <= 1000:
        raise ClusterError(
            f"{address!r:.60} is no local cluster; give local: and a number of processes, such as local:4"
        )
    # No dashboard; its port is one of those that are free, since several clusters may be on a machine.
    quiet = {"dashboard_address": None, "scheduler_kwargs": {"dashboard_address": "127.0.0.1:0"}}
    own = {**quiet, "silence_logs": logging.CRITICAL, "local_directory": None}
    with (
        config.set({TRIMMING: None}),
        LocalCluster(n_workers=int(number), threads_per_worker=1, processes=True, **own) as cluster,
    ):
        try:
            yield cluster
        except BaseException:
            # Whoever interrupts does not wait until the workers are done with their parts.
            with suppress(Exception):
                cluster.sync(_kill, cluster)  # pyright: ignore[reportAttributeAccessIssue]
            raise


async def _kill(cluster: Any) -> None:
    for worker in cluster.workers.values():
        worker.auto_restart = False
    kills = (worker.kill(timeout=0) for worker in cluster.workers.values())
    await asyncio.gather(*kills, return_exceptions=True)
