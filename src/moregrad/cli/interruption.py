"""Ctrl-C and SIGTERM, kept until the work at hand is done."""

import os
import signal
import socket
import sys
from threading import Thread
from typing import Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)
SHOW_CURSOR = "\x1b[?25h"


class Interruption:
    """Within its `with`, the first signal is only noted, and the second one ends the process at once.

    A thread listens, for Python's own handlers run only between two steps of Python, and a compiled program is one.
    """

    def __init__(self) -> None:
        self.signal: signal.Signals | None = None

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
                _tell(SHOW_CURSOR if sys.stderr.isatty() else "")
                os._exit(self.code)
            self.signal = signal.Signals(number[0])
            _tell(f"\nmoregrad: {self.signal.name}: going on to the next evaluation; once more to stop at once\n")


def _tell(message: str) -> None:
    """Writes past Python's buffers, whose lock the interrupted thread may hold."""
    os.write(sys.stderr.fileno(), message.encode())
