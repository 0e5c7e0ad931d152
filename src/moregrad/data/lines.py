"""Plain text: a stream of bytes as lines, block by block, checked to be UTF-8."""

import codecs
from collections.abc import Iterator
from typing import Protocol, runtime_checkable

import polars as pl

from moregrad.data.content import guess_wide, refuse_content
from moregrad.data.form import Form
from moregrad.errors import DataError

BLOCK = 2**22
SAMPLE = 100
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


def read_lines(stream: ByteStream, name: str, form: Form | None = None) -> Iterator[pl.Series]:
    """Yields the lines of `stream`, some at a time; LF, CR LF and CR end a line, and a byte order mark is skipped.

    Raises DataError with the line number for bytes that are not UTF-8; `name` stands for the stream in messages.
    """
    form = form or Form()
    for number, text in enumerate(read_blocks(stream, name, form.encoding)):
        lines = split_lines(text)
        if number == 0:
            form.notes.extend(find_fields(lines.head(SAMPLE).to_list()))
        yield lines


def find_fields(lines: list[str]) -> list[str]:
    """Returns a note if all lines have several fields; commas are left to the words."""
    lines = [line for line in lines if line.strip()]
    for delimiter in ";\t|":
        counts = {line.count(delimiter) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and counts != {0}:
            shown = "tab" if delimiter == "\t" else f"'{delimiter}'"
            return [f"every line has fields between {delimiter!r}: for a table give --delimiter {shown} and --column"]
    return []


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
    refuse_content(block, name)
    marked = next((known for mark, known in MARKS.items() if block.startswith(mark)), None)
    encoding = marked or encoding
    if encoding and _codec(encoding) != "utf-8":
        yield from _read_encoded(block, stream, name, encoding)
        return
    line, block = 1, block.removeprefix(codecs.BOM_UTF8)
    while block:
        text = _decode(block, name, line)
        yield text
        line += _count_lines(text)
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
        state = decoder.getstate()
        try:
            text = rest + decoder.decode(block, final=not block)
            text.encode()
        except UnicodeError as error:
            decoder.setstate(state)
            line += _count_lines(rest + _decode_until(error, block, decoder))
            raise DataError(f"{name}: line {line} is not {encoding}: {error}; name another encoding") from error
        whole, end, rest = text.rpartition("\n") if block else (text, "", "")
        if whole + end:
            yield whole + end
        line += _count_lines(whole + end)
        if not block:
            return
        block = _next_block(stream)


def _decode_until(error: UnicodeError, block: bytes, decoder: codecs.IncrementalDecoder) -> str:
    """Returns the text of `block` before an error."""
    if isinstance(error, UnicodeDecodeError):
        block = block[: max(0, error.start - len(error.object) + len(block))]
        return decoder.decode(block)
    return error.object[: error.start] if isinstance(error, UnicodeEncodeError) else ""


def _count_lines(text: str) -> int:
    """Returns the number of line ends: LF, CR LF and CR."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _next_block(stream: ByteStream) -> bytes:
    return stream.read(BLOCK) + stream.readline()


def _decode(block: bytes, name: str, line: int) -> str:
    nul = block.find(b"\0")
    if nul >= 0:
        line += _count_lines(block[:nul].decode("latin-1"))
        wide = guess_wide(block)
        advice = f"it looks like {wide}: give --encoding {wide}" if wide else "give a text file or table"
        raise DataError(f"{name}: line {line} holds a zero byte, so this is not text in UTF-8; {advice}")
    try:
        return block.decode()
    except UnicodeDecodeError as error:
        line += _count_lines(block[: error.start].decode("latin-1"))
        byte = block[error.start]
        raise DataError(f"{name}: line {line} is not UTF-8 (byte 0x{byte:02x}); {_propose(block)}") from error


def _propose(block: bytes) -> str:
    """Says how text that is not UTF-8 might be read."""
    try:
        block.decode("cp1252")
    except UnicodeDecodeError:
        return "name its encoding with --encoding, such as mac_roman, cp1250 or shift_jis, or convert the file to UTF-8"
    return "if it is text from Windows, give --encoding cp1252; or convert the file to UTF-8"
