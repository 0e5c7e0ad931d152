"""Words in JSON: an array of strings or of objects, an object of columns or of numbers, and JSON lines."""

import json
from contextlib import suppress
from types import NoneType
from typing import Any

import polars as pl

from moregrad.data.delimited import choose
from moregrad.data.form import Form
from moregrad.data.json_table import json_table
from moregrad.data.lines import split_lines
from moregrad.data.whole_rows import with_rows
from moregrad.errors import DataError

FORMS = 'an array of strings or objects, columns such as {"name": ["Anna"]}, or numbers such as {"Anna": 5}'


def parse_json(text: str, name: str, form: Form) -> pl.Series:
    """Returns the strings of an array, a field of its objects, a column of an object, or the names of its numbers."""
    try:
        value = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise DataError(
            f"cannot read {name} as JSON: {error}; repair it, or name it .jsonl if a line is a row"
        ) from error
    words = _series(_words(value, name, form), name)
    return with_rows(words, json_table(value, name)) if form.whole and _is_table(value) else words


def _is_table(value: Any) -> bool:
    """Tells whether JSON that holds words is an array of objects or an object of columns."""
    cells = value if isinstance(value, list) else value.values()
    return any(isinstance(cell, dict | list) for cell in cells)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Returns an object; raises ValueError if a name comes twice, of which Python would keep the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the name {next(name for name in names if names.count(name) > 1)!r} comes twice in an object")
    return found


def _words(value: Any, name: str, form: Form) -> list[str | None]:
    if isinstance(value, list):
        return _items(value, name, form)
    if isinstance(value, dict) and value:
        cells = list(value.values())
        if all(isinstance(cell, list) for cell in cells):
            columns = list(value)
            return _items(value[columns[choose(columns, form, name)]], name, Form())
        if all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells):
            if form.column is not None:
                raise DataError(f"{name} has no columns: it is an object of numbers; leave {form.column!r} out")
            form.notes.append("the names of an object are the words; its numbers are left out")
            return list(value)
    kind = "object" if isinstance(value, dict) else "value"
    raise DataError(f"{name} holds one JSON {kind} of another form; give {FORMS}")


def _items(rows: list[Any], name: str, form: Form) -> list[str | None]:
    """Returns the strings, or the fields of the objects, of an array."""
    objects = [row for row in rows if isinstance(row, dict)]
    columns = list(dict.fromkeys(key for row in objects for key in row))
    if form.column is not None and rows and not columns:
        raise DataError(f"{name} is an array of strings and has no column {form.column!r}; leave the column out")
    field = columns[choose(columns, form, name)] if columns else None
    words: list[str | None] = []
    missing = 0
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            missing += field not in row
        word = row.get(field) if isinstance(row, dict) else row
        if isinstance(word, dict | list | bool) or isinstance(row, dict) != bool(objects):
            raise DataError(
                f"{name}: item {number} is {json.dumps(row)[:60]}; every item must be a string or an object"
            )
        words.append(None if word is None else str(word))
    if missing:
        form.notes.append(f"objects without {field!r}: {missing:,}")
    return words


def _series(words: list[str | None], name: str) -> pl.Series:
    try:
        return pl.Series("word", words, dtype=pl.String)
    except UnicodeEncodeError as error:
        raise DataError(f"{name} holds half of a surrogate pair, {error.object[:60]!a}; it is no text") from error


def parse_json_lines(text: str, name: str, form: Form) -> pl.Series:
    """Returns a field of the JSON object on every line, or the JSON string on every line."""
    rows = split_lines(text).str.strip_chars()
    filled = rows.filter(rows != "")
    if filled.is_empty():
        return rows
    rows = rows.replace("", "null")
    _refuse_half_pairs(rows, name)
    try:
        match json.loads(filled[0]):
            case str():
                if form.column is not None:
                    raise DataError(f"{name} holds a string on every line and has no column {form.column!r}")
                return rows.str.json_decode(pl.String)
            case dict() as record:
                field = list(record)[choose(list(record), form, name)]
                words = rows.str.json_decode(pl.Struct({field: pl.String})).struct.field(field)
                if not form.whole:
                    return words
                return with_rows(words, json_table([json.loads(row) or {} for row in rows], name))
    except (ValueError, RecursionError, pl.exceptions.PolarsError):
        pass
    raise DataError(f"{name}: {_complaint(rows)}; every line must hold a JSON object, or every line a JSON string")


def _refuse_half_pairs(rows: pl.Series, name: str) -> None:
    """Raises DataError for a line with half of a surrogate pair, which Polars reads as a zero character."""
    for number in rows.str.contains(r"(?i)\\ud[89a-f]").arg_true():
        with suppress(ValueError, RecursionError):
            if any("\ud800" <= char <= "\udfff" for char in json.dumps(json.loads(rows[number]), ensure_ascii=False)):
                raise DataError(f"{name}: line {number + 1} holds half of a surrogate pair; it is no text")


def _complaint(rows: pl.Series) -> str:
    """Describes the first line that is neither an object nor a string."""
    for number, row in enumerate(rows, 1):
        try:
            fits = isinstance(json.loads(row), dict | str | NoneType)
        except (ValueError, RecursionError):
            fits = False
        if not fits:
            return f"line {number} is {row[:60]!r}"
    return "its lines differ in kind"
