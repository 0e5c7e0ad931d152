"""The form of a file: what its reader is told of it and what it decides itself."""

from dataclasses import dataclass, field

Column = str | int | None


@dataclass(frozen=True)
class Form:
    """The known form of a file; a reader adds one line to `notes` for each thing that it had to decide.

    Readers of tables return the words of a column or, if `whole`, structures of a word and its row (`with_rows`).
    """

    column: Column = None
    delimiter: str | None = None
    no_header: bool = False
    encoding: str | None = None
    label: Column = None
    whole: bool = False
    notes: list[str] = field(default_factory=list)
