"""Every benchmark that makes a claim, one after the other, and all the claims in one table.

    python benchmarks/every_claim.py --makemore PATH/makemore.py --microgpt PATH/microgpt.py [--runs 5]

Takes about an hour on two cores that have nothing else to do. PyTorch, micrograd and tensorboard must be installed:
`pip install '.[bench]' tensorboard`.
"""

import json
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from measuring import plain

HERE = Path(__file__).parent
ALONE = ("lecture_mlp", "lecture_wavenet", "startup", "hand_gradients", "scalar_moons", "scalar_graph", "quality")
BESIDE_MAKEMORE = ("makemore_models", "time_to_loss", "sampling_scoring")


def claims(script: str, *options: str) -> list[dict[str, Any]]:
    """The claims of `script`, with the script's name."""
    command = [sys.executable, str(HERE / f"{script}.py"), "--json", *options]
    printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [{"script": script, **claim} for claim in json.loads(printed)["claims"]]


def main() -> None:
    """Runs all and prints the table."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--makemore", required=True, help="path of makemore.py")
    parser.add_argument("--microgpt", required=True, help="path of the published microgpt script")
    parser.add_argument("--runs", type=int, default=5, help="measurements of each contender (5)")
    options = parser.parse_args()
    runs = ("--runs", str(options.runs))
    found = [claim for script in ALONE for claim in claims(script, *runs)]
    found += [claim for script in BESIDE_MAKEMORE for claim in claims(script, *runs, "--makemore", options.makemore)]
    found += claims("microgpt", "--microgpt", options.microgpt)
    found += claims("serving")
    print("| claim | measured | target | | benchmark |\n|---|---:|---:|---|---|")
    for claim in found:
        bound = f"{'at most' if claim['at_most'] else 'at least'} {plain(claim['target'])}"
        met = "met" if claim["met"] else "missed"
        print(f"| {claim['text']} | {plain(claim['value'])} | {bound} | {met} | {claim['script']}.py |")


if __name__ == "__main__":
    main()
