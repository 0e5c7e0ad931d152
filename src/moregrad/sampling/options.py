"""The options of sampling."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Ge, Gt, Le, Lt
from typing_extensions import Doc

from moregrad.configuration import Configuration, Seed, Share, Size


@dataclass(frozen=True)
class Sampling(Configuration):
    """Options of sampling: the words that are wanted, and how their tokens are drawn."""

    title: ClassVar[str] = "sampling"

    count: Annotated[int, Ge(0), Le(10**6), Doc("How many words.")] = 20
    label: Annotated[
        str | None, Doc("Only words of this label, where words have labels; by default of each label its share.")
    ] = None
    prefix: Annotated[str, Doc("Beginning of every word.")] = ""
    temperature: Annotated[
        float, Ge(0), Doc("Below 1 plays it safe, above 1 takes risks; 0 always takes the likeliest.")
    ] = 1.0
    top_k: Annotated[int, Ge(0), Lt(2**31), Doc("Draw only from this many likeliest characters; 0 draws from all.")] = 0
    top_p: Annotated[
        float, Gt(0), Le(1), Doc("Draw only from the likeliest characters whose probabilities add up to this.")
    ] = 1.0
    min_p: Annotated[Share, Doc("Leave out characters less likely than this share of the likeliest one.")] = 0.0
    max_length: Annotated[
        Size | None,
        Doc("Most characters in a word, by default as in the longest of the list; none is cut."),
    ] = None
    novel: Annotated[bool, Doc("Only words that are not in the list the model was trained on.")] = False
    distinct: Annotated[bool, Doc("No word twice.")] = False
    seed: Annotated[Seed, Doc("The same seed gives the same words.")] = 0


@dataclass(frozen=True)
class Top(Configuration):
    """Options of the search for the most probable words."""

    title: ClassVar[str] = "top"

    count: Annotated[int, Ge(0), Le(10**6), Doc("How many words.")] = 20
    label: Annotated[str | None, Doc("Only words of this label, where words have labels; by default of any.")] = None
    prefix: Annotated[str, Doc("Beginning of every word.")] = ""
    max_length: Annotated[Size | None, Doc("Most characters in a word, by default as in the longest of the list.")] = (
        None
    )
    novel: Annotated[bool, Doc("Only words that are not in the list the model was trained on.")] = False
    limit: Annotated[
        int, Ge(1), Lt(2**63), Doc("Most beginnings of words looked at; then those proven so far are given.")
    ] = 20_000_000
