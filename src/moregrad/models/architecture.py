"""A model before it has numbers: the configuration, the command's options and the checkpoint's header at once."""

from abc import abstractmethod
from dataclasses import asdict, dataclass
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin, get_type_hints

from jaxtyping import PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.errors import ModelError
from moregrad.models.model import Model


@dataclass(frozen=True)
class Range:
    """Which numbers a field may hold."""

    least: int | float
    below: int | float = float("inf")

    def __contains__(self, value: int | float) -> bool:
        return self.least <= value < self.below

    def __str__(self) -> str:
        return f"at least {self.least}" + ("" if self.below == float("inf") else f" and below {self.below}")


Size = Annotated[int, Range(1)]
Count = Annotated[int, Range(0)]
Share = Annotated[float, Range(0, 1)]


@dataclass(frozen=True)
class Architecture:
    """Plain numbers and words that describe a model."""

    name: ClassVar[str]

    def __post_init__(self) -> None:
        """Raises ModelError for a field that holds what its type does not allow."""
        for field, hint in get_type_hints(type(self), include_extras=True).items():
            if get_origin(hint) is not ClassVar:
                self.require(field, *_allowed(hint, getattr(self, field)))

    @abstractmethod
    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> Model:
        """A new model for `vocab` tokens and words of fewer than `block` characters."""

    @abstractmethod
    def examples(self, encoded: EncodedWords) -> Examples:
        """The rows this kind of model trains on best."""

    def require(self, field: str, holds: bool, allowed: str) -> None:
        """Raises ModelError, saying what is `allowed` for `field`, unless `holds`."""
        if not holds:
            raise ModelError(f"{self.name}: {field} is {getattr(self, field)!r}; it must be {allowed}")

    @classmethod
    def summary(cls) -> str:
        """One line about this kind of model."""
        return (cls.__doc__ or "").strip().splitlines()[0]

    def record(self) -> dict[str, Any]:
        """Its name and fields as plain data; `catalogue.architecture` makes it an architecture again."""
        return {"name": self.name, **asdict(self)}


def _allowed(hint: Any, value: object) -> tuple[bool, str]:
    """Whether `value` is allowed by a field's type, and what is."""
    if get_origin(hint) is Literal:
        return value in get_args(hint), f"one of {', '.join(get_args(hint))}"
    kind, *ranges = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    accepted = (int, float) if kind is float else kind
    if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
        return False, _KINDS[kind]
    return all(value in span for span in ranges), f"{_KINDS[kind]} of {' and '.join(map(str, ranges))}"


_KINDS = {int: "a whole number", float: "a number", bool: "true or false", str: "a word"}
