"""Words of a table with their whole rows: what is found out about a word can then stand beside its other columns."""

from collections.abc import Sequence

import polars as pl

WORD, ROW = "word", "row"


def with_rows(words: pl.Series, table: pl.DataFrame) -> pl.Series:
    """Returns structures of a raw word and the row of `table` that it is from."""
    return pl.DataFrame({WORD: words, ROW: table.to_struct()}).to_struct(WORD)


def separate_rows(found: pl.Series) -> tuple[pl.Series, pl.DataFrame | None]:
    """Returns the raw words and the table that they are from; None for words that are from no table."""
    if not isinstance(found.dtype, pl.Struct):
        return found, None
    return found.struct.field(WORD), found.struct.field(ROW).struct.unnest()


def name_columns(header: Sequence[str] | None, width: int, index: int) -> list[str]:
    """Returns different names for the columns of a table, in which words stand in column `index` from 0.

    A name that comes again gets a number, such as `city 2`; one that is missing is `column 3`, or else `word`.
    """
    cells = [cell.strip() for cell in header or ()] + [""] * (width - len(header or ()))
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        plain = cell or (WORD if number == index + 1 else f"column {number}")
        name, count = plain, 1
        while name in names or (name != cell and name in cells):
            count += 1
            name = f"{plain} {count}"
        names.append(name)
    return names
