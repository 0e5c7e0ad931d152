"""`python -m moregrad`, and the program `moregrad`: the command line in a process of its own, which signals may end."""

import os
import signal
import sys
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def main() -> NoReturn:
    """Runs the command that was typed and ends the process with its exit code; a signal ends it with one line.

    Nothing is imported before the signals have a handler.
    """
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    _fill_closed()
    from moregrad.cli import main as run
    from moregrad.cli.interruption import Ending, Interrupted

    try:
        with Ending():
            code = run()
    except Interrupted as interrupted:
        os._exit(interrupted.code)
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    sys.exit(code)


def _end(number: int, frame: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)
    os.write(2, b"\nmoregrad: interrupted\n" if os.isatty(2) else b"moregrad: interrupted\n")
    os._exit(128 + number)


def _fill_closed() -> None:
    """Opens nothing in place of closed standard streams, lest a file that is opened later takes their number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


if __name__ == "__main__":
    main()
