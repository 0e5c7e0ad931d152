"""Words that are wanted, drawn as `moregrad sample` draws them, beside those of rejection: speed and total variation.

    python benchmarks/wanted_words.py RUN [--draws 200000]

Rejection keeps the wanted words among free draws. Both samples are compared by the shares of their lengths, of their
pairs of neighbouring characters, and of the words that are likeliest among them. Samples of one distribution differ as
well: what that comes to is the mean of resampling both from all words together, shown in brackets.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import numpy as np

import moregrad
from moregrad.sampling.constraints import Constraints
from moregrad.sampling.options import Sampling

WISHES = {
    "q?????a": {"pattern": "q?????a"},
    "*ette": {"suffix": "ette"},
    "5-8": {"length": "5-8"},
    "*x*": {"contains": "x"},
    "??a": {"pattern": "??a"},
    "*x*, temperature 0.7, top_p 0.9": {"contains": "x", "temperature": 0.7, "top_p": 0.9},
}
FEATURES: dict[str, Callable[[str], list[str]]] = {
    "lengths": lambda word: [str(len(word))],
    "pairs": lambda word: list(map("".join, pairwise(f".{word}."))),
    "words": lambda word: [word],
}
COUNT, HEAD, RESAMPLES = 4000, 30, 50


def shares(words: np.ndarray, feature: Callable[[str], list[str]], names: list[str]) -> np.ndarray:
    """Returns what share of the features of `words` each of `names` is, and last what all others are."""
    counts = Counter(name for word in words for name in feature(word))
    found = np.array([counts[name] for name in names], float)
    return np.append(found, counts.total() - found.sum()) / counts.total()


def variation(one: np.ndarray, other: np.ndarray, feature: Callable[[str], list[str]]) -> float:
    """Returns the total variation of the features of two samples; words beyond the likeliest count as one."""
    common = Counter(name for word in (*one, *other) for name in feature(word)).most_common(None)
    names = [name for name, _ in (common[:HEAD] if feature is FEATURES["words"] else common)]
    return float(abs(shares(one, feature, names) - shares(other, feature, names)).sum() / 2)


def compare(one: np.ndarray, other: np.ndarray) -> str:
    """Returns the total variation by each feature, and that of samples of one distribution in brackets."""
    random, both, cells = np.random.default_rng(0), np.concatenate([one, other]), []
    for name, feature in FEATURES.items():
        mixed = [random.permutation(both) for _ in range(RESAMPLES)]
        alike = [variation(words[: len(one)], words[len(one) :], feature) for words in mixed]
        cells.append(f"{name} {variation(one, other, feature):.3f} ({np.mean(alike):.3f})")
    return ", ".join(cells)


def free_words(run: moregrad.Run, wish: dict, draws: int) -> np.ndarray:
    """Returns the wanted words among so many free draws."""
    plain = {name: wish[name] for name in ("temperature", "top_p") if name in wish}
    words = [sample.word for sample in run.sample(draws, seed=1, **plain)]
    automaton = Constraints.of(Sampling().replace(**wish), run.vocabulary, longest=run.block - 1).automaton
    assert automaton is not None
    encoded = moregrad.data.EncodedWords.of(words, run.vocabulary)
    return np.array(words)[automaton.accepts(encoded)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run")
    parser.add_argument("--draws", type=int, default=200_000)
    asked = parser.parse_args()
    run = moregrad.load(asked.run)
    for name, wish in WISHES.items():
        seconds = []
        for seed in range(3):
            start = time.perf_counter()
            run.sample(20, seed=seed, **wish)
            seconds.append(time.perf_counter() - start)
        start = time.perf_counter()
        found = np.array([sample.word for sample in run.sample(COUNT, **wish)])
        rate = len(found) / (time.perf_counter() - start)
        kept = free_words(run, wish, asked.draws)
        first, again = seconds[0], min(seconds[1:])
        print(f"{name}: 20 words in {first:.2f} s, compiled {again:.2f} s; {rate:,.0f} words/s")
        told = compare(found, kept) if len(kept) else "none to compare"
        print(f"    {len(kept):,} of {asked.draws:,} free draws are wanted: {told}", flush=True)


if __name__ == "__main__":
    main()
