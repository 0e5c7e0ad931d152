"""Words that a person types at a prompt, one after the other, until Ctrl-D."""

import sys
from typing import Any

from moregrad.data.live import LiveLines

PROMPT = "word> "


class Prompt(LiveLines):
    """The lines that are typed on a terminal; the prompt goes to standard error, and empty lines are asked for again.

    The next line is never ready, so that each one is answered before the next is asked for.
    """

    name = "the terminal"

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        while True:
            sys.stderr.write(PROMPT)
            sys.stderr.flush()
            line = self._stream.readline()
            if not line:
                sys.stderr.write("\n")
                return b""
            if line.strip():
                return line if line.endswith(b"\n") else line + b"\n"

    def ready(self) -> bool:
        return False
