"""Words of a table with their labels: two columns of the same rows."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import polars as pl

from moregrad.data.form import Form
from moregrad.data.lines import ByteStream
from moregrad.errors import DataError

WORD, LABEL = "word", "label"


def read_labelled(
    table: Callable[[ByteStream, str, Form], pl.Series], stream: ByteStream, name: str, form: Form
) -> pl.Series:
    """Returns structures of a raw word and its raw label, one for each row that `table` reads.

    Raises DataError for columns of different lengths, besides what `table` raises.
    """
    content = stream.read()
    words = table(BytesIO(content), name, form)
    # Either reading knows both columns, so that both find the same header.
    labels = table(BytesIO(content), name, replace(form, column=form.label, label=form.column, notes=[]))
    if len(words) != len(labels):
        raise DataError(
            f"{name} has {len(words):,} words and {len(labels):,} labels; give two columns of the same rows"
        )
    return pl.DataFrame({WORD: words, LABEL: labels}).to_struct(WORD)


def separate(rows: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Returns the raw words and the raw labels of such structures; a label that is missing is empty."""
    words, labels = rows.struct.field(WORD), rows.struct.field(LABEL)
    return words, labels.fill_null("").str.strip_chars().str.normalize("NFC")
