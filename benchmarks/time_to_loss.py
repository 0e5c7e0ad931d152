"""Time from the start of the process to the losses that makemore.py and the lecture's WaveNet end at.

Claims: makemore.py's best test loss, 1.966, in at most one fortieth of its time on its own split, and 1.90 within two
minutes; the lecture WaveNet's validation loss, 1.9937, within six seconds on the lecture split.

    python benchmarks/time_to_loss.py --makemore PATH/makemore.py [--runs 5] [--peer-runs 1] [--json]

1.966 is what the test loss of makemore.py's default transformer first comes to at step 13,000; its least is 1.9655 at
15,000, from where on it overfits. moregrad answers with Kneser-Ney counts, which get there first, and for 1.90 with its
default, networks stacked on counts. Both profit from names that the lecture's and makemore.py's split have on both
sides.

makemore.py and moregrad are commands, timed from their start to the line that tells the loss; moregrad begins with an
empty cache of compiled programs, so that compiling is counted. makemore.py (it needs `pip install tensorboard`) runs
as it is, with the threads and loaders with which it is fastest here. The lecture's recipe, 200,000 steps of batch 32
at rate 0.1 and 0.01 from step 150,000 on, runs in PyTorch eager to its end. Both take minutes, so they run --peer-runs
times only.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from tempfile import TemporaryDirectory

from makemore_models import makemore_contenders
from measuring import Claim, Contender, Figures, arguments, by_turns, report
from names import lecture_windows, names_file
from torch_wavenet import CONTEXT, wavenet

MAKEMORE_LOSS, FURTHER_LOSS, LECTURE_LOSS = 1.966, 1.90, 1.9937
MAKEMORE_LINE = r"test loss: (\d+\.\d+)"
MOREGRAD_LINE = r"validation +(?:[\d,]+ +)?(\d+\.\d+)"

TO_MAKEMORE = ["--split", "makemore", "--model", "ngram"]
FURTHER = ["--split", "makemore", "--eval-every", "25"]
TO_LECTURE = ["--split", "lecture", "--model", "ngram"]

LECTURE_STEPS, LECTURE_DROP, LECTURE_BATCH = 200_000, 150_000, 32


def time_to_loss(command: Sequence[str], line: str, target: float) -> Figures:
    """Seconds until `command` prints a loss of at most `target`, which the regular expression `line` finds."""
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        for printed in process.stdout or ():
            found = re.search(line, printed)
            if found and float(found[1]) <= target:
                spent = time.perf_counter() - start
                process.kill()
                return {"seconds": spent, "loss": float(found[1])}
    raise SystemExit(f"{' '.join(command)} ended without reaching a loss of {target}")


def makemore(script: str, words: str, workers: int) -> Figures:
    """makemore.py's default model until its best test loss."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, script, "-i", words, "-o", folder, "--num-workers", str(workers)]
        return time_to_loss(command, MAKEMORE_LINE, MAKEMORE_LOSS)


def moregrad(options: list[str], target: float) -> Figures:
    """`moregrad train names` with `options` until `target`, compiling everything anew."""
    with TemporaryDirectory() as folder:
        os.environ["JAX_COMPILATION_CACHE_DIR"] = f"{folder}/compiled"
        command = [sys.executable, "-m", "moregrad", "train", "names", "--out", f"{folder}/run", *options]
        return time_to_loss(command, MOREGRAD_LINE, target)


def lecture_recipe() -> Figures:
    """The lecture's training of its WaveNet in PyTorch eager, to its end."""
    import torch  # pyright: ignore[reportMissingImports]
    from torch.nn.functional import cross_entropy  # pyright: ignore[reportMissingImports]

    start = time.perf_counter()
    contexts, following = map(torch.from_numpy, lecture_windows(CONTEXT))
    model = wavenet()
    parameters = list(model.parameters())
    for number in range(LECTURE_STEPS):
        chosen = torch.randint(0, len(contexts), (LECTURE_BATCH,))
        loss = cross_entropy(model(contexts[chosen]), following[chosen])
        for parameter in parameters:
            parameter.grad = None
        loss.backward()
        rate = 0.1 if number < LECTURE_DROP else 0.01
        for parameter in parameters:
            parameter.data -= rate * parameter.grad  # pyright: ignore[reportOperatorIssue]
    spent = time.perf_counter() - start
    model.eval()
    contexts, following = map(torch.from_numpy, lecture_windows(CONTEXT, "validation"))
    with torch.no_grad():
        return {"seconds": spent, "loss": float(cross_entropy(model(contexts), following))}


def main() -> None:
    """Measures and reports."""
    options = arguments(
        __doc__,
        ("--makemore", {"required": True, "help": "path of makemore.py"}),
        ("--peer-runs", {"type": int, "default": 1, "help": "measurements of each peer (1)"}),
    )
    ours = [
        Contender(f"moregrad to {MAKEMORE_LOSS}", moregrad, (TO_MAKEMORE, MAKEMORE_LOSS)),
        Contender(f"moregrad to {FURTHER_LOSS}", moregrad, (FURTHER, FURTHER_LOSS)),
        Contender(f"moregrad to {LECTURE_LOSS} on the lecture split", moregrad, (TO_LECTURE, LECTURE_LOSS)),
    ]
    results = by_turns(ours, runs=options.runs)
    first, further, lecture = (results[contender.name]["seconds"] for contender in ours)
    with names_file() as words:
        peer = fastest_makemore(options.makemore, words)
        results |= by_turns([peer, *lecture_contenders()], runs=options.peer_runs)
    claims = [
        Claim(
            "seconds to 1.966, makemore.py's transformer / moregrad's Kneser-Ney counts",
            results[peer.name]["seconds"] / first,
            40,
        ),
        Claim("seconds to 1.90 with moregrad's default", further, 120, at_most=True),
        Claim("seconds to 1.9937 on the lecture split with Kneser-Ney counts", lecture, 6, at_most=True),
    ]
    report(results, claims, runs=options.runs, as_json=options.json)


def fastest_makemore(script: str, words: str) -> Contender:
    """makemore.py to its best loss, with as many threads and loaders as train its transformer fastest."""
    candidates = makemore_contenders(script, words, "transformer")
    speeds = by_turns(candidates, runs=1)
    fastest = max(candidates, key=lambda candidate: speeds[candidate.name]["characters/s"])
    workers = fastest.arguments[-1]
    name = f"makemore.py to {MAKEMORE_LOSS}, {fastest.threads} threads, {workers} loaders"
    return Contender(name, makemore, (script, words, workers), fastest.threads)


def lecture_contenders() -> list[Contender]:
    """The lecture's recipe with one thread, which is the faster for matrices so small."""
    return [Contender("PyTorch eager, the lecture's recipe", lecture_recipe)]


if __name__ == "__main__":
    main()
