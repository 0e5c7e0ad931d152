"""Requests for scores at a steady rate, and what becomes of them when the server is stopped.

Claims: at 200 requests a second, each of three words, 99 of 100 are answered within 100 ms, and none fails; when the
server is stopped under that load, no request that it took is left without an answer.

    python benchmarks/serving.py [--run FOLDER] [--seconds 20] [--rate 200] [--json]

The server is `moregrad play` in a process of its own, with the default model, trained for some steps on the default
list unless a run is given. Requests start at even distances, whatever becomes of those before them, so that a slow
answer delays none (an open loop); the time of a request runs from the moment at which it is due. The client needs a
part of the same cores.
"""

import asyncio
import json
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from measuring import Claim, report

WORDS = ["anna", "maria", "olga", "petr", "wanda", "zora", "ilja", "kemal", "aiko", "noor"]
WARMING = 10.0
"""Seconds before measuring, in which programs are compiled or read from the cache."""
TRAIN = ["--steps", "100", "--eval-every", "100"]


class Load:
    """Requests to one address, on connections that are used again; counts what became of each."""

    def __init__(self, port: int, path: str) -> None:
        self.port, self.path = port, path
        self.seconds: list[float] = []
        self.ends: Counter[str] = Counter()
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._random = Random(0)

    async def at(self, rate: float, seconds: float, stop: "asyncio.Event | None" = None) -> None:
        """Sends `rate` requests a second for so many seconds, or until `stop` is set, and waits for their ends."""
        start, under_way = time.perf_counter(), set()
        for number in count():
            due = start + number / rate
            if due - start >= seconds or (stop and stop.is_set()):
                break
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            task = asyncio.create_task(self._request(due))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.gather(*under_way)

    async def _request(self, due: float) -> None:
        body = json.dumps({"words": self._random.sample(WORDS, 3)}).encode()
        head = f"POST {self.path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        end = await self._send(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.ends[end] += 1
        if end == "200":
            self.seconds.append(time.perf_counter() - due)

    async def _send(self, request: bytes) -> str:
        """Sends a request; on a connection that the server had closed before, once more on a new one, as clients do."""
        while self._idle:
            connection = self._idle.pop()
            end = await self._exchange(request, connection)
            if end != "closed before":
                return end
        try:
            connection = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return "refused"
        end = await self._exchange(request, connection)
        return "lost" if end == "closed before" else end

    async def _exchange(self, request: bytes, connection: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> str:
        reader, writer = connection
        begun = False
        try:
            writer.write(request)
            await writer.drain()
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            begun = True
            size = int(head.partition("content-length: ")[2].partition("\r\n")[0])
            await reader.readexactly(size)
        except (OSError, asyncio.IncompleteReadError):
            writer.close()
            return "lost" if begun else "closed before"
        if "connection: close" in head:
            writer.close()
        else:
            self._idle.append(connection)
        return head[9:12]


def percentile(seconds: list[float], share: float) -> float:
    """The time within which that share of the requests were answered, in milliseconds."""
    return 1000 * sorted(seconds)[min(int(share * len(seconds)), len(seconds) - 1)]


async def measure(process: subprocess.Popen[str], port: int, path: str, options: Namespace) -> tuple[Load, Load]:
    """The load at a steady rate, and that during which the server was stopped."""
    await Load(port, path).at(options.rate, WARMING)
    steady, stopped = Load(port, path), Load(port, path)
    await steady.at(options.rate, options.seconds)
    over = asyncio.Event()
    load = asyncio.create_task(stopped.at(options.rate, 60, over))
    await asyncio.sleep(2)
    process.send_signal(signal.SIGTERM)
    await asyncio.to_thread(process.wait)
    over.set()
    await load
    return steady, stopped


def serve(folder: str, options: Namespace) -> tuple[Load, Load]:
    """Starts the server for the run in `folder` and measures it."""
    command = [sys.executable, "-m", "moregrad", "play", folder, "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        told = (process.stderr or iter(())).readline()  # pyright: ignore[reportAttributeAccessIssue]
        port = int(told.split("127.0.0.1:")[1].split("/")[0])
        return asyncio.run(measure(process, port, f"/api/runs/{Path(folder).name}/score", options))


def main() -> None:
    """Measures and reports."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--run", help="folder of a run; by default one is trained")
    parser.add_argument("--seconds", type=float, default=20, help="seconds at the steady rate (20)")
    parser.add_argument("--rate", type=float, default=200, help="requests a second (200)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        run = options.run or f"{folder}/run"
        if not options.run:
            command = [sys.executable, "-m", "moregrad", "train", "--out", run, *TRAIN]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        steady, stopped = serve(run, options)
    late = percentile(steady.seconds, 0.99)
    failed = steady.ends.total() - steady.ends["200"]
    lost = stopped.ends.total() - stopped.ends["200"] - stopped.ends["refused"]
    claims = [
        Claim(f"{options.rate:g} scoring requests a second: ms within which 99 of 100 are answered", late, 100, True),
        Claim("of these, requests that failed", failed, 0, True),
        Claim("stopped under load: requests taken and not answered", lost, 0, True),
    ]
    figures = {"p50 ms": percentile(steady.seconds, 0.5), "p99 ms": late, "answered": float(steady.ends["200"])}
    ends = {f"stopped, {end}": float(number) for end, number in stopped.ends.items()}
    report({"moregrad play": {**figures, **ends}}, claims, runs=1, as_json=options.json)


if __name__ == "__main__":
    main()
