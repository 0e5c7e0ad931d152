"""A model before it has weights: its configuration, the command's options and the checkpoint's header at once."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import equinox as eqx
import jax.random as jr
from jaxtyping import PRNGKeyArray

from moregrad.configuration import Configuration
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.data.reading import Reading
from moregrad.errors import ModelError
from moregrad.layers.layer import parameters
from moregrad.models.model import Model
from moregrad.recipe import Recipe

NAMES = 23_595
"""The training words of names.txt."""

CATALOGUE: dict[str, type["Architecture"]] = {}
"""Every architecture that has been defined so far, by name."""


@dataclass(frozen=True)
class Architecture(Configuration):
    """Plain values that describe a model. A subclass with a `name` enters the catalogue under it.

    A new one is a frozen dataclass with a name, a default recipe, fields with their ranges and help, and two methods:

        @dataclass(frozen=True)
        class Mine(Architecture):
            name = "mine"
            recipe = Recipe(steps=600)

            hidden: Annotated[Size, Doc("Size of the hidden layer.")] = 64

            def build(self, vocab, block, *, key): ...
            def examples(self, words, vocab): ...
    """

    name: ClassVar[str]
    recipe: ClassVar[Recipe]
    fitted_to: ClassVar[int | None] = None
    """The training words to which the recipe was fitted: other numbers of words ask for other steps. None if any do."""
    tiny: ClassVar[Mapping[str, Any]] = {}
    """Settings that make it small enough to compile and train in a second."""

    def __init_subclass__(cls) -> None:
        """Raises ModelError if another architecture has the same name."""
        if (name := vars(cls).get("name")) is None:
            return
        cls.title = name
        other = CATALOGUE.setdefault(name, cls)
        if (other.__module__, other.__qualname__) != (cls.__module__, cls.__qualname__):
            raise ModelError(
                f"{cls.__qualname__}: {other.__qualname__} is called {name!r} already; choose another name"
            )
        CATALOGUE[name] = cls

    def __post_init__(self) -> None:
        """Raises ConfigurationError for a value not allowed, and a field named as another setting is."""
        super().__post_init__()
        for other in (Recipe, Reading):
            for field in self.settings().keys() & other.settings().keys():
                self.require(field, False, f"called otherwise: {other.title} has a setting of this name")

    @abstractmethod
    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> Model:
        """Returns a new model for `vocab` tokens and words of fewer than `block` characters."""

    @abstractmethod
    def examples(self, words: EncodedWords, vocab: int) -> Examples:
        """Returns the rows of `words`, whose tokens are all below `vocab`, that this kind of model trains on best."""

    def parameters(self, vocab: int, block: int) -> int:
        """Counts the trainable numbers of the model without computing any of them."""
        return parameters(eqx.filter_eval_shape(self.build, vocab, block, key=jr.key(0)))

    @classmethod
    def summary(cls) -> str:
        """Returns one line about this kind of model."""
        return (cls.__doc__ or "").strip().splitlines()[0]

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        schema = super().json_schema()
        return {**schema, "properties": {"name": {"const": cls.name}, **schema["properties"]}, "required": ["name"]}

    def to_dict(self) -> dict[str, Any]:
        """Returns its name and fields as plain data; `catalogue.architecture` makes it an architecture again."""
        return {"name": self.name, **super().to_dict()}
