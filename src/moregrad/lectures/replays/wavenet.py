"""Part 5: the WaveNet, 200,000 steps."""

from moregrad.layers.layer import parameters
from moregrad.lectures.lists import Lists
from moregrad.lectures.replays.training import Obtained, Show, names, nats, train
from moregrad.lectures.runs import WAVENET
from moregrad.torch_random import Generator, multinomial_race


def replay(lists: Lists, show: Show) -> Obtained:
    """Trains the network and samples from it with what is left of the stream that drew weights and batches."""
    model, losses = train(WAVENET, lists, show)
    generator = Generator(WAVENET.seed)
    WAVENET.network(generator)
    generator.randint(lists.encoded(WAVENET.words).predictions, WAVENET.recipe.steps, WAVENET.recipe.batch_size)
    return {
        "parameters": parameters(model),
        "printed": losses,
        "final": nats(model, lists, "train", "validation", "test"),
        "names": names(model, generator, 20, multinomial_race),
    }
