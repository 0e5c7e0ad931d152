"""A list of a hundred million words, put together from Faker's names, as Parquet files.

    python benchmarks/hundred_million.py FOLDER [--words 100000000] [--files 10]

Each line is a first name and a last name, some of them with a mark between or a number behind: `emma.schmidt`,
`lucarossi`, `zoe-moreau84`. Both are Faker's in Latin script, all as likely, drawn with a fixed seed, so that some
lines repeat earlier ones. The folder takes 0.9 GB.
"""

from argparse import ArgumentParser
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from moregrad.data import read_corpus

LANGUAGES = ("de_DE", "fr_FR", "es_ES", "it_IT", "pl_PL", "nl_NL", "pt_BR", "sv_SE", "fi_FI", "tr_TR", "cs_CZ", "ro_RO")
LOCALES = ("en_US", *LANGUAGES, "hu_HU", "id_ID", "en_IN", "en_NG")
BETWEEN = ["", "", "", ".", "-", "_"]
BEHIND = ["", "", *map(str, range(100))]
SEED = 0


def parts() -> tuple[pl.Series, pl.Series]:
    """First names and last names, in lower case."""
    last = [read_corpus(f"faker:last_name:{locale}", lower=True).words for locale in LOCALES]
    return read_corpus("first-names").words, pl.concat(last).unique(maintain_order=True)


def draw(count: int, first: pl.Series, last: pl.Series, random: np.random.RandomState) -> pl.Series:
    """So many words."""
    pieces = [first, pl.Series(BETWEEN), last]
    drawn = [each.gather(random.randint(0, len(each), count)) for each in pieces]
    behind = pl.Series(BEHIND).gather(random.randint(0, len(BEHIND), count))
    numbered = pl.Series(random.random_sample(count) < 0.25)
    table = pl.DataFrame({str(place): column for place, column in enumerate(drawn)})
    table = table.with_columns(pl.when(numbered).then(behind).otherwise(pl.lit("")).alias("3"))
    return table.select(pl.concat_str("0", "1", "2", "3").alias("word")).to_series()


def main() -> None:
    """Writes the files; those that are there already are left as they are."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=100_000_000)
    parser.add_argument("--files", type=int, default=10)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    first, last = parts()
    print(f"{len(first):,} first names, {len(last):,} last names")
    bounds = np.linspace(0, options.words, options.files + 1).astype(int)
    for number, (start, stop) in enumerate(pairwise(bounds)):
        path = options.folder / f"part-{number:03}.parquet"
        if path.exists():
            continue
        random = np.random.RandomState(np.random.PCG64([SEED, number]))
        words = [draw(min(10**6, stop - at), first, last, random) for at in range(start, stop, 10**6)]
        partial = path.with_suffix(".part")
        pl.concat(words).to_frame().write_parquet(partial)
        partial.rename(path)
        print(f"{path}: {stop - start:,} words", flush=True)


if __name__ == "__main__":
    main()
