"""How a file is written, as far as its reader is told, and what the reader decided itself."""

from dataclasses import dataclass, field

Column = str | int | None


@dataclass(frozen=True)
class Form:
    """What is known of a file's form; a reader adds one line to `notes` for each thing that it had to decide."""

    column: Column = None
    delimiter: str | None = None
    no_header: bool = False
    encoding: str | None = None
    notes: list[str] = field(default_factory=list)
