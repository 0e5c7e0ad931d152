"""A GPT of single numbers: moregrad.scalar beside the published microgpt script.

Claims: the engine built anew at every step at least 5 times, replayed at least 40 times the speed of the script,
recording counted, and everywhere the script's losses to the four decimals that it prints.

    python benchmarks/microgpt.py --microgpt PATH/microgpt.py [--steps 1000] [--runs 1] [--json]

The script is run as it is, and once more with its class Value replaced by ours and nothing else changed; both train
until they have printed the loss of step `--steps`. Beside them runs our own program, moregrad.lectures.gpt, that builds
its graphs anew or replays them. Seconds are those from the first loss to the last, and for ours all steps. The names
are names.txt.
"""

import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import Claim, Contender, Figures, arguments, by_turns, report
from names import names

from moregrad.lectures.gpt import STEPS, prepare, replay, train

LOSS = re.compile(r"step +\d+ / +\d+ \| loss (\d+\.\d{4})")
VALUE_CLASS = re.compile(r"^class Value:\n(?:[ \t].*\n|\n)+", re.MULTILINE)
OUR_VALUE = "from moregrad.scalar import Value\n"


def published(script: str, steps: int, losses: str) -> Figures:
    """The script as it is; writes its losses to the file `losses`."""
    return _run(Path(script).read_text(), steps, Path(losses))


def with_our_value(script: str, steps: int, losses: str) -> Figures:
    """The script with our Value in place of its own."""
    source, replaced = VALUE_CLASS.subn(OUR_VALUE, Path(script).read_text())
    if replaced != 1:
        raise SystemExit(f"{script} defines class Value {replaced} times; it is not the published script")
    return {**_run(source, steps, path := Path(f"{losses}.ours")), "equal losses": _equal(path, Path(losses))}


def ours(how: str, steps: int, losses: str) -> Figures:
    """Our own program: `train` or `replay`."""
    shuffled, _, model, _ = prepare(names().words.to_list())
    start = time.perf_counter()
    found = list({"train": train, "replay": replay}[how](model, shuffled[:steps]))
    spent = time.perf_counter() - start
    path = Path(f"{losses}.{how}")
    path.write_text("\n".join(f"{loss:.4f}" for loss in found))
    return {"seconds": spent, "equal losses": _equal(path, Path(losses))}


def _run(source: str, steps: int, losses: Path) -> Figures:
    with TemporaryDirectory() as folder:
        Path(folder, "script.py").write_text(source)
        Path(folder, "input.txt").write_text("\n".join(names().words))
        command = [sys.executable, "-u", "script.py"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
            found, times = [], []
            for line in process.stdout or ():
                if loss := LOSS.search(line):
                    found.append(loss[1])
                    times.append(time.perf_counter())
                if len(found) == steps:
                    break
            process.kill()
    if len(found) < max(steps, 2):
        raise SystemExit(f"the script printed {len(found)} losses in place of {steps}")
    losses.write_text("\n".join(found))
    return {"seconds": (times[-1] - times[0]) * steps / (len(times) - 1)}


def _equal(found: Path, expected: Path) -> float:
    pairs = zip(found.read_text().split(), expected.read_text().split(), strict=True)
    return sum(a == b for a, b in pairs)


def main() -> None:
    """Measures and reports."""
    options = arguments(
        __doc__,
        ("--microgpt", {"required": True, "help": "path of the published microgpt script"}),
        ("--steps", {"type": int, "default": STEPS, "help": f"steps of training, at most and by default {STEPS}"}),
        runs=1,
    )
    with TemporaryDirectory() as folder:
        told = (options.steps, f"{folder}/losses")
        contenders = [
            Contender("microgpt", published, (options.microgpt, *told)),
            Contender("microgpt with our Value", with_our_value, (options.microgpt, *told)),
            Contender("ours, built anew", ours, ("train", *told)),
            Contender("ours, replayed", ours, ("replay", *told)),
        ]
        results = by_turns(contenders, runs=options.runs)
    peer, swapped, eager, replayed = (results[contender.name] for contender in contenders)
    equal = min(figures["equal losses"] for figures in (swapped, eager, replayed))
    claims = [
        Claim("microgpt's seconds / the same script's with our Value", peer["seconds"] / swapped["seconds"], 5),
        Claim("microgpt's seconds / ours, built anew", peer["seconds"] / eager["seconds"], 5),
        Claim("microgpt's seconds / ours, replayed", peer["seconds"] / replayed["seconds"], 40),
        Claim(f"losses of {options.steps} steps equal to four decimals", equal, options.steps),
    ]
    report(results, claims, runs=options.runs, as_json=options.json)


if __name__ == "__main__":
    main()
