"""A model before it has numbers: the configuration, the command's options and the checkpoint's header at once."""

from abc import abstractmethod
from dataclasses import dataclass, fields
from typing import ClassVar

from jaxtyping import PRNGKeyArray

from moregrad.data.examples import Examples
from moregrad.data.tape import Tape
from moregrad.errors import ModelError
from moregrad.models.model import Model


@dataclass(frozen=True)
class Architecture:
    """Plain numbers and words that describe a model."""

    name: ClassVar[str]

    @abstractmethod
    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> Model:
        """A new model for `vocab` symbols and words of fewer than `block` characters."""

    @abstractmethod
    def examples(self, tape: Tape) -> Examples:
        """The rows this kind of model trains on best."""
