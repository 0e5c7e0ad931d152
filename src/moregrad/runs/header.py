"""The header of a stored run: everything but its arrays, as text."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import AlphabetError, ConfigurationError, ModelError, StorageError
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import CATALOGUE, architecture
from moregrad.recipe import Recipe
from moregrad.runs.record import Record
from moregrad.runs.run import Run, longest_row

FORMAT = 4


class Described(msgspec.Struct, forbid_unknown_fields=False):
    """The names in the description of an architecture, and of its members if it is a mixture."""

    name: str
    members: list["Described"] = []


@dataclass(frozen=True)
class Header:
    """A run without arrays. `module` is where its architecture is defined, `words` the digest of its words' file.

    `block` is the number of tokens in the longest word that its model was made for, where that is not the longest of
    its words, as in a run that was imported.
    """

    format: int
    architecture: dict[str, Any]
    recipe: dict[str, Any]
    vocabulary: str
    step: Annotated[int, msgspec.Meta(ge=0, lt=2**31)]
    words: str
    record: Record
    module: str = ""
    block: Annotated[int, msgspec.Meta(ge=1, lt=2**31)] | None = None

    @classmethod
    def of(cls, run: Run, words: str) -> "Header":
        """Describes `run`."""
        shape = run.architecture
        return cls(
            format=FORMAT,
            architecture=shape.to_dict(),
            recipe=run.recipe.to_dict(),
            vocabulary=run.vocabulary.characters,
            step=run.step,
            words=words,
            record=run.record,
            module=type(shape).__module__,
            block=None if run.block == longest_row(run.splits) else run.block,
        )

    def to_json(self) -> str:
        """Returns the header as JSON."""
        fields = {**vars(self), "record": self.record.to_dict()}
        return json.dumps(fields, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "Header":
        """Reads what `to_json` wrote; raises StorageError for fields that are missing or of another form."""
        try:
            return msgspec.convert({**fields, "record": cls._read_record(fields)}, cls)
        except (msgspec.ValidationError, UnicodeError, RecursionError) as error:
            raise StorageError(f"its header is not of the right form: {error}") from error

    @staticmethod
    def _read_record(fields: dict[str, Any]) -> Record:
        try:
            return Record.from_dict(fields["record"])
        except (KeyError, TypeError, AttributeError, UnicodeError, msgspec.ValidationError, RecursionError) as error:
            raise StorageError(f"the record in its header is not of the right form: {error}") from error

    def build_architecture(self) -> Architecture:
        """Returns the architecture; raises StorageError for one that is not known here or holds what is not allowed."""
        try:
            described = msgspec.convert(self.architecture, Described)
            for part in (described, *described.members):
                self._check_known(part.name, (part is described and self.module) or "the module that defines it")
            return architecture(self.architecture)
        except (
            ConfigurationError,
            ModelError,
            msgspec.ValidationError,
            TypeError,
            ValueError,
            RecursionError,
        ) as error:
            raise StorageError(f"its header describes no model: {error}") from error

    def build_recipe(self) -> Recipe:
        """Returns the recipe; raises StorageError for one that holds what is not allowed."""
        try:
            recipe = Recipe.from_dict(self.recipe)
        except (ConfigurationError, TypeError) as error:
            raise StorageError(f"its header describes no training: {error}") from error
        if self.step > recipe.steps:
            raise StorageError(f"its header is at step {self.step} of {recipe.steps}")
        return recipe

    def build_vocabulary(self) -> Vocabulary:
        """Returns the vocabulary; raises StorageError if there is none."""
        if not self.vocabulary:
            raise StorageError("its vocabulary is empty")
        try:
            return Vocabulary(self.vocabulary)
        except AlphabetError as error:
            raise StorageError(f"its header holds no vocabulary: {error}") from error

    def _check_known(self, name: str, home: str) -> None:
        if name not in CATALOGUE:
            raise StorageError(f"it is a run of the model {name!r}, which is not known here: import {home} first")


def parse(text: str, file: str) -> dict[str, Any]:
    """Returns the object that the JSON `text` of `file` holds; raises StorageError if it holds none."""
    try:
        fields = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise StorageError(f"its {file} is damaged: {error} in {text[:40]!r}") from error
    if not isinstance(fields, dict):
        raise StorageError(f"its {file} is damaged: no object but {text[:40]!r}")
    return fields


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
