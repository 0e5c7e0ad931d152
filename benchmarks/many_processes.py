"""Steps of a training by one process and by two on this machine, and what they predict for many hosts.

    python benchmarks/many_processes.py [--runs 3] [--hidden 64,256,512] [--batch-sizes 64,1024]

Every measurement is a new group of processes that take STEPS steps of a GRU, after as many to warm up. The prediction
is arithmetic: a step takes its computation divided among the hosts, and one sum of all gradients round a ring.
"""

import json
import os
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from itertools import product
from statistics import median
from typing import Any

from measuring import machine

STEPS = 10
LONGEST = 900
BYTES = 4
HOSTS = (1, 2, 8, 64, 1024)
LINKS = {"10 Gbit/s, 50 us": (10e9 / 8, 50e-6), "100 Gbit/s, 10 us": (100e9 / 8, 10e-6)}
"""Bytes per second and the latency of one message, in seconds."""


def train(hidden: int, batch_size: int) -> dict[str, float]:
    """Milliseconds of a step, those of processors that this process took for it, and the number of parameters."""
    import jax

    import moregrad
    from moregrad.models.gru import GRU
    from moregrad.runs.experiment import prepare
    from moregrad.runs.fit import examples_of
    from moregrad.training import loop

    recipe = GRU.recipe.replace(steps=3 * STEPS, batch_size=batch_size)
    run = prepare(moregrad.read_corpus("first-names"), GRU(hidden=hidden), recipe)
    spent = []
    for report in loop.train(run.model, examples_of(run), recipe, every=STEPS):
        jax.block_until_ready(report.progress)
        spent.append((time.perf_counter(), time.process_time()))
    # A report comes when the next chunk is under way, or done, so that one chunk lies between the first two.
    (wall, cpu), (end, cpu_end) = spent[:2]
    return {
        "parameters": run.record.parameters or 0,
        "ms": 1000 * (end - wall) / STEPS,
        "cpu_ms": 1000 * (cpu_end - cpu) / STEPS,
    }


def add_up(numbers: int) -> dict[str, float]:
    """Milliseconds in which all processes add up so many float32 numbers."""
    import jax
    import numpy as np
    from jax.sharding import NamedSharding, PartitionSpec

    from moregrad.training.shares import ROWS, joined_devices

    devices = joined_devices()
    own = np.ones((1, numbers), np.float32)
    parts = jax.make_array_from_process_local_data(NamedSharding(devices, PartitionSpec(ROWS)), own)
    total = jax.jit(lambda parts: parts.sum(0), out_shardings=NamedSharding(devices, PartitionSpec()))
    times = []
    for _ in range(12):
        start = time.perf_counter()
        jax.block_until_ready(total(parts))
        times.append(time.perf_counter() - start)
    return {"ms": 1000 * median(times[2:])}


def work(task: str, numbers: list[int], port: int, processes: int, process: int) -> None:
    """Does one measurement as one of several processes, and prints it; programs are compiled in the first run alone."""
    from moregrad.cli.surroundings import keep_compiled_programs

    keep_compiled_programs()
    from moregrad.training.processes import Place, join, leave

    if processes > 1:
        join(Place(f"127.0.0.1:{port}", processes, process))
    found = {"train": train, "add_up": add_up}[task](*numbers)
    print(json.dumps(found), flush=True)
    leave()


def measure(task: str, *numbers: int, processes: int) -> dict[str, float]:
    """One measurement by a new group of processes: what process 0 found."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    command = [sys.executable, __file__, "--work", json.dumps([task, numbers, port, processes])]
    environment = {**os.environ, "JAX_NUM_CPU_DEVICES": "1"}
    group = [
        subprocess.Popen([*command, str(process)], stdout=subprocess.PIPE, text=True, env=environment)
        for process in range(processes)
    ]
    outputs = [process.communicate(timeout=LONGEST)[0] for process in group]
    return json.loads(outputs[0].splitlines()[-1])


def predict(parameters: int, single: float, hosts: int, speed: float, latency: float) -> float:
    """Milliseconds of a step on so many hosts; `single` is that of one.

    Each host sends and receives 2 (hosts - 1) / hosts times all gradients, in 2 (hosts - 1) messages round a ring.
    """
    moved = 2 * (hosts - 1) / hosts * BYTES * parameters
    return single / hosts + 1000 * (moved / speed + 2 * (hosts - 1) * latency)


def best_hosts(parameters: int, single: float, speed: float, latency: float) -> int:
    """The number of hosts, a power of two, beyond which a step takes no less."""
    hosts = 1
    while predict(parameters, single, 2 * hosts, speed, latency) < predict(parameters, single, hosts, speed, latency):
        hosts *= 2
    return hosts


def show(steps: list[dict[str, Any]], sums: list[dict[str, Any]]) -> None:
    """Prints the measurements and the prediction as Markdown."""
    print("| parameters | batch | 1 process, ms (cpu) | 2 processes, ms (cpu each) | bytes moved by each |")
    print("|--:|--:|--:|--:|--:|")
    for row in steps:
        one, two = row["one"], row["two"]
        print(
            f"| {one['parameters']:,.0f} | {row['batch']:,} | {one['ms']:.1f} ({one['cpu_ms']:.1f}) "
            f"| {two['ms']:.1f} ({two['cpu_ms']:.1f}) | {BYTES * one['parameters']:,.0f} |"
        )
    print("\n| numbers added up | ms |\n|--:|--:|")
    for row in sums:
        print(f"| {row['numbers']:,} | {row['ms']:.2f} |")
    for link, (speed, latency) in LINKS.items():
        print(f"\n| {link}: parameters | batch | " + " | ".join(f"{n:,} hosts, ms" for n in HOSTS) + " | pays up to |")
        print("|--:|--:|" + "--:|" * len(HOSTS) + "--:|")
        for row in steps:
            count, single = row["one"]["parameters"], row["one"]["ms"]
            cells = " | ".join(f"{predict(count, single, hosts, speed, latency):,.1f}" for hosts in HOSTS)
            print(f"| {count:,.0f} | {row['batch']:,} | {cells} | {best_hosts(count, single, speed, latency):,} |")


def main() -> None:
    """Measures by turns and prints medians."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--hidden", default="64,256,512")
    parser.add_argument("--batch-sizes", default="64,1024")
    parser.add_argument("--work", nargs=2, help="for the processes that this script starts")
    options = parser.parse_args()
    if options.work:
        task, numbers, port, processes = json.loads(options.work[0])
        work(task, numbers, port, processes, int(options.work[1]))
        return
    sizes = [[int(number) for number in each.split(",")] for each in (options.hidden, options.batch_sizes)]
    steps, sums = [], []
    for hidden, batch in product(*sizes):
        found: dict[int, list[dict[str, float]]] = {1: [], 2: []}
        for _ in range(options.runs):
            for processes, so_far in found.items():
                so_far.append(measure("train", hidden, batch, processes=processes))
        one, two = ({name: median(run[name] for run in runs) for name in runs[0]} for runs in found.values())
        steps.append({"batch": batch, "one": one, "two": two})
        print(steps[-1], file=sys.stderr, flush=True)
    for numbers in (1, 10**5, 10**6, 10**7):
        times = [measure("add_up", numbers, processes=2)["ms"] for _ in range(options.runs)]
        sums.append({"numbers": numbers, "ms": median(times)})
    print(", ".join(f"{name} {value}" for name, value in machine().items()), f"; medians of {options.runs} runs\n")
    show(steps, sums)


if __name__ == "__main__":
    main()
