"""Runs campaigns, `python -m campaigns [NAME ...] [--tries N] [--seed S]`; whole ones go into the report."""

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
    """Puts rows into the report, each in place of the one with the same title."""
    before, _, rest = REPORT.read_text("utf-8").partition(BEGIN)
    old, _, after = rest.partition(END)
    by_title = {row.split("|")[1].strip(): row for row in [*old.splitlines(keepends=True)[2:], *rows]}
    known = [by_title[title(name)] for name in CAMPAIGNS if title(name) in by_title]
    head = "| campaign | tries | failures | seconds |\n|---|--:|--:|--:|\n"
    REPORT.write_text("".join((before, BEGIN, head, *known, END, after)), "utf-8")


def main() -> int:
    """Runs the campaigns that are named; returns 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, prog="campaigns")
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*CAMPAIGNS, []], help=", ".join(CAMPAIGNS))
    parser.add_argument("--tries", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rows = [row(name, seed=options.seed, tries=options.tries) for name in options.names or CAMPAIGNS]
    if not options.tries:
        write([text for text, _ in rows])
    return int(any(failures for _, failures in rows))


if __name__ == "__main__":
    sys.exit(main())
