"""`moregrad sample`."""

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

import moregrad
from moregrad.cli.options import Flag, Json, RunFolder, Text
from moregrad.cli.screen import padded, print_json, say

if TYPE_CHECKING:
    from moregrad.sampling.words import Sample

FEWER = 1


def sample(
    run: RunFolder,
    /,
    *,
    count: Annotated[int, Parameter(help="How many words.")] = 20,
    prefix: Annotated[Text, Parameter(help="What every word begins with.")] = "",
    temperature: Annotated[float, Parameter(help="Below 1 safer, above 1 wilder, 0 always the likeliest.")] = 1.0,
    top_k: Annotated[int, Parameter(help="Draw from the so many likeliest characters only; 0 draws from all.")] = 0,
    top_p: Annotated[float, Parameter(help="Draw from the likeliest characters of this total probability only.")] = 1.0,
    min_p: Annotated[float, Parameter(help="Leave out characters less likely than this share of the likeliest.")] = 0.0,
    max_length: Annotated[int | None, Parameter(help="Most characters; those of the longest word by default.")] = None,
    seed: Annotated[int, Parameter(help="The same seed gives the same words.")] = 0,
    novel: Annotated[bool, Flag("No word of the list the model was made from.")] = False,
    distinct: Annotated[bool, Flag("No word twice.")] = False,
    plain: Annotated[bool, Flag("Print the words and nothing else.")] = False,
    json: Json = False,
) -> int:
    """Make new words, each with its loss and the split it stands in, or new.

    The exit code is 1 if so many words that are novel or distinct cannot be found.
    """
    made = moregrad.load(run).sample(
        count,
        prefix=prefix,
        temperature=temperature,
        top_k=top_k,
        top_p=top_p,
        min_p=min_p,
        max_length=max_length,
        novel=novel,
        distinct=distinct,
        seed=seed,
    )
    _print(made, plain=plain, json=json)
    if len(made) < count:
        say(f"moregrad: found only {len(made)} of {count} words; raise --temperature, or drop --novel or --distinct")
        return FEWER
    return 0


def _facts(item: "Sample") -> dict[str, str | float]:
    return {"word": item.word, "nats": item.nats, "nats_per_character": item.nats_per_character, "where": item.where}


def _print(made: "list[Sample]", *, plain: bool, json: bool) -> None:
    if json:
        print_json(*map(_facts, made))
    elif plain:
        print("".join(f"{item.word}\n" for item in made), end="")
    else:
        width = max((len(item.word) for item in made), default=0) + 2
        lines = (f"{padded(item.word, width)}{item.nats_per_character:9.4f}  {item.where}\n" for item in made)
        print(f"{'word':<{width}}{'nats/char':>9}  where\n", *lines, sep="", end="")
