"""N-grams of a list on disk, counted and smoothed: time, memory and size beside KenLM's lmplz on the same words.

    python benchmarks/counts_on_disk.py PIECES LMPLZ [--order 6] [--prune 0 0 6]

PIECES is the folder that `moregrad train --read stream` says the pieces are kept in; LMPLZ is built from
https://github.com/kpu/kenlm. Each runs in a process of its own, one after the other, with nothing of the other's work:
ours counts and smooths afresh in a temporary folder, lmplz writes a file in ARPA's format there. Seconds are those of
the processor, of lmplz without the process that spells the words for it.
"""

import json
import os
import resource
import subprocess
import sys
import time
from argparse import ArgumentParser
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

GIBIBYTE = 2**30


def used(who: int) -> tuple[float, float]:
    """The seconds of the processor and the greatest memory in GiB of this process or of its children."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / GIBIBYTE


def ours(pieces: str, scratch: str, order: int, prune: tuple[int, ...]) -> dict:
    """Counts and smooths Kneser-Ney."""
    from moregrad.data.stored_words import read_stored
    from moregrad.ngrams.gram_table import count_table
    from moregrad.ngrams.table_smoothing import smooth_table

    characters = json.loads((Path(pieces) / "list.json").read_text(encoding="utf-8"))["characters"]
    words, start = (read_stored(Path(pieces) / "words.safetensors") or {})["train"], time.perf_counter()
    table = count_table(words.pieces(), len(characters) + 1, order, Path(scratch))
    counted, _ = used(resource.RUSAGE_SELF)
    levels, _ = smooth_table(table, [order], "kneser-ney", prune=prune)
    seconds, memory = used(resource.RUSAGE_SELF)
    return {
        "what": "moregrad",
        "distinct": len(table.packed),
        "kept": [len(level) for level in levels[1:]],
        "bytes on disk": 16 * len(table.packed),
        "counting seconds": round(counted, 1),
        "seconds": round(seconds, 1),
        "wall": round(time.perf_counter() - start, 1),
        "GiB": round(memory, 2),
    }


def spell(pieces: str) -> None:
    """Writes the words to standard output as lmplz reads them: a number for each character."""
    from moregrad.data.stored_words import read_stored

    for piece in (read_stored(Path(pieces) / "words.safetensors") or {})["train"].pieces():
        # Three digits and a space for a character, and a line feed in place of each end.
        digits = np.stack([piece.tokens // 100, piece.tokens // 10 % 10, piece.tokens % 10], axis=1) + ord("0")
        text = np.concatenate([digits.astype(np.uint8), np.full((len(digits), 1), ord(" "), np.uint8)], axis=1)
        text[piece.tokens == 0] = np.frombuffer(b"   \n", np.uint8)
        sys.stdout.buffer.write(text[1:].tobytes())


def theirs(pieces: str, scratch: str, lmplz: str, order: int, prune: tuple[int, ...]) -> dict:
    """Runs lmplz on the same words."""
    arpa, start = Path(scratch) / "model.arpa", time.perf_counter()
    source = subprocess.Popen([sys.executable, __file__, pieces, "--spell"], stdout=subprocess.PIPE)
    options = ["-o", f"{order}", "-S", "2G", "-T", scratch, "--discount_fallback", "--arpa", f"{arpa}"]
    options += ["--prune", *map(str, prune)] if prune else []
    process = subprocess.Popen([lmplz, *options], stdin=source.stdout, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    source.wait()
    if status:
        raise SystemExit(f"{lmplz} failed")
    with arpa.open() as file:
        kept = [int(line.partition("=")[2]) for line, _ in zip(file, range(order + 1), strict=False) if "=" in line]
    return {
        "what": "lmplz",
        "kept": kept,
        "bytes on disk": arpa.stat().st_size,
        "seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "wall": round(time.perf_counter() - start, 1),
        "GiB": round(usage.ru_maxrss * 1024 / GIBIBYTE, 2),
    }


def main() -> None:
    """Prints what each took, as JSON, one line each."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pieces")
    parser.add_argument("lmplz", nargs="?")
    parser.add_argument("--order", type=int, default=6)
    parser.add_argument("--prune", type=int, nargs="*", default=[])
    parser.add_argument("--spell", action="store_true")
    options = parser.parse_args()
    if options.spell:
        spell(options.pieces)
        return
    prune = tuple(options.prune)
    for function, more in ((ours, ()), (theirs, (options.lmplz,))):
        with TemporaryDirectory(dir=options.pieces) as scratch, get_context("spawn").Pool(1) as pool:
            arguments = (options.pieces, scratch, *more, options.order, prune)
            print(json.dumps(pool.apply(function, arguments)), flush=True)


if __name__ == "__main__":
    main()
