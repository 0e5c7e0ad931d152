"""Parts put together in one file."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from moregrad.atomic import replacing
from moregrad.errors import DataError, StorageError


def join(parts: Sequence[Path], out: Path) -> None:
    """Writes the rows of `parts` to one Parquet file, whole or not at all, a few of them in memory at a time.

    Raises DataError if their columns differ, StorageError if the file cannot be written; the parts stay.
    """
    try:
        with replacing(out) as temporary:
            pl.scan_parquet(list(parts), glob=False).sink_parquet(temporary)
    except OSError as error:
        raise StorageError(f"cannot write {out}: {error.strerror or error}; its parts are kept") from error
    except pl.exceptions.PolarsError as error:
        reason = str(error).splitlines()[0]
        raise DataError(f"the parts of {out} are no one table: {reason}; name a folder with --out") from error
