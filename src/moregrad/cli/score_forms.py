"""A table of scores as text, as comma-separated values and as JSON lines."""

import re
from json import dumps
from textwrap import fill
from typing import Any

import polars as pl

from moregrad.data.membership import NEW
from moregrad.errors import DataError

WORD_WIDTH, NUMBER_WIDTH, WHERE_WIDTH, VERDICT_WIDTH = 20, 10, 12, 13
END = "."
UNSCORED = "  cannot be scored: "
FEW = 100
"""Held-out words below which a share of them is shown as a fraction, for percent would claim too much."""
LARGE = 1e15
"""Ranks from which powers of ten are written."""
INDENT = 2
"""Spaces before what did not fit on a line."""
CELL = re.compile(r" *[^ ]+(?: [^ ]+)*")
"""A part of a line with the spaces before it; two spaces or more end it."""


def as_json(table: pl.DataFrame, *, first: bool) -> str:
    """Returns a JSON object per word; raises DataError for a column of bytes."""
    _refuse_bytes(table)
    return table.write_ndjson()


def as_csv(table: pl.DataFrame, *, first: bool) -> str:
    """Returns a line per word, its surprisals separated by spaces; the `first` table has a header.

    Lists, structures and durations in other columns are written as in JSON. Raises DataError for a column of bytes.
    """
    _refuse_bytes(table)
    digits = {"nats": 4, "nats_per_character": 4, "percentile": 2, "nats_given_new": 4}
    numbers = {name: _format(pl.col(name), digits[name]) for name in table.columns if name in digits}
    numbers |= {name: _whole(pl.col(name)) for name in table.columns if name in ("rank", "rank_error")}
    surprisal = pl.col("surprisal").list.eval(_format(pl.element(), 4)).list.join(" ")
    return (
        table.with_columns(_as_texts(table))
        .with_columns(**numbers, surprisal=surprisal)
        .write_csv(include_header=first)
    )


def _refuse_bytes(table: pl.DataFrame) -> None:
    for name, kind in table.schema.items():
        if "Binary" in str(kind):
            raise DataError(f"column {name!r} holds bytes, which are no text; write a .parquet file with --out")


def _as_texts(table: pl.DataFrame) -> list[pl.Series]:
    """Returns the columns of lists, structures and durations, but not the surprisals, as the texts that JSON has."""

    def write(value: Any) -> str | None:
        return None if value is None else dumps(value, ensure_ascii=False, default=str)

    nested = [column for column in table if column.dtype.is_nested() and column.name != "surprisal"]
    durations = [column.dt.to_string("iso") for column in table if column.dtype == pl.Duration]
    return durations + [pl.Series(column.name, map(write, column.to_list()), dtype=pl.String) for column in nested]


def as_text(table: pl.DataFrame, *, first: bool, held_out: int) -> str:
    """Returns aligned columns, the last one with every character before its surprisal.

    `held_out` is the number of words that the percentiles are shares of.
    """
    word = pl.col("word").str.replace_all("\n", "\\n", literal=True).str.pad_end(WORD_WIDTH)
    columns = _columns(table, held_out)
    cells = (_cell(expression).str.pad_start(width) for _, width, expression in columns)
    scored = pl.concat_str(word, *cells, pl.lit("  "), _spell(table))
    unscored = pl.concat_str(word, pl.lit(UNSCORED), pl.col("problem"))
    lines = table.select(pl.when(pl.col("problem").is_null()).then(scored).otherwise(unscored).alias("line"))
    names = "".join(f"{name:>{width}}" for name, width, _ in columns)
    heading = f"{'word':<{WORD_WIDTH}}{names}  nats of each character\n"
    return (heading if first else "") + lines["line"].str.join("\n").item() + "\n"


def _columns(table: pl.DataFrame, held_out: int) -> list[tuple[str, int, pl.Expr]]:
    """Returns the heading, the width and the content of each column between the word and its spelling."""
    verdict = pl.col("percentile")
    if held_out < FEW:
        likelier = (verdict * held_out / 100).round().cast(pl.Int64).cast(pl.String)
        verdict = pl.concat_str(likelier, pl.lit(f" of {held_out}"))
    else:
        verdict = pl.concat_str(verdict.floor().cast(pl.Int64).cast(pl.String), pl.lit(" %"))
    novel = pl.when(pl.col("where") == NEW).then(pl.lit("no word")).otherwise(pl.lit("not new"))
    every = {
        "nats": ("nats", NUMBER_WIDTH, _format(pl.col("nats"), 4)),
        "nats_per_character": ("nats/char", NUMBER_WIDTH, _format(pl.col("nats_per_character"), 4)),
        "nats_given_new": ("given new", NUMBER_WIDTH + 1, _format(pl.col("nats_given_new"), 4).fill_null(novel)),
        "where": ("where", WHERE_WIDTH, pl.col("where")),
        "percentile": ("likelier than", VERDICT_WIDTH + 2, verdict),
    }
    if "rank" in table.columns:
        every["rank"] = ("rank", 3 * NUMBER_WIDTH + 2, _rank())
    return [every[name] for name in every if name in table.columns]


def _rank() -> pl.Expr:
    """Writes a rank that was counted as it is, an estimated one with its standard error, a lower limit as such."""
    rank, error = _whole(pl.col("rank")), pl.col("rank_error")
    estimated = pl.concat_str(rank, pl.lit(" ±"), _whole(error))
    return (
        pl.when(error == 0)
        .then(rank)
        .when(error.is_infinite())
        .then(pl.concat_str(pl.lit(">"), rank))
        .otherwise(estimated)
    )


def _cell(content: pl.Expr) -> pl.Expr:
    return content.fill_null("-")


def narrow(text: str, width: int) -> str:
    """Breaks lines longer than `width` between cells, so that a terminal breaks none of them within a number."""
    return "\n".join(_break(line, width) for line in text.split("\n"))


def _break(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    if UNSCORED in line:
        return fill(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    indent = " " * INDENT
    rows = [""]
    for cell in CELL.findall(line):
        if rows[-1].strip() and len(rows[-1]) + len(cell) > width:
            rows.append(indent + cell.lstrip(" "))
        else:
            rows[-1] += cell
    return "\n".join(rows)


def _spell(table: pl.DataFrame) -> pl.Series:
    """Spells every word, each character followed by its surprisal."""
    characters = (pl.col("word") + END).str.split("")
    cell = pl.concat_str(pl.col("character"), pl.lit(" "), _format(pl.col("surprisal"), 2))
    table = table.select(pl.int_range(pl.len()).alias("row"), "surprisal", character=characters)
    scored = table.drop_nulls("surprisal").explode("surprisal", "character")
    spelled = scored.group_by("row", maintain_order=True).agg(spelled=cell.str.join("  "))
    return table.join(spelled, on="row", how="left", maintain_order="left")["spelled"]


def _format(number: pl.Expr, digits: int) -> pl.Expr:
    """Formats numbers with a fixed count of decimals."""
    finite = pl.when(number.is_finite()).then(number).cast(pl.Decimal(38, digits)).cast(pl.String)
    return pl.when(number.is_infinite()).then(pl.lit("inf")).otherwise(finite)


def _whole(number: pl.Expr) -> pl.Expr:
    """Formats a number as a whole one, or with a power of ten if it is large."""
    small = number.round().cast(pl.Int64, strict=False).cast(pl.String)
    power = number.log10().floor()
    mantissa = _format(number / pl.lit(10.0).pow(power), 1)
    large = pl.concat_str(mantissa, pl.lit("e"), power.cast(pl.Int64, strict=False).cast(pl.String))
    return pl.when(number < LARGE).then(small).when(number.is_infinite()).then(pl.lit("inf")).otherwise(large)
