"""Part 2 as an earlier project has it in a notebook: the network of 3,481 parameters on all rows at once."""

from moregrad.layers.layer import parameters
from moregrad.lectures.lists import Lists
from moregrad.lectures.replays.training import Obtained, Show, train
from moregrad.lectures.runs import FIRST_MLP, FIRST_MLP_ON_FIVE_WORDS


def replay(lists: Lists, show: Show) -> Obtained:
    """Trains on the 32 rows of five names, then on all 228,146 rows."""
    model, five = train(FIRST_MLP_ON_FIVE_WORDS, lists, lambda share: None)
    _, all_rows = train(FIRST_MLP, lists, show)
    return {"parameters": parameters(model), "five names": five, "all names": all_rows}
