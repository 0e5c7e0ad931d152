"""The options of pictures."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Ge, Le
from typing_extensions import Doc

from moregrad.configuration import Configuration, Magnitude, Seed


@dataclass(frozen=True)
class Plotting(Configuration):
    """Options of pictures: what is drawn, where there is a choice."""

    title: ClassVar[str] = "picture"

    prefix: Annotated[str, Doc("Beginning of a word, for probabilities.")] = ""
    word: Annotated[str, Doc("Word that is looked at, by default the first of the test words.")] = ""
    label: Annotated[str | None, Doc("Label that is given, where words have labels; by default any.")] = None
    layer: Annotated[str, Doc("Draw only layers whose path holds this text.")] = ""
    smoothing: Annotated[Magnitude, Doc("Add this to every count of a pair.")] = 0.0
    steps: Annotated[int, Ge(1), Le(10**5), Doc("Steps whose updates are drawn, from the first.")] = 500
    count: Annotated[int, Ge(1), Le(10**6), Doc("New words that are compared with the list.")] = 1000
    seed: Annotated[Seed, Doc("The same seed gives the same new words.")] = 0
