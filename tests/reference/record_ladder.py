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
from moregrad.data.examples import Windows
from moregrad.evaluation.diagnostics import calibrate
from moregrad.evaluation.surprisal import surprisals
from moregrad.lectures import hand_training, manual, runs
from moregrad.lectures.runs import PublishedRun
from moregrad.lessons.rungs import RECORDED, Rung
from moregrad.models.model import Model

READ = {"keep_duplicates": True}
OWN = "the model's own recipe"
LECTURE = "the lecture's 200,000 steps of gradient descent"


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
class ByHand:
    """The fourth lecture's network, trained with gradients written by hand."""

    lesson: int = 8
    recipe: str = LECTURE + ", gradients by hand"
    parameters: int = 12_297

    def losses(self) -> tuple[int, float, float]:
        corpus = read_corpus("names", **READ)
        parts = split(corpus, "lecture")
        examples = Windows.of(corpus.encode(parts.train), manual.CONTEXT)
        trained, _ = hand_training.train(examples)
        model = calibrate(hand_training.network(trained), examples)
        validation, test = (_loss(model, corpus.encode(part)) for part in (parts.validation, parts.test))
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
    "trigram counts": Trained(
        4, "counts of triples, each plus 0.1", "ngram", {"order": 3, "smoothing": "add-k", "k": 0.1}
    ),
    "bigram counts": Trained(4, "counts of pairs, each plus 1", "ngram", {"order": 2, "smoothing": "add-k", "k": 1}),
    "Kneser-Ney of order 5": Trained(
        4, "modified Kneser-Ney, order 5", "ngram", {"order": 5, "smoothing": "kneser-ney"}
    ),
    "bigram by gradient": Trained(5, OWN, "bigram", {}),
    "MLP": Published(6, LECTURE, runs.INITIALIZATIONS["original"], 11_897),
    "MLP, well initialised": Published(7, LECTURE, runs.INITIALIZATIONS["kaiming"], 11_897),
    "MLP with BatchNorm": Published(7, LECTURE, runs.BATCHNORM_MLP, 12_097),
    "MLP by hand": ByHand(),
    "WaveNet": Published(9, LECTURE, runs.WAVENET, 76_579),
    "dilated convolutions": Trained(9, "4,000 steps of Adam, dropout 0.1", "cnn", {"steps": 4000, "dropout": 0.1}),
    "RNN": Trained(10, "8,000 steps of Adam", "rnn", {"steps": 8000}),
    "GRU": Trained(10, "4,000 steps of Adam, dropout 0.2", "gru", {"steps": 4000, "dropout": 0.2}),
    "LSTM": Trained(10, "4,000 steps of Adam, dropout 0.2", "lstm", {"steps": 4000, "dropout": 0.2}),
    "Transformer": Trained(10, "4,000 steps of Adam, dropout 0.1", "transformer", {"steps": 4000, "dropout": 0.1}),
    "GPT of microgpt's size": Trained(
        11,
        "1,000 steps of Adam, a row of 64 characters each",
        "transformer",
        {
            "embedding": 16,
            "depth": 1,
            "positions": "learned",
            "activation": "relu",
            "steps": 1000,
            "batch_size": 1,
            "learning_rate": 0.01,
            "warmup_steps": 0,
        },
    ),
    "the default, networks on counts": Trained(11, OWN, "stack", {}),
}


def record(names: list[str]) -> None:
    for name in names or RUNGS:
        asked = RUNGS[name]
        parameters, validation, test = asked.losses()
        rung = Rung(name, asked.lesson, parameters, round(validation, 6), round(test, 6), asked.recipe)
        print(rung, flush=True)
        recorded = {rung["name"]: rung for rung in json.loads(RECORDED.read_text())} | {name: asdict(rung)}
        RECORDED.write_text(json.dumps([recorded[known] for known in RUNGS if known in recorded], indent=1) + "\n")


if __name__ == "__main__":
    record(sys.argv[1:])
