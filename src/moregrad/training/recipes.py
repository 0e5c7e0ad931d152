"""How each architecture is trained when nothing else is said: well, in about a quarter of a minute on two cores.

Models of windows take many short steps, models of whole words fewer long ones.
"""

from moregrad.training.recipe import Recipe

WINDOWS = Recipe(steps=6000, batch=256, rate=3e-3, every=600)
WORDS = Recipe(steps=600, batch=32, rate=6e-3, every=60)

RECIPES: dict[str, Recipe] = {
    "ngram": Recipe(steps=0),
    "bigram": Recipe(steps=1000, batch=1024, rate=0.1, every=100),
    "mlp": WINDOWS,
    "wavenet": Recipe(steps=4000, batch=128, rate=3e-3, every=400),
    "cnn": WORDS,
    "rnn": Recipe(steps=1000, batch=32, rate=3e-3, every=100),
    "gru": WORDS,
    "lstm": WORDS,
    "bow": Recipe(steps=2000, batch=32, rate=6e-3, every=200),
    "transformer": Recipe(steps=400, batch=32, rate=3e-3, warmup=20, every=40),
    "mixture": WORDS,
}
