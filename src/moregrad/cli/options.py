"""Configurations as options: one per field, with the comment beside the field as its help."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass, make_dataclass
from inspect import getsource
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from cyclopts import Parameter, Token


def Flag(help: str) -> Parameter:
    """A switch that has no opposite."""
    return Parameter(help=help, negative=(), show_default=False)


def shield(words: Sequence[str]) -> list[str]:
    """`words` with every lone hyphen, which Cyclopts takes for a nameless option, as a word that nobody can type."""
    return [SHIELDED if word == HYPHEN else word for word in words]


def _as_typed(kind: type, tokens: Sequence[Token]) -> str:
    return HYPHEN if tokens[0].value == SHIELDED else tokens[0].value


HYPHEN, SHIELDED = "-", "\0"

Text = Annotated[str, Parameter(converter=_as_typed)]
Source = Annotated[Text, Parameter(help="Name of a list, file, address, or - for standard input.")]
RunFolder = Annotated[Path, Parameter(help="Folder of a run, as `moregrad train` leaves it.")]
Json = Annotated[bool, Flag("Print JSON for machines.")]

FIELD_COMMENT = re.compile(r"^ {4}(\w+): .*? = .*?  # (.+)$", re.MULTILINE)


@Parameter(name="*", group="The list of words")
@dataclass(frozen=True)
class Reading:
    """How a list is read and cleaned."""

    column: Annotated[Text | None, Parameter(help="Column of a table, by name or by number from 1.")] = None
    lower: Annotated[bool, Flag("Put words in lower case.")] = False
    alphabet: Annotated[Text | None, Parameter(help="Reject words with other characters; written as in a-z.")] = None
    keep_duplicates: Annotated[bool, Flag("Keep repeated words.")] = False
    max_length: Annotated[int | None, Parameter(help="Reject words of more characters.")] = None

    def rules(self) -> dict[str, Any]:
        """As keyword arguments of `read_corpus`."""
        return asdict(self)


def options(configuration: Any, *, group: str) -> Any:
    """A flat dataclass instance as the annotation of a parameter: an option per field, its value as the default."""
    kind = type(configuration)
    hints = get_type_hints(kind, include_extras=True)
    ancestry = [ancestor for ancestor in reversed(kind.__mro__) if is_dataclass(ancestor)]
    help_of = dict(found for ancestor in ancestry for found in FIELD_COMMENT.findall(getsource(ancestor)))
    items = [
        (
            item.name,
            Annotated[hints[item.name], Parameter(help=_sentence(help_of.get(item.name, "")))],
            field(default=getattr(configuration, item.name)),
        )
        for item in fields(configuration)
    ]
    # Cyclopts takes apart only classes of modules other than `types`, where make_dataclass puts them.
    made = make_dataclass(kind.__name__, items, frozen=True, namespace={"__module__": __name__})
    return Annotated[made, Parameter(name="*", group=group)]


def _sentence(help: str) -> str:
    return help[:1].upper() + help[1:] + "." if help else ""
