"""Text made safe for a terminal: words of strangers are shown, never obeyed or hidden."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

# Control characters but for the line feed, then what has no width or turns the direction of text: the
# Default_Ignorable_Code_Point of Unicode and its separators of lines.
UNSEEN = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
JOINERS, SELECTORS = "\u200c\u200d", "\ufe00-\ufe0f"
SEEN = f"[^\x00-\x7f{UNSEEN}{JOINERS}]"
# Persian, Indic scripts and emoji need joiners and selectors behind a character outside ASCII, and joiners before one.
PATTERN = re.compile(f"[{UNSEEN}]|(?<!{SEEN})[{JOINERS}{SELECTORS}]|[{JOINERS}](?!{SEEN})")


def visible(text: str) -> str:
    r"""Writes every character that a terminal would obey or hide as JSON does, such as \u001b; line feeds stay."""
    return PATTERN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def on_one_line(text: str) -> str:
    r"""Writes line feeds as \n, so that a word cannot begin a line of its own."""
    return text.replace("\n", "\\n")


class Terminal:
    """A stream to a terminal that makes what is written visible; `stream` itself is for those who command it."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Writes `text` and returns its length."""
        self.stream.write(visible(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Writes each of `lines`."""
        self.stream.writelines(map(visible, lines))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextmanager
def guarded_terminals() -> Iterator[None]:
    """Within its `with`, all that is printed to a terminal is made visible; files and pipes get it as it is."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_guard, before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _guard(stream: Any) -> Any:
    return Terminal(stream) if stream is not None and stream.isatty() else stream


def commanded(stream: Any) -> Any:
    """Returns the stream behind a guarded terminal, or else `stream`."""
    return stream.stream if isinstance(stream, Terminal) else stream
