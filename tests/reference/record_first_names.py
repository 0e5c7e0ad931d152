"""Makes the list `first-names` anew from the installed Faker and records its count and fingerprint.

python tests/reference/record_first_names.py
"""

import json
from pathlib import Path

import faker
import polars as pl

from moregrad.data import read_corpus, write_words
from moregrad.data.first_names import FIRST_NAMES, gather


def main() -> None:
    """Writes the list into the package and its figures beside this script."""
    write_words(pl.Series(gather()), FIRST_NAMES)
    corpus = read_corpus("first-names")
    figures = {"faker": faker.VERSION, "count": len(corpus), "fingerprint": corpus.fingerprint}
    Path(__file__).with_name("first_names.json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
