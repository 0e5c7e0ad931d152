"""Files and streams with limits."""

import gzip
import io
import os
import re
from threading import Thread

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from moregrad.data import bounded as module
from moregrad.data.bounded import bounded, open_bounded
from moregrad.errors import DataError


class Endless(io.RawIOBase):
    """The same bytes for ever."""

    def __init__(self, piece: bytes) -> None:
        self.piece, self.given = piece, 0

    def read(self, size: int = -1, /) -> bytes:
        assert size >= 0
        self.given += size
        return (self.piece * size)[:size]


def read(content: bytes, *, line: int | None = 2**20, file: int | None = 2**30) -> bytes:
    return bounded(io.BytesIO(content), "words", line=line, file=file).read()


def longest_line(content: bytes) -> tuple[int, int]:
    """The length of the longest line and the number of the first so long."""
    lengths = [len(line) for line in re.split(rb"\r\n|\r|\n", content)]
    return max(lengths), lengths.index(max(lengths)) + 1


@given(st.binary(max_size=60) | st.lists(st.sampled_from([b"a", b"bb", b"\r", b"\n"])).map(b"".join), st.integers(1, 9))
@example(b"aa\r\naaa", 1)
@example(b"\r" * 9 + b"aaaa", 2)
def test_what_is_within_its_limits_comes_back_and_a_longer_line_is_numbered(content, chunk):
    longest, number = longest_line(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CHUNK", chunk)
        assert read(content, line=max(longest, 1), file=len(content)) == content
        if longest > 1:
            with pytest.raises(DataError, match=rf"^words: line {number} is longer than {longest - 1} bytes"):
                read(content, line=longest - 1)
        if content:
            with pytest.raises(DataError, match=rf"^words is longer than {len(content) - 1} bytes"):
                read(content, file=len(content) - 1)


@pytest.mark.parametrize(("piece", "complaint"), [(b"\0", "line 1 is longer"), (b"a\n", "words is longer")])
def test_an_endless_stream_is_refused_soon_after_its_limit(piece, complaint):
    stream = Endless(piece)
    with pytest.raises(DataError, match=complaint):
        bounded(stream, "words", line=2**16, file=2**22).read()
    assert stream.given <= 2**22 + module.CHUNK


def test_a_line_without_limit_may_be_as_long_as_the_file():
    assert len(read(b"a" * 2**21, line=None)) == 2**21


def test_lines_and_pieces_are_read_as_from_any_file():
    stream = bounded(io.BytesIO(b"emma\nava\nmia"), "words", line=9, file=99)
    assert (stream.read(2), stream.readline(), list(stream)) == (b"em", b"ma\n", [b"ava\n", b"mia"])


def test_a_plain_file_that_is_too_long_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "words.txt"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(DataError, match="longer than 1,000 bytes"), open_bounded(path, "w", line=None, file=1000):
        pytest.fail("opened")


def test_a_gzipped_file_is_measured_as_it_is_after_decompression(tmp_path):
    path = tmp_path / "words.GZ"
    path.write_bytes(gzip.compress(b"emma\n" * 1000))
    with open_bounded(path, "words", line=4, file=5000) as stream:
        assert stream.read() == b"emma\n" * 1000
    with open_bounded(path, "words", line=4, file=4999) as stream, pytest.raises(DataError, match="4,999 bytes"):
        stream.read()


def test_a_pipe_is_read_like_a_file(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = Thread(target=path.write_bytes, args=(b"emma\nava\n",), daemon=True)
    writer.start()
    with open_bounded(path, "pipe", line=9, file=99) as stream:
        assert stream.read() == b"emma\nava\n"
    writer.join(60)
