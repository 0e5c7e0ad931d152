"""Random tables and lists, read against Python's csv and json modules, with every line accounted for.

Delimiters, quotation marks, line ends, encodings with and without a byte order mark, headers, blank and short rows,
stray quotation marks, gzip. What is read is what the csv module has, or it is refused with a line; read lines add up.
"""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import moregrad
from campaigns import Trial
from moregrad.data.cleaning import normalise
from moregrad.data.reading import Reading
from moregrad.data.streaming import stream_words
from moregrad.errors import MoregradError

TRIES = 3000
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
CHARACTERS = "abcdefg  -'0189éüß"
UNMARKED = ("utf-16-le", "utf-16-be", "cp1252")
"""Encodings that the reader must be told."""


@dataclass(frozen=True)
class File:
    """A file as it is written, and what the reader is told of it."""

    text: str
    ending: str
    encoding: str
    told: dict[str, Any]

    def write(self, folder: Path, zipped: bool) -> Path:
        """Writes the file."""
        path = folder / f"list{self.ending}{'.gz' if zipped else ''}"
        content = self.text.encode(self.encoding)
        path.write_bytes(gzip.compress(content) if zipped else content)
        return path


def trials(seed: int) -> Iterator[Trial]:
    """Yields a trial for each file drawn at random."""
    with TemporaryDirectory() as folder:
        for number in count(seed * 10**6):
            random = Random(number)
            draw, check = random.choice([(draw_table, check_table)] * 4 + [(draw_json, check_json)])
            file = draw(random)
            path = file.write(Path(folder), random.random() < 0.2)
            what = f"seed {number}, {path.name} in {file.encoding}, {file.told}"
            try:
                yield Trial(what, check(file, path))
            except Exception as error:
                yield Trial(what, f"{type(error).__name__}: {str(error)[:200]}")


def draw_word(random: Random, more: str = "") -> str:
    """Returns a word of at most eight characters; those in `more` are as likely as all others together."""
    pick = CHARACTERS + more * (len(CHARACTERS) // max(len(more), 1))
    return "".join(random.choices(pick, k=random.randint(0, 8)))


def draw_table(random: Random) -> File:
    """Returns a table with an asked-for column, quoted or with stray quotation marks, with blank and short rows."""
    delimiter, end = random.choice(",;\t|é~"), random.choice(("\n", "\r\n", "\r"))
    ending = random.choice((".csv", ".csv", ".txt", ".tsv"))
    width, height = random.randint(1, 4), random.choice((1, 5, 30, 400))
    odd = random.choice(("", f'"{delimiter}', "\n", f'"\n{delimiter}'))
    stray = random.random() < 0.3 or ending == ".tsv"
    rows = [[draw_word(random, "" if stray else odd) for _ in range(width)] for _ in range(height)]
    for row in random.sample(rows, random.randint(0, height // 3)):
        del row[random.randint(0, width) :]
    if stray:
        rows = [[random.choice(("", "", '"')) + cell + random.choice(("", "", '"')) for cell in row] for row in rows]
        text = "".join(delimiter.join(row) + "\n" for row in rows)
    else:
        file = io.StringIO()
        quoting = random.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL))
        csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)
        text = file.getvalue()
    first = delimiter.join(f"h{column}" for column in range(width)) + "\n"
    text = "\n" * random.choice((0, 0, 2)) + first + text
    text = text if random.random() < 0.7 else text.removesuffix("\n")
    encoding = random.choice(ENCODINGS)
    told: dict[str, Any] = {"column": random.randint(1, width), "delimiter": delimiter}
    told |= {"no_header": random.random() < 0.5}
    if not stray and not odd and delimiter in ",;\t|" and ending == ".csv" and len({len(row) for row in rows}) == 1:
        del told["delimiter"]
    told |= {"encoding": encoding} if encoding in UNMARKED else {}
    return File(text.replace("\n", end), ending, encoding, told)


def check_table(file: File, path: Path) -> str:
    """Compares the words with those of the csv module, and counts the lines."""
    delimiter = file.told.get("delimiter") or next((each for each in ";\t|" if each in file.text), ",")
    plain = file.text.replace("\r\n", "\n").replace("\r", "\n")
    quoting = csv.QUOTE_NONE if file.ending == ".tsv" else csv.QUOTE_MINIMAL
    rows = list(csv.reader(io.StringIO(plain), delimiter=delimiter, quoting=quoting))
    blank = next(number for number, row in enumerate(rows) if any(row))
    table = rows[blank + (not file.told["no_header"]) :]
    expected = [row[file.told["column"] - 1] if file.told["column"] <= len(row) else "" for row in table]
    try:
        words = [word for part in stream_words(path, **file.told) for word in part]
        told = {**file.told, "keep_duplicates": True}
        report = moregrad.read_corpus(path, **told).report if any(map(str.strip, expected)) else None
    except MoregradError as error:
        refused = r"line \d+ (has more fields|and is never closed)"
        if not any(word.strip() and word.strip().isprintable() for word in expected):
            refused += "|no word of .* is left"
        return "" if re.search(refused, str(error)) else str(error)
    if words != normalise(moregrad_series(expected), Reading()).to_list():
        return f"read {words[:9]}, not {expected[:9]}"
    if report is None:
        return ""
    before = add_up(report.notes, r"^blank rows before the table: (\d+)")
    held = next((re.findall(r"[\d,]+", note) for note in report.notes if "lines hold" in note), ["0", "0"])
    extra = int(held[0].replace(",", "")) - int(held[1].replace(",", ""))
    header = sum(note.startswith("header") for note in report.notes)
    lines = plain.count("\n") + (not plain.endswith("\n"))
    if lines != report.read + before + extra + header:
        return f"{lines} lines, {report.read} rows, {before} before, {extra} extra, {header} header"
    dropped = sum(found.count for found in report.dropped.values())
    return "" if report.read == report.kept + dropped else f"read {report.read}, kept {report.kept}, {dropped} dropped"


def moregrad_series(words: list[str]) -> Any:
    """Returns `words` as raw words."""
    import polars as pl

    return pl.Series("word", words, dtype=pl.String)


def add_up(notes: tuple[str, ...], pattern: str) -> int:
    """Returns the sum of the numbers that `pattern` finds in notes."""
    return sum(int(match[1]) for note in notes if (match := re.search(pattern, note)))


def draw_json(random: Random) -> File:
    """Returns JSON of one of the forms that are read."""
    words = [draw_word(random, '"\\') or "x" for _ in range(random.choice((1, 5, 200)))]
    told: dict[str, Any] = {}
    ending, lines = random.choice(((".json", False), (".jsonl", True), (".ndjson", True)))
    items: list[Any] = words
    if random.random() < 0.5:
        items, told = [{"id": number, "word": word} for number, word in enumerate(words)], {"column": "word"}
    ascii_only = random.random() < 0.5
    if lines:
        text = "".join(json.dumps(item, ensure_ascii=ascii_only) + "\n" for item in items)
    else:
        form = {"id": [1], "word": words} if told and random.random() < 0.5 else items
        text = json.dumps(form, ensure_ascii=ascii_only, indent=random.choice((None, 2)))
    encoding = random.choice(ENCODINGS)
    told |= {"encoding": encoding} if encoding in UNMARKED else {}
    return File(text, ending, encoding, told)


def check_json(file: File, path: Path) -> str:
    """Compares the words with those of the json module."""
    value: Any = None
    if file.ending == ".json":
        value = json.loads(file.text)
    else:
        value = [json.loads(line) for line in file.text.split("\n") if line]
    value = value["word"] if isinstance(value, dict) else value
    expected = [item["word"] if isinstance(item, dict) else item for item in value]
    words = [word for part in stream_words(path, **file.told) for word in part]
    wanted = normalise(moregrad_series(expected), Reading()).to_list()
    return "" if words == wanted else f"read {words[:9]}, not {wanted[:9]}"
