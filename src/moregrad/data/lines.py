"""Plain text: a stream of bytes as lines, block by block, checked to be UTF-8."""

import codecs
from collections.abc import Iterator
from typing import Protocol, runtime_checkable

import polars as pl

from moregrad.errors import DataError

BLOCK = 2**22
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF8: "utf-8",
}


@runtime_checkable
class ByteStream(Protocol):
    """A source of bytes: an open file, a gzipped one, standard input."""

    def read(self, size: int = -1, /) -> bytes:
        """Returns at most `size` bytes, or all that are left."""
        ...

    def readline(self) -> bytes:
        """Returns the bytes up to the end of the line."""
        ...


def read_lines(stream: ByteStream, name: str, encoding: str | None = None) -> Iterator[pl.Series]:
    """Yields the lines of `stream`, some at a time; LF, CR LF and CR end a line, and a byte order mark is skipped.

    Raises DataError with the line number for bytes that are not UTF-8; `name` stands for the stream in messages.
    """
    return map(split_lines, read_blocks(stream, name, encoding))


def split_lines(text: str) -> pl.Series:
    """Splits `text` into lines; a line end at the very end starts no further line."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = [text.removesuffix("\n")] if text else []
    return pl.Series("word", whole, dtype=pl.String).str.split("\n").explode()


def read_blocks(stream: ByteStream, name: str, encoding: str | None = None) -> Iterator[str]:
    """Yields the text of `stream` in blocks of whole lines, a few megabytes each.

    A byte order mark tells UTF-8, UTF-16 and UTF-32; without one the text is in `encoding`, or else in UTF-8.
    """
    block = _next_block(stream)
    marked = next((known for mark, known in MARKS.items() if block.startswith(mark)), None)
    encoding = marked or encoding
    if encoding and _codec(encoding) != "utf-8":
        yield from _read_encoded(block, stream, name, encoding)
        return
    line, block = 1, block.removeprefix(codecs.BOM_UTF8)
    while block:
        yield _decode(block, name, line)
        line += _count_lines(block)
        block = _next_block(stream)


def _codec(encoding: str) -> str:
    try:
        if codecs.lookup(encoding)._is_text_encoding:
            return codecs.lookup(encoding).name
    except LookupError:
        pass
    raise DataError(f"there is no encoding {encoding!r}; give one such as utf-8, utf-16, cp1252 or latin-1")


def _read_encoded(block: bytes, stream: ByteStream, name: str, encoding: str) -> Iterator[str]:
    """Yields whole lines of text in another encoding than UTF-8."""
    decoder, rest, line = codecs.getincrementaldecoder(encoding)(), "", 1
    while True:
        try:
            text = rest + decoder.decode(block, final=not block)
        except UnicodeError as error:
            raise DataError(
                f"{name}: a line from {line} on is not {encoding}: {error}; name another encoding"
            ) from error
        whole, end, rest = text.rpartition("\n") if block else (text, "", "")
        if whole + end:
            yield whole + end
        line += (whole + end).count("\n")
        if not block:
            return
        block = _next_block(stream)


def _count_lines(block: bytes) -> int:
    """Returns the number of line ends: LF, CR LF and CR."""
    return block.count(b"\n") + block.count(b"\r") - block.count(b"\r\n")


def _next_block(stream: ByteStream) -> bytes:
    return stream.read(BLOCK) + stream.readline()


def _decode(block: bytes, name: str, line: int) -> str:
    nul = block.find(b"\0")
    if nul >= 0:
        line += _count_lines(block[:nul])
        raise DataError(
            f"{name}: line {line} holds a zero byte, so this is not text in UTF-8; "
            "give a text file or table, or its --encoding"
        )
    try:
        return block.decode()
    except UnicodeDecodeError as error:
        line += _count_lines(block[: error.start])
        byte = block[error.start]
        raise DataError(f"{name}: line {line} is not UTF-8 (byte 0x{byte:02x}); {_propose(block)}") from error


def _propose(block: bytes) -> str:
    """Says how text that is not UTF-8 might be read."""
    try:
        block.decode("cp1252")
    except UnicodeDecodeError:
        return "name its encoding with --encoding, such as latin-1, or convert the file to UTF-8"
    return "if it is text from Windows, give --encoding cp1252; or convert the file to UTF-8"
