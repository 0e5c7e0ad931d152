"""Time and memory for a list of ten million distinct words: read and clean, split, encode.

    python benchmarks/ten_million_lines.py [--lines 10000000] [--json]

The list is written to a temporary file first. Each line of the table tells how long a stage took and the greatest
memory of the process up to its end, less what the process held before the first stage.
"""

import json
import resource
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

CONSONANTS = np.frombuffer(b"bcdfghjklmnprstvwz", np.uint8)
VOWELS = np.frombuffer(b"aeiou", np.uint8)
ENDINGS = np.frombuffer(b"\0nrl", np.uint8)
SYLLABLES = len(CONSONANTS) * len(VOWELS)
STRIDE = 7919
BLOCK = 1_000_000
MEGABYTE = 2**20


def pseudo_words(first: int, stop: int) -> bytes:
    """Words number `first` to `stop` of a list without repeats: four syllables and perhaps an ending, one per line."""
    number = np.arange(first, stop)
    rest = number * STRIDE % SYLLABLES**4
    columns = []
    for _ in range(4):
        rest, syllable = np.divmod(rest, SYLLABLES)
        columns += [CONSONANTS[syllable // len(VOWELS)], VOWELS[syllable % len(VOWELS)]]
    columns += [ENDINGS[number % len(ENDINGS)], np.full(len(number), ord("\n"), np.uint8)]
    letters = np.stack(columns, axis=1)
    return letters[letters != 0].tobytes()


def peak_memory() -> int:
    """The greatest resident memory of this process so far, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def measure(path: str) -> list[dict[str, Any]]:
    """Every stage with its seconds and the peak of memory at its end, in bytes above that of the imports."""
    from moregrad.data import read_corpus, split

    read_corpus(["warm", "up"])
    stages, base = [], peak_memory()

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        stages.append({"stage": name, "seconds": time.perf_counter() - start, "peak": peak_memory() - base})

    with stage("read and clean"):
        corpus = read_corpus(path)
    with stage("vocabulary"):
        _ = corpus.vocabulary
    with stage("split"):
        splits = split(corpus)
    with stage("encode"):
        _ = [corpus.encode(part) for part in (splits.train, splits.validation, splits.test)]
    return stages


def main() -> None:
    """Prints the table, or with --json everything that was measured."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "words.txt"
        with path.open("wb") as file:
            for first in range(0, options.lines, BLOCK):
                file.write(pseudo_words(first, min(first + BLOCK, options.lines)))
        size = path.stat().st_size
        with get_context("spawn").Pool(1) as pool:
            stages = pool.apply(measure, (str(path),))
    result = {"lines": options.lines, "bytes": size, "stages": stages}
    print(json.dumps(result, indent=1) if options.json else table(result))


def table(result: dict[str, Any]) -> str:
    """The stages in Markdown."""
    lines, size = result["lines"], result["bytes"]
    rows = [f"{lines:,} lines, {size / MEGABYTE:.0f} MB of text, {size / lines:.1f} bytes a line", ""]
    rows += ["| stage | seconds | seconds a million lines | peak MB | peak bytes a line |", "|---|---|---|---|---|"]
    total = sum(stage["seconds"] for stage in result["stages"])
    for stage in [*result["stages"], {"stage": "all", "seconds": total, "peak": result["stages"][-1]["peak"]}]:
        seconds, peak = stage["seconds"], stage["peak"]
        per_million = seconds / lines * 1e6
        rows.append(
            f"| {stage['stage']} | {seconds:.2f} | {per_million:.3f} | {peak / MEGABYTE:.0f} | {peak / lines:.1f} |"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    main()
