"""Speed of training an architecture on a part of names.txt."""

from typing import TYPE_CHECKING

from measuring import Figures, seconds
from names import names

if TYPE_CHECKING:
    from moregrad.models.architecture import Architecture
    from moregrad.recipe import Recipe


def training_speed(architecture: "Architecture", recipe: "Recipe", *, split: str, chunk: int) -> Figures:
    """Steps, and characters learned from, per second, of the chunks after the first; what the first took longer."""
    import jax.random as jr

    from moregrad.data import split as parted
    from moregrad.layers.layer import parameters
    from moregrad.training.loop import train

    corpus = names()
    encoded = corpus.encode(parted(corpus, split).train)
    examples = architecture.examples(encoded, len(corpus.vocabulary))
    model = architecture.build(len(corpus.vocabulary), encoded.longest + 1, key=jr.key(0))
    reports = train(model, examples, recipe, every=chunk)
    first = seconds(lambda: next(reports).losses)
    rest = seconds(lambda: [report.losses for report in reports]) / (recipe.steps / chunk - 1)
    characters = recipe.batch_size * encoded.predictions / examples.size
    return {
        "parameters": parameters(model),
        "steps/s": chunk / rest,
        "characters/s": characters * chunk / rest,
        "compile s": first - rest,
    }
