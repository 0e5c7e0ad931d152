"""`moregrad top`."""

from typing import TYPE_CHECKING, Annotated, Any

import moregrad
from moregrad.cli.lowering import lower_wishes
from moregrad.cli.options import Flag, Json, Lower, RunFolder, as_typed, takes, values
from moregrad.cli.progress import count_until_results
from moregrad.cli.screen import pad, print_json, say
from moregrad.sampling.options import Top

if TYPE_CHECKING:
    from moregrad.sampling.words import Samples

FEWER = 1


@takes(top=("Top", Top.settings()))
def top(
    run: RunFolder,
    /,
    *,
    top: Any = None,
    lower: Lower = False,
    plain: Annotated[bool, Flag("Print the words and nothing else.")] = False,
    json: Json = False,
) -> int:
    """Find the most probable words, exactly and in order, the most probable first.

    All that is wanted of the words may be combined, as for `moregrad sample`.
    Each has its loss, in nats as a whole and per character, and the split that
    holds it, or new. Of equally probable words the shorter comes first, then the
    one that comes first in the order of code points. The exit code is 1 if there
    are not as many as asked for, or if the limit is reached: what is printed then
    is proven to come before all other words.
    """
    options = Top().replace(**values(top))
    with count_until_results("beginnings of words") as show_done:
        loaded = moregrad.load(run)
        options = lower_wishes(loaded, options, asked=lower)
        found = loaded.top(**vars(options), watch=show_done)
    _print(found, plain=plain, json=json)
    if found.shortage:
        say(f"moregrad: {as_typed(found.shortage)}")
        return FEWER
    return 0


def _print(found: "Samples", *, plain: bool, json: bool) -> None:
    if json:
        print_json(*({"rank": rank, **sample.to_dict()} for rank, sample in enumerate(found, 1)))
    elif plain:
        print("".join(f"{sample.word}\n" for sample in found), end="")
    elif found:
        width = max(len("word"), *(len(sample.word) for sample in found)) + 2
        places = max(len("rank"), len(f"{len(found):,}"))
        print(f"{'rank':>{places}}  {'word':<{width}}{'nats':>9}{'nats/char':>11}  where")
        print(
            *(
                f"{rank:>{places},}  {pad(x.word, width)}{x.nats:9.4f}{x.nats_per_character:11.4f}  {x.where}\n"
                for rank, x in enumerate(found, 1)
            ),
            sep="",
            end="",
        )
