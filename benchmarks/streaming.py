"""Rows scored per second from Parquet to Parquet: in one stream, part by part, and by two workers of a cluster.

    python benchmarks/streaming.py [--rows 2000000] [--model stack] [--before SRC] [--runs 3] [--json]

The names of makemore, repeated, are scored by the default model, trained for 100 steps. Each contender is a command
in a process of its own, from start to end; CPU seconds and the peak of memory are those of it and its children.
`--before` names the `src` folder of another version, which scores by a run of its own, by turns with this one; rows per
CPU second are compared within each round.
"""

import os
import resource
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import polars as pl
from measuring import Contender, Figures, arguments, medians, ratios, report, rounds, seconds
from names import names
from ten_million_lines import MEGABYTE

FEW = 1000
"""Rows of a first call, in which programs are compiled and kept for the others."""


def score(folder: str, table: str, out: str, options: tuple[str, ...], source: str | None, rows: int) -> Figures:
    """One call of the command."""
    for old in (Path(out), Path(f"{out}.parts")):
        rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
    command = [sys.executable, "-m", "moregrad", "score", folder, table, "--column", "name", "--out", out, *options]
    spent = seconds(lambda: subprocess.run(command, check=True, env=of_version(source), stderr=subprocess.DEVNULL))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    peak = used.ru_maxrss * 1024 / MEGABYTE
    return {"rows/s": rows / spent, "rows per CPU second": rows / cpu, "peak MB of a process": peak}


def train(folder: str, model: str, source: str | None) -> None:
    """Makes the run that scores; what its losses are does not matter."""
    steps = [] if model == "ngram" else ["--steps", "100"]
    command = [sys.executable, "-m", "moregrad", "train", "names", "--model", model, "--out", folder, *steps]
    subprocess.run(command, check=True, env=of_version(source), stdout=sys.stderr)


def of_version(source: str | None) -> dict[str, str]:
    """The environment in which Python finds the version in a `src` folder, if one is named."""
    return os.environ | ({"PYTHONPATH": source} if source else {})


def main() -> None:
    """Measures and reports."""
    options = arguments(
        __doc__,
        ("--rows", {"type": int, "default": 2_000_000, "help": "rows scored (2000000)"}),
        ("--model", {"default": "stack", "help": "the model (stack)"}),
        ("--before", {"help": "src folder of another version"}),
        runs=3,
    )
    with TemporaryDirectory() as place:
        table, few = f"{place}/words.parquet", f"{place}/few.parquet"
        words = pl.DataFrame({"name": list(islice(cycle(names().words), options.rows))}).with_row_index("id")
        words.write_parquet(table)
        words.head(FEW).write_parquet(few)
        rows, folders = options.rows, {None: f"{place}/run", options.before: f"{place}/run_of_version"}
        for source, folder in folders.items():
            train(folder, options.model, source)
            score(folder, few, f"{place}/few_scored.parquet", (), source, FEW)

        def contender(name: str, out: str, *more: str, source: str | None = None) -> Contender:
            return Contender(name, score, (folders[source], table, f"{place}/{out}", more, source, rows))

        contenders = [
            contender("one file", "one.parquet"),
            contender("a folder of parts", "parts"),
            contender("--cluster local:2", "shared", "--cluster", "local:2"),
        ]
        if options.before:
            contenders.insert(0, contender("one file, before", "before.parquet", source=options.before))
        found = rounds(contenders, runs=options.runs)
        sizes = [
            pl.scan_parquet(f"{place}/{out}").select(pl.len()).collect().item()
            for out in ("one.parquet", "parts/*.parquet")
        ]
        assert sizes == [rows, rows]
    results = medians(found)
    for name in [contender.name for contender in contenders[1:]]:
        first = contenders[0].name
        results[f"{name} : {first}"] = ratios(found, name, first, "rows per CPU second")
    report(results, [], runs=options.runs, as_json=options.json)


if __name__ == "__main__":
    main()
