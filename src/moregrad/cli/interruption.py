"""Ctrl-C and SIGTERM: held back until the work at hand is done, or the end of the process in one line."""

import os
import signal
import socket
import sys
import time
from _thread import interrupt_main
from collections.abc import Callable
from threading import RLock, Thread
from types import FrameType
from typing import Any, NoReturn, Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)
SHOW_CURSOR = "\x1b[?25h"
GRACE = 1.0
"""Seconds in which an interrupted command may tidy up."""
AGAIN = 0.02
"""Seconds between two looks whether an import is over."""


class Interrupted(KeyboardInterrupt):
    """A signal that the user has been told of; `code` is the exit code of a process ended by it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


class Interruption:
    """Within its `with`, the first signal calls `stop`, and the second one ends the process at once.

    A thread listens, for Python runs its own handlers only between two of its steps, and a compiled program is one.
    Signals that the process was started to ignore stay ignored.
    """

    def __init__(self, stop: Callable[[], None], when: str = "at the next evaluation") -> None:
        self.signal: signal.Signals | None = None
        self._stop, self._when = stop, when

    @property
    def code(self) -> int:
        """The exit code of a process that was ended by the signal."""
        return 128 + (self.signal or 0)

    def __enter__(self) -> Self:
        self._listening, self._notified = socket.socketpair()
        self._notified.setblocking(False)
        heard = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = {number: signal.signal(number, self._handle) for number in heard}
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

    def _handle(self, number: int, frame: FrameType | None) -> None:
        """Does nothing, where Python would raise KeyboardInterrupt."""

    def _listen(self) -> None:
        while number := self._listening.recv(1):
            if self.signal:
                self._end()
            self.signal = signal.Signals(number[0])
            self._stop()
            _print_unbuffered(f"moregrad: {self.signal.name}: stopping {self._when}; once more to stop at once")

    def _end(self) -> NoReturn:
        if os.isatty(2):
            os.write(2, SHOW_CURSOR.encode())
        os._exit(self.code)


class Ending(Interruption):
    """Within its `with`, the first signal ends the process in one line, once what is under way has tidied up.

    It raises Interrupted in the main thread, but not in an import, which would break in halves. A second signal, or
    work that does not end in time, ends the process at once.
    """

    def __init__(self) -> None:
        super().__init__(lambda: None)
        self._telling, self._told, self._raised = RLock(), False, False

    def __enter__(self) -> Self:
        self._hook_before, sys.unraisablehook = sys.unraisablehook, self._watch
        return super().__enter__()

    def __exit__(self, *_: object) -> None:
        """Ends the process if there was a signal: Python's own way to exit runs code that a second one may break."""
        self._raised = True
        self._end_if_asked()
        super().__exit__()
        sys.unraisablehook = self._hook_before
        self._end_if_asked()

    def _end_if_asked(self) -> None:
        if self.signal:
            self._note(self.signal)
            self._end()

    def _handle(self, number: int, frame: FrameType | None) -> None:
        # A second signal may come at any step of this method, and must not raise before the line is told.
        if self._raised or _is_importing(frame):
            return
        self._raised = True
        self._note(number)
        raise Interrupted(number)

    def _note(self, number: int) -> None:
        with self._telling:
            self.signal = self.signal or signal.Signals(number)
            if not self._told:
                self._told = True
                _print_unbuffered("moregrad: interrupted")

    def _listen(self) -> None:
        if not (number := self._listening.recv(1)):
            return
        self._note(number[0])
        end = time.monotonic() + GRACE
        while (left := end - time.monotonic()) > 0:
            self._listening.settimeout(left if self._raised else AGAIN)
            try:
                if self._listening.recv(1):
                    break
                return
            except TimeoutError:
                if not self._raised:
                    interrupt_main(signal.Signals(number[0]))
                    self._listening.recv(1)  # what interrupt_main sends
        self._end()

    def _watch(self, unraisable: Any) -> None:
        """Ends the process where Python would print and forget an interruption, such as in a finalizer."""
        if issubclass(unraisable.exc_type, Interrupted):
            self._end()
        self._hook_before(unraisable)


def _is_importing(frame: FrameType | None) -> bool:
    while frame:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            return True
        frame = frame.f_back
    return False


def _print_unbuffered(message: str) -> None:
    """Prints a line past Python's buffers, whose lock the interrupted thread may hold; on a terminal, below the ^C."""
    os.write(2, f"\n{message}\n".encode() if os.isatty(2) else f"{message}\n".encode())
