"""Runs campaigns, `python -m campaigns [NAME ...] [--tries N] [--seed S]`; all of them, whole, write the report."""

import argparse
import sys
import time
from pathlib import Path

from campaigns import CAMPAIGNS, run, title

REPORT = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- campaigns -->\n", "<!-- end of campaigns -->\n"


def row(name: str, *, seed: int, tries: int | None) -> tuple[str, int]:
    """Runs a campaign; returns its line of the report's table and the number of its failures."""
    start, done, failed = time.monotonic(), 0, 0
    for trial in run(name, seed=seed, tries=tries):
        done += 1
        if trial.problem:
            failed += 1
            print(ascii(f"{name}: {trial.what}: {trial.problem}")[1:-1], flush=True)
    seconds = time.monotonic() - start
    print(f"{name}: {done} tries, {failed} failures, {seconds:.0f} s", flush=True)
    return f"| {title(name)} | {done:,} | {failed:,} | {seconds:,.0f} |\n", failed


def write(rows: list[str]) -> None:
    """Puts the rows into the report in place of those of the last time."""
    before, _, rest = REPORT.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    head = "| campaign | tries | failures | seconds |\n|---|--:|--:|--:|\n"
    REPORT.write_text("".join((before, BEGIN, head, *rows, END, after)), "utf-8")


def main() -> int:
    """Runs the campaigns that are named; returns 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, prog="campaigns")
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*CAMPAIGNS, []], help=", ".join(CAMPAIGNS))
    parser.add_argument("--tries", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rows = [row(name, seed=options.seed, tries=options.tries) for name in options.names or CAMPAIGNS]
    if not options.names and not options.tries:
        write([text for text, _ in rows])
    return int(any(failures for _, failures in rows))


if __name__ == "__main__":
    sys.exit(main())
