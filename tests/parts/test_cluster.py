"""Parts made by real processes, one of which is killed meanwhile."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import polars as pl
import pytest

import moregrad
from moregrad.data.reading import Reading
from moregrad.errors import AlphabetError, ClusterError
from moregrad.parts import State, sample_parts, score_parts
from moregrad.parts.cluster import connect, make_part
from moregrad.parts.making import Making
from moregrad.parts.part import Part
from moregrad.parts.run_file import RunFile
from moregrad.parts.work import Target
from moregrad.sampling.options import Sampling


@pytest.fixture
def another_cluster() -> Iterator[None]:
    """The port of the first cluster on a machine is taken, if not by a real one."""
    with ExitStack() as stack:
        with suppress(OSError):
            stack.enter_context(socket.create_server(("127.0.0.1", 8787)))
        yield


@pytest.mark.usefixtures("another_cluster")
def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path, run_folder: Path, table: Path):
    asked = {"reading": Reading(column="name"), "part_rows": 10}
    alone = score_parts(run_folder, table, tmp_path / "alone", **asked)
    with connect("local:2") as client:
        address, killed = client.scheduler.address, list[int]()  # pyright: ignore[reportOptionalMemberAccess]
        workers = [worker.pid for worker in client.cluster.workers.values()]  # pyright: ignore
        memory = client.submit(os.environ.get, "MALLOC_TRIM_THRESHOLD_").result()  # pyright: ignore
        assert memory is None

        def kill(state: State) -> None:
            if state.done and not killed:
                killed.append(workers[0])
                os.kill(workers[0], signal.SIGKILL)

        shared = score_parts(run_folder, table, tmp_path / "shared", cluster=address, watch=kill, **asked)
        assert killed
        assert shared.done == alone.done
        for part in alone.parts:
            made, by_workers = (pl.read_parquet(tmp_path / name / part.file) for name in ("alone", "shared"))
            assert made.equals(by_workers)
        sample_parts(run_folder, 5, tmp_path / "made", seed=2, cluster=address)
        sampled = moregrad.load(run_folder).sample(5, seed=2)
        assert pl.read_parquet(tmp_path / "made" / "*.parquet")["word"].to_list() == [each.word for each in sampled]
        with pytest.raises(AlphabetError, match=r"word 42 of .*, 'ÄÖ', cannot be scored"):
            score_parts(run_folder, table, tmp_path / "strict", cluster=address, strict=True, **asked)


def test_a_cluster_that_is_none_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("moregrad.parts.cluster.CONNECT", 0.3)
    for address in ("tcp://127.0.0.1:9", "nonsense://a", "no such host:0"):
        with pytest.raises(ClusterError, match="no Dask scheduler with a worker answers at"), connect(address):
            pass
    for address in ("local:", "local:0", "local:x", "local:99999"):
        with pytest.raises(ClusterError, match="is no local cluster; give local: and a number"), connect(address):
            pass


def test_dask_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'moregrad\[cluster\]'"), connect("local:1"):
        pass


def test_a_worker_of_another_version_makes_no_parts(tmp_path: Path):
    with pytest.raises(ClusterError, match=r"a worker has moregrad .*, not 0\.0; install the same version everywhere"):
        make_part((Making(RunFile(tmp_path, ""), Sampling(), 1, 1), Part(0, 1), Target(tmp_path, tmp_path, ""), "0.0"))
