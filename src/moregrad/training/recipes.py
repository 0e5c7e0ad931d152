"""How each architecture is trained when nothing else is said: well, in about a quarter of a minute on two cores.

Models of windows take many short steps, models of whole words fewer long ones.
"""

from moregrad.training.recipe import Recipe

WINDOWS = Recipe(steps=6000, batch_size=256, learning_rate=3e-3, eval_every=600)
WORDS = Recipe(steps=600, batch_size=32, learning_rate=6e-3, eval_every=60)

RECIPES: dict[str, Recipe] = {
    "ngram": Recipe(steps=0),
    "bigram": Recipe(steps=1000, batch_size=1024, learning_rate=0.1, eval_every=100),
    "mlp": WINDOWS,
    "wavenet": Recipe(steps=4000, batch_size=128, learning_rate=3e-3, eval_every=400),
    "cnn": WORDS,
    "rnn": Recipe(steps=1000, batch_size=32, learning_rate=3e-3, eval_every=100),
    "gru": WORDS,
    "lstm": WORDS,
    "bow": Recipe(steps=2000, batch_size=32, learning_rate=6e-3, eval_every=200),
    "transformer": Recipe(steps=400, batch_size=32, learning_rate=3e-3, warmup_steps=20, eval_every=40),
    "mixture": WORDS,
}
