"""Trains the network that short lists begin with, and writes it into the package with its figures beside this script.

    MOREGRAD_DATA=folder python tests/reference/record_start.py

It takes a few minutes of one core. The words are those of Faker (MIT, copyright 2012 Daniele Faraglia): names, towns,
streets, companies, jobs, colours and words of all its locales in Latin, Greek and Cyrillic letters, without those that
benchmarks hold out, whatever their case and accents.
"""

import json
from pathlib import Path

import faker
import jax.random as jr
from start_lists import small_lists
from start_pool import LONGEST, common, gather, held_out, without

from moregrad.data.vocabulary import Vocabulary
from moregrad.models.gru import GRU
from moregrad.models.stack import Stack
from moregrad.models.transfer import Start
from moregrad.runs.starting import NAME, SHIPPED_FILE, pack
from moregrad.training.loop import train

ARCHITECTURE = Stack((GRU(hidden=64, dropout=0.1),), copies=4)
RECIPE = ARCHITECTURE.recipe.replace(steps=2500)
LARGEST, PREDICTIONS = 2_000, 1_200_000
"""Words of the largest list that is trained on, and predictions of all lists."""


def main() -> None:
    """Trains and writes; prints the loss of each hundred steps."""
    lists, taken = without(gather(), held_out())
    lists = common(lists)
    words = {word for each in lists.values() for word in each}
    vocabulary = Vocabulary.of(sorted(words))
    examples = small_lists(
        lists,
        vocabulary,
        ARCHITECTURE.orders,
        longest=LARGEST,
        predictions=PREDICTIONS,
        networks=ARCHITECTURE.copies,
    )
    model = ARCHITECTURE.build(len(vocabulary), LONGEST + 1, key=jr.key(RECIPE.seed))
    for report in train(model, examples, RECIPE, every=100):
        print(report.step, report.losses.mean(), flush=True)
        model = report.model
    figures = {
        "faker": faker.VERSION,
        "licence": "MIT, copyright 2012 Daniele Faraglia",
        "lists": len(lists),
        "words": len(words),
        "taken_out": taken,
        "trained_on": len(examples.slots),
    }
    SHIPPED_FILE.write_bytes(pack(Start(NAME, ARCHITECTURE, vocabulary, LONGEST + 1, model), figures))
    figures["bytes"] = SHIPPED_FILE.stat().st_size
    Path(__file__).with_name("start.json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
