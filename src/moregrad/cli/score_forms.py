"""A table of scores as text, as comma-separated values and as JSON lines."""

import re
from textwrap import fill

import polars as pl

WORD_WIDTH, NUMBER_WIDTH = 20, 10
END = "."
UNSCORED = "  cannot be scored: "
SPELLED_AT = WORD_WIDTH + 2 * NUMBER_WIDTH + 2
CELL = re.compile(r" *[^ ]+(?: [^ ]+)*")
"""A part of a line with the spaces before it; two spaces or more end it."""


def as_json(table: pl.DataFrame, *, first: bool) -> str:
    """Returns a JSON object per word."""
    return table.write_ndjson()


def as_csv(table: pl.DataFrame, *, first: bool) -> str:
    """Returns a line per word, its surprisals separated by spaces; the `first` table has a header."""
    numbers = {name: _format(pl.col(name), 4) for name in ("nats", "nats_per_character")}
    surprisal = pl.col("surprisal").list.eval(_format(pl.element(), 4)).list.join(" ")
    return table.with_columns(**numbers, surprisal=surprisal).write_csv(include_header=first)


def as_text(table: pl.DataFrame, *, first: bool) -> str:
    """Returns aligned columns, the last one with every character before its surprisal."""
    word = pl.col("word").str.replace_all("\n", "\\n", literal=True).str.pad_end(WORD_WIDTH)
    numbers = (_format(pl.col(name), 4).str.pad_start(NUMBER_WIDTH) for name in ("nats", "nats_per_character"))
    scored = pl.concat_str(word, *numbers, pl.lit("  "), _spell(table))
    unscored = pl.concat_str(word, pl.lit(UNSCORED), pl.col("problem"))
    lines = table.select(pl.when(pl.col("problem").is_null()).then(scored).otherwise(unscored).alias("line"))
    heading = f"{'word':<{WORD_WIDTH}}{'nats':>{NUMBER_WIDTH}}{'nats/char':>{NUMBER_WIDTH}}  nats of each character\n"
    return (heading if first else "") + lines["line"].str.join("\n").item() + "\n"


def narrow(text: str, width: int) -> str:
    """Breaks lines longer than `width` between cells, so that a terminal breaks none of them within a number."""
    return "\n".join(_break(line, width) for line in text.split("\n"))


def _break(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    if UNSCORED in line:
        return fill(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    indent = " " * (SPELLED_AT if width >= 1.5 * SPELLED_AT else 2)
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
