"""The forms of requests and answers; OpenAPI describes them, and requests are checked by them."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from moregrad.evaluation.scores import Evaluation
from moregrad.runs.run import Run
from moregrad.web.registry import Entry

Label = str | None
Nats = float | None


class Words(msgspec.Struct, forbid_unknown_fields=True):
    """Words to score. Where words have labels, `label` is that which they are given, by default any."""

    words: list[str]
    label: Label = None


class Score(msgspec.Struct):
    """A word's surprisal in nats, that of each character and of the end, the split that holds it, and its percentile.

    `percentile` is the share of held-out words, in percent, that cost more nats per character. Of a word that cannot be
    scored only the `problem` is told. null stands for infinity and for what does not apply.
    """

    word: str
    nats: Nats
    nats_per_character: Nats
    surprisal: list[float] | None
    problem: str | None
    where: str | None
    percentile: float | None


class Scores(msgspec.Struct):
    """A score for each word, in the order of the request."""

    scores: list[Score]


class Made(msgspec.Struct, omit_defaults=True):
    """A word that a model made: its surprisal in nats, and the split that holds it, or "new"."""

    word: str
    nats: Nats
    nats_per_character: Nats
    where: str
    label: Label = None


class Samples(msgspec.Struct):
    """New words; `shortage` says why they are fewer than asked for, and is empty if they are not."""

    samples: list[Made]
    shortage: str


class Prefix(msgspec.Struct, forbid_unknown_fields=True):
    """The beginning of a word, empty for its first character."""

    prefix: str = ""
    label: Label = None


class Following(msgspec.Struct):
    """The probability of each character after a prefix, the likeliest first; "end" is the end of the word."""

    prefix: str
    probabilities: dict[str, float]


class Word(msgspec.Struct, forbid_unknown_fields=True):
    """A word to explain."""

    word: str
    label: Label = None


class Character(msgspec.Struct):
    """A character of a word: its surprisal, its probability and rank, and the likeliest in its place."""

    character: str
    nats: Nats
    probability: float
    rank: int
    expected: dict[str, float]


class Explained(msgspec.Struct):
    """A word character by character, its end included; `where` is the split that holds it, or "new"."""

    word: str
    where: str
    nats: Nats
    nats_per_character: Nats
    characters: list[Character]


class Measured(msgspec.Struct, forbid_unknown_fields=True):
    """Words to measure the loss on, by default those of the splits; `label` is that of the words."""

    words: list[str] | None = None
    label: Label = None


class Losses(msgspec.Struct):
    """The loss on each split, or on "words": over all words, and over those not trained on."""

    losses: dict[str, dict[str, Any]]


class Map(msgspec.Struct):
    """Characters and their places in the plane by their embeddings, or the `reason` why there are none.

    `shares` are those of the variance that each axis keeps, `size` is the length of an embedding.
    """

    characters: list[str] = []
    places: list[tuple[float, float]] = []
    shares: list[float] = []
    size: int = 0
    note: str = ""
    reason: str = ""


class Shown(msgspec.Struct):
    """The facts of a run that a page shows: its list, model, losses, map, and the losses of its held-out words."""

    facts: dict[str, Any]


class Listed(msgspec.Struct):
    """A list that has a name here."""

    name: str
    description: str


class Source(msgspec.Struct, forbid_unknown_fields=True):
    """A list by its name, and fields of the reading, such as {"lower": true, "column": "name"}."""

    source: str
    settings: dict[str, bool | int | float | str | None] = {}


class Report(msgspec.Struct):
    """The contents of a list, and the words that cleaning left out of it."""

    source: str
    origin: str
    fingerprint: str
    cleaning: dict[str, Any]
    summary: dict[str, Any]


class Steps(msgspec.Struct, forbid_unknown_fields=True):
    """The step up to which a run goes on, by default that at which it was to end."""

    steps: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] | None = None


class Brief(msgspec.Struct):
    """A run in short; losses are mean nats per character on each split, if they were measured."""

    name: str
    model: str
    source: str
    fingerprint: str
    parameters: int
    step: int
    steps: int
    seconds: float
    losses: dict[str, Nats]
    labels: list[str]
    training: str | None

    @classmethod
    def of(cls, entry: Entry) -> "Brief":
        """Describes the run of `entry`; `training` is None if none was begun here."""
        run = entry.run
        return cls(
            name=entry.name,
            model=run.architecture.name,
            source=run.record.source,
            fingerprint=run.record.fingerprint,
            parameters=run.record.parameters,
            step=run.step,
            steps=run.recipe.steps,
            seconds=run.record.seconds,
            losses={name: loss.all.nats for name, loss in (run.record.losses or {}).items()},
            labels=list(run.record.labels or ()),
            training=entry.training and entry.training.state,
        )


class Facts(Brief):
    """All that is known of a run."""

    vocabulary: str
    longest: int
    lower: bool
    architecture: dict[str, Any]
    recipe: dict[str, Any]
    metrics: list[dict[str, Any]]
    record: dict[str, Any]
    failure: str

    @classmethod
    def of(cls, entry: Entry) -> "Facts":
        """Describes the run of `entry` in full."""
        run = entry.run
        return cls(
            **msgspec.structs.asdict(Brief.of(entry)),
            vocabulary=_plain(run),
            longest=run.block - 1,
            lower=run.record.lower,
            architecture=run.architecture.to_dict(),
            recipe=run.recipe.to_dict(),
            metrics=[each.to_dict() for each in run.metrics],
            record=run.record.to_dict(),
            failure=entry.training.failure if entry.training else "",
        )


def _plain(run: Run) -> str:
    """Returns the characters of words, without those that stand for labels."""
    return run.given().vocabulary.characters


def to_losses(found: Mapping[str, Evaluation]) -> Losses:
    """Returns evaluations as an answer."""
    return Losses({name: evaluation.to_dict() for name, evaluation in found.items()})
