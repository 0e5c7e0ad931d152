"""Recognition of files by their content: those that hold no lines are refused, whatever their names say."""

from moregrad.errors import DataError

BEGINNINGS = {
    b"\x1f\x8b": "gzip data",
    b"PK\x03\x04": "a ZIP archive",
    b"PK\x05\x06": "a ZIP archive",
    b"%PDF-": "a PDF document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF87a": "a GIF picture",
    b"GIF89a": "a GIF picture",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word document",
    b"BZh91AY&SY": "bzip2 data",
    b"\xfd7zXZ\0": "xz data",
    b"\x28\xb5\x2f\xfd": "Zstandard data",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!\x1a": "a RAR archive",
    b"PAR1": "a Parquet table",
    b"SQLite format 3\0": "an SQLite database",
    b"{\\rtf1": "an RTF document",
    b"\x7fELF": "a program",
}
"""The first bytes of files of other kinds."""

HTML = (b"<!doctype html", b"<html")
MARKUP = {**dict.fromkeys(HTML, "an HTML page"), b"<?xml": "an XML document"}
"""The beginnings of texts that are no lists, in lower case, behind a byte order mark and white space."""

BEGINNING = 4096
WIDE = {"utf-32-le": 3, "utf-32-be": 0, "utf-16-le": 1, "utf-16-be": 0}
"""Encodings of two or four bytes to a character, and where the high byte of one is."""


def refuse_content(block: bytes, name: str) -> None:
    """Raises DataError if the first bytes of a file, `block`, are those of something that holds no lines."""
    beginning = block[:BEGINNING]
    text = beginning.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    found = [kind for mark, kind in BEGINNINGS.items() if beginning.startswith(mark)]
    found += [kind for mark, kind in MARKUP.items() if text.startswith(mark)]
    if not found:
        return
    kind = found[0]
    if kind == "a ZIP archive" and (b"[Content_Types].xml" in block or b"xl/" in block):
        kind, advice = "an Office document", "name it .xlsx if it is an Excel workbook, or save the table as CSV"
    elif kind == "a Parquet table":
        advice = "name it .parquet"
    elif "data" in kind or "archive" in kind:
        advice = "unpack it first"
    else:
        advice = "save the words as a text file, one on each line, or as CSV"
    raise DataError(f"{name} is {kind} by its content, not a list; {advice}")


def guess_wide(block: bytes) -> str | None:
    """Returns the encoding of text of two or four bytes to a character and without a byte order mark, if it is one."""
    sample = block[:BEGINNING]
    for encoding, high in WIDE.items():
        width = 4 if "32" in encoding else 2
        zeros = [place for place, byte in enumerate(sample) if not byte]
        # The highest byte of four is always zero; that of two is where no other is.
        fits = not any(sample[high::4]) if width == 4 else all(place % 2 == high for place in zeros)
        text = sample[: len(sample) // width * width].decode(encoding, "replace")
        if zeros and fits and _is_plain(text):
            return encoding
    return None


def _is_plain(text: str) -> bool:
    """Tells whether `text` may be a list: printable, and lines or nothing but ASCII."""
    printable = all((char.isprintable() and char != "\ufffd") or char in "\r\n\t" for char in text)
    return printable and ("\n" in text or "\r" in text or text.isascii())
