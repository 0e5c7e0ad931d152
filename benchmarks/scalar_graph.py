"""A graph of a million single numbers: how long it takes to build and to sweep, and what it weighs.

Claims: built and swept within a second; at most 120 bytes per node beside the Python object.

    python benchmarks/scalar_graph.py [--runs 5] [--json]

The chain y = y + x, a million times. Memory is the growth of the process while the chain is built and swept, the list
of nodes of the sweep included, less the size that Python states for a Value.
"""

import os
import sys
import time
from pathlib import Path

from measuring import Claim, Contender, Figures, arguments, by_turns, report

NODES = 1_000_000
PAGE = os.sysconf("SC_PAGE_SIZE")


def chain() -> Figures:
    """Build, sweep and free."""
    from moregrad.scalar import Value

    before = _resident()
    start = time.perf_counter()
    x = y = Value(1.0)
    for _ in range(NODES):
        y = y + x
    built = time.perf_counter()
    y.backward()
    swept = time.perf_counter()
    grown = _resident() - before
    size = sys.getsizeof(x)
    del y
    freed = time.perf_counter()
    return {
        "build": built - start,
        "sweep": swept - built,
        "free": freed - swept,
        "bytes of a Value": size,
        "bytes beside": grown / NODES - size,
    }


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


def main() -> None:
    """Measures and reports."""
    options = arguments(__doc__)
    results = by_turns([Contender("a million additions", chain)], runs=options.runs)
    figures = results["a million additions"]
    claims = [
        Claim("seconds to build and sweep a million nodes", figures["build"] + figures["sweep"], 1, at_most=True),
        Claim("bytes per node beside the Python object", figures["bytes beside"], 120, at_most=True),
    ]
    report(results, claims, runs=options.runs, as_json=options.json)


if __name__ == "__main__":
    main()
