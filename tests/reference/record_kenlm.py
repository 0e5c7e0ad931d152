"""Records what KenLM's modified Kneser-Ney of orders 2 to 6 loses on held-out words, as kenlm.json beside this file;
of a few orders with `--prune` as well.

python tests/reference/record_kenlm.py BUILD/bin/lmplz

`lmplz` is built from https://github.com/kpu/kenlm (here at commit 4cb443e). It reads one word a line, its characters as
tokens; its options are the defaults (unigrams are interpolated) and `--discount_fallback`, without which it refuses
lists that allow no estimate of a discount.

KenLM keeps a share of the uniform distribution for `<unk>`, a character never met in training: it divides by the number
of distinct tokens, the end and `<unk>`, where moregrad divides by the size of the vocabulary. `losses` spreads that
share: with V_K of the one and V of the other,

    p(w | h) = p_K(w | h) + (V_K / V - 1) p_K(<unk> | h)  or  V_K / V p_K(<unk> | h)

for characters met in training and not: it is what KenLM's model is with the uniform distribution over V. `as_printed`
is the loss of p_K itself, null where a character was never met in training.

What is left, at most 2e-5: KenLM computes in float32, and where it estimates discounts it enters the last n-gram of
each length with its plain count rather than its adjusted one (the end of AdjustCounts::Run in
lm/builder/adjust_counts.cc). In a list of few characters, such as the towns, that can decide whether there is any
n-gram of a count, and so whether the discounts of single tokens are estimated or fallbacks.
"""

import json
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from moregrad.data import read_corpus, split

COMMIT = "4cb443e60b7bf2c0ddf3c745378f76cb59e254e5"
LISTS = (("names", "lecture"), ("names", "words"), ("first-names", "words"), ("faker:city:en_US", "words"))
ORDERS = range(2, 7)
PRUNED = ((4, [0, 0, 1]), (6, [0, 0, 1]), (6, [0, 1, 1, 2]), (5, [0, 0, 0, 3]))
UNKNOWN = "<unk>"

Gram = tuple[str, ...]


class Arpa:
    """Probabilities and back-off weights as a file in ARPA's format has them."""

    def __init__(self, text: str) -> None:
        self.probability: dict[Gram, float] = {}
        self.backoff: dict[Gram, float] = {}
        for line in text.splitlines():
            probability, *rest = line.split("\t")
            if rest:
                gram = tuple(rest[0].split(" "))
                self.probability[gram] = 10 ** float(probability)
                self.backoff[gram] = 10 ** float(rest[1]) if len(rest) > 1 else 1.0
        self.tokens = sum(len(gram) == 1 and gram != ("<s>",) for gram in self.probability)

    def __call__(self, history: Gram, token: str) -> float:
        """p(token | history) by the longest n-gram that the file has."""
        if (*history, token) in self.probability:
            return self.probability[*history, token]
        if not history:
            return self.probability[UNKNOWN,]
        return self.backoff.get(history, 1.0) * self(history[1:], token)


def spell(word: str) -> list[str]:
    """The characters as tokens without white space."""
    return [f"u{ord(character):x}" for character in word]


def predictions(words: Sequence[str], order: int) -> Iterator[tuple[Gram, str]]:
    """Every token and end of the words, with at most `order` - 1 tokens before it."""
    for word in words:
        tokens = ("<s>", *spell(word), "</s>")
        for position in range(1, len(tokens)):
            yield tokens[max(0, position - order + 1) : position], tokens[position]


def losses(model: Arpa, words: Sequence[str], order: int, vocab: int) -> dict[str, float | None]:
    """Mean nats per prediction of `words`, spread over a vocabulary of `vocab` tokens and as printed."""
    asked = Counter(predictions(words, order))
    spread = printed = 0.0
    for (history, token), times in asked.items():
        unknown, met = model(history, UNKNOWN), (token,) in model.probability
        probability = model(history, token)
        spread -= times * math.log(probability + (model.tokens / vocab - 1) * unknown)
        printed -= times * math.log(probability) if met else math.inf
    as_printed = printed / asked.total() if math.isfinite(printed) else None
    return {"losses": spread / asked.total(), "as_printed": as_printed}


def estimate(lmplz: str, words: Iterable[str], order: int, *options: str) -> str:
    """The model of some words in ARPA's format."""
    text = "".join(f"{' '.join(spell(word))}\n" for word in words)
    command = [lmplz, "-o", str(order), "-S", "10%", "--discount_fallback", *options]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def figures(lmplz: str, source: str, how: str) -> dict[str, Any]:
    """The losses on one list's validation words, order by order."""
    corpus = read_corpus(source, keep_duplicates=how == "lecture")
    splits = split(corpus, how)
    rows = []
    for order in ORDERS:
        model = Arpa(estimate(lmplz, splits.train, order))
        rows.append({"order": order} | losses(model, splits.validation.to_list(), order, len(corpus.vocabulary)))
    return {"source": source, "split": how, "fingerprint": corpus.fingerprint, "validation": rows}


def pruned(lmplz: str) -> list[dict[str, Any]]:
    """The losses of pruned models on the validation words of names."""
    corpus = read_corpus("names", keep_duplicates=True)
    splits, rows = split(corpus, "lecture"), []
    for order, prune in PRUNED:
        model = Arpa(estimate(lmplz, splits.train, order, "--prune", *map(str, prune)))
        found = losses(model, splits.validation.to_list(), order, len(corpus.vocabulary))
        rows.append({"order": order, "prune": prune, "ngrams": len(model.probability)} | found)
    return rows


def main(lmplz: str) -> None:
    lists = [figures(lmplz, source, how) for source, how in LISTS]
    recorded = {"kenlm": COMMIT, "lists": lists, "pruned": pruned(lmplz)}
    Path(__file__).with_name("kenlm.json").write_text(json.dumps(recorded, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
