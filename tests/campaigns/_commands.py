"""A process that runs commands of moregrad one after the other, with a limit of memory and of time for each."""

import io
import os
import resource
import sys
import time
import traceback
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

MEMORY = 8 * 10**9
"""Bytes that the process may allocate; a training of ordinary size and its compiler need a quarter of that."""
HANGS = 30.0
"""Seconds after which a command is killed."""


@dataclass(frozen=True)
class Outcome:
    """The outcome of a command; `seconds` are those of the clock or of the processor, whichever are fewer."""

    code: int | None
    out: str
    err: str
    seconds: float


class Worker:
    """The process, which is started anew when a command has killed it or had to be killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._start()

    def run(self, words: list[str]) -> Outcome:
        """Runs a command in the folder; the code is None if it did not end."""
        self._connection.send(words)
        try:
            if self._connection.poll(HANGS):
                return self._connection.recv()
            told, seconds = f"killed after {HANGS} s", HANGS
        except EOFError:
            told, seconds = "the process died", 0.0
        self.close()
        self._start()
        return Outcome(None, "", told, seconds)

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def _start(self) -> None:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._folder), daemon=True)
        self._process.start()
        theirs.close()


def _serve(connection: Connection, folder: Path) -> None:
    """Runs the commands that arrive, until the other end closes."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    os.chdir(folder)
    os.environ["JAX_COMPILATION_CACHE_DIR"] = str(folder / "compiled")
    sys.stdin = io.TextIOWrapper(io.BytesIO(b"ada\n"))
    while True:
        try:
            connection.send(_run(connection.recv()))
        except EOFError:
            return


def _run(words: list[str]) -> Outcome:
    from moregrad.cli import main

    out, err = io.StringIO(), io.StringIO()
    clock, processor = time.monotonic(), time.process_time()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(words)
        except BaseException:
            code = None
            traceback.print_exc(file=err)
    seconds = min(time.monotonic() - clock, time.process_time() - processor)
    return Outcome(code, out.getvalue(), err.getvalue(), seconds)
