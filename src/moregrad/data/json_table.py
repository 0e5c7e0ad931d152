"""JSON objects as the rows of a table, in which every value is what it was."""

import json
from types import NoneType
from typing import Any

import polars as pl

from moregrad.errors import DataError

NUMBERS = {int, float, NoneType}


def json_table(value: list[dict[str, Any]] | dict[str, list[Any]], name: str) -> pl.DataFrame:
    """Returns the table that an array of objects or an object of columns is; a field that is left out is null.

    A column whose values have no kind in common, and so would change, holds them as JSON. Raises DataError for columns
    of different lengths.
    """
    if isinstance(value, list):
        columns = {
            field: [row.get(field) for row in value] for field in dict.fromkeys(key for row in value for key in row)
        }
    else:
        columns = value
    if len(set(map(len, columns.values()))) > 1:
        lengths = ", ".join(f"{field} {len(cells):,}" for field, cells in columns.items())
        raise DataError(f"{name} makes no table: its columns have different lengths, {lengths}")
    return pl.DataFrame([_column(field, cells) for field, cells in columns.items()])


def _column(field: str, cells: list[Any]) -> pl.Series:
    numbers = {type(cell) for cell in cells} <= NUMBERS
    try:
        fraction = numbers and any(isinstance(cell, float) for cell in cells)
        column = pl.Series(field, cells, dtype=pl.Float64 if fraction else None, strict=not fraction)
        back = column.to_list()
        if back == cells if numbers else json.dumps(back) == json.dumps(cells):
            return column
    except (pl.exceptions.PolarsError, TypeError, ValueError, OverflowError):
        pass
    return pl.Series(field, [_as_text(cell) for cell in cells], dtype=pl.String)


def _as_text(cell: Any) -> str | None:
    return cell if isinstance(cell, str | None) else json.dumps(cell, ensure_ascii=False)
