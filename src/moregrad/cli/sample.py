"""`moregrad sample`."""

from typing import TYPE_CHECKING, Annotated, Any

import moregrad
from moregrad.cli.options import Flag, Json, RunFolder, as_typed, takes, values
from moregrad.cli.screen import pad, print_json, say
from moregrad.sampling.options import Sampling

if TYPE_CHECKING:
    from moregrad.sampling.words import Sample

FEWER = 1


@takes(sampling=("Sampling", Sampling.settings()))
def sample(
    run: RunFolder,
    /,
    *,
    sampling: Any = None,
    plain: Annotated[bool, Flag("Print the words and nothing else.")] = False,
    json: Json = False,
) -> int:
    """Make new words, each with its loss and the split that holds it, or new.

    Every word ends by itself within --max-length characters; a longer one is drawn again. The exit code is 1 if not as
    many words as asked for can be found.
    """
    options = Sampling().replace(**values(sampling))
    loaded = moregrad.load(run)
    if loaded.record.lower and not options.lower and options.prefix != options.prefix.lower():
        say("the list of this run was put in lower case, and so is the prefix")
    made = loaded.sample(**vars(options))
    _print(made, plain=plain, json=json)
    if len(made) < options.count:
        say(f"moregrad: {made.shortfall(as_typed)}")
        return FEWER
    return 0


def _print(made: "list[Sample]", *, plain: bool, json: bool) -> None:
    if json:
        print_json(*(sample.to_dict() for sample in made))
    elif plain:
        print("".join(f"{sample.word}\n" for sample in made), end="")
    else:
        width = max(len("word"), *(len(sample.word) for sample in made), 0) + 2
        lines = (f"{pad(sample.word, width)}{sample.nats_per_character:9.4f}  {sample.where}\n" for sample in made)
        print(f"{'word':<{width}}{'nats/char':>9}  where\n", *lines, sep="", end="")
