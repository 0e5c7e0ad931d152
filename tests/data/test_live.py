"""Lines that arrive one by one."""

import io
import os
from collections.abc import Iterator
from threading import Timer

import pytest

from moregrad.data.live import LivePipe
from moregrad.data.streaming import stream_words
from moregrad.errors import DataError

Pipe = tuple[int, LivePipe]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """The end of a pipe to write to, and the lines at the other one."""
    theirs, ours = os.pipe()
    with os.fdopen(theirs, "rb") as stream:
        yield ours, LivePipe(stream, "the pipe", line=1000)


def test_a_line_is_there_as_soon_as_it_is_whole(pipe: Pipe):
    ours, lines = pipe
    os.write(ours, b"ada\nbe")
    assert lines.ready()
    assert lines.read() == b"ada\n"
    assert not lines.ready()
    os.write(ours, b"a")
    assert not lines.ready()
    os.write(ours, b"\n")
    assert lines.ready()
    assert lines.read() == b"bea\n"
    os.close(ours)
    assert lines.ready()
    assert lines.read() == b""
    assert lines.read() == b""


def test_reading_waits_for_a_whole_line(pipe: Pipe):
    ours, lines = pipe
    os.write(ours, b"a")
    Timer(0.1, os.write, (ours, b"da\n")).start()
    assert lines.read() == b"ada\n"
    os.close(ours)


def test_the_last_line_needs_no_end(pipe: Pipe):
    ours, lines = pipe
    os.write(ours, b"ada\nlea")
    os.close(ours)
    assert lines.read() + lines.read() == b"ada\nlea"
    assert lines.read() == b""


def test_what_arrives_at_once_is_read_at_once(pipe: Pipe):
    ours, lines = pipe
    os.write(ours, b"ada\n" * 5000)
    os.close(ours)
    assert lines.read(2**22) == b"ada\n" * 5000


def test_a_line_that_is_too_long_is_refused(pipe: Pipe):
    ours, lines = pipe
    os.write(ours, b"a" * 1001)
    with pytest.raises(DataError, match="the pipe: line 1 is longer than 1,000 bytes"):
        lines.read()
    os.close(ours)


def test_streams_that_cannot_tell_are_read_as_they_come():
    lines = LivePipe(io.BytesIO(b"ada\nlea"), "a buffer", line=1000)
    assert lines.ready()
    assert lines.read() + lines.read() == b"ada\nlea"


def test_words_of_any_alphabet_are_streamed_one_by_one(pipe: Pipe):
    ours, lines = pipe
    words = stream_words(lines)
    for word in ("Ζωή", "नेहा", "", "🙂 a", "שלום"):
        os.write(ours, f"{word}\n".encode())
        assert next(words).to_list() == [word]
    os.close(ours)
    assert list(words) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_heeded(pipe: Pipe, encoding: str):
    ours, lines = pipe
    os.write(ours, "Ζωή\nनेहा\n🙂\n".encode(encoding))
    os.close(ours)
    assert [word for part in stream_words(lines) for word in part] == ["Ζωή", "नेहा", "🙂"]
