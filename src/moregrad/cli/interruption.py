"""Ctrl-C and SIGTERM, held back until the work at hand is done."""

import os
import signal
import socket
import sys
from collections.abc import Callable
from threading import Thread
from typing import Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)
SHOW_CURSOR = "\x1b[?25h"


class Interruption:
    """Within its `with`, the first signal calls `stop`, and the second one ends the process at once.

    A thread listens, for Python runs its own handlers only between two of its steps, and a compiled program is one.
    """

    def __init__(self, stop: Callable[[], None]) -> None:
        self.signal: signal.Signals | None = None
        self._stop = stop

    @property
    def code(self) -> int:
        """The exit code of a process that was ended by the signal."""
        return 128 + (self.signal or 0)

    def __enter__(self) -> Self:
        self._listening, self._notified = socket.socketpair()
        self._notified.setblocking(False)
        self._before = {number: signal.signal(number, lambda *_: None) for number in SIGNALS}
        self._fd_before = signal.set_wakeup_fd(self._notified.fileno())
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notified.close()
        self._thread.join()
        self._listening.close()

    def _listen(self) -> None:
        while number := self._listening.recv(1):
            if self.signal:
                _print_unbuffered(SHOW_CURSOR if sys.stderr.isatty() else "")
                os._exit(self.code)
            self.signal = signal.Signals(number[0])
            self._stop()
            _print_unbuffered(
                f"\nmoregrad: {self.signal.name}: stopping at the next evaluation; once more to stop at once\n"
            )


def _print_unbuffered(message: str) -> None:
    """Prints past Python's buffers, whose lock the interrupted thread may hold."""
    os.write(sys.stderr.fileno(), message.encode())
