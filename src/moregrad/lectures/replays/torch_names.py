"""Part 1: names from the counts of pairs, in the three ways in which PyTorch has drawn from one seed."""

from moregrad.lectures.lists import Lists
from moregrad.lectures.replays.training import Obtained, Show, names
from moregrad.lectures.runs import GENERATOR_SEED
from moregrad.models.ngram import NGram
from moregrad.torch_random import Generator, multinomial_cumulative, multinomial_mkl_race, multinomial_race

DRAWS = {
    "torch 1.10": multinomial_cumulative,
    "torch 1.11": multinomial_race,
    "torch 1.11 with MKL": multinomial_mkl_race,
}


def replay(lists: Lists, show: Show) -> Obtained:
    """Samples five names from the counts plus one in each way."""
    model = NGram(order=2, smoothing="add-k", k=1).count(lists.encoded("the whole list"), 27)
    return {"names": {build: names(model, Generator(GENERATOR_SEED), 5, draw) for build, draw in DRAWS.items()}}
