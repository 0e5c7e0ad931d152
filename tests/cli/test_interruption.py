"""Signals while something is under way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest

from cli.calls import start
from moregrad.cli.interruption import Interruption

STUBBORN = """
import time
from moregrad.cli.interruption import Interruption
with Interruption(lambda: None) as interruption:
    print("ready", flush=True)
    while not interruption.signal:
        time.sleep(0.01)
    print("noted", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_first_signal_is_noted_and_nothing_else(
    number: signal.Signals, code: int, capfd: pytest.CaptureFixture[str]
):
    before, stopped = signal.getsignal(number), Event()
    with Interruption(stopped.set) as interruption:
        os.kill(os.getpid(), number)
        deadline = time.monotonic() + 10
        while not interruption.signal and time.monotonic() < deadline:
            time.sleep(0.01)
    assert (interruption.signal, interruption.code) == (number, code)
    assert stopped.is_set()
    assert signal.getsignal(number) == before
    assert number.name in capfd.readouterr().err


def test_without_a_signal_nothing_is_noted():
    with Interruption(lambda: None) as interruption:
        pass
    assert interruption.signal is None


def test_the_second_signal_ends_the_process_at_once():
    process = subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout
    for line in (b"ready\n", b"noted\n"):
        assert process.stdout.readline() == line
        process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 130
    process.stdout.close()


ENDING = """
import sys
from moregrad.cli.interruption import Ending, Interrupted
try:
    with Ending():
        print("ready", flush=True)
        {work}
except Interrupted as interrupted:
    raise SystemExit(interrupted.code)
print("finished")
"""
TIDY = """
        import time
        try:
            time.sleep(60)
        finally:
            print("tidy", flush=True)
"""
DEAF = """
        import ctypes
        ctypes.CDLL(None).sleep(60)
        ctypes.CDLL(None).sleep(60)
"""
IN_A_FINALIZER = """
        import time
        class Slow:
            def __del__(self):
                time.sleep(60)
        slow = Slow()
        del slow
        time.sleep(60)
"""


def end(work: str, *pauses: float, number: signal.Signals = signal.SIGINT, folder: Path | None = None):
    """Sends a signal after each of `pauses` to a process at `work`; returns its code, output and errors."""
    process = subprocess.Popen(
        [sys.executable, "-c", ENDING.format(work=work.strip())],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    for pause in pauses:
        time.sleep(pause)
        process.send_signal(number)
    with process:
        assert process.stderr
        return process.wait(timeout=10), process.stdout.read(), process.stderr.read()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_command_in_one_line_after_it_has_tidied_up(number: signal.Signals, code: int):
    assert end(TIDY, 0.2, number=number) == (code, "tidy\n", "moregrad: interrupted\n")


def test_two_signals_at_once_end_a_command_in_one_line():
    for gap in (0.0, 0.01, 0.05):
        code, _, err = end(TIDY, 0.2, gap)
        assert (code, err) == (130, "moregrad: interrupted\n")


def test_work_outside_python_is_ended_after_a_moment():
    start = time.monotonic()
    assert end(DEAF, 0.2) == (130, "", "moregrad: interrupted\n")
    assert time.monotonic() - start < 5


def test_an_interruption_in_a_finalizer_is_not_lost():
    assert end(IN_A_FINALIZER, 0.2) == (130, "", "moregrad: interrupted\n")


def test_an_import_is_finished_before_a_command_ends(tmp_path: Path):
    wait = "import time\nuntil = time.monotonic() + 0.6\nwhile time.monotonic() < until: pass\n"
    (tmp_path / "slow.py").write_text(f"{wait}print('whole')")
    assert end("sys.path.insert(0, '.'); import slow, time; time.sleep(60)", 0.2, folder=tmp_path) == (
        130,
        "whole\n",
        "moregrad: interrupted\n",
    )


def test_without_a_signal_a_command_ends_as_it_would():
    assert end("pass") == (0, "finished\n", "")


def test_the_exit_of_the_process_is_not_disturbed_by_signals():
    process = start("data", "list")
    assert process.stdout
    process.stdout.readline()
    for _ in range(20):
        process.send_signal(signal.SIGINT)
        time.sleep(0.005)
    assert "Traceback" not in process.communicate(timeout=10)[1]
    assert process.returncode in (0, 130)
