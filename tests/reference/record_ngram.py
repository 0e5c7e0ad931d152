"""Records what n-grams counted with dictionaries lose on names.txt, as ngram.json beside this file.

python tests/reference/record_ngram.py NAMES.TXT

The split is the lectures': one shuffle of the list at Python's seed 42, then 80, 10 and 10 percent.
"""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

from models.dictionary_ngrams import Probability, add_k, kneser_ney, predictions, witten_bell

VOCAB = 27
SMOOTHINGS = {"add-k": add_k, "witten-bell": witten_bell, "kneser-ney": kneser_ney}
MODELS = (
    {"order": 2, "smoothing": "add-k", "k": 0.3},
    {"order": 3, "smoothing": "add-k", "k": 0.1},
    {"order": 4, "smoothing": "add-k", "k": 0.1},
    {"order": 5, "smoothing": "add-k", "k": 0.1},
    {"order": 3, "smoothing": "witten-bell"},
    {"order": 4, "smoothing": "witten-bell"},
    {"order": 5, "smoothing": "witten-bell"},
    {"order": 6, "smoothing": "witten-bell"},
    {"order": 3, "smoothing": "kneser-ney"},
    {"order": 5, "smoothing": "kneser-ney"},
)


def loss(probability: Probability, words: Sequence[Sequence[int]], order: int) -> float:
    """Mean nats per prediction."""
    counts = Counter(predictions(words, order))
    return math.fsum(-math.log(probability(*asked)) * times for asked, times in counts.items()) / counts.total()


def lecture_split(names: Path) -> dict[str, list[list[int]]]:
    """The three parts as tokens, a = 1 to z = 26."""
    words = [[ord(character) - ord("a") + 1 for character in word] for word in names.read_text().split()]
    random.Random(42).shuffle(words)
    first, second = int(0.8 * len(words)), int(0.9 * len(words))
    return {"train": words[:first], "validation": words[first:second], "test": words[second:]}


def figures(architecture: dict[str, Any], parts: dict[str, list[list[int]]]) -> dict[str, Any]:
    """One model's losses on the three parts, trained on the first."""
    smoothing, options = SMOOTHINGS[architecture["smoothing"]], {"k": architecture["k"]} if "k" in architecture else {}
    probability = smoothing(parts["train"], architecture["order"], VOCAB, **options)
    losses = {name: loss(probability, words, architecture["order"]) for name, words in parts.items()}
    return {"architecture": architecture, "losses": losses}


def main(names: str) -> None:
    parts = lecture_split(Path(names))
    recorded = [figures(architecture, parts) for architecture in MODELS]
    Path(__file__).with_name("ngram.json").write_text(json.dumps(recorded, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
