"""Records the ladder of the lessons: trains every model of the road on names.txt in the lecture split.

    MOREGRAD_DATA=folder python tests/reference/record_ladder.py [NAME ...]

Named rungs are recorded anew, all others stay as they are in src/moregrad/lessons/ladder.json.
"""

import json
import math
import sys
from dataclasses import asdict, dataclass

import moregrad
from moregrad.data import read_corpus, split
from moregrad.evaluation.surprisal import surprisals
from moregrad.lectures import runs
from moregrad.lectures.runs import PublishedRun
from moregrad.lessons.rungs import RECORDED, Rung
from moregrad.models.model import Model

READ = {"keep_duplicates": True}


@dataclass(frozen=True)
class Trained:
    """A rung that `moregrad.train` gives."""

    lesson: int
    recipe: str
    model: str
    settings: dict

    def losses(self) -> tuple[int | None, float, float]:
        run = moregrad.train("names", self.model, split="lecture", **READ, **self.settings)
        evaluated = run.evaluate()
        parameters = None if run.architecture.name == "ngram" else run.record.parameters
        return parameters, evaluated["validation"].all.nats, evaluated["test"].all.nats


@dataclass(frozen=True)
class Published:
    """A rung that is a run of the lectures."""

    lesson: int
    recipe: str
    run: PublishedRun
    parameters: int

    def losses(self) -> tuple[int, float, float]:
        corpus = read_corpus("names", **READ)
        parts = split(corpus, "lecture")
        *_, last = self.run.replay(corpus.encode(parts.train), every=self.run.recipe.steps)
        validation, test = (_loss(last.model, corpus.encode(part)) for part in (parts.validation, parts.test))
        return self.parameters, validation, test


@dataclass(frozen=True)
class Uniform:
    """27 equal probabilities."""

    lesson: int = 4
    recipe: str = "27 equal probabilities"

    def losses(self) -> tuple[int, float, float]:
        return 0, math.log(27), math.log(27)


def _loss(model: Model, encoded) -> float:
    return float(surprisals(model, encoded).mean(dtype="float64"))


RUNGS = {
    "uniform": Uniform(),
    "unigram counts": Trained(4, "counts of single letters", "ngram", {"order": 1, "smoothing": "add-k", "k": 1}),
    "bigram counts": Trained(4, "counts of pairs, each plus 1", "ngram", {"order": 2, "smoothing": "add-k", "k": 1}),
    "Kneser-Ney of order 5": Trained(
        4, "modified Kneser-Ney, order 5", "ngram", {"order": 5, "smoothing": "kneser-ney"}
    ),
    "bigram by gradient": Trained(5, "the model's own recipe", "bigram", {}),
    "MLP with BatchNorm": Published(
        7, "the third lecture's 200,000 steps of gradient descent", runs.BATCHNORM_MLP, 12_097
    ),
    "WaveNet": Published(9, "the fifth lecture's 200,000 steps of gradient descent", runs.WAVENET, 76_579),
    "dilated convolutions": Trained(9, "the model's own recipe", "cnn", {}),
    "RNN": Trained(10, "the model's own recipe", "rnn", {}),
    "GRU": Trained(10, "the model's own recipe", "gru", {}),
    "LSTM": Trained(10, "the model's own recipe", "lstm", {}),
    "Transformer": Trained(10, "the model's own recipe", "transformer", {}),
    "the default, a mixture": Trained(11, "the model's own recipe", "mixture", {}),
}


def record(names: list[str]) -> None:
    recorded = {rung["name"]: rung for rung in json.loads(RECORDED.read_text())} if RECORDED.exists() else {}
    for name in names or RUNGS:
        asked = RUNGS[name]
        parameters, validation, test = asked.losses()
        rung = Rung(name, asked.lesson, parameters, round(validation, 6), round(test, 6), asked.recipe)
        recorded[name] = asdict(rung)
        print(rung, flush=True)
    RECORDED.write_text(json.dumps([recorded[name] for name in RUNGS if name in recorded], indent=1) + "\n")


if __name__ == "__main__":
    record(sys.argv[1:])
