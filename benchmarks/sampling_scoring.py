"""Words sampled and words scored per second with moregrad's default model, beside makemore.py's sampling.

Claims: at least 20 times makemore.py's words per second and at least 20,000 when sampling; at least 50,000 when
scoring, reading and writing included.

    python benchmarks/sampling_scoring.py --makemore PATH/makemore.py [--runs 5] [--json]

makemore.py is imported from PATH (it needs `pip install tensorboard`); its default transformer makes words for four
seconds with its own function, which takes the same time whatever the weights are: ten at a time as while training,
fifty as with --sample-only, 200 and 1,000 at a time, with one or two threads; the best counts. moregrad's default model
is trained once on names.txt by `moregrad train names`; then 100,000 words are sampled in one process after a first
2,000, in which the program is compiled or loaded, and `moregrad score RUN FILE --csv` scores a million words, from the
start of its process to its end.
"""

import subprocess
import sys
from itertools import cycle, islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from makemore_peer import Makemore
from measuring import Claim, Contender, Figures, arguments, best, by_turns, per_second, report, seconds
from names import names, names_file

PEER_BATCHES = (10, 50, 200, 1000)
WARM_UP, SAMPLED, SCORED = 2000, 100_000, 1_000_000


def makemore(script: str, words: str, batch: int) -> Figures:
    """makemore.py's own generation, `batch` words at a time."""
    peer = Makemore(script, words, "transformer", workers=0)
    return {"words/s": per_second(lambda: len(peer.sample(batch)))}


def sampling(folder: str) -> Figures:
    """Words sampled in one process."""
    from moregrad import load

    run = load(folder)
    first = seconds(lambda: run.sample(WARM_UP))
    spent = seconds(lambda: run.sample(SAMPLED, seed=1))
    return {"words/s": SAMPLED / spent, "first call s": first}


def scoring(folder: str, file: str) -> Figures:
    """Words scored by the command, from the start of its process to its end."""
    command = [sys.executable, "-m", "moregrad", "score", folder, file, "--csv"]
    with (Path(folder) / "scores.csv").open("w") as output:
        spent = seconds(lambda: subprocess.run(command, stdout=output, check=True))
    return {"words/s": SCORED / spent}


def main() -> None:
    """Measures and reports."""
    options = arguments(__doc__, ("--makemore", {"required": True, "help": "path of makemore.py"}))
    with names_file() as words, TemporaryDirectory() as place:
        folder, file = f"{place}/run", f"{place}/words.txt"
        subprocess.run(
            [sys.executable, "-m", "moregrad", "train", "names", "--out", folder], check=True, stdout=sys.stderr
        )
        Path(file).write_text("".join(f"{word}\n" for word in islice(cycle(names().words), SCORED)))
        peers = [
            Contender(f"makemore.py, {batch} at a time, {n} threads", makemore, (options.makemore, words, batch), n)
            for batch, n in product(PEER_BATCHES, (1, 2))
        ]
        ours = [
            Contender("moregrad, sampling", sampling, (folder,)),
            Contender("moregrad, scoring", scoring, (folder, file)),
        ]
        results = by_turns([*peers, *ours], runs=options.runs)
    sampled, scored = (results[contender.name]["words/s"] for contender in ours)
    claims = [
        Claim(
            "words sampled, moregrad's default model / makemore.py's transformer",
            sampled / best(results, [p.name for p in peers], "words/s"),
            20,
        ),
        Claim("words sampled per second", sampled, 20_000),
        Claim("words scored per second", scored, 50_000),
    ]
    report(results, claims, runs=options.runs, as_json=options.json)


if __name__ == "__main__":
    main()
