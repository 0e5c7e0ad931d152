"""Plain text: a stream of bytes as lines, block by block, checked to be UTF-8."""

import codecs
from collections.abc import Iterator
from typing import Protocol, runtime_checkable

import polars as pl

from moregrad.errors import DataError

BLOCK = 2**22


@runtime_checkable
class ByteStream(Protocol):
    """A source of bytes: an open file, a gzipped one, standard input."""

    def read(self, size: int = -1, /) -> bytes:
        """Returns at most `size` bytes, or all that are left."""
        ...

    def readline(self) -> bytes:
        """Returns the bytes up to the end of the line."""
        ...


def read_lines(stream: ByteStream, name: str) -> Iterator[pl.Series]:
    """Yields the lines of `stream`, some at a time; LF, CR LF and CR end a line, and a byte order mark is skipped.

    Raises DataError with the line number for bytes that are not UTF-8; `name` stands for the stream in messages.
    """
    return map(split_lines, read_blocks(stream, name))


def split_lines(text: str) -> pl.Series:
    """Splits `text` into lines; a line end at the very end starts no further line."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = [text.removesuffix("\n")] if text else []
    return pl.Series("word", whole, dtype=pl.String).str.split("\n").explode()


def read_blocks(stream: ByteStream, name: str) -> Iterator[str]:
    """Yields the text of `stream` in blocks of whole lines, a few megabytes each."""
    line = 1
    block = _next_block(stream).removeprefix(codecs.BOM_UTF8)
    while block:
        yield _decode(block, name, line)
        line += block.count(b"\n")
        block = _next_block(stream)


def _next_block(stream: ByteStream) -> bytes:
    return stream.read(BLOCK) + stream.readline()


def _decode(block: bytes, name: str, line: int) -> str:
    nul = block.find(b"\0")
    if nul >= 0:
        line += block.count(b"\n", 0, nul)
        raise DataError(
            f"{name}: line {line} holds a zero byte, so this is not text in UTF-8; give a text file or table"
        )
    try:
        return block.decode()
    except UnicodeDecodeError as error:
        line += block.count(b"\n", 0, error.start)
        byte = block[error.start]
        raise DataError(f"{name}: line {line} is not UTF-8 (byte 0x{byte:02x}); convert the file to UTF-8") from error
