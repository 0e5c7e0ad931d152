"""microgpt: a GPT of single numbers, 1,000 steps of one name each."""

from moregrad.lectures.gpt import prepare
from moregrad.lectures.gpt import replay as replay_programs
from moregrad.lectures.lists import Lists
from moregrad.lectures.replays.training import Obtained, Show

NAMES = 20


def replay(lists: Lists, show: Show) -> Obtained:
    """Returns the loss of every step and the names made in the end."""
    names, vocabulary, model, rng = prepare(lists.names.words.to_list())
    losses = []
    for loss in replay_programs(model, names):
        losses.append(loss)
        show(len(losses) / len(names))
    made = ["".join(vocabulary[token] for token in model.sample(rng)) for _ in range(NAMES)]
    return {"parameters": len(model.parameters()), "losses": losses, "names": made}
