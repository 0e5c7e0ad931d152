"""Published figures that a lesson must show among its outputs, by the topic of the lesson."""

import json
from pathlib import Path

from moregrad.lectures import manual
from moregrad.lectures.figures import published

MOONS, MICROGPT = published("moons"), published("microgpt")
BIGRAMS, LAYER = published("bigrams"), published("one-layer")
KENLM = json.loads((Path(__file__).parents[1] / "reference" / "kenlm.json").read_text())

SHOWN: dict[str, list[str]] = {
    # nn-zero-to-hero, lecture 1, and micrograd's README
    "derivatives": [
        "20.0",
        "+2.99938e-06",
        "d = 4.0",
        "0.9999999999976694",
        "a 6.0  b -4.0  c -2.0  e -2.0  d -2.0  f 4.0",
        "-3.9999999999995595",
        "-8.0 becomes -7.286496",
        "by a: 2.0",
        "f: -6.0  by a: -3.0  by b: -8.0  by d: 1.0  by e: -6.0",
        "24.7041, by a: 138.8338, by b: 645.5773",
    ],
    # micrograd's trace_graph and demo, and nn-zero-to-hero, lecture 1
    "neurons": [
        "0.23550571390294128 0.06653114721000164",
        "0.8813735870195432",
        "0.707106781186547",
        "{'x1': -1.5, 'w1': 1.0, 'x2': 0.5, 'w2': 0.0}",
        "e: 5.8284  e + 1: 6.8284  inverse: 0.1464",
        "by e - 1: 0.1464  by inverse: 4.8284  by e + 1: -0.1036  by e: 0.0429  by 2: 0.2203  by 2n: 0.2500",
        "0.7071066904050358 {'x1': -1.5000003851533106, 'w1': 1.0000002567688737, 'x2': 0.5000001283844369, 'w2': 0.0}",
        "41 parameters",
        "337 parameters",
        *(
            f"{int(step):2}: {loss:.7f} {MOONS['accuracies']['values'][step]:3}%"
            for step, loss in MOONS["losses"]["values"].items()
        ),
        "0.0109783701354927",
        "from -1.548639298268643 to 1.951360701731357",
    ],
    # names.txt, and nn-zero-to-hero, lectures 3 to 5: the first names and the examples of their split
    "names": [
        "32033 ['emma', 'olivia', 'ava', 'isabella', 'sophia', 'charlotte']",
        "2 15",
        "29494 Counter({1: 26955, 2: 2539})",
        "228146",
        "['yuheng', 'diondre', 'xavien', 'jori', 'juanluis']",
        "25626 names, 182625 predictions",
        "3203 names, 22655 predictions",
        "3204 names, 22866 predictions",
        "Leakage(validation=424, test=377)",
    ],
    # nn-zero-to-hero, lecture 1; KenLM, to four decimals
    "counting": [
        *(f"({tuple(pair)}, {count})" for pair, count in list(BIGRAMS["counts"]["values"].items())[:5]),
        "627",
        "228146",
        "['mor', 'axx', 'minaymoryles', 'kondlaisah', 'anchshizarie']",
        *(str(loss)[:12] for loss in BIGRAMS["losses"]["values"].values()),
        f"-{BIGRAMS['totals']['values']['counts']:.6f}"[:-1],
        "mean inf nats",
        *(f"{nats:.4f}" for nats in BIGRAMS["andrejq"]["values"]),
        f"mean {BIGRAMS['whole names']['values']['andrejq']:.6f} nats",
        *(str(figures["losses"])[:6] for figures in KENLM["lists"][0]["validation"]),
    ],
    # nn-zero-to-hero, lecture 1
    "gradient": [
        "[ 0  5 13 13  1] [ 5 13 13  1  0]",
        "[0.01228625 0.0180507  0.02669153 0.07367686 0.01497753]",
        *(f"step {step}: {loss:.4f}" for step, loss in LAYER["emma"]["values"].items()),
        *(f"step {step}: {loss:.6f}" for step, loss in LAYER["losses"]["values"]["50"].items()),
        str(LAYER["names"]["values"]),
    ],
    # nn-zero-to-hero, lecture 2, and a notebook on its first network
    "mlp": ["emm ---> a", "(32, 3, 2)", "3481", "17.7697", "3.98584", "0.3367", "0.2561", "10.7095", "(25626, 182625)"],
    # nn-zero-to-hero, lecture 3
    "initialization": [
        *("27.8817", "3.3220", "3.3134", "3.3179", "3.3239", "2.0322"),
        *("2.78%", "2.56%", "2.25%", "1.69%", "1.88%"),
        *("2.6407e-03", "2.2456e-03", "2.0457e-03", "1.9831e-03", "1.9524e-03"),
        *("8.0205e-03", "9.2411e-03", "7.1329e-03", "6.2343e-03", "5.7422e-03", "5.6722e-03"),
        "BatchNorm was given 1 row",
    ],
    # nn-zero-to-hero, lecture 4, with gain 1 and bias 0
    "backprop": ["3.3396", *(f"\n{name} " for name in manual.GRADIENTS if name != "logprobs")],
    # nn-zero-to-hero, lecture 5
    "wavenet": ["step 0: 3.3167, step 10,000: 2.0576"],
    # microgpt
    "gpt": [
        "4192",
        *(f"step {step}: {loss:.4f}" for step, loss in enumerate(MICROGPT["losses"]["values"][:6], start=1)),
        f"step 1,000: {MICROGPT['losses']['values'][-1]:.4f}",
        *MICROGPT["names"]["values"],
    ],
}
