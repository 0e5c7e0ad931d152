"""The options of sampling."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from annotated_types import Ge, Gt, Le, Lt
from typing_extensions import Doc

from moregrad.configuration import Configuration, Count, Seed, Share, Size, shorten
from moregrad.sampling.spans import FORMS, is_span

SPELLED = ("prefix", "suffix", "contains", "pattern", "without")
"""Options that are written in the letters of words."""
WISHES = (*SPELLED, "length", "syllables", "ban", "unlike")
"""Options that say how words are to be spelled."""


@dataclass(frozen=True)
class Wanted(Configuration):
    """Options that say which words are wanted; all of them may be combined."""

    count: Annotated[int, Ge(0), Le(10**6), Doc("How many words.")] = 20
    label: Annotated[
        str | None, Doc("Only words of this label, where words have labels; by default of all labels.")
    ] = None
    prefix: Annotated[str, Doc("Beginning of every word.")] = ""
    suffix: Annotated[str, Doc("End of every word.")] = ""
    contains: Annotated[str, Doc("Characters that follow one another in every word.")] = ""
    pattern: Annotated[
        str, Doc("Form of every word: ? one character, * any number, [aeiou], [^a-m], (ab|cd), + and {2,3} repeat.")
    ] = ""
    length: Annotated[str, Doc("Characters in a word, such as 5-8, 5, 5- or -8.")] = ""
    syllables: Annotated[str, Doc("Syllables in a word, such as 2-3; roughly, vowels in a row make one.")] = ""
    without: Annotated[str, Doc("Characters that are in no word.")] = ""
    ban: Annotated[str, Doc("Words not to give, such as anna,*bad*, or a file; * is any number of characters.")] = ""
    unlike: Annotated[int, Ge(0), Le(100), Doc("Least number of edits between a word and every word of the list.")] = 0
    max_length: Annotated[
        Size | None, Doc("Most characters in a word, by default as in the longest of the list; none is cut.")
    ] = None
    novel: Annotated[bool, Doc("Only words that are not in the list the model was trained on.")] = False

    def __post_init__(self) -> None:
        """Raises ConfigurationError for a value that is not allowed."""
        super().__post_init__()
        for name in ("length", "syllables"):
            self.require(name, not getattr(self, name) or is_span(getattr(self, name)), FORMS)

    @property
    def wishes(self) -> dict[str, Any]:
        """The options given that say how words are to be spelled."""
        return {name: value for name in WISHES if (value := getattr(self, name))}

    @property
    def told(self) -> str:
        """These options but the prefix, as messages name them; empty if there are none."""
        return " and ".join(f"{name} {shorten(value)}" for name, value in self.wishes.items() if name != "prefix")


@dataclass(frozen=True)
class Sampling(Wanted):
    """Options of sampling: the words that are wanted, and how their tokens are drawn."""

    title: ClassVar[str] = "sampling"

    distinct: Annotated[bool, Doc("No word twice.")] = False
    temperature: Annotated[
        float, Ge(0), Doc("Below 1 plays it safe, above 1 takes risks; 0 always takes the likeliest.")
    ] = 1.0
    top_k: Annotated[int, Ge(0), Lt(2**31), Doc("Draw only from this many likeliest characters; 0 draws from all.")] = 0
    top_p: Annotated[
        float, Gt(0), Le(1), Doc("Draw only from the likeliest characters whose probabilities add up to this.")
    ] = 1.0
    min_p: Annotated[Share, Doc("Leave out characters less likely than this share of the likeliest one.")] = 0.0
    seed: Annotated[Seed, Doc("The same seed gives the same words.")] = 0
    part: Annotated[
        Count, Doc("Machines that share the work give a number each: every one makes other words of the seed.")
    ] = 0


@dataclass(frozen=True)
class Top(Wanted):
    """Options of the search for the most probable words."""

    title: ClassVar[str] = "top"

    limit: Annotated[
        int, Ge(1), Lt(2**63), Doc("Most beginnings of words looked at; then those proven so far are given.")
    ] = 20_000_000
