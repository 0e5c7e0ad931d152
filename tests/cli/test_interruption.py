"""Signals while something is under way."""

import os
import signal
import subprocess
import sys
import time
from threading import Event

import pytest

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
