"""Published figures that a lesson must show among its outputs, by the topic of the lesson."""

from moregrad.lectures import manual
from moregrad.lectures.figures import published

MOONS, MICROGPT = published("moons"), published("microgpt")

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
