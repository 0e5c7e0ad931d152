"""One layer: the simplest network there is, the same model as the table of counted pairs."""

from dataclasses import dataclass
from typing import ClassVar

from jaxtyping import PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.data.stored_examples import windows
from moregrad.layers.embedding import Embedding
from moregrad.layers.sequential import Sequential
from moregrad.models.architecture import NAMES, Architecture
from moregrad.models.window_model import WindowModel
from moregrad.recipe import Recipe


@dataclass(frozen=True)
class Bigram(Architecture):
    """A row of logits for each token: what may follow it."""

    name: ClassVar[str] = "bigram"
    fitted_to: ClassVar[int | None] = NAMES
    recipe: ClassVar[Recipe] = Recipe(steps=1000, batch_size=1024, learning_rate=0.1, eval_every=100)

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> WindowModel:
        embedding = Embedding.init(vocab, vocab, scale=0.0, key=key)
        return WindowModel(embedding=embedding, layers=Sequential(()), context=1, padding=0)

    def examples(self, words: EncodedWords, vocab: int) -> Examples:
        return windows(words, 1)
