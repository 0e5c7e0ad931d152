"""The most that the JSON interface takes and does."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Ge, Gt, Le
from typing_extensions import Doc

from moregrad.configuration import Configuration

Most = Annotated[int, Ge(1), Le(2**40)]


@dataclass(frozen=True)
class Limits(Configuration):
    """The most that is read of a request, and that requests may ask for."""

    title: ClassVar[str] = "limits"

    body: Annotated[Most, Doc("Bytes of a request in JSON.")] = 2**20
    upload: Annotated[Most, Doc("Bytes of a list that is uploaded; four times as many after decompression.")] = 2**24
    uploads: Annotated[Most, Doc("Uploaded lists that are kept; the oldest is let go.")] = 16
    words: Annotated[Most, Doc("Words of a request.")] = 10_000
    characters: Annotated[Most, Doc("Characters of a word, a prefix, or what else is spelled.")] = 1_000
    samples: Annotated[Most, Doc("Words made for a request.")] = 1_000
    list_words: Annotated[Most, Doc("Words of a list to train on or to report on.")] = 500_000
    parameters: Annotated[Most, Doc("Parameters of a model to train.")] = 10_000_000
    steps: Annotated[Most, Doc("Steps of a training.")] = 100_000
    trainings: Annotated[Most, Doc("Trainings at once.")] = 1
    requests: Annotated[Most, Doc("Requests at once.")] = 512
    waiting: Annotated[Most, Doc("Requests at once that compute, those that only score words aside.")] = 32
    streams: Annotated[Most, Doc("Streams of events at once.")] = 32
    seconds: Annotated[float, Gt(0), Le(3600), Doc("Seconds for which a request waits for its answer.")] = 60.0
